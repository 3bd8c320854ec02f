"""What a confirmed decision sets off: in the plan, on its actions, on the next agenda."""

from collections.abc import Iterable

from django.db import transaction

from changeplan.models import Action, ChangePlan, PlanVersion
from changeplan.services.holding import hold
from changeplan.services.moving_on import correct_entry, enter_decision, move_on
from changeplan.services.states import approve_plan, begin_version, return_plan
from partnership import order
from partnership.models import Meeting, User
from partnership.rules import RuleBroken

from ..decisions import TAKEN, confirmed, day_of, is_later, printed_version, waiting
from ..models import Decision, Paper
from .agendas import place_anew

Outcome = Decision.Outcome
State = ChangePlan.State
NOTHING_TO_MAKE = "Say first what the board wants changed in the plan. Then confirm the decision."

TO_BE_MADE = "What the board wants changed waits for the plan’s managers on their home page."


def said_of(decision: Decision) -> str:
    """Return a decision as one sentence: "Approved by the Board, 14 March 2024, minute 12."."""
    meeting = decision.meeting
    minute = f", minute {decision.minute_reference}" if decision.minute_reference else ""
    body = f"{decision.get_outcome_display()} by {meeting.group.name}, {meeting.date}{minute}."
    return f"{body}\n\nConditions: {decision.conditions}" if decision.conditions else body


def version_for(decision: Decision) -> PlanVersion | None:
    """Return the version of the plan that the decision approves, None for every other decision.
    One query at most."""
    approves = decision.recommendation.approves_plan and decision.outcome == Outcome.APPROVED
    return printed_version(decision.recommendation.paper) if approves else None


def take_effect(decision: Decision, by: User) -> None:
    """Let a decision that was just confirmed act. Raises RuleBroken where it cannot any more."""
    if decision.outcome == Outcome.APPROVED:
        _approve(decision, by)
    elif decision.outcome == Outcome.AMENDED:
        _amend(decision, by)
    elif decision.outcome in (Outcome.REJECTED, Outcome.DEFERRED):
        _hold_back(decision, by)
    if decision.outcome == Outcome.DEFERRED:
        place_deferred(decision, by)


def moved_actions(decision: Decision, version: PlanVersion | None) -> list[Action]:
    """Return the actions that a decision is about: those that its recommendation names, and with
    a version of the plan all that it holds. Two queries."""
    found = {action.pk: action for action in decision.recommendation.actions.all()}
    if version and decision.recommendation.approves_plan:
        keys = [action["identifier"] for action in version.content["actions"]]
        found |= {a.pk: a for a in Action.objects.filter(plan=version.plan_id, identifier__in=keys)}
    return list(found.values())


def tell(decision: Decision, actions: Iterable[Action], by: User) -> None:
    """Move actions on, because the decision approved them."""
    move_on(actions=actions, said=said_of(decision), on=day_of(decision.meeting), by=by)


def correct(before: Decision, after: Decision, reason: str, by: User) -> None:
    """Tell the actions that a decision moved on what of it was a slip of the pen. What was entered
    then stays."""
    if said_of(before) != said_of(after):
        correct_entry(
            actions=moved_actions(after, after.plan_version),
            before=said_of(before),
            said=f"Corrected: {said_of(after)}\n\n{reason}",
            on=day_of(before.meeting),
            by=by,
        )


def open_plan(plan: ChangePlan, by: User) -> ChangePlan:
    """Hold a plan and return it open for changes, where it can be: an approved one begins its next
    version. Raises RuleBroken while it is before the board, and for one out of force."""
    current = hold(plan)
    if current.state == State.SUBMITTED:
        raise RuleBroken("The plan is before the board. Wait until that is decided.")
    if current.state == State.SUPERSEDED:
        raise RuleBroken("Another plan has taken the place of this one.")
    return current if current.is_editable else begin_version(plan=current, by=by)


@transaction.atomic
def place_deferred(decision: Decision, by: User) -> Meeting | None:
    """Put the paper of a deferred decision on the agenda of the body's next meeting on or after
    the date named, and return that meeting; None where none is planned yet. A paper that stands
    on such an agenda stays there."""
    meeting = next_meeting(decision)
    if meeting:
        order.hold(meeting)  # two may place it at once
    paper = Paper.objects.select_related("agenda_item__meeting").get(
        pk=decision.recommendation.paper_id
    )
    if paper.agenda_item and is_later(paper.agenda_item.meeting, decision):
        return paper.agenda_item.meeting
    if meeting:
        place_anew(paper=paper, meeting=meeting, by=by)
    return meeting


def place_waiting(*, meeting: Meeting, by: User) -> None:
    """Put what was deferred and waits on the agenda of a meeting that is planned now."""
    for decision in waiting(confirmed().filter(meeting__group=meeting.group_id)):
        if is_later(meeting, decision):
            place_deferred(decision, by)


def next_meeting(decision: Decision) -> Meeting | None:
    """Return the body's first planned meeting after the one that deferred, on or after the date
    named. One query."""
    planned = Meeting.objects.filter(group=decision.meeting.group_id).select_related("group")
    fitting = [each for each in planned.order_by("date", "pk") if is_later(each, decision)]
    return fitting[0] if fitting else None


def _approve(decision: Decision, by: User) -> None:
    version = decision.plan_version
    if version and version.outcome != PlanVersion.Outcome.APPROVED:
        approve_plan(
            plan=version.plan,
            number=version.number,
            meeting=decision.meeting,
            minute_reference=decision.minute_reference,
            by=by,
        )
    tell(decision, moved_actions(decision, version), by)


def _amend(decision: Decision, by: User) -> None:
    """Give the plan back to its managers with the amendments. Without any, only words were
    changed, and the actions that were named move on at once."""
    asked, plan = decision.recommendation, decision.recommendation.paper.plan
    if plan is None or not decision.amendments.exists():
        if plan and asked.approves_plan:
            raise RuleBroken(NOTHING_TO_MAKE)
        tell(decision, moved_actions(decision, None), by)
        return
    printed = printed_version(asked.paper) if asked.approves_plan else None
    if printed and printed.outcome == PlanVersion.Outcome.PENDING:
        reason = f"{said_of(decision)}\n\n{TO_BE_MADE}"
        return_plan(plan=plan, number=printed.number, reason=reason, by=by)
    elif hold(plan).state == State.APPROVED:
        begin_version(plan=plan, by=by)


def _hold_back(decision: Decision, by: User) -> None:
    """Give back a plan that was rejected. What was approved before is not undone in silence: its
    actions are told."""
    asked, words = decision.recommendation, said_of(decision)
    earlier = asked.decisions.filter(outcome__in=TAKEN, confirmed_at__isnull=False)
    last = earlier.exclude(pk=decision.pk).order_by("-pk").first()
    if last:
        actions = moved_actions(decision, last.plan_version)
        words = f"{words}\n\nBefore: {said_of(last)}"
        enter_decision(actions=actions, said=words, on=day_of(decision.meeting), by=by)
    elif asked.approves_plan and decision.outcome == Outcome.REJECTED:
        version = printed_version(asked.paper)
        if version and version.outcome == PlanVersion.Outcome.PENDING:
            return_plan(plan=version.plan, number=version.number, reason=words, by=by)
