"""Who cleared a paper: recorded, and taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from partnership.editing import edit
from partnership.numbers import listing
from partnership.permissions import require
from partnership.roles import Permission
from partnership.submitting import Submitted
from partnership.views import signed_in

from ..clearances import clearings, withdrawn
from ..forms.clearing import ClearancesForm, WithdrawalForm
from ..models import Clearance, Paper
from ..services.clearing import record_clearances, withdraw_clearance
from . import crumbs, find_paper


@login_required
def clearance_new(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Record the clearances that are still missing."""
    paper = _find(request, slug, identifier)
    names = [each.name for each in clearings(paper) if each.clearance is None]
    if not names:
        messages.info(request, "Every clearance is recorded.")
        return redirect(_before(paper))

    def record(given: dict[str, Any]) -> list[Clearance]:
        return record_clearances(paper=paper, by=signed_in(request), **given)

    sent = edit(request, ClearancesForm(request.POST or None, names=names), record)
    if sent.record is not None:
        messages.success(request, f"Cleared: {listing([each.name for each in sent.record])}.")
        return redirect(_before(paper))
    return _form_page(request, paper, sent, "Record clearances")


@login_required
def clearance_withdraw(
    request: HttpRequest, slug: str, identifier: str, clearance: str
) -> HttpResponse:
    """Take a clearance back, with the reason."""
    paper = _find(request, slug, identifier)
    found = get_object_or_404(paper.clearances, identifier=clearance)

    def withdraw(given: dict[str, Any]) -> Clearance:
        version, reason = given["version"] or 0, given["reason"]
        return withdraw_clearance(
            clearance=found, version=version, reason=reason, by=signed_in(request)
        )

    form = WithdrawalForm(request.POST or None, initial={"version": found.version})
    sent = edit(request, form, withdraw)
    if sent.record is not None:
        messages.success(request, f"The clearance is withdrawn: {found.name}.")
        return redirect(_before(paper))
    return _form_page(request, paper, sent, f"Withdraw the clearance: {found.name}", found)


def clearances_of(paper: Paper) -> dict[str, Any]:
    """Return what the list of clearances shows."""
    found = clearings(paper)
    missing = any(each.clearance is None for each in found)
    return {"clearings": found, "withdrawn": withdrawn(paper), "is_missing": missing}


def _find(request: HttpRequest, slug: str, identifier: str) -> Paper:
    partnership, paper = find_paper(request, slug, identifier)
    require(request.user, Permission.ISSUE_PAPER, partnership)
    return paper


def _before(paper: Paper) -> str:
    return reverse("papers:before_issue", args=[paper.partnership.slug, paper.identifier])


def _form_page(
    request: HttpRequest,
    paper: Paper,
    sent: Submitted,
    heading: str,
    clearance: Clearance | None = None,
) -> HttpResponse:
    form: Any = sent.form
    form.cancel_href = _before(paper)
    context = {
        "partnership": paper.partnership,
        "crumbs": [*crumbs(paper), ("Before issue", form.cancel_href)],
        "paper": paper,
        "heading": heading,
        "clearance": clearance,
        "form": form,
        "differences": sent.differences,
    }
    return render(request, "papers/clearance_form.html", context, status=sent.status)
