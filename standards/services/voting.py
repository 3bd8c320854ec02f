"""Private votes, and their reveal.

Whatever is written in a working group takes its turn: the write moves the group's pulse, holds it
until it is done, and knows how things stand at that moment. The beat of the pulse moves only on
what the whole group may see.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from partnership.models import User
from partnership.rules import RuleBroken, checked_text

from ..models import (
    Answer,
    Participant,
    Pulse,
    Reveal,
    Score,
    Session,
    Standard,
    Vote,
    WorkingGroup,
)
from ..scale import SCALE_HIGH, SCALE_LOW

Fate = Answer.Fate
MUTATION = re.compile(r"[0-9A-Za-z-]{1,36}")
MOST_ROUNDS, MOST_VERSIONS = 99, 9999
WHOLE = [Decimal(point) for point in range(SCALE_LOW, SCALE_HIGH + 1)]


@dataclass(frozen=True)
class Ballot:
    """An answer as a device sends it: for a standard (its number), in a round, changing the
    version it was based on (0: none yet). `mutation` is its own id, made on the device."""

    standard: int
    round: int
    kind: str
    value: Decimal | None = None
    reason: str = ""
    mutation: str = ""
    base_version: int = 0

    @property
    def given(self) -> dict[str, str | None]:
        value = None if self.value is None else str(self.value)
        return {"kind": self.kind, "value": value, "reason": self.reason}


@dataclass(frozen=True)
class Answered:
    """What became of an answer, and the version of the voter's vote now."""

    fate: str
    version: int

    @property
    def counted(self) -> bool:
        return self.fate == Fate.COUNTED


class VoteTold(RuleBroken):
    """A reveal now would tell how one person voted. The recorder may want it all the same."""


@transaction.atomic
def record_vote(*, participant: Participant, ballot: Ballot, by: User) -> Answered:
    """Keep an answer, and count it unless it comes too late. Sent again, it changes nothing.

    `participant` comes with its working group, session and exercise. Raises RuleBroken for an
    answer that cannot be one, a standard the framework does not have, a round that has not begun,
    or somebody who has moved to another group.
    """
    ballot = _checked(ballot)
    known = _standing(participant, ballot, by)
    while not (known.is_replay or _turn_taken(participant, ballot, known)):
        known = _standing(participant, ballot, by)  # somebody else wrote in between
    if known.is_replay:
        return _replay(participant, ballot, known, by)
    fate, version = _fate(ballot, known), known.version
    if fate == Fate.COUNTED:
        version = _write(participant, ballot, known)
    Answer.objects.create(
        participant=participant,
        by=by,
        mutation=ballot.mutation,
        standard_id=known.standard,
        round=ballot.round,
        given=ballot.given,
        fate=fate,
    )
    return Answered(fate, version)


@transaction.atomic
def reveal(
    *,
    working_group: WorkingGroup,
    standard: Standard,
    by: User,
    round: int | None = None,
    acknowledged: bool = False,
) -> Reveal:
    """Show the group its votes of a round, which then takes no more.

    `round` is the one the recorder saw, so that a second press does not reveal the next; without
    it, the present one. Raises RuleBroken when the session is not open, the score is agreed, or
    nobody has voted; VoteTold where it would tell how one person voted, unless the recorder has
    `acknowledged` that.
    """
    beat(working_group)
    reveals = Reveal.objects.filter(working_group=working_group, standard=standard)
    if round is not None and (before := reveals.filter(round=round).first()):
        return before
    require_open(working_group)
    if Score.objects.agreed().filter(working_group=working_group, standard=standard).exists():
        raise RuleBroken("The score for this standard is agreed. Reopen it to vote again.")
    number = current_round(working_group, standard)
    votes = Vote.objects.filter(participant__working_group=working_group, standard=standard)
    voted = votes.filter(round=number).count()
    if round not in (None, number) or not voted:
        raise RuleBroken("Nobody has voted in this round yet.")
    if not acknowledged:
        _refuse_telling(working_group, voted)
    return reveals.create(working_group=working_group, standard=standard, round=number, by=by)


def _refuse_telling(working_group: WorkingGroup, voted: int) -> None:
    """Raise VoteTold where few votes, though shown without names, say whose they are: the group
    knows who has voted. How they voted plays no part, which would tell it."""
    if working_group.session.exercise.shows_names:
        return
    here = working_group.participants.count()
    if voted == 1 < max(here, working_group.expected or 0):
        raise VoteTold(
            "Only one person has voted. Your group sees who has voted, so everybody will know how "
            "this person voted."
        )
    if voted == 2 < here:
        raise VoteTold("Only two people have voted, so each will know how the other voted.")


def current_round(working_group: WorkingGroup, standard: Standard) -> int:
    """Return the round that takes votes: one more than have been revealed."""
    return Reveal.objects.filter(working_group=working_group, standard=standard).count() + 1


def beat(working_group: WorkingGroup) -> None:
    """Take the group's turn, and tell its pages that there is something to see."""
    take_turns([working_group.pk])


def take_turns(groups: Iterable[int], *, news: bool = True) -> None:
    """Hold the pulses of working groups until the transaction ends, in one order for everybody,
    so that nobody waits in a circle. Without `news` their pages hear nothing."""
    ids = set(groups)
    held = set(
        Pulse.objects.filter(working_group__in=ids)
        .select_for_update()
        .order_by("working_group_id")  # a join would lock more than the pulses
        .values_list("working_group_id", flat=True)
    )
    if missing := ids - held:
        made = [Pulse(working_group_id=group) for group in sorted(missing)]
        Pulse.objects.bulk_create(made, ignore_conflicts=True)
    Pulse.objects.filter(working_group__in=ids).update(
        turn=F("turn") + 1, beat=F("beat") + int(news)
    )


def turn_taken(group: int, turn: int, *, news: bool) -> bool:
    """Take the turn after the one at which things were found as they are, and hold it until the
    transaction ends; False where somebody else has it. `turn` is 0 for a group without a pulse."""
    if not turn:
        Pulse.objects.get_or_create(working_group_id=group)
        return False
    return bool(
        Pulse.objects.filter(working_group=group, turn=turn).update(
            turn=F("turn") + 1, beat=F("beat") + int(news)
        )
    )


def require_open(working_group: WorkingGroup) -> None:
    """Raise RuleBroken unless the working group's session is open."""
    state = Session.objects.values_list("state", flat=True).get(pk=working_group.session_id)
    if state != Session.State.OPEN:
        raise RuleBroken("This session is not open.")


def _checked(ballot: Ballot) -> Ballot:
    """Return the ballot with its reason clean. Raises RuleBroken for what cannot be an answer."""
    if not MUTATION.fullmatch(ballot.mutation):
        raise RuleBroken("This answer came without a number of its own. Reload the page.")
    if not (1 <= ballot.round <= MOST_ROUNDS and 0 <= ballot.base_version <= MOST_VERSIONS):
        raise RuleBroken("That round of voting has not begun.")
    if ballot.kind not in Vote.Kind.values:
        raise RuleBroken("Choose a score, pass, or say that the standard is not applicable.")
    if ballot.kind != Vote.Kind.SCORE and ballot.value is not None:
        raise RuleBroken("A pass has no score, nor has a standard that is not applicable.")
    if ballot.kind == Vote.Kind.SCORE and not _is_whole(ballot.value):
        raise RuleBroken(f"Vote in whole points from {SCALE_LOW} to {SCALE_HIGH}.")
    reason = checked_text(ballot.reason)
    if ballot.kind == Vote.Kind.NOT_APPLICABLE and not reason.strip():
        raise RuleBroken("Say why the standard is not applicable.")
    return replace(ballot, reason=reason)


def _is_whole(value: Decimal | None) -> bool:
    return value is not None and value.is_finite() and value in WHOLE


@dataclass(frozen=True)
class _Standing:
    """How things stand for an answer, at a turn of its group; `turn` is 0 where the group has no
    pulse yet. `version` is that of the voter's vote in its round, 0 where there is none."""

    standard: int
    turn: int
    revealed: int
    is_agreed: bool
    is_open: bool
    is_seated: bool
    is_replay: bool
    vote: int | None
    version: int


def _standing(participant: Participant, ballot: Ballot, by: User) -> _Standing:
    """Return everything that decides an answer's fate; one query, so of one moment."""
    group = participant.working_group
    here = {"working_group": group.pk, "standard": OuterRef("pk")}
    reveals = Reveal.objects.filter(**here).order_by().values("standard")
    vote = Vote.objects.filter(participant=participant, standard=OuterRef("pk"), round=ballot.round)
    turn = Pulse.objects.filter(working_group=group.pk).values("turn")
    seat = Participant.objects.filter(pk=participant.pk, working_group=group.pk)
    row = (
        Standard.objects.filter(
            framework=group.session.exercise.framework_id, number=ballot.standard
        )
        .annotate(
            turn=Coalesce(Subquery(turn), 0),
            revealed=Coalesce(Subquery(reveals.annotate(n=Count("pk")).values("n")), 0),
            is_agreed=Exists(Score.objects.agreed().filter(**here)),
            is_open=Exists(Session.objects.filter(pk=group.session_id, state=Session.State.OPEN)),
            is_seated=Exists(seat),
            is_replay=Exists(Answer.objects.filter(by=by, mutation=ballot.mutation)),
            vote=Subquery(vote.values("pk")),
            version=Coalesce(Subquery(vote.values("version")), 0),
        )
        .values_list(*("pk" if f == "standard" else f for f in _Standing.__dataclass_fields__))
        .first()
    )
    if row is None or not group.session.exercise.is_scored:
        raise RuleBroken(f"There is no standard {ballot.standard} to vote on in this exercise.")
    return _Standing(*row)


def _fate(ballot: Ballot, known: _Standing) -> str:
    if not known.is_seated:
        raise RuleBroken("You have moved to another working group. Reload the page.")
    if not known.is_open or known.is_agreed:
        return Fate.CLOSED
    if ballot.round <= known.revealed:
        return Fate.REVEALED
    if ballot.round > known.revealed + 1:
        raise RuleBroken("That round of voting has not begun.")
    # One that overtook the answer it was based on is the later of the two, and stands.
    return Fate.COUNTED if ballot.base_version >= known.version else Fate.OUTDATED


def _turn_taken(participant: Participant, ballot: Ballot, known: _Standing) -> bool:
    """Take the group's turn, which hears of a person's first vote in a round, of nothing else."""
    news = _fate(ballot, known) == Fate.COUNTED and not known.version
    return turn_taken(participant.working_group_id, known.turn, news=news)


def _replay(participant: Participant, ballot: Ballot, known: _Standing, by: User) -> Answered:
    """Return what became of the answer when it first came. Raises RuleBroken where that was
    another answer, which must not pass for kept."""
    before = Answer.objects.get(by=by, mutation=ballot.mutation)
    first = (before.participant_id, before.standard_id, before.round, before.given)
    if first != (participant.pk, known.standard, ballot.round, ballot.given):
        raise RuleBroken("This answer came under the number of another. Reload the page.")
    return Answered(before.fate, known.version)


def _write(participant: Participant, ballot: Ballot, known: _Standing) -> int:
    """Store the vote, and return its version."""
    vote = Vote(
        pk=known.vote,
        participant=participant,
        standard_id=known.standard,
        round=ballot.round,
        kind=ballot.kind,
        value=ballot.value,
        reason=ballot.reason,
        version=ballot.base_version + 1,
    )
    vote.save(force_insert=known.vote is None, force_update=known.vote is not None)
    return vote.version
