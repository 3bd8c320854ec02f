"""What a body wants changed in the plan: proposed with its decision, settled by the managers, and
formed into the version that is then approved."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils import timezone

from changeplan.comparing import Change, Comparison, Kind, Section, compare
from changeplan.exchange.said_dates import said_date
from changeplan.models import Action, ChangePlan, PlanVersion
from changeplan.plan import plan_facts
from changeplan.services.actions import LONGEST_HEADING, edit_action
from changeplan.services.holding import hold
from changeplan.services.states import (
    approve_plan,
    approved_version,
    content_of,
    submit_plan,
)
from changeplan.snapshot import Content
from partnership import order, records
from partnership.dates import PreciseDate
from partnership.models import User
from partnership.numbers import counted
from partnership.rules import RuleBroken, checked_text

from ..decisions import awaiting_amendments, printed_version
from ..models import Amendment, Decision
from .effects import moved_actions, open_plan, said_of, tell

Field, Outcome = Amendment.Field, Amendment.Outcome
NOT_OPEN = "This decision is confirmed. What the board wants changed is with the managers now."
REPORTED = {"Status", "Rating", "Days delivered"}  # no part of what a board approves


class OthersGoIn(RuleBroken):
    """Other things than the amendments differ from what the board read: `others`."""

    def __init__(self, others: Comparison) -> None:
        super().__init__(
            f"{counted(others.count, 'other change')} would go in too. Say that they may, or undo "
            "them."
        )
        self.others = others


@transaction.atomic
def add_amendment(
    *, decision: Decision, action: Action | None, field: str, text: str, by: User
) -> Amendment:
    """Add to an open decision what the board wants changed: a field of an action, or in words.

    Raises RuleBroken once the decision is confirmed, for a paper without a plan, for an action of
    another plan, and where the text says what stands there already or is no date for one.
    """
    held = _hold_open(decision)
    if held.outcome != Decision.Outcome.AMENDED:
        raise RuleBroken("Only what is approved as amended has amendments.")
    plan = held.recommendation.paper.plan_id
    if plan is None or (action and (action.plan_id != plan or action.removed_at)):
        raise RuleBroken("Choose an action of the plan that the paper is about.")
    said = checked_text(text).strip()
    was = words_now(action, field)
    _require_change(field, said, was)
    return records.create(
        Amendment,
        by=by,
        decision=held,
        number=order.next_number(held.amendments.all()),
        action=action,
        field=field,
        was=was,
        text=said,
    )


@transaction.atomic
def drop_amendment(*, amendment: Amendment, by: User) -> None:
    """Take back an amendment of a decision that is still open. One that is gone stays gone."""
    _hold_open(amendment.decision)
    Amendment.objects.filter(pk=amendment.pk).delete()


@transaction.atomic
def make_amendment(*, amendment: Amendment, version: int, by: User) -> Amendment:
    """Write the board's words into the action, whose version was read.

    Raises RuleBroken when it is settled already, for one in words alone, for a retired action, and
    while the plan cannot be changed; StaleVersion, with the action, when somebody has changed that
    very field meanwhile.
    """
    open_plan(_plan(amendment), by)
    held = _hold_proposed(amendment)
    action = held.action
    if action is None or not held.field:
        raise RuleBroken("Change the plan by hand, and then say that it is made.")
    if action.removed_at:
        raise RuleBroken("This action was retired. Bring it back, or say why it is not changed.")
    if action.version != version and _same_since(action, held.field, version):
        version = action.version
    value: Any = PreciseDate(stored_date(held.text)) if held.field == Field.DUE else held.text
    edit_action(action=action, changes={held.field: value}, version=version, by=by)
    return _settle(held, Outcome.MADE, by)


@transaction.atomic
def mark_made(*, amendment: Amendment, by: User) -> Amendment:
    """Say that an amendment was made by hand. Raises RuleBroken when it is settled already."""
    hold(_plan(amendment))
    return _settle(_hold_proposed(amendment), Outcome.MADE, by)


@transaction.atomic
def decline_amendment(*, amendment: Amendment, reason: str, by: User) -> Amendment:
    """Say that an amendment is not made, and why. Raises RuleBroken without a reason, and when it
    is settled already."""
    if not (said := checked_text(reason).strip()):
        raise RuleBroken("Say why it is not made.")
    hold(_plan(amendment))
    return _settle(_hold_proposed(amendment), Outcome.DECLINED, by, said)


@transaction.atomic
def reopen_amendment(*, amendment: Amendment, by: User) -> Amendment:
    """Settle an amendment anew; the plan stays as it is. Raises RuleBroken once the amended
    version is formed."""
    hold(_plan(amendment))
    held = records.hold(amendment)
    if held.decision.plan_version_id:
        raise RuleBroken("The amended version is formed already.")
    if held.outcome == Outcome.PROPOSED:
        return held
    unsettled = {"outcome": Outcome.PROPOSED, "reason": "", "settled_at": None, "settled_by": None}
    return records.change(held, changes=unsettled, version=held.version, by=by, held=True)


@transaction.atomic
def form_version(*, plan: ChangePlan, with_others: bool = False, by: User) -> PlanVersion:
    """Make the plan as amended its next version, approved by the decisions that asked for it, and
    move its actions on.

    Raises RuleBroken while an amendment is still to be settled, where none was made, and like
    `submit_plan`; OthersGoIn where other things differ from what the board read, unless
    `with_others` says that they go in too.
    """
    current = open_plan(plan, by)
    waiting = list(awaiting_amendments([current]).prefetch_related("amendments__action"))
    amendments = [each for decision in waiting for each in decision.amendments.all()]
    _require_settled(amendments)
    if not with_others and (others := besides(current, waiting)) and others.count:
        raise OthersGoIn(others)
    ordered = sorted(waiting, key=lambda d: (d.recommendation.approves_plan, d.meeting.date.stored))
    last = ordered[-1]
    version = submit_plan(plan=current, note=_note(ordered, amendments), by=by)
    version = approve_plan(
        plan=current,
        number=version.number,
        meeting=last.meeting,
        minute_reference=last.minute_reference,
        by=by,
    )
    for decision in ordered:
        took = records.change(
            decision, changes={"plan_version": version}, version=decision.version, by=by
        )
        tell(took, moved_actions(took, version), by)
    return version


def besides(plan: ChangePlan, waiting: Iterable[Decision]) -> Comparison | None:
    """Return what differs between what the board decided (the version that it read, with its
    amendments made) and the plan now. None where no version was before it."""
    decisions = list(waiting)
    base = next((v for d in decisions if (v := _read(d))), None) or approved_version(plan)
    if base is None:
        return None
    made = [a for d in decisions for a in d.amendments.all() if a.outcome == Outcome.MADE]
    return _unreported(compare(_amended(base.content, made), content_of(plan_facts(plan))))


def words_now(action: Action | None, field: str) -> str:
    """Return what stands in a field of an action, "" for none."""
    return str(getattr(action, field) or "") if action and field else ""


def stored_date(words: str) -> str:
    """Return a date in words as it is stored. Raises RuleBroken for figures that are no date."""
    stored = said_date(words).stored
    if not stored:
        raise RuleBroken("Give the date as it is known, for example September 2027.")
    return stored


def _require_change(field: str, said: str, was: str) -> None:
    if not said:
        raise RuleBroken("Say what the board wants.")
    if field == Field.HEADING and len(said) > LONGEST_HEADING:
        raise RuleBroken(f"A headline has at most {LONGEST_HEADING} characters.")
    if said == was or (field == Field.DUE and str(PreciseDate(stored_date(said))) == was):
        raise RuleBroken("That is what stands there already.")


def _hold_open(decision: Decision) -> Decision:
    held = records.hold(decision)
    if held.is_confirmed:
        raise RuleBroken(NOT_OPEN)
    return held


def _hold_proposed(amendment: Amendment) -> Amendment:
    held = records.hold(amendment)
    if not held.decision.is_confirmed:
        raise RuleBroken("The decision is not confirmed yet.")
    if held.outcome != Outcome.PROPOSED:
        raise RuleBroken("Somebody has settled this amendment already.")
    return held


def _settle(held: Amendment, outcome: str, by: User, reason: str = "") -> Amendment:
    changes = {"outcome": outcome, "reason": reason}
    settled = {"settled_at": timezone.now(), "settled_by": by}
    return records.change(
        held, changes=changes | settled, version=held.version, by=by, reason=reason, held=True
    )


def _plan(amendment: Amendment) -> ChangePlan:
    plan = amendment.decision.recommendation.paper.plan
    if plan is None:
        raise RuleBroken("This paper is about no plan.")
    return plan


def _same_since(action: Action, field: str, version: int) -> bool:
    then = records.as_of(action, version)
    return field in then and then[field] == getattr(action, field)


def _require_settled(amendments: list[Amendment]) -> None:
    if not amendments:
        raise RuleBroken("No decision waits for amendments any more.")
    if left := sum(each.outcome == Outcome.PROPOSED for each in amendments):
        raise RuleBroken(f"{counted(left, 'amendment')} must first be made or declined.")
    if all(each.outcome == Outcome.DECLINED for each in amendments):
        raise RuleBroken(
            "Nothing that the board wants was made, so there is no amended version. "
            "Submit the plan to the board again."
        )


def _note(decisions: list[Decision], amendments: list[Amendment]) -> str:
    made = sum(each.outcome == Outcome.MADE for each in amendments)
    declined = [f"Not made: {a.text} ({a.reason})" for a in amendments if a.reason]
    said = dict.fromkeys(said_of(decision) for decision in decisions)
    return "\n\n".join([*said, f"{counted(made, 'amendment')} made.", *declined])


def _read(decision: Decision) -> PlanVersion | None:
    """Return the version that the board read, where the decision was on the plan as a whole."""
    asked = decision.recommendation
    return printed_version(asked.paper) if asked.approves_plan else None


def _amended(content: Content, made: Iterable[Amendment]) -> Content:
    amended = deepcopy(content)
    actions = {action["identifier"]: action for action in amended["actions"]}
    for each in made:
        known = actions.get(each.action.identifier) if each.action else None
        if known and each.field == Field.DUE:
            known["due_words"] = str(PreciseDate(stored_date(each.text)))
        elif known and each.field:
            known[each.field] = each.text
    return amended


def _unreported(found: Comparison) -> Comparison:
    """Leave out what progress and deliveries changed."""
    sections = (Section(s.title, tuple(filter(_is_of_plan, s.changes))) for s in found.sections)
    return Comparison(tuple(section for section in sections if section.changes))


def _is_of_plan(change: Change) -> bool:
    return change.kind != Kind.CHANGED or any(f.label not in REPORTED for f in change.fields)
