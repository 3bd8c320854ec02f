"""What was decided on a paper's recommendations: recorded, confirmed, corrected."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.models import Meeting, Partnership
from partnership.numbers import counted
from partnership.permissions import can, require
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.views import posted_number, signed_in

from ..decisions import decided, is_unplaced
from ..forms.deciding import AllDecisionsForm, DecisionForm
from ..models import Decision, Paper
from ..put import as_put
from ..services.deciding import (
    change_decision,
    confirm_all,
    confirm_decision,
    record_all,
    record_decision,
)
from ..services.effects import place_deferred
from . import crumbs, find_paper

NOTHING_TO_RECORD = "Every recommendation has a decision that is still to be confirmed."


@login_required
def decisions(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """A paper's recommendations, and what was decided on each."""
    partnership, paper = find_paper(request, slug, identifier)
    records = can(request.user, Permission.RECORD_DECISION, partnership)
    found = decided(paper, with_open=records)
    put = as_put(paper, [each.recommendation for each in found])
    found = tuple(each for each in found if each.recommendation in put or each.decisions)
    context = {
        "partnership": partnership,
        "crumbs": crumbs(paper),
        "paper": paper,
        "recommendations": found,
        "open": [each.open for each in found if each.open],
        "may_record": records and paper.state != Paper.State.DRAFT,
        "sees_plan": can(request.user, Permission.VIEW_DRAFT_PLAN, partnership),
    }
    return render(request, "papers/decisions.html", context)


@login_required
def decisions_record(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Record what a meeting decided on all recommendations at once."""
    _, paper = find_to_record(request, slug, identifier)
    asked = paper.recommendations.select_related("asked_of").order_by("number")
    asked = asked.exclude(decisions__in=Decision.objects.filter(confirmed_at=None))
    form = AllDecisionsForm(request.POST or None, paper=paper, recommendations=as_put(paper, asked))
    if not form.recommendations:
        raise PermissionDenied(NOTHING_TO_RECORD)

    def record(given: dict[str, Any]) -> list[Decision]:
        names = ("minute_reference", "present")
        return record_all(
            paper=paper,
            meeting=given["meeting"],
            shared={name: given[name] for name in names},
            outcomes=form.outcomes(given),
            by=signed_in(request),
        )

    form.cancel_href = address(paper)
    sent = edit(request, form, record)
    if sent.record is not None:
        messages.success(request, f"{counted(len(sent.record), 'decision')} recorded.")
        if form.cleaned_data["confirm"]:
            _confirm_at_once(request, sent.record)
        _warn_of_quorum(request, sent.record)
        return redirect(address(paper))
    context = _around(paper) | {"form": form}
    return render(request, "papers/decisions_record.html", context, status=sent.status)


@login_required
def decision_new(request: HttpRequest, slug: str, identifier: str, number: int) -> HttpResponse:
    _, paper = find_to_record(request, slug, identifier)
    known = paper.recommendations.select_related("asked_of")
    asked = as_put(paper, [get_object_or_404(known, number=number)])
    if not asked:
        raise Http404("This recommendation was written after the paper was issued.")
    (recommendation,) = asked
    form = DecisionForm(request.POST or None, paper=paper, asked_of=recommendation.asked_of)

    def record(given: dict[str, Any]) -> Decision:
        del given["version"], given["reason"]
        meeting = given.pop("meeting")
        by = signed_in(request)
        return record_decision(recommendation=recommendation, meeting=meeting, values=given, by=by)

    return _form_page(request, paper, form, record, asked=recommendation.text)


@login_required
def decision_edit(request: HttpRequest, slug: str, identifier: str, decision: str) -> HttpResponse:
    _, paper = find_to_record(request, slug, identifier)
    found = find_decision(paper, decision)
    form = DecisionForm(
        request.POST or None,
        paper=paper,
        asked_of=found.recommendation.asked_of,
        instance=find_decision(paper, decision),
    )

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
    _, paper = find_to_record(request, slug, identifier)
    found = find_decision(paper, decision)
    _confirm(request, {found: posted_number(request)})
    return redirect(address(paper))


@login_required
@require_POST
def decisions_confirm(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Confirm all decisions on a paper that are open, each as it was read."""
    _, paper = find_to_record(request, slug, identifier)
    found = Decision.objects.filter(recommendation__paper=paper, confirmed_at=None)
    _confirm(
        request,
        {
            each: posted_number(request, f"version-{each.identifier}")
            for each in found.select_related("recommendation__paper", "meeting__group")
        },
    )
    return redirect(address(paper))


@login_required
@require_POST
def decision_place(request: HttpRequest, slug: str, identifier: str, decision: str) -> HttpResponse:
    """Put a deferred paper on the body's next agenda."""
    _, paper = find_to_record(request, slug, identifier)
    found = find_decision(paper, decision)
    if is_unplaced(found):
        _say_where(request, found, place_deferred(found, signed_in(request)))
    return redirect(address(paper))


def find_to_record(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, Paper]:
    """Return a paper on which the reader may record decisions, and its partnership."""
    partnership, paper = find_paper(request, slug, identifier)
    require(request.user, Permission.RECORD_DECISION, partnership)
    return partnership, paper


def find_decision(paper: Paper, identifier: str) -> Decision:
    """Return a decision on a recommendation of the paper, 404 where there is no such one."""
    known = Decision.objects.filter(recommendation__paper=paper)
    known = known.select_related("meeting__group", "recommendation__asked_of")
    found = get_object_or_404(known, identifier=identifier)
    found.recommendation.paper = paper
    return found


def address(paper: Paper) -> str:
    """Return the address of the paper's decisions."""
    return reverse("papers:decisions", args=[paper.partnership.slug, paper.identifier])


def _confirm_at_once(request: HttpRequest, recorded: list[Decision]) -> None:
    """Confirm what was just recorded and needs nothing more."""
    _confirm(
        request,
        {
            each: each.version
            for each in recorded
            if each.was_quorate is not False
            and not (each.outcome == Decision.Outcome.AMENDED and each.recommendation.paper.plan_id)
        },
    )


def _confirm(request: HttpRequest, versions: dict[Decision, int]) -> None:
    by = signed_in(request)
    try:
        if len(versions) == 1:
            [(decision, version)] = versions.items()
            done = [confirm_decision(decision=decision, version=version, by=by)]
        else:
            done = confirm_all(decisions=versions, by=by)
    except (RuleBroken, StaleVersion) as refused:
        messages.error(request, str(refused))
        return
    if done:
        said = "The decision is" if len(done) == 1 else f"{len(done)} decisions are"
        messages.success(request, f"{said} confirmed.")
    for each in done:
        if each.outcome == Decision.Outcome.DEFERRED:
            _say_where(request, each, place_deferred(each, by))


def _say_where(request: HttpRequest, decision: Decision, meeting: Meeting | None) -> None:
    if meeting:
        messages.success(request, f"The paper is on the agenda of {meeting}.")
        return
    body, when = decision.meeting.group.name, decision.deferred_to
    messages.warning(
        request,
        f"No meeting of {body} is planned for {when} or after. The paper waits, and goes on the "
        "agenda as soon as one is.",
    )


def _warn_of_quorum(request: HttpRequest, recorded: list[Decision]) -> None:
    without = next((each for each in recorded if each.was_quorate is False), None)
    if without:
        group = without.meeting.group
        need = f" {group.name} needs {group.quorum}." if group.quorum else ""
        messages.warning(
            request,
            f"There was no quorum.{need} Check who was present before you confirm.",
        )


def _form_page(
    request: HttpRequest, paper: Paper, form: DecisionForm, act: Any, asked: str
) -> HttpResponse:
    form.cancel_href = address(paper)
    sent = edit(request, form, act)
    if sent.record is not None:
        messages.success(request, "Saved.")
        _warn_of_quorum(request, [sent.record])
        return redirect(address(paper))
    context = _around(paper) | {"form": form, "asked": asked, "differences": sent.differences}
    return render(request, "papers/decision_form.html", context, status=sent.status)


def _around(paper: Paper) -> dict[str, Any]:
    return {
        "partnership": paper.partnership,
        "crumbs": [*crumbs(paper), ("Decisions", address(paper))],
        "paper": paper,
    }
