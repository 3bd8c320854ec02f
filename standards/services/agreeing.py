"""The group's own record: its agreed score, with its reason."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from partnership import records
from partnership.models import User
from partnership.rules import RuleBroken, checked_text

from ..analysis import spread
from ..models import (
    Exercise,
    Reveal,
    Score,
    Session,
    Standard,
    Vote,
    WorkingGroup,
)
from ..scale import SCALE_HIGH, SCALE_LOW
from .results import results_changed
from .voting import beat

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Agreement:
    """What a group agreed: a score, or that the standard does not apply to it, and why. It was
    based on `version` of the group's score (0: none yet)."""

    value: Decimal | None
    reason: str = ""
    not_applicable: bool = False
    version: int = 0


@transaction.atomic
def agree_score(
    *,
    working_group: WorkingGroup,
    standard: Standard,
    agreement: Agreement,
    by: User,
    from_paper: bool = False,
) -> Score:
    """Write the group's agreed score while its session is open; `from_paper` where the group went
    without devices, so that no vote on the standard is to be revealed first.

    Raises RuleBroken for a score off the scale or its step, before the reveal where votes come
    first, without the reason it needs, or in a closed session; records.StaleVersion when somebody
    else wrote in between.
    """
    beat(working_group)
    exercise = _exercise(working_group, standard)
    if working_group.session.state != Session.State.OPEN:
        raise RuleBroken("This session is not open. Once closed, a facilitator can correct it.")
    _check(exercise, agreement)
    _check_votes(working_group, standard, agreement, from_paper=from_paper)
    return _save(working_group, standard, agreement, by, "")


@transaction.atomic
def reopen_score(*, score: Score, reason: str, by: User) -> Score:
    """Let the group vote on and agree a score again. Raises RuleBroken without a reason, for a
    score that is open, or when the session is closed."""
    beat(score.working_group)
    if not reason.strip():
        raise RuleBroken("Say why the score is reopened.")
    if _fresh_session(score.working_group).state != Session.State.OPEN:
        raise RuleBroken("This session is closed. Correct the score instead.")
    if not score.is_agreed:
        raise RuleBroken("The score for this standard is open already.")
    changes = {"is_agreed": False}
    return records.change(
        score, changes=changes, version=score.version, by=by, reason=checked_text(reason)
    )


@transaction.atomic
def correct_score(
    *,
    working_group: WorkingGroup,
    standard: Standard,
    agreement: Agreement,
    correction: str,
    by: User,
) -> Score:
    """Correct a score after its session closed; `correction` says why, and stays in its history.
    Once the exercise has closed, its results get a new version."""
    # Held first, as by whoever closes the exercise: results freeze with the correction or without.
    Exercise.objects.select_for_update().get(pk=working_group.session.exercise_id)
    beat(working_group)
    exercise = _exercise(working_group, standard)
    correction = checked_text(correction)
    if not correction.strip():
        raise RuleBroken("Say why the score is corrected.")
    if working_group.session.state != Session.State.CLOSED:
        raise RuleBroken("This session is not closed: agree the score instead.")
    _check(exercise, agreement)
    score = _save(working_group, standard, agreement, by, correction)
    results_changed(exercise=exercise, reason=correction, by=by)
    return score


def _exercise(working_group: WorkingGroup, standard: Standard) -> Exercise:
    """Return the exercise as it is now, with its session, once the turn is taken."""
    working_group.session = _fresh_session(working_group)
    exercise = working_group.session.exercise
    if standard.framework_id != exercise.framework_id or not exercise.is_scored:
        raise RuleBroken("There is no such standard to score in this exercise.")
    return exercise


def _fresh_session(working_group: WorkingGroup) -> Session:
    return Session.objects.select_related("exercise").get(pk=working_group.session_id)


def _check(exercise: Exercise, agreement: Agreement) -> None:
    """Raise RuleBroken unless the score is one that the exercise allows."""
    if agreement.not_applicable:
        if agreement.value is not None or not agreement.reason.strip():
            raise RuleBroken("Say why the standard is not applicable, and give no score.")
        return
    if agreement.value is None:
        raise RuleBroken("Enter the agreed score, or say that the standard is not applicable.")
    step = HALF if exercise.half_points else Decimal(1)
    value = agreement.value
    # A NaN answers every comparison by an error.
    if not value.is_finite() or not SCALE_LOW <= value <= SCALE_HIGH or value % step:
        points = "whole and half points" if exercise.half_points else "whole points"
        raise RuleBroken(f"The score must be from {SCALE_LOW} to {SCALE_HIGH}, in {points}.")


def _check_votes(
    working_group: WorkingGroup, standard: Standard, agreement: Agreement, *, from_paper: bool
) -> None:
    """Raise RuleBroken where votes come first and are not revealed, or where a score away from
    every vote has no reason."""
    reveals = Reveal.objects.filter(working_group=working_group, standard=standard)
    last = reveals.order_by("-round").first()
    votes = Vote.objects.filter(participant__working_group=working_group, standard=standard)
    if last is None:
        on_paper = from_paper and not votes.exists()
        if working_group.session.exercise.votes_first and not on_paper:
            raise RuleBroken("Reveal the votes before you agree a score.")
        return
    shown = votes.filter(round__lte=last.round).order_by("round")
    standing = {vote.participant_id: vote.value for vote in shown}
    cast = spread(value for value in standing.values() if value is not None)
    if cast is None or agreement.value is None or agreement.reason.strip():
        return
    if not any(v is not None and abs(v - agreement.value) <= HALF for v in standing.values()):
        raise RuleBroken("Nobody voted near this score. Say in the reason how you came to it.")


def _save(
    working_group: WorkingGroup, standard: Standard, agreement: Agreement, by: User, why: str
) -> Score:
    values = {
        "value": agreement.value,
        "not_applicable": agreement.not_applicable,
        "reason": checked_text(agreement.reason),
        "is_agreed": True,
    }
    current = Score.objects.filter(working_group=working_group, standard=standard).first()
    if current is None:
        return records.create(
            Score, by=by, working_group=working_group, standard=standard, **values
        )
    if all(getattr(current, name) == value for name, value in values.items()):
        return current  # sent again
    return records.change(current, changes=values, version=agreement.version, by=by, reason=why)
