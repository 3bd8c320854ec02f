"""Loads the demonstration files. Run again, it creates what is missing and changes nothing."""

from collections import ChainMap
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from papers.models import Paper
from papers.services import issue
from partnership.loading import Loader, read_file
from standards.frameworks import load_frameworks
from standards.models import Exercise
from standards.services.results import freeze_results

from .families import PARTNERSHIPS

SLUGS = ("bromley", "medway", "exampleshire")


@dataclass(frozen=True)
class Loaded:
    """How many records are new, and how many were left out beside what people entered."""

    created: int
    left_out: int


@transaction.atomic
def load_demo() -> Loaded:
    """Load the frameworks and every demonstration partnership, and issue the papers put to a
    meeting."""
    loaders = [_load(slug) for slug in SLUGS]
    for exercise in Exercise.objects.filter(partnership__slug__in=SLUGS, frozen=None):
        if exercise.is_closed and exercise.closed_by:
            freeze_results(exercise=exercise, reason="", by=exercise.closed_by)
    for paper in Paper.objects.filter(partnership__slug__in=SLUGS).unissued().select_for_paper():
        issue(paper=paper)
    return Loaded(
        created=sum(len(loader.created) for loader in loaders),
        left_out=sum(len(loader.left_out) for loader in loaders),
    )


def _load(slug: str) -> Loader:
    """Load one partnership; its files together hold its branches."""
    loader = Loader(slug)
    load_frameworks(loader)
    files = sorted(Path(__file__).with_name(slug).glob("*.yaml"))
    branches = dict(ChainMap(*(read_file(path) for path in files)))
    loader.load(PARTNERSHIPS, {slug: {"slug": slug} | branches})
    return loader
