"""Moving, removing and bringing back what a paper is made of: sections, blocks, recommendations."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from partnership.inplace import press
from partnership.views import signed_in

from ..models import Block, Paper, Recommendation, Section
from ..pages.compose import block_name, recommendation_name, row_of, section_name
from ..services import composing as services
from .composing import find_to_compose, gone_row, place, sent_number

Rows = Callable[[Paper], "QuerySet[Any]"]


@dataclass(frozen=True)
class Kind:
    """A kind of part: those that stand in the paper, and those that were removed too; how a
    message names one; and the services, which take one under the name of its kind."""

    standing: Rows
    every: Rows
    name: Callable[[Any], str]
    move: Callable[..., Any]
    remove: Callable[..., Any]
    restore: Callable[..., Any]
    removed: str = "is removed. It can be brought back."


def _blocks(paper: Paper) -> "QuerySet[Block]":
    return Block.everything.filter(section__paper=paper).select_related("section")


KINDS = {
    "section": Kind(
        lambda paper: paper.sections.all(),
        lambda paper: Section.everything.filter(paper=paper),
        section_name,
        services.move_section,
        services.remove_section,
        services.restore_section,
        "is removed, with all that is in it. It can be brought back.",
    ),
    "block": Kind(
        lambda paper: _blocks(paper).filter(removed_at=None, section__removed_at=None),
        _blocks,
        block_name,
        services.move_block,
        services.remove_block,
        services.restore_block,
    ),
    "recommendation": Kind(
        lambda paper: paper.recommendations.all(),
        lambda paper: Recommendation.everything.filter(paper=paper),
        lambda recommendation: recommendation_name(recommendation).capitalize(),
        services.move_recommendation,
        services.remove_recommendation,
        services.restore_recommendation,
    ),
}


@login_required
@require_POST
def part_move(
    request: HttpRequest, slug: str, identifier: str, *, kind: str, **named: str
) -> HttpResponse:
    """Put a part at the place, from 1, that the button names. `named` holds which part, under the
    name of its kind, here and below."""
    paper = find_to_compose(request, slug, identifier)
    found = _find(KINDS[kind].standing, paper, named[kind])
    to, by = sent_number(request, "to"), signed_in(request)
    move = partial(KINDS[kind].move, **{kind: found}, to=to, by=by)
    return press(request, place(request, paper), move, "Moved.", row_of(found))


@login_required
@require_POST
def part_remove(
    request: HttpRequest, slug: str, identifier: str, *, kind: str, **named: str
) -> HttpResponse:
    paper = find_to_compose(request, slug, identifier)
    found = _find(KINDS[kind].standing, paper, named[kind])
    version, by = sent_number(request, "version"), signed_in(request)
    remove = partial(KINDS[kind].remove, **{kind: found}, version=version, by=by)
    said = f"{KINDS[kind].name(found)} {KINDS[kind].removed}"
    return press(request, place(request, paper), remove, said, gone_row(found))


@login_required
@require_POST
def part_restore(
    request: HttpRequest, slug: str, identifier: str, *, kind: str, **named: str
) -> HttpResponse:
    paper = find_to_compose(request, slug, identifier)
    found = _find(KINDS[kind].every, paper, named[kind])
    restore = partial(KINDS[kind].restore, **{kind: found}, by=signed_in(request))
    said = f"{KINDS[kind].name(found)} is back."
    return press(request, place(request, paper), restore, said, row_of(found))


def _find(rows: Rows, paper: Paper, identifier: str) -> Any:
    found = get_object_or_404(rows(paper), identifier=identifier)
    (found.section if isinstance(found, Block) else found).paper = paper
    return found
