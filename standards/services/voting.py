"""Private votes, and their reveal.

Whatever happens in a working group takes its turn: each write first updates the group's pulse, and
so holds it until it is done. The beat moves only on what the whole group may see.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from partnership.models import User
from partnership.text import clean_text

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
from .rules import RuleBroken

Fate = Answer.Fate


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


@transaction.atomic
def record_vote(*, participant: Participant, ballot: Ballot, by: User) -> Answered:
    """Keep an answer, and count it unless it comes too late. Sent again, it changes nothing.

    `participant` comes with its working group, session and exercise. Raises RuleBroken for a
    standard the framework does not have, or a round that has not begun.
    """
    _take_turn(participant, ballot)
    known = _standing(participant, ballot, by)
    if known.fate:
        return Answered(known.fate, known.version)
    fate = _fate(participant, ballot, known)
    if fate == Fate.COUNTED:
        _write(participant, ballot, known)
    Answer.objects.create(
        participant=participant,
        by=by,
        mutation=ballot.mutation,
        standard_id=known.standard,
        round=ballot.round,
        given=ballot.given,
        fate=fate,
    )
    return Answered(fate, known.version + 1 if fate == Fate.COUNTED else known.version)


@transaction.atomic
def reveal(*, working_group: WorkingGroup, standard: Standard, by: User) -> Reveal:
    """Show the group its votes of the present round, which then takes no more.

    Raises RuleBroken when the session is not open, the score is agreed, or nobody has voted.
    """
    beat(working_group)
    require_open(working_group)
    if Score.objects.agreed().filter(working_group=working_group, standard=standard).exists():
        raise RuleBroken("The score for this standard is agreed. Reopen it to vote again.")
    number = current_round(working_group, standard)
    votes = Vote.objects.filter(participant__working_group=working_group, standard=standard)
    if not votes.filter(round=number).exists():
        raise RuleBroken("Nobody has voted in this round yet.")
    return Reveal.objects.create(
        working_group=working_group, standard=standard, round=number, by=by
    )


def current_round(working_group: WorkingGroup, standard: Standard) -> int:
    """Return the round that takes votes: one more than have been revealed."""
    return Reveal.objects.filter(working_group=working_group, standard=standard).count() + 1


def beat(working_group: WorkingGroup) -> None:
    """Take the group's turn, and tell its pages that there is something to see."""
    Pulse.objects.filter(working_group=working_group).update(beat=F("beat") + 1)


def require_open(working_group: WorkingGroup) -> None:
    """Raise RuleBroken unless the working group's session is open."""
    state = Session.objects.values_list("state", flat=True).get(pk=working_group.session_id)
    if state != Session.State.OPEN:
        raise RuleBroken("This session is not open.")


@dataclass(frozen=True)
class _Standing:
    """How things stand for an answer. `fate` is "" unless it came before; `version` is that of
    the voter's vote in its round, 0 where there is none."""

    standard: int
    revealed: int
    is_agreed: bool
    is_open: bool
    fate: str
    vote: int | None
    version: int


def _take_turn(participant: Participant, ballot: Ballot) -> None:
    """Hold the group's pulse. It beats if this person has not voted in this open round before."""
    here = {"standard__number": ballot.standard, "round": ballot.round}
    voted = Vote.objects.filter(participant=participant, **here)
    revealed = Reveal.objects.filter(working_group=participant.working_group_id, **here)
    news = Case(When(~Exists(voted) & ~Exists(revealed), then=1), default=0)
    Pulse.objects.filter(working_group=participant.working_group_id).update(beat=F("beat") + news)


def _standing(participant: Participant, ballot: Ballot, by: User) -> _Standing:
    """Return everything that decides an answer's fate; one query."""
    group = participant.working_group
    here = {"working_group": group.pk, "standard": OuterRef("pk")}
    reveals = Reveal.objects.filter(**here).order_by().values("standard")
    vote = Vote.objects.filter(participant=participant, standard=OuterRef("pk"), round=ballot.round)
    before = Answer.objects.filter(by=by, mutation=ballot.mutation)
    standards = Standard.objects.filter(framework=group.session.exercise.framework_id)
    row = (
        standards.filter(number=ballot.standard)
        .annotate(
            revealed=Coalesce(Subquery(reveals.annotate(n=Count("pk")).values("n")), 0),
            is_agreed=Exists(Score.objects.agreed().filter(**here)),
            is_open=Exists(Session.objects.filter(pk=group.session_id, state=Session.State.OPEN)),
            fate=Coalesce(Subquery(before.values("fate")[:1]), Value("")),
            vote=Subquery(vote.values("pk")),
            version=Coalesce(Subquery(vote.values("version")), 0),
        )
        .values_list("pk", "revealed", "is_agreed", "is_open", "fate", "vote", "version")
        .first()
    )
    if row is None:
        raise RuleBroken(f"There is no standard {ballot.standard} in this exercise.")
    return _Standing(*row)


def _fate(participant: Participant, ballot: Ballot, known: _Standing) -> str:
    if not known.is_open or known.is_agreed:
        return Fate.CLOSED
    if ballot.round <= known.revealed:
        return Fate.REVEALED
    if ballot.round > known.revealed + 1:
        raise RuleBroken("That round of voting has not begun.")
    return Fate.COUNTED if ballot.base_version == known.version else Fate.OUTDATED


def _write(participant: Participant, ballot: Ballot, known: _Standing) -> None:
    values = {"kind": ballot.kind, "value": ballot.value, "reason": clean_text(ballot.reason)}
    vote = Vote(
        pk=known.vote,
        participant=participant,
        standard_id=known.standard,
        round=ballot.round,
        version=known.version + 1,
        **values,
    )
    vote.save(force_insert=known.vote is None, force_update=known.vote is not None)
