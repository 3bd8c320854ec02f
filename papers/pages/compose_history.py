"""Who wrote what in a paper: its sections, their blocks, its recommendations, and the paper."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from django.core.paginator import Page

from partnership import history
from partnership.history import Kind, Line, Link, Source
from partnership.richtext import parse, plain_text

from ..models import Block, Paper, Recommendation, Section

PAPER = Kind(
    "paper",
    "paper",
    Paper,
    {
        "title": "title",
        "purpose": "purpose",
        "state": "state",
        "addressed_to": "body that it goes to",
        "author": "author",
        "hides_contacts": "question whether contacts stay out of the public version",
    },
    lambda row: "The paper itself",
)
SECTION = Kind(
    "section",
    "section",
    Section,
    {
        "heading": "heading",
        "is_numbered": "question whether it has a number",
        "is_exempt": "question whether it is exempt",
        "exempt_under": "paragraph that it is exempt under",
        "public_interest": "public-interest test",
    },
    lambda row: row.heading,
)
BLOCK = Kind(
    "block",
    "block",
    Block,
    {"text": "text", "kind": "kind", "count": "number of standards", "section": "section"},
    lambda row: f"{row.section.heading}: {_beginning(row.text) or row.get_kind_display()}",
    ("section",),
)
RECOMMENDATION = Kind(
    "recommendation",
    "recommendation",
    Recommendation,
    {
        "text": "text",
        "asked_of": "body that is asked",
        "approves_plan": "question whether it approves the plan",
    },
    lambda row: f"Recommendation: {_beginning(row.text)}",
    links={"actions": Link("actions", "heading")},
)


def paper_history(paper: Paper, query: Mapping[str, str]) -> tuple["Page[Any]", tuple[Line, ...]]:
    """Return the page of a paper's history that an address asks for, and its lines."""
    return history.page_of(_sources(paper), query)


def _sources(paper: Paper) -> tuple[Source, ...]:
    within: dict[Kind, dict[str, Any]] = {
        PAPER: {"id": paper.pk},
        SECTION: {"paper": paper},
        BLOCK: {"section__paper": paper},
        RECOMMENDATION: {"paper": paper},
    }
    return tuple((kind, kind.rows.filter(**found)) for kind, found in within.items())


def _beginning(text: str) -> str:
    return shorten(plain_text(parse(text)), 90, placeholder=" …")
