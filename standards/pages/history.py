"""The history of an exercise's findings and of who raised them."""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from django.core.paginator import Page

from partnership import history
from partnership.history import Kind, Line, Link, Source
from partnership.numbers import counted
from partnership.richtext import parse, plain_text

from ..models import Attribution, Exercise, Finding


def _title(row: Any) -> str:
    return row.title or shorten(plain_text(parse(row.text)), 90, placeholder=" …")


def _raiser(row: Any) -> str:
    who = row.named_as or row.category or str(row.working_group or row.cohort or "nobody named")
    return f"{_title(row.finding)}: {who}"


FINDING = Kind(
    "finding",
    "finding",
    Finding,
    {"kind": "kind", "title": "title", "text": "text"},
    _title,
    links={"standards": Link("standards", "number"), "comments": Link("number of comments")},
)
ATTRIBUTION = Kind(
    "attribution",
    "line on who raised it",
    Attribution,
    {
        "working_group": "working group",
        "cohort": "cohort",
        "category": "category",
        "named_as": "name in the source",
        "strength": "strength",
        "point": "wording",
        "reservation": "reservation",
    },
    _raiser,
    ("finding",),
)


@dataclass(frozen=True)
class FindingsHistory:
    """A page of lines, the latest first; `found` is their number in words."""

    found: str
    lines: tuple[Line, ...]
    page: "Page[Any]"


def findings_history(exercise: Exercise, query: Mapping[str, str]) -> FindingsHistory:
    sources: tuple[Source, ...] = (
        (FINDING, FINDING.rows.filter(exercise=exercise)),
        (ATTRIBUTION, ATTRIBUTION.rows.filter(finding__exercise=exercise)),
    )
    page, lines = history.page_of(sources, query)
    return FindingsHistory(counted(page.paginator.count, "change"), lines, page)
