"""Writing the blocks of a paper: paragraphs, and what shows data."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from partnership.editing import edit
from partnership.inplace import Part, done, form_page
from partnership.views import signed_in

from ..content.figures import figures
from ..forms.composing import DataBlockForm, NewBlockForm, ParagraphForm
from ..kinds import Implication
from ..models import Block, Paper, Section
from ..pages.compose import block_name, is_narrative, row_of, section_name
from ..pages.offered import offered
from ..placeholders import PLACEHOLDERS
from ..services import composing as services
from ..starts import FIRST_WORDS
from .composing import around, find_section, find_to_compose, place

WHAT = {"paragraph": "Add a paragraph", "block": "Add a block"}


@login_required
def block_new(
    request: HttpRequest, slug: str, identifier: str, section: str, what: str
) -> HttpResponse:
    """Add a paragraph, or a block of data, at the end of a section."""
    paper = find_to_compose(request, slug, identifier)
    return _add(request, find_section(paper, section), None, what)


@login_required
def block_below(
    request: HttpRequest, slug: str, identifier: str, block: str, what: str
) -> HttpResponse:
    """Add a paragraph, or a block of data, below another."""
    _, found = _find(request, slug, identifier, block)
    return _add(request, found.section, found, what)


def _first_words(section: Section) -> str:
    """Return what is offered for a section on implications that says nothing yet."""
    is_new = section.implication and not section.blocks.exists()
    return FIRST_WORDS[Implication(section.implication)] if is_new else ""


def _add(request: HttpRequest, section: Section, after: Block | None, what: str) -> HttpResponse:
    if what not in WHAT:
        raise Http404("Only paragraphs and blocks can be added.")
    paper = section.paper
    form: Any = (
        ParagraphForm(request.POST or None, initial={"text": _first_words(section)})
        if what == "paragraph"
        else NewBlockForm(request.POST or None, offered=offered(paper))
    )

    def add(given: dict[str, Any]) -> Block:
        del given["version"]
        by, seen = signed_in(request), _seen(request, paper)
        return services.add_block(section=section, after=after, by=by, seen=seen, **given)

    sent = edit(request, form, add)
    if sent.record is not None:
        said = f"The {what} is added."
        return done(request, place(request, paper), said, row_of(sent.record))
    into = f"below-{row_of(after)}" if after else f"new-{row_of(section)}"
    row = row_of(after or section)
    part = Part(f"{WHAT[what]} to {section_name(section)}", into, row)
    return form_page(request, place(request, paper), sent, part)


@login_required
def block_edit(request: HttpRequest, slug: str, identifier: str, block: str) -> HttpResponse:
    paper, found = _find(request, slug, identifier, block)

    def change(given: dict[str, Any]) -> Block:
        version, by = given.pop("version") or 0, signed_in(request)
        seen = _seen(request, paper)
        return services.change_block(block=found, changes=given, version=version, by=by, seen=seen)

    kind: Any = ParagraphForm if is_narrative(found) else DataBlockForm
    sent = edit(request, kind(request.POST or None, record=found), change)
    if sent.record is not None:
        return done(request, place(request, paper), "Saved.", row_of(found))
    heading = "Change this paragraph" if is_narrative(found) else f"Change “{block_name(found)}”"
    part = Part(heading, row_of(found), row_of(found))
    return form_page(request, place(request, paper), sent, part)


@login_required
def figures_beside(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The figures that a text may hold. What its writer saw of them comes back signed with it."""
    paper = find_to_compose(request, slug, identifier)
    now = figures(paper)
    known = [(name, words, now.get(name, "")) for name, words in PLACEHOLDERS.items()]
    seen = signing.dumps(now, salt=_salt(paper), compress=True)
    part = "figures" if request.htmx else "figures_page"  # type: ignore[attr-defined]
    context = around(paper) | {"figures": known, "seen": seen}
    return render(request, f"papers/compose/{part}.html", context)


def _find(request: HttpRequest, slug: str, identifier: str, block: str) -> tuple[Paper, Block]:
    paper = find_to_compose(request, slug, identifier)
    known = Block.objects.filter(section__paper=paper, section__removed_at=None)
    found = get_object_or_404(known.select_related("section"), identifier=block)
    found.section.paper = paper
    return paper, found


def _seen(request: HttpRequest, paper: Paper) -> dict[str, str] | None:
    """Return the figures that the writer saw beside the text, None where they are not known."""
    try:
        return dict(signing.loads(request.POST.get("seen", ""), salt=_salt(paper)))
    except signing.BadSignature:
        return None


def _salt(paper: Paper) -> str:
    return f"figures of {paper.identifier}"
