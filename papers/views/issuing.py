"""Putting a paper to its meeting."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from partnership.permissions import require
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.submitting import Submitted, submit
from partnership.views import signed_in

from ..forms.issuing import IssueForm
from ..models import IssuedPaper, Paper
from ..publishing import last_issue
from ..services.issuing import issue as issue_paper
from . import crumbs, find_paper
from .checking import blocked
from .clearing import clearances_of


@login_required
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def issue(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Look a paper over once more, and put it to its meeting."""
    partnership, found = find_paper(request, slug, identifier)
    require(request.user, Permission.ISSUE_PAPER, partnership)
    form = IssueForm(request.POST or None, last=last_issue(found))
    form.cancel_href = reverse("papers:paper", args=[slug, identifier])
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _issue(request, found, given["note"]))
        if sent.record:
            messages.success(
                request, "The paper is issued. Its files are being made, and stay as they are now."
            )
            return redirect(form.cancel_href)
    context = {
        "partnership": partnership,
        "crumbs": crumbs(found),
        "paper": found,
        "form": form,
    } | clearances_of(found)
    return render(request, "papers/issue.html", context, status=sent.status)


def _issue(request: HttpRequest, paper: Paper, note: str) -> IssuedPaper:
    """Issue the paper, unless it is known that its PDF would be wrong."""
    if problem := blocked(paper):
        raise RuleBroken(problem)
    return issue_paper(paper=paper, by=signed_in(request), note=note)
