"""What the plan of the cycle before said, carried over into a new one and then spoken for.

A score nobody has moved since last time is not a score; neither is a status, or an action. Each
that is carried over waits until somebody confirms, changes or drops it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from partnership import order, records
from partnership.models import User
from partnership.rules import RuleBroken
from standards.models import Exercise

from ..models import Action, ChangePlan, StatusStatement
from .holding import hold_to_edit

# What of an action is carried over as it stands. Its improvement priorities are of another
# exercise, and its days were asked of another plan.
KEPT = (
    "heading", "detail", "success", "lead_group", "lead_organisation", "owner", "owner_title",
    "monitored_by", "reports_to", "start", "due", "recurrence", "target_score", "status", "rating",
    "relied_on_support",
)  # fmt: skip
Carried = Action | StatusStatement


def require_carriable(previous: ChangePlan, plan: ChangePlan) -> None:
    """Raise RuleBroken where the one plan cannot start from the other."""
    if previous.partnership_id != plan.partnership_id:
        raise RuleBroken("That plan is of another partnership.")
    if previous.exercise.framework_id != plan.exercise.framework_id:
        raise RuleBroken(
            f"{previous.title} answers the standards of another framework, so nothing can be "
            "carried over from it. Start with an empty plan."
        )
    if previous.exercise_id == plan.exercise_id:
        raise RuleBroken(f"{previous.title} is of the same exercise. Choose a plan from before.")
    if not _comes_before(previous.exercise, plan.exercise):
        raise RuleBroken(
            f"{previous.title} is of a later exercise than {plan.exercise.title}. Choose a plan "
            "from before it."
        )


def carry_over(*, previous: ChangePlan, plan: ChangePlan, by: User) -> None:
    """Copy the status statements of the plan before, and those of its actions that are not
    complete, each waiting to be confirmed. For whoever makes a plan, in that transaction."""
    entries = {entry.standard_id: entry for entry in plan.entries.all()}
    said = StatusStatement.objects.filter(entry__plan=previous).select_related("entry")
    for statement in said.order_by("entry__standard__number", "number"):
        entry = entries[statement.entry.standard_id]
        number = order.next_number(entry.status.all())
        _copy(statement, {"entry": entry, "number": number, "text": statement.text}, by)
    _carry_actions(previous, plan, by)


@transaction.atomic
def confirm_carried(
    *, carried: Carried, changes: Mapping[str, Any], version: int, by: User
) -> Carried:
    """Say of what was carried over that it holds, with what has changed of it. Raises RuleBroken
    while the plan may not change, StaleVersion when somebody else was faster."""
    hold_to_edit(plan_of(carried))
    return records.change(carried, changes={**changes, "to_confirm": False}, version=version, by=by)


@transaction.atomic
def drop_carried(*, carried: Carried, version: int, by: User) -> Carried:
    """Leave out what was carried over and no longer holds; those behind it move up."""
    hold_to_edit(plan_of(carried))
    dropped = records.remove(carried, version=version, by=by, reason="No longer holds")
    left = carried.plan.actions if isinstance(carried, Action) else carried.entry.status
    order.renumber(list(left.order_by("number")), by=by)
    return dropped


def plan_of(carried: Carried) -> ChangePlan:
    return carried.plan if isinstance(carried, Action) else carried.entry.plan


def _comes_before(one: Exercise, other: Exercise) -> bool:
    """Whether one exercise is the earlier: by which follows which, by their dates where these tell
    it, else by which closed first."""
    if one.pk == other.previous_id or other.pk == one.previous_id:
        return one.pk == other.previous_id
    (first, last), (start, end) = _span(one), _span(other)
    if last and start and last < start:
        return True
    if end and first and end < first:
        return False
    return (
        one.closed_at is not None
        and other.closed_at is not None
        and (one.closed_at <= other.closed_at)
    )


def _span(exercise: Exercise) -> tuple[date | None, date | None]:
    said = exercise.date
    return (said.first_day, said.last_day) if said else (None, None)


def _carry_actions(previous: ChangePlan, plan: ChangePlan, by: User) -> None:
    going = previous.actions.exclude(status=Action.Status.COMPLETE).order_by("number")
    copies: dict[int, Action] = {}
    found = list(going.prefetch_related("standards", "depends_on"))
    for number, action in enumerate(found, 1):
        values = {name: getattr(action, name) for name in KEPT}
        values |= {"plan": plan, "number": number, "standards": list(action.standards.all())}
        copies[action.pk] = _copy(action, values, by)
    for action in found:
        waits = [copies[other.pk] for other in action.depends_on.all() if other.pk in copies]
        if waits:
            copy = copies[action.pk]
            records.change(copy, changes={"depends_on": waits}, version=copy.version, by=by)


def _copy(record: Any, values: dict[str, Any], by: User) -> Any:
    marks = {"carried_from": record, "to_confirm": True}
    return records.create(type(record), by=by, **values, **marks)
