"""What was decided on a paper's recommendations, and the log of all decisions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.models import Partnership
from partnership.permissions import can, require
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.views import find_partnership, signed_in

from ..decisions import decided, log
from ..forms import DecisionForm
from ..models import Decision, Paper
from ..services.deciding import change_decision, confirm_decision, record_decision
from . import crumbs, find_paper


@login_required
def decision_log(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of the partnership's bodies, by meeting, the latest first."""
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    known = Paper.objects.visible_to(request.user).filter(partnership=partnership)
    context = {
        "partnership": partnership,
        "crumbs": [("Papers", reverse("papers:papers", args=[slug]))],
        "meetings": log(known, with_open=_sees_open(request, partnership)),
    }
    return render(request, "papers/decision_log.html", context)


@login_required
def decisions(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """A paper's recommendations, and what was decided on each."""
    partnership, paper = find_paper(request, slug, identifier)
    context = {
        "partnership": partnership,
        "crumbs": crumbs(paper),
        "paper": paper,
        "recommendations": decided(paper, with_open=_sees_open(request, partnership)),
        "may_record": can(request.user, Permission.RECORD_DECISION, partnership)
        and paper.state != Paper.State.DRAFT,
    }
    return render(request, "papers/decisions.html", context)


@login_required
def decision_new(request: HttpRequest, slug: str, identifier: str, number: int) -> HttpResponse:
    _, paper = _find_to_record(request, slug, identifier)
    recommendation = get_object_or_404(paper.recommendations, number=number)
    form = DecisionForm(request.POST or None, paper=paper)

    def record(given: dict[str, Any]) -> Decision:
        del given["version"], given["reason"]
        meeting = given.pop("meeting")
        by = signed_in(request)
        return record_decision(recommendation=recommendation, meeting=meeting, values=given, by=by)

    return _form_page(request, paper, form, record, asked=recommendation.text)


@login_required
def decision_edit(request: HttpRequest, slug: str, identifier: str, decision: str) -> HttpResponse:
    _, paper = _find_to_record(request, slug, identifier)
    found = _find_decision(paper, decision)
    form = DecisionForm(request.POST or None, paper=paper, instance=_find_decision(paper, decision))

    def change(given: dict[str, Any]) -> Decision:
        version, reason = given.pop("version") or 0, given.pop("reason")
        by = signed_in(request)
        return change_decision(decision=found, changes=given, version=version, by=by, reason=reason)

    return _form_page(request, paper, form, change, asked=found.asked)


@login_required
@require_POST
def decision_confirm(
    request: HttpRequest, slug: str, identifier: str, decision: str
) -> HttpResponse:
    _, paper = _find_to_record(request, slug, identifier)
    found = _find_decision(paper, decision)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    try:
        confirm_decision(decision=found, version=version, by=signed_in(request))
    except (RuleBroken, StaleVersion) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The decision is confirmed.")
    return redirect(_address(paper))


def _form_page(
    request: HttpRequest, paper: Paper, form: DecisionForm, act: Any, asked: str
) -> HttpResponse:
    form.cancel_href = _address(paper)
    sent = edit(request, form, act)
    if sent.record is not None:
        messages.success(request, "Saved.")
        return redirect(_address(paper))
    context = {
        "partnership": paper.partnership,
        "crumbs": [*crumbs(paper), ("Decisions", _address(paper))],
        "paper": paper,
        "form": form,
        "asked": asked,
        "differences": sent.differences,
    }
    return render(request, "papers/decision_form.html", context, status=sent.status)


def _find_to_record(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, Paper]:
    partnership, paper = find_paper(request, slug, identifier)
    require(request.user, Permission.RECORD_DECISION, partnership)
    return partnership, paper


def _find_decision(paper: Paper, identifier: str) -> Decision:
    known = Decision.objects.filter(recommendation__paper=paper)
    return get_object_or_404(known, identifier=identifier)


def _sees_open(request: HttpRequest, partnership: Partnership) -> bool:
    return can(request.user, Permission.RECORD_DECISION, partnership)


def _address(paper: Paper) -> str:
    return reverse("papers:decisions", args=[paper.partnership.slug, paper.identifier])
