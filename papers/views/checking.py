"""What to look at before a paper is issued: checks, clearances, and the file itself."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.permissions import require
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.views import signed_in

from .. import conformance, files
from ..audience import for_public
from ..content import build
from ..document import BoardPaper
from ..kinds import Audience, Format
from ..models import Block, Paper, Rendition
from ..pages.checks import chapters, checks
from ..services.checking import keep_figures
from . import crumbs, find_paper
from .clearing import clearances_of

CHANGED = "Somebody changed this text meanwhile. Read it again."


@login_required
def before_issue(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Everything that an issue should wait for, each with the way to mend it."""
    paper = find_to_issue(request, slug, identifier)
    content = build(paper)
    found, pdfs = checks(paper, content), files_checked(content)
    context = {
        "partnership": paper.partnership,
        "crumbs": crumbs(paper),
        "paper": paper,
        "issue": paper.issues.order_by("-number").first(),
        "chapters": chapters(found),
        "count": len(found),
        "files_checked": pdfs,
        "may_check": any(check.may_ask for _, check in pdfs),
    } | clearances_of(paper)
    return render(request, "papers/before_issue.html", context)


def blocked(paper: Paper) -> str:
    """Return why an issue with the PDF of now would be wrong, "" where that is not known."""
    pdfs = files_checked(build(paper))
    return next((" ".join((c.words, *c.problems)) for _, c in pdfs if c.blocks), "")


def files_checked(content: BoardPaper) -> list[tuple[str, conformance.FileCheck]]:
    """Return what is known of each PDF that would be issued, by whose it is."""
    public, members = for_public(content), conformance.file_check(content)
    if public == content:
        return [("", members)]
    return [
        ("The members’ version", members),
        ("The public version", conformance.file_check(public)),
    ]


@login_required
@require_POST
def file_check(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Have the PDF made, where it is not, and looked over."""
    paper = find_to_issue(request, slug, identifier)
    for audience in Audience:
        made = files.ask(paper, Format.PDF, audience)
        if made.state == Rendition.State.FAILED:
            files.retry(paper, made, audience)
        conformance.ask(made)
    return redirect(f"{_before(paper)}#file")


@login_required
@require_POST
def figures_checked(request: HttpRequest, slug: str, identifier: str, block: str) -> HttpResponse:
    """Say that a text is still right with the figures of now."""
    paper = find_to_issue(request, slug, identifier)
    known = Block.objects.filter(section__paper=paper, section__removed_at=None)
    found = get_object_or_404(known.select_related("section"), identifier=block)
    found.section.paper = paper
    version = request.POST.get("version", "")
    try:
        keep = partial(keep_figures, block=found, by=signed_in(request))
        keep(version=int(version) if version.isascii() and version.isdecimal() else 0)
        messages.success(request, "Kept: it was checked, and is still right.")
    except StaleVersion:
        messages.warning(request, CHANGED)
    return redirect(_before(paper))


def find_to_issue(request: HttpRequest, slug: str, identifier: str) -> Paper:
    """Return a paper that the reader may issue: 404 for who may not know of it, 403 for others."""
    partnership, paper = find_paper(request, slug, identifier)
    require(request.user, Permission.ISSUE_PAPER, partnership)
    paper.partnership = partnership
    return paper


def _before(paper: Paper) -> str:
    return reverse("papers:before_issue", args=[paper.partnership.slug, paper.identifier])
