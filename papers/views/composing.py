"""Writing a paper in the browser: the page, its sections and its recommendations. Each form opens
within the page, and is a page of its own where no script runs."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from partnership import links
from partnership.editing import edit
from partnership.inplace import Part, Place, done, form_page
from partnership.models import Removable
from partnership.permissions import require
from partnership.roles import Permission
from partnership.views import signed_in

from ..forms.composing import AppendixForm, RecommendationForm, SectionForm
from ..models import Paper, Recommendation, Section
from ..pages.compose import address, compose_page, recommendation_name, row_of, section_name
from ..pages.compose_history import paper_history
from ..services import composing as services
from . import crumbs, find_paper


@login_required
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def compose(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The paper, to be written in place, and beside it what its readers will see."""
    paper = find_to_compose(request, slug, identifier)
    context = around(paper) | {"page": compose_page(paper, signed_in(request))}
    return render(request, "papers/compose/page.html", context)


@login_required
def history(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Who wrote what in the paper, the latest first."""
    paper = find_to_compose(request, slug, identifier)
    page, lines = paper_history(paper, request.GET)
    context = around(paper) | {"page": page, "lines": lines}
    return render(request, "papers/compose/history.html", context)


@login_required
def section_new(
    request: HttpRequest,
    slug: str,
    identifier: str,
    *,
    is_appendix: bool = False,
    section: str = "",
) -> HttpResponse:
    """Add a section or an appendix: behind `section`, or at the end."""
    paper = find_to_compose(request, slug, identifier)
    after = find_section(paper, section) if section else None
    is_appendix = after.is_appendix if after else is_appendix
    kind = "appendix" if is_appendix else "section"

    def add(given: dict[str, Any]) -> Section:
        del given["version"]
        return services.add_section(
            paper=paper, is_appendix=is_appendix, after=after, by=signed_in(request), **given
        )

    form: Any = (
        AppendixForm(request.POST or None)
        if is_appendix
        else SectionForm(request.POST or None, implication=request.GET.get("implication", ""))
    )
    sent = edit(request, form, add)
    if sent.record is not None:
        said = f"The {kind} is added."
        return done(request, place(request, paper), said, row_of(sent.record))
    into = f"below-{row_of(after)}" if after else f"new-{kind}"
    heading = f"Add {'an' if is_appendix else 'a'} {kind}"
    part = Part(heading, into, row_of(after) if after else into)
    return form_page(request, place(request, paper), sent, part)


@login_required
def section_edit(request: HttpRequest, slug: str, identifier: str, section: str) -> HttpResponse:
    paper = find_to_compose(request, slug, identifier)
    found = find_section(paper, section)

    def change(given: dict[str, Any]) -> Section:
        version, by = given.pop("version") or 0, signed_in(request)
        return services.change_section(section=found, changes=given, version=version, by=by)

    form: Any = (AppendixForm if found.is_appendix else SectionForm)(
        request.POST or None, record=found
    )
    sent = edit(request, form, change)
    if sent.record is not None:
        return done(request, place(request, paper), "Saved.", row_of(found))
    part = Part(f"Change {section_name(found)}", f"head-{row_of(found)}", row_of(found))
    return form_page(request, place(request, paper), sent, part)


@login_required
def recommendation_new(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    paper = find_to_compose(request, slug, identifier)

    def add(given: dict[str, Any]) -> Recommendation:
        del given["version"]
        return services.add_recommendation(paper=paper, by=signed_in(request), **given)

    sent = edit(request, RecommendationForm(request.POST or None, paper=paper), add)
    if sent.record is not None:
        said = "The recommendation is added."
        return done(request, place(request, paper), said, row_of(sent.record))
    part = Part("Add a recommendation", "new-recommendation", "new-recommendation")
    return form_page(request, place(request, paper), sent, part)


@login_required
def recommendation_edit(
    request: HttpRequest, slug: str, identifier: str, recommendation: str
) -> HttpResponse:
    paper, found = _find_recommendation(request, slug, identifier, recommendation)

    def change(given: dict[str, Any]) -> Recommendation:
        version, by = given.pop("version") or 0, signed_in(request)
        return services.change_recommendation(
            recommendation=found, changes=given, version=version, by=by
        )

    form = RecommendationForm(request.POST or None, paper=paper, record=found)
    sent = edit(request, form, change)
    if sent.record is not None:
        return done(request, place(request, paper), "Saved.", row_of(found))
    part = Part(f"Change {recommendation_name(found)}", row_of(found), row_of(found))
    return form_page(request, place(request, paper), sent, part)


def find_to_compose(request: HttpRequest, slug: str, identifier: str) -> Paper:
    """Return a paper that the reader may write: 404 for who may not know of it, 403 for others."""
    partnership, paper = find_paper(request, slug, identifier)
    require(request.user, Permission.COMPOSE_PAPER, partnership)
    paper.partnership = partnership
    return paper


def find_section(paper: Paper, identifier: str) -> Section:
    found = get_object_or_404(paper.sections, identifier=identifier)
    found.paper = paper
    return found


def place(request: HttpRequest, paper: Paper) -> Place:
    """Return where a paper is written in place."""

    def page(*, status: int, **context: Any) -> HttpResponse:
        way = {"crumbs": [*crumbs(paper), ("Write the paper", address(paper))]}
        shown = around(paper) | way | context
        return render(request, "papers/compose/form.html", shown, status=status)

    return Place(address(paper), page, "papers/compose/part.html", around(paper))


def gone_row(record: Removable) -> str:
    """Return the id of what stands in its place once it was removed."""
    return f"gone-{record.identifier}"  # type: ignore[attr-defined]


def sent_number(request: HttpRequest, name: str) -> int:
    """Return a number that a button sent, 404 for anything else."""
    sent = request.POST.get(name, "")
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 10):
        raise Http404("There is no such place.")
    return int(sent)


def around(paper: Paper) -> dict[str, Any]:
    """Return what every page shows on which a paper is written."""
    return {"partnership": paper.partnership, "paper": paper, "crumbs": crumbs(paper)}


def _find_recommendation(
    request: HttpRequest, slug: str, identifier: str, recommendation: str
) -> tuple[Paper, Recommendation]:
    paper = find_to_compose(request, slug, identifier)
    found = get_object_or_404(links.known(paper.recommendations.all()), identifier=recommendation)
    found.paper = paper
    return paper, found
