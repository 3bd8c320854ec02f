"""What a body decided on a recommendation: recorded, confirmed, corrected, decided anew."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership import records
from partnership.models import Meeting, User
from partnership.rules import RuleBroken

from ..decisions import present_count
from ..models import Decision, Paper, Recommendation
from ..put import as_put
from .effects import correct, take_effect, version_for

WORDS = {"amended": "", "deferred_to": None}  # what goes with one outcome alone


@transaction.atomic
def record_decision(
    *, recommendation: Recommendation, meeting: Meeting, values: Mapping[str, Any], by: User
) -> Decision:
    """Record what a meeting decided; it stays open until it is confirmed. Where it was decided
    before, this is a further decision that follows the last.

    Raises RuleBroken before the paper is issued, for a meeting of another partnership or one still
    to come, and while an earlier decision is open; ValidationError, by field, for wrong values.
    """
    held = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    _require_issued(held.paper)
    _require_past(meeting, held.paper)
    last = held.decisions.order_by("-pk").first()
    if last and not last.is_confirmed:
        raise RuleBroken("A decision on this recommendation is open. Change or confirm that one.")
    given = _fitting(values)
    given["was_quorate"] = _quorate(meeting, given)
    return records.create(
        Decision,
        by=by,
        recommendation=held,
        meeting=meeting,
        asked=_put(held),
        follows=last,
        **given,
    )


def _put(recommendation: Recommendation) -> str:
    """Return the words that were put to the meeting. Raises RuleBroken for what was not."""
    put = as_put(recommendation.paper, [recommendation])
    if not put:
        raise RuleBroken("This recommendation was written after the paper was issued.")
    return put[0].text


@transaction.atomic
def change_decision(
    *, decision: Decision, changes: Mapping[str, Any], version: int, by: User, reason: str = ""
) -> Decision:
    """Change an open decision; of a confirmed one correct a slip of the pen, with the reason.

    Raises RuleBroken for a correction without a reason or of the outcome: that is a further
    decision. Raises StaleVersion and ValidationError like `records.change`.
    """
    current = Decision.objects.select_for_update().get(pk=decision.pk)
    if meeting := changes.get("meeting"):
        _require_past(meeting, current.recommendation.paper)
    fitting = _fitting({"outcome": current.outcome} | dict(changes))
    if not current.is_confirmed:
        return records.change(
            decision, changes=_counted(current, fitting), version=version, by=by, reason=reason
        )
    if not reason.strip():
        raise RuleBroken("Say why the record is corrected.")
    if fitting["outcome"] != current.outcome:
        raise RuleBroken(
            "A confirmed outcome is not corrected. Record a further decision, which follows it."
        )
    corrected = records.change(decision, changes=fitting, version=version, by=by, reason=reason)
    correct(current, corrected, reason, by)
    return corrected


@transaction.atomic
def confirm_decision(*, decision: Decision, version: int, by: User) -> Decision:
    """Confirm a decision as minuted, and let it act: see `effects.take_effect`.

    Raises RuleBroken when it is confirmed already, and when it cannot act: the version of the plan
    is no longer before the board, or nobody said what the board wants amended; StaleVersion when
    somebody has changed it meanwhile.
    """
    current = Decision.objects.select_for_update().get(pk=decision.pk)
    if current.is_confirmed:
        raise RuleBroken("This decision is confirmed already.")
    changes = {
        "confirmed_at": timezone.now(),
        "confirmed_by": by,
        "plan_version": version_for(current),
    }
    confirmed = records.change(decision, changes=changes, version=version, by=by)
    take_effect(confirmed, by)
    return confirmed


@transaction.atomic
def record_all(
    *,
    paper: Paper,
    meeting: Meeting,
    shared: Mapping[str, Any],
    outcomes: Mapping[int, Mapping[str, Any]],
    by: User,
) -> list[Decision]:
    """Record what a meeting decided on several recommendations, by their numbers; `shared` is
    what goes for all of them: the minute, who was present, whether there was a quorum.

    Raises like `record_decision`; then nothing is recorded.
    """
    if not outcomes:
        raise RuleBroken("Say what was decided on one recommendation at least.")
    found = {each.number: each for each in paper.recommendations.filter(number__in=outcomes)}
    return [
        record_decision(
            recommendation=found[number],
            meeting=meeting,
            values={**shared, **outcomes[number]},
            by=by,
        )
        for number in sorted(found)
    ]


@transaction.atomic
def confirm_all(*, decisions: Mapping[Decision, int], by: User) -> list[Decision]:
    """Confirm several decisions, each at the version that was read, or none of them. What approves
    the plan comes first. Raises like `confirm_decision`."""
    ordered = sorted(decisions, key=lambda d: (not d.recommendation.approves_plan, d.pk))
    return [confirm_decision(decision=d, version=decisions[d], by=by) for d in ordered]


def _fitting(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what goes with another outcome than the one that was chosen."""
    needed = {Decision.Outcome.AMENDED: "amended", Decision.Outcome.DEFERRED: "deferred_to"}
    keeps = needed.get(values["outcome"])
    return dict(values) | {n: empty for n, empty in WORDS.items() if n != keeps}


def _counted(current: Decision, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Count anew whether there was a quorum where only those present were changed."""
    said = changes.get("was_quorate", current.was_quorate)
    if changes.get("present", current.present) == current.present or said != current.was_quorate:
        return dict(changes)
    counted = _quorate(
        changes.get("meeting", current.meeting), dict(changes) | {"was_quorate": None}
    )
    return dict(changes) | {"was_quorate": said if counted is None else counted}


def _quorate(meeting: Meeting, given: Mapping[str, Any]) -> bool | None:
    """Return what was said of the quorum; where nothing was, and the body has one, count."""
    said: bool | None = given.get("was_quorate")
    count, quorum = present_count(given.get("present", "")), meeting.group.quorum
    if said is not None or count is None or quorum is None:
        return said
    return count >= quorum


def _require_issued(paper: Paper) -> None:
    if paper.state == Paper.State.DRAFT:
        raise RuleBroken("This paper was not put to a meeting yet. Issue it first.")


def _require_past(meeting: Meeting, paper: Paper) -> None:
    if meeting.group.partnership_id != paper.partnership_id:
        raise RuleBroken("That is not a meeting of this partnership.")
    first = meeting.date.first_day
    if first and first > timezone.localdate():
        raise RuleBroken("That meeting is still to come.")
