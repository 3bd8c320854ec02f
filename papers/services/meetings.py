"""Planning the meetings of a partnership's bodies. Each write is one transaction, and signed.

What waits for a meeting of its body takes its place on the agenda.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from partnership import records
from partnership.models import Group, Meeting, User
from partnership.rules import RuleBroken, checked_text

from .effects import place_waiting

Values = Mapping[str, Any]


@transaction.atomic
def plan_meeting(*, group: Group, values: Values, by: User) -> Meeting:
    """Plan a meeting of a body. `values` are its date and, where they are known, time, venue,
    title, is_special and joint_with.

    Raises RuleBroken for a joint meeting with a body of another partnership or with itself;
    ValidationError, by field, for what cannot be, such as the same meeting twice.
    """
    given = _checked(values)
    _require_others(group, given.get("joint_with", ()))
    return _announced(records.create(Meeting, by=by, group=group, **given), by)


@transaction.atomic
def change_meeting(*, meeting: Meeting, changes: Values, version: int, by: User) -> Meeting:
    """Change a meeting, also whose it is, or what it agreed. Raises like `plan_meeting`, and
    StaleVersion where somebody else was faster or has called it off."""
    current = records.hold(meeting)
    if current.removed_at:
        raise records.StaleVersion(current)
    given = _checked(changes)
    _require_others(
        given.get("group", current.group), given.get("joint_with", current.joint_with.all())
    )
    changed = records.change(current, changes=given, version=version, by=by, held=True)
    return _announced(changed, by)


@transaction.atomic
def call_off(*, meeting: Meeting, reason: str, version: int, by: User) -> Meeting:
    """Call a meeting off, saying why. What was to come before it keeps its place on the agenda.
    Raises RuleBroken without a reason, StaleVersion where somebody else was faster."""
    if not (why := checked_text(reason).strip()):
        raise RuleBroken("Say why the meeting is called off.")
    return records.remove(meeting, version=version, by=by, reason=why)


@transaction.atomic
def bring_back(*, meeting: Meeting, by: User) -> Meeting:
    """Plan a meeting that was called off after all. Raises ValidationError where another stands
    in its place."""
    return _announced(records.restore(meeting, by=by), by)


@transaction.atomic
def set_rules(*, group: Group, changes: Values, version: int, by: User) -> Group:
    """Set how many clear days of notice a body's papers are due (`notice_days`), and how many must
    be present for it to decide (`quorum`, None where it has no rule)."""
    return records.change(group, changes=changes, version=version, by=by)


def _announced(meeting: Meeting, by: User) -> Meeting:
    """Let what waits for a meeting take its place on the agenda."""
    place_waiting(meeting=meeting, by=by)
    return meeting


def _checked(values: Values) -> dict[str, Any]:
    return {n: checked_text(v) if isinstance(v, str) else v for n, v in values.items()}


def _require_others(group: Group, others: Iterable[Group]) -> None:
    for other in others:
        if other.pk == group.pk:
            raise RuleBroken(f"{group} does not meet jointly with itself. Choose other bodies.")
        if other.partnership_id != group.partnership_id:
            raise RuleBroken("Choose bodies of this partnership.")
