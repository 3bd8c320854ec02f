"""Loads the demonstration files. Run again, it creates what is missing and changes nothing."""

from pathlib import Path

from django.db import transaction

from partnership.loading import Loader, read_file
from standards.frameworks import load_frameworks

from .families import PARTNERSHIPS

FILES = ("bromley", "medway")


@transaction.atomic
def load_demo() -> int:
    """Load the frameworks and every demonstration partnership; return how many records are new."""
    created = 0
    for slug in FILES:
        loader = Loader(slug)
        load_frameworks(loader)
        path = Path(__file__).with_name(f"{slug}.yaml")
        loader.load(PARTNERSHIPS, {slug: {"slug": slug} | read_file(path)})
        created += len(loader.created)
    return created
