"""Loads the demonstration files. Run again, it creates what is missing and changes nothing."""

from collections import ChainMap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from papers.models import Paper
from papers.services.issuing import issue
from partnership.loading import Loader, read_file
from partnership.models import Partnership
from standards.frameworks import load_frameworks
from standards.models import Exercise

from .boards import put_to_the_board, revise
from .closing import close
from .families import PARTNERSHIPS

FROM_RESULTS = ("plans", "papers")
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
    for paper in Paper.objects.filter(partnership__slug__in=SLUGS).unissued().select_for_paper():
        issue(paper=paper, by=None)
    return Loaded(
        created=sum(len(loader.created) for loader in loaders),
        left_out=sum(len(loader.left_out) for loader in loaders),
    )


def _load(slug: str) -> Loader:
    """Load one partnership; its files together hold its branches. What is made from the results of
    an exercise comes after they are frozen."""
    loader = Loader(slug)
    load_frameworks(loader)
    files = sorted(Path(__file__).with_name(slug).glob("*.yaml"))
    branches = dict(ChainMap(*(read_file(path) for path in files)))
    later = {name: branches.pop(name, {}) for name in FROM_RESULTS}
    revisions = branches.pop("revisions", {})
    loader.load(PARTNERSHIPS, {slug: {"slug": slug} | branches})
    frozen = _freeze(loader, branches["exercises"])
    for name, branch in later.items():
        for row in branch.values():
            row["results_version"] = row["exercise"] if row["exercise"] in frozen else None
        owner = loader.find(Partnership, slug)
        loader.load(PARTNERSHIPS.holds[name], branch, owner, f"/{slug}/{name}")
    for key in list(put_to_the_board(loader, later["plans"])):
        if key in revisions:
            revise(loader, key, revisions[key])
    return loader


def _freeze(loader: Loader, exercises: Iterable[str]) -> set[str]:
    """Freeze the results of the closed exercises, and know them by the exercises' keys, which are
    returned."""
    frozen = set()
    for key in exercises:
        if (Exercise, key) in loader.left_out:
            continue
        exercise = loader.find(Exercise, key)
        if isinstance(exercise, Exercise) and (first := close(exercise)):
            loader.know(first, key)
            frozen.add(key)
    return frozen
