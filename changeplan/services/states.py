"""A plan before the board: submitted, decided on, taken up again, replaced by the next one.

What is put to the board is kept as a version, which never changes. Each step holds the plan first,
so that of two people who act at once the second finds what the first has done, and is told.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership import records
from partnership.dates import day_words
from partnership.models import Meeting, User
from partnership.numbers import counted
from partnership.rules import RuleBroken, checked_text

from ..comparing import Comparison, compare
from ..models import ChangePlan, PlanVersion, StatusStatement
from ..plan import PlanFacts, plan_facts
from ..scores import NO_SCORES, scores_of
from ..snapshot import Content, digest, snapshot
from .holding import hold, hold_to_edit

State, Outcome = ChangePlan.State, PlanVersion.Outcome


def content_of(facts: PlanFacts) -> Content:
    """Return the plan as a version would keep it now; one arranged by improvement priority is read
    without scores. Three queries where it has scores."""
    return snapshot(facts, NO_SCORES if facts.by_priority else scores_of(facts))


def unconfirmed(plan: ChangePlan) -> int:
    """Return how many statements and actions carried over nobody has spoken for yet."""
    statements = StatusStatement.objects.filter(entry__plan=plan, to_confirm=True)
    return statements.count() + plan.actions.filter(to_confirm=True).count()


@transaction.atomic
def submit_plan(*, plan: ChangePlan, note: str = "", by: User) -> PlanVersion:
    """Put the plan to the board as its next version; `note` says what changed since the last.

    Raises RuleBroken when it is there already, or while anything carried over is unconfirmed.
    """
    if hold(plan).state == State.SUBMITTED:
        raise RuleBroken("This plan is before the board already.")
    current = hold_to_edit(plan)
    if left := unconfirmed(current):
        raise RuleBroken(
            f"{counted(left, 'part')} carried over from the plan before must first be confirmed, "
            "changed or dropped."
        )
    version = keep_version(plan=current, note=checked_text(note), by=by, at=timezone.now())
    _put(current, by, state=State.SUBMITTED)
    return version


@transaction.atomic
def keep_version(*, plan: ChangePlan, note: str, by: User, at: datetime) -> PlanVersion:
    """Keep the plan as it is now as its next version, submitted at a time by a user."""
    hold(plan)
    content = content_of(plan_facts(plan))
    last = plan.versions.order_by("-number").values_list("number", flat=True).first()
    return PlanVersion.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        content=content,
        digest=digest(content),
        note=note,
        submitted_at=at,
        submitted_by=by,
        record=f"Submitted to the board on {_day(at)} by {by.name}.",
    )


@transaction.atomic
def approve_plan(
    *,
    plan: ChangePlan,
    number: int,
    meeting: Meeting | None = None,
    minute_reference: str = "",
    by: User,
) -> PlanVersion:
    """Record that a meeting approved version `number`. A plan before it whose place it takes is
    superseded. Raises RuleBroken when that version is not before the board, for a meeting of
    another partnership or one still to come, and without a meeting or a minute."""
    current, version = _before_the_board(plan, number)
    _require_meeting(current, meeting, minute_reference)
    minute = checked_text(minute_reference).strip()
    now = timezone.now()
    version.meeting, version.minute_reference = meeting, minute
    settle_version(version, Outcome.APPROVED, at=now, by=by)
    approval: dict[str, Any] = {"approved_at": now, "approved_by": by, "approved_meeting": meeting}
    _put(current, by, state=State.APPROVED, minute_reference=minute, **approval)
    if current.previous and hold(current.previous).is_in_force:
        _supersede(hold(current.previous), f"{current.title} was approved", by)
    return version


@transaction.atomic
def return_plan(*, plan: ChangePlan, number: int, reason: str, by: User) -> PlanVersion:
    """Record that the board sent version `number` back, and why: the plan can be changed again."""
    if not reason.strip():
        raise RuleBroken("Say why the board returned the plan.")
    return _give_back(plan, number, Outcome.RETURNED, State.RETURNED, reason, by)


@transaction.atomic
def withdraw_plan(*, plan: ChangePlan, number: int, reason: str = "", by: User) -> PlanVersion:
    """Take version `number` back before the board decides: the plan can be changed again."""
    return _give_back(plan, number, Outcome.WITHDRAWN, State.DRAFT, reason, by)


@transaction.atomic
def begin_version(*, plan: ChangePlan, by: User) -> ChangePlan:
    """Open an approved plan for its next version; the approved one stays in force meanwhile."""
    current = hold(plan)
    if current.is_editable:
        raise RuleBroken("A new version is in work already.")
    if current.state != State.APPROVED:
        raise RuleBroken("Only a plan that is approved begins a new version.")
    return _put(current, by, state=State.DRAFT)


@transaction.atomic
def drop_version(*, plan: ChangePlan, by: User) -> ChangePlan:
    """Leave it at the approved version, where nothing has been changed since."""
    current = hold_to_edit(plan)
    changes = changes_since_approval(plan_facts(current))
    if changes is None:
        raise RuleBroken("No version of this plan was approved.")
    if changes.count:
        count = counted(changes.count, "change")
        raise RuleBroken(f"There are {count} since the approval. Undo them, or submit them.")
    return _put(current, by, state=State.APPROVED)


@transaction.atomic
def supersede_plan(*, plan: ChangePlan, reason: str = "", by: User) -> ChangePlan:
    """Take an approved plan out of force, because another has taken its place."""
    current = hold(plan)
    if not current.is_in_force:
        raise RuleBroken("Only a plan in force can be superseded.")
    return _supersede(current, checked_text(reason), by)


def settle_version(version: PlanVersion, outcome: str, *, at: datetime, by: User) -> None:
    """Record what became of a version, and say it in words that stay, with the meeting and the
    minute that it names. For the services that decide, and for what was decided elsewhere."""
    version.outcome, version.decided_at, version.decided_by = outcome, at, by
    where = ", ".join(
        part
        for part in (
            str(version.meeting or ""),
            f"minute {version.minute_reference}" if version.minute_reference else "",
        )
        if part
    )
    done = f"{version.get_outcome_display()}{f': {where}' if where else ''}"
    version.record += f" {done}. Recorded on {_day(at)} by {by.name}."
    version.full_clean()
    version.save()


def approved_version(plan: ChangePlan) -> PlanVersion | None:
    """Return the version in force, the last that was approved. One query."""
    return plan.versions.filter(outcome=Outcome.APPROVED).order_by("-number").first()


def changes_since_approval(facts: PlanFacts) -> Comparison | None:
    """Return what differs between the version in force and the plan now; None without one."""
    version = approved_version(facts.plan)
    return compare(version.content, content_of(facts)) if version else None


def _before_the_board(plan: ChangePlan, number: int) -> tuple[ChangePlan, PlanVersion]:
    current = hold(plan)
    version = current.versions.filter(outcome=Outcome.PENDING).first()
    if version is None or version.number != number:
        raise RuleBroken(f"Version {number} is no longer before the board.")
    return current, version


def _require_meeting(plan: ChangePlan, meeting: Meeting | None, minute: str) -> None:
    if meeting is None and not minute.strip():
        raise RuleBroken("Name the meeting that approved the plan, or its minute.")
    if meeting is None:
        return
    if meeting.group.partnership_id != plan.partnership_id:
        raise RuleBroken("That is not a meeting of this partnership.")
    first = meeting.date.first_day
    if first and first > timezone.localdate():
        raise RuleBroken("That meeting is still to come.")


def _give_back(
    plan: ChangePlan, number: int, outcome: str, state: str, reason: str, by: User
) -> PlanVersion:
    current, version = _before_the_board(plan, number)
    version.reason = checked_text(reason)
    settle_version(version, outcome, at=timezone.now(), by=by)
    _put(current, by, version.reason, state=state)
    return version


def _supersede(plan: ChangePlan, reason: str, by: User) -> ChangePlan:
    """Supersede a held plan; what of it is before the board is withdrawn."""
    for version in plan.versions.filter(outcome=Outcome.PENDING):
        version.reason = reason
        settle_version(version, Outcome.WITHDRAWN, at=timezone.now(), by=by)
    return _put(plan, by, reason, state=State.SUPERSEDED)


def _put(plan: ChangePlan, by: User, reason: str = "", **changes: Any) -> ChangePlan:
    return records.change(plan, changes=changes, version=plan.version, by=by, reason=reason)


def _day(at: datetime) -> str:
    return day_words(timezone.localdate(at))
