"""The issues of a paper: the list, their files, and what differs between two."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partnership.numbers import counted
from partnership.permissions import can
from partnership.roles import Permission

from .. import files
from ..audience import audience_of, for_audience
from ..comparing import Comparison, compare
from ..content import build
from ..document import BoardPaper
from ..kinds import Audience
from ..models import IssuedPaper, Paper, Rendition
from ..pages.issues import issue_rows
from ..publishing import FORMATS, as_issued, issued_file, keep_file, kept_file
from ..renditions import MADE_AT_ONCE, read
from . import crumbs, find_paper

NOW = "now"


@login_required
def issues(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, paper = find_paper(request, slug, identifier)
    found = paper.issues.select_related("issued_by").order_by("-number")
    context = {
        "partnership": partnership,
        "crumbs": crumbs(paper),
        "paper": paper,
        "rows": issue_rows(found, audience_of(request.user, partnership), partnership.slug),
        "sees_people": can(request.user, Permission.VIEW_MEMBERS, partnership),
        "compares": _choices(request, paper),
    }
    return render(request, "papers/issues.html", context)


@login_required
def issue_compare(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """What differs between two issues, or between one and the draft now: without a choice, between
    the last issue and what there is since, or the one before it and itself."""
    partnership, paper = find_paper(request, slug, identifier)
    audience = audience_of(request.user, partnership)
    choices = _choices(request, paper)
    before, after = _asked(request, list(choices))
    compared = before and compare(
        _content(paper, before, audience), _content(paper, after, audience)
    )
    context = {
        "partnership": partnership,
        "crumbs": crumbs(paper),
        "paper": paper,
        "choices": choices,
        "before": before,
        "after": after,
        "comparison": compared,
        "said": compared and _said(compared, choices[before], choices[after]),
    }
    return render(request, "papers/compare.html", context)


@login_required
def issue_download(
    request: HttpRequest, slug: str, identifier: str, number: int, format: str
) -> HttpResponse:
    """A file of an issue, the same for ever: the reader's own version, or with `?for=public` the
    public's. One that is not made yet is asked for."""
    partnership, paper = find_paper(request, slug, identifier)
    issued = get_object_or_404(IssuedPaper, paper=paper, number=number)
    if format not in FORMATS:
        raise Http404("There is no such format of this paper.")
    is_public = request.GET.get("for") == Audience.PUBLIC
    audience = Audience.PUBLIC if is_public else audience_of(request.user, partnership)
    content = _file(issued, format, audience)
    if content is None:
        messages.info(request, "That file is being made. Come back for it in a moment.")
        return redirect("papers:issues", slug, identifier)
    name = f"{paper.slug}-issue-{number}{'-public' if is_public else ''}.{format}"
    response = HttpResponse(content, content_type=FORMATS[format])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _file(issued: IssuedPaper, format: str, audience: Audience) -> bytes | None:
    """Return the file, None while it is being made."""
    if kept := kept_file(issued, format, audience):
        return bytes(kept.content)
    if format in MADE_AT_ONCE:
        return issued_file(issued, format, audience)
    made = files.ask(issued, format, audience)
    if made.state == Rendition.State.FAILED:
        files.retry(issued, made, audience)
    if made.state != Rendition.State.READY:
        return None
    kept = keep_file(issued=issued, format=format, audience=audience, content=read(made))
    return bytes(kept.content)


def _choices(request: HttpRequest, paper: Paper) -> dict[str, str]:
    """Return what can be compared, by its key in the address, the first first."""
    numbers = paper.issues.order_by("number").values_list("number", flat=True)
    choices = {str(number): f"Issue {number}" for number in numbers}
    if choices and can(request.user, Permission.VIEW_DRAFT_PAPER, paper.partnership):
        choices[NOW] = "The draft now"
    return choices


def _asked(request: HttpRequest, known: list[str]) -> tuple[str, str]:
    """Return what is compared with what, "" where there are not two. 404 for no such issue."""
    if len(known) < 2:
        return "", ""
    before, after = request.GET.get("from") or known[-2], request.GET.get("to") or known[-1]
    if before not in known or after not in known:
        raise Http404("There is no such issue.")
    return before, after


def _content(paper: Paper, which: str, audience: Audience) -> BoardPaper:
    if which == NOW:
        return for_audience(build(paper), audience)
    issued = get_object_or_404(IssuedPaper, paper=paper, number=which)
    return for_audience(as_issued(issued), audience)


def _said(comparison: Comparison, before: str, after: str) -> str:
    """Return "3 changes from issue 1 to the draft now."."""
    found = counted(comparison.count, "change") if comparison.count else "No changes"
    return f"{found} from {before.lower()} to {after.lower()}."
