"""Writing the actions of a plan."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from partnership import links
from partnership.editing import edit
from partnership.views import signed_in
from standards.models import Finding

from .. import pages
from ..forms.actions import ActionForm, RetiringForm
from ..models import Action, ChangePlan
from ..services import actions as services
from . import find_part_to_edit, find_to_edit, plan_page
from .inplace import Part, done, form_page, passed, press

PEOPLE = ("lead_group", "lead_organisation", "owner__user", "monitored_by", "reports_to")


@login_required
def action_new(
    request: HttpRequest, slug: str, identifier: str, number: int = 0, priority: str = ""
) -> HttpResponse:
    """Add an action: for a standard, for an improvement priority, or for neither."""
    plan = find_to_edit(request, slug, identifier)
    row, initial = _under(plan, number, priority)

    def add(given: dict[str, Any]) -> Action:
        del given["version"]
        return services.add_action(plan=plan, values=given, by=signed_in(request))

    sent = edit(request, ActionForm(request.POST or None, plan=plan, initial=initial), add)
    if sent.record is not None:
        where = row if number or priority else f"action-{sent.record.identifier}"
        return done(request, plan, "The action is added.", where)
    return form_page(request, plan, sent, Part("Add an action", f"action-new-{row}", row))


def _under(plan: ChangePlan, number: int, priority: str) -> tuple[str, dict[str, Any]]:
    """Return the row that the action is added in, and what it serves to begin with."""
    if number:
        standard = get_object_or_404(plan.exercise.framework.standards, number=number)
        return f"standard-{number}", {"standards": [standard.pk]}
    if priority:
        known = links.known(plan.exercise.findings.filter(kind=Finding.Kind.PRIORITY))
        found = get_object_or_404(known, identifier=priority)
        served = sorted(links.keys(found, "standards"))
        return f"priority-{priority}", {"priorities": [found.pk], "standards": served}
    return "other", {}


@login_required
def action_edit(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    plan, found = _find(request, slug, identifier, action)

    def change(given: dict[str, Any]) -> Action:
        version, by = given.pop("version") or 0, signed_in(request)
        return services.edit_action(action=found, changes=given, version=version, by=by)

    sent = edit(request, ActionForm(request.POST or None, plan=plan, action=found), change)
    if sent.record is not None:
        return done(request, plan, "Saved.", _row(found))
    part = Part(f"Action {found.number}: {found.heading}", _row(found), _row(found))
    return form_page(request, plan, sent, part, action=found)


@login_required
def action_retire(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    plan, found = _find(request, slug, identifier, action)

    def retire(given: dict[str, Any]) -> Action:
        version, by = given.pop("version") or 0, signed_in(request)
        return services.retire_action(action=found, version=version, by=by, **given)

    sent = edit(request, RetiringForm(request.POST or None, action=found), retire)
    if sent.record is not None:
        said = "The action is retired. “Retired and removed” brings it back."
        return done(request, plan, said, "by-standard")
    part = Part(f"Retire “{found.heading}”", _row(found), _row(found))
    asked = list(found.allocations.all())
    return form_page(request, plan, sent, part, stays=asked)


@login_required
@require_POST
def action_move(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    plan, found = _find(request, slug, identifier, action)
    past = passed(request, plan.actions)

    def move() -> None:
        services.move_action(action=found, past=past, by=signed_in(request))

    return press(request, plan, move, "Moved.", _row(found))


@login_required
@require_POST
def action_copy(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    plan, found = _find(request, slug, identifier, action)

    def copy() -> Action:
        return services.copy_action(action=found, by=signed_in(request))

    return press(request, plan, copy, "Copied. The copy stands last.", _row(found), shown=_row)


@login_required
def removed(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """What was retired or removed, with why and by whom, and the way back."""
    plan = find_to_edit(request, slug, identifier)
    return plan_page(request, plan, "plan_removed", page=pages.removed_page(plan))


def _find(
    request: HttpRequest, slug: str, identifier: str, action: str
) -> tuple[ChangePlan, Action]:
    known = links.known(Action.objects.select_related(*PEOPLE))
    return find_part_to_edit(request, slug, identifier, known, "plan", identifier=action)


def _row(action: Action) -> str:
    return f"action-{action.identifier}"
