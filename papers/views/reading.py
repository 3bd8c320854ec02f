"""A partnership's board papers: the list, the paper as a page, and its files."""

from collections.abc import Iterable

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from partnership.dates import day_words
from partnership.permissions import can, require
from partnership.roles import Permission
from partnership.views import find_partnership
from standards.versions import made_from

from .. import ahead, html
from ..audience import audience_of, for_audience, for_public, has_public_version, may_differ
from ..content import build
from ..document import BoardPaper
from ..kinds import Audience
from ..models import Paper
from ..pages.checks import checks
from ..publishing import as_issued, last_issue
from . import find_paper

FILES = (
    ("pdf", "For the agenda pack", "Tagged for screen readers"),
    ("docx", "Word file", "For Democratic Services to take over"),
    ("html", "Web page", "One file, for a website"),
)
PUBLIC_FILES = (
    ("pdf", "For the public", "Without what is exempt and without contacts"),
    ("docx", "Word file for the public", ""),
    ("html", "Web page for the public", "One file, for a website"),
)


@login_required
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    known = Paper.objects.visible_to(request.user).filter(partnership=partnership)
    context = {
        "partnership": partnership,
        "papers": known.select_for_paper(),
        "may_start": can(request.user, Permission.COMPOSE_PAPER, partnership),
        "may_style": can(request.user, Permission.SET_HOUSE_STYLE, partnership),
    }
    return render(request, "papers/papers.html", context)


@login_required
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def paper(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The paper as it was issued. A draft is put together in a frame of its own, so that the page
    is there at once."""
    partnership, found = find_paper(request, slug, identifier)
    issue = None if found.state == Paper.State.DRAFT else last_issue(found)
    audience = audience_of(request.user, partnership)
    whole = issue and as_issued(issue)
    issued = whole and for_audience(whole, audience)
    context = {
        "partnership": partnership,
        "paper": found,
        "issue": issue,
        "document": issued and html.render(issued, slug),
        "contents": issued and _contents(issued),
        "publish_by": issue is None and _publish_by(found),
        "may_compose": can(request.user, Permission.COMPOSE_PAPER, partnership),
        "may_issue": can(request.user, Permission.ISSUE_PAPER, partnership),
        "may_plan": can(request.user, Permission.PLAN_MEETING, partnership),
        "files": _files(found, FILES),
        "public_files": audience == Audience.MEMBERS
        and (has_public_version(whole) if whole else may_differ(found))
        and _files(found, PUBLIC_FILES, Audience.PUBLIC),
        "made_from": made_from(found.results_version),
        "sees_plan": can(request.user, Permission.VIEW_PLAN, partnership),
    }
    return render(request, "papers/paper.html", context)


@login_required
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
def draft(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The paper as its records stand now, alone, as its readers will see it; `?for=public`, as the
    public will."""
    partnership, found = find_paper(request, slug, identifier)
    require(request.user, Permission.VIEW_DRAFT_PAPER, partnership)
    content = build(found)
    ahead.looked_at(found, content)
    is_public = request.GET.get("for") == Audience.PUBLIC
    shown = for_public(content) if is_public else content
    context = {
        "partnership": partnership,
        "paper": found,
        "document": html.render(shown, slug),
        "contents": _contents(shown),
        "checks": () if is_public else checks(found, content),
        "is_public": is_public,
        "has_public": has_public_version(content),
    }
    return render(request, "papers/draft.html", context)


def _files(
    paper: Paper, files: Iterable[tuple[str, str, str]], audience: Audience | None = None
) -> list[dict[str, str]]:
    """Return the paper's files for the downloads component: those of the reader's own version, or
    of an audience's."""
    where = [paper.partnership.slug, paper.identifier]
    query = f"?for={audience}" if audience else ""
    return [
        {
            "label": label,
            "href": reverse("papers:paper_download", args=[*where, name]) + query,
            "format": name.upper(),
            "note": note,
        }
        for name, label, note in files
    ]


def _publish_by(paper: Paper) -> str:
    """Return the last day on which it may be published for its meeting, "" where there is none."""
    due = paper.agenda_item.meeting.notice if paper.agenda_item else None
    return day_words(due.deadline) if due else ""


def _contents(content: BoardPaper) -> list[tuple[str, str]]:
    """Return the paper's own sections for the contents component."""
    return [
        (f"{part.number} {part.heading}".strip(), f"#{part.key}")
        for part in content.sections + content.appendices
    ]
