"""The actions of a plan: added, changed, moved, copied, retired."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from partnership import links, order, records
from partnership.models import User
from partnership.rules import RuleBroken
from standards.models import Finding

from ..models import Action, ChangePlan
from .holding import hold_part_to_edit, hold_to_edit
from .moving import move_past

BODIES = ("lead_group", "lead_organisation", "owner", "monitored_by", "reports_to")
COPIED = (
    *("detail", "success", *BODIES, "owner_title", "start", "due", "recurrence"),
    *("target_score", "relied_on_support"),
)
RELATIONS = ("standards", "priorities", "depends_on")
LONGEST_HEADING = 300  # characters


@transaction.atomic
def add_action(*, plan: ChangePlan, values: Mapping[str, Any], by: User) -> Action:
    """Add an action behind the others, and return it. Raises RuleBroken for what belongs to
    another plan, exercise or partnership, and for a target off the scale."""
    hold_to_edit(plan)
    _require_own(plan, values)
    if waits := values.get("depends_on"):
        number = _require_waits(plan, None, waits)
    else:
        number = order.next_number(plan.actions.all())
    return records.create(Action, by=by, plan=plan, number=number, **values)


@transaction.atomic
def edit_action(*, action: Action, changes: Mapping[str, Any], version: int, by: User) -> Action:
    """Change an action. Raises StaleVersion where somebody else was faster; RuleBroken like
    `add_action`, and where it would wait for itself, by way of others."""
    current = hold_part_to_edit(action)
    _require_own(action.plan, changes)
    if waits := changes.get("depends_on"):
        _require_waits(action.plan, current, waits)
    changes = {"to_confirm": False, **changes}
    return records.change(current, changes=changes, version=version, by=by, held=True)


@transaction.atomic
def move_action(*, action: Action, past: Action, by: User) -> None:
    """Put an action on the other side of `past`, another of the same plan."""
    hold_to_edit(action.plan)
    move_past(action, past, within=action.plan, siblings=action.plan.actions.all(), by=by)


@transaction.atomic
def copy_action(*, action: Action, by: User) -> Action:
    """Add the same action once more, behind the others, as one that nobody has started."""
    current, plan = hold_part_to_edit(action), action.plan
    columns = [Action._meta.get_field(name).attname for name in COPIED]  # type: ignore[union-attr]
    values = {column: getattr(current, column) for column in columns}
    values |= {name: list(getattr(current, name).all()) for name in RELATIONS}
    values["heading"] = f"Copy of {current.heading}"[:LONGEST_HEADING]
    number = order.next_number(plan.actions.all())
    return records.create(Action, by=by, plan=plan, number=number, **values)


@transaction.atomic
def retire_action(*, action: Action, reason: str, version: int, by: User) -> Action:
    """Take an action out of the plan; `restoring.bring_back` undoes it. The support that was asked
    for it stays."""
    current = hold_part_to_edit(action)
    return records.remove(current, version=version, by=by, reason=reason, held=True)


def _require_own(plan: ChangePlan, values: Mapping[str, Any]) -> None:
    """A form offers nothing else; a file or a command may come with anything."""
    exercise = plan.exercise
    bodies = [values[name] for name in BODIES if values.get(name)]
    known = (
        all(body.partnership_id == plan.partnership_id for body in bodies)
        and all(s.framework_id == exercise.framework_id for s in values.get("standards", ()))
        and all(_is_priority(f, exercise.pk) for f in values.get("priorities", ()))
        and all(other.plan_id == plan.pk for other in values.get("depends_on", ()))
    )
    if not known:
        raise RuleBroken("An action can only name what belongs to its own plan and partnership.")


def _is_priority(finding: Finding, exercise: int) -> bool:
    return finding.kind == Finding.Kind.PRIORITY and finding.exercise_id == exercise


def _require_waits(plan: ChangePlan, action: Action | None, depends_on: Iterable[Action]) -> int:
    """Refuse to wait for what is not in the plan any more, and for itself by way of others; what
    was retired counts as such a way, since it may come back. Hold the plan first. Returns the
    number behind the last action's. One query."""
    numbers: dict[int, int] = {}
    waits: defaultdict[int, list[int]] = defaultdict(list)
    rows = Action.everything.filter(plan=plan).values_list(
        "pk", "number", "removed_at", "links__waits_for_id"
    )
    for one, number, removed_at, other in rows:
        if not removed_at:
            numbers[one] = number
        if other and (action is None or one != action.pk):
            waits[one].append(other)
    before = links.keys(action, "depends_on") if action else set()
    for first in depends_on:
        if first.pk not in numbers.keys() | before:
            raise RuleBroken(f"“{first.heading}” was retired meanwhile. Nothing can wait for it.")
        if action and (chain := _chain(waits, first.pk, action.pk)):
            raise RuleBroken(_circle(action, chain))
    return max(numbers.values(), default=0) + 1


def _chain(waits: Mapping[int, list[int]], start: int, end: int) -> list[int]:
    """Return the way from `start` to `end` by what waits for what, [] where there is none."""
    ways, seen = [[start]], {start}
    for way in ways:
        if way[-1] == end:
            return way
        fresh = [step for step in waits.get(way[-1], ()) if step not in seen]
        seen.update(fresh)
        ways += [[*way, step] for step in fresh]
    return []


def _circle(action: Action, chain: list[int]) -> str:
    if chain == [action.pk]:
        return "An action cannot wait for itself."
    names = dict(Action.everything.filter(pk__in=chain).values_list("pk", "heading"))
    said = ", which waits for ".join(f"“{names[key]}”" for key in chain)
    return f"This action cannot wait for {said}: that would be a circle."
