"""What people and groups say of a standard. Like a vote, a comment takes its group's turn."""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnership import records
from partnership.models import User
from partnership.rules import RuleBroken, checked_text

from ..models import Comment, Participant, Pulse, Reveal, Session, Standard, WorkingGroup
from .voting import turn_taken

NOTHING = Value("", output_field=models.TextField())


@transaction.atomic
def write_comment(
    *,
    working_group: WorkingGroup,
    standard: Standard,
    side: str,
    text: str,
    version: int,
    by: User,
    participant: Participant | None = None,
    correction: str = "",
) -> Comment | None:
    """Keep a participant's comment on one side of a standard, or without one the group's.

    The standard is known by its number alone. An empty text takes the comment back. Sent again, it
    changes nothing. The group hears of what it may read: its own comments, and a participant's
    once votes on the standard are revealed, or at once where there are none. `correction` says why
    the group's comment is changed after its session closed.

    Raises RuleBroken when the session is closed, records.StaleVersion when the comment was changed
    by somebody else, or on another device, in between.
    """
    text = checked_text(text)
    text = text if text.strip() else ""
    place = _Place(working_group, standard.number, side, participant)
    known = place.held(text)
    current = place.comment(known)
    if known.text == text:
        return current if current.pk else None
    _require_writable(known, is_correction=participant is None and bool(correction.strip()))
    if current.pk and known.version != version:
        return _replayed(current, text, version, by)
    if not text:
        _take_back(current, by)
        return None
    current.text, current.version = text, known.version + 1
    return records.put(current, by=by, reason=correction.strip())


@dataclass(frozen=True)
class _Standing:
    """How things stand for a comment at a turn of its group. `comment` is None, `identifier` ""
    and `version` 0 where nothing is said yet."""

    standard: int
    turn: int
    is_told: bool
    is_closed: bool
    is_seated: bool
    comment: int | None
    identifier: str
    version: int
    text: str


@dataclass(frozen=True)
class _Place:
    """Where a comment belongs: in a group, at the standard of this number, on one side, as one
    participant's or, without one, the group's own."""

    group: WorkingGroup
    number: int
    side: str
    participant: Participant | None

    def held(self, text: str) -> _Standing:
        """Take the group's turn, unless the comment reads `text` already, and return how things
        stand then."""
        known = self.standing()
        while known.text != text and not turn_taken(self.group.pk, known.turn, news=known.is_told):
            known = self.standing()  # somebody else wrote in between
        return known

    def standing(self) -> _Standing:
        """Return everything that decides about the comment; one query, so of one moment."""
        exercise = self.group.session.exercise
        here = {"working_group": self.group.pk, "standard": OuterRef("pk")}
        said = Comment.objects.filter(**here, side=self.side, participant=self.participant)
        said = said.order_by("pk")[:1]
        turn = Pulse.objects.filter(working_group=self.group.pk).values("turn")
        found = Standard.objects.filter(framework=exercise.framework_id, number=self.number)
        row = (
            found.annotate(
                turn=Coalesce(Subquery(turn), 0),
                is_told=self._is_told(Reveal.objects.filter(**here)),
                is_closed=Exists(Session.objects.filter(pk=self.group.session_id, state="closed")),
                is_seated=self._is_seated(),
                comment=Subquery(said.values("pk")),
                identifier=Coalesce(Subquery(said.values("identifier")), Value("")),
                version=Coalesce(Subquery(said.values("version")), 0),
                text=Coalesce(Subquery(said.values("text")), NOTHING),
            )
            .values_list(*("pk" if f == "standard" else f for f in _Standing.__dataclass_fields__))
            .first()
        )
        if row is None:
            raise RuleBroken(f"There is no standard {self.number} in this exercise.")
        return _Standing(*row)

    def _is_told(self, reveals: QuerySet[Reveal]) -> Value | Exists:
        """Whether more than its author may read it, as `Comment.objects.told` has it."""
        if self.participant is None or not self.group.session.exercise.is_voted_on:
            return Value(True)
        return Exists(reveals)

    def _is_seated(self) -> Value | Exists:
        if self.participant is None:
            return Value(True)
        seats = Participant.objects.filter(working_group=self.group.pk)
        return Exists(seats.filter(pk=self.participant.pk))

    def comment(self, known: _Standing) -> Comment:
        """Return the comment as it is; where there is none, one that is not saved yet."""
        comment = Comment(
            working_group=self.group,
            standard_id=known.standard,
            participant=self.participant,
            side=self.side,
            text=known.text,
            version=known.version,
        )
        if known.comment:
            comment.pk, comment.identifier = known.comment, known.identifier
        return comment


def _require_writable(known: _Standing, *, is_correction: bool) -> None:
    if known.is_closed and not is_correction:
        raise RuleBroken("This session is closed, so comments can no longer be changed.")
    if not known.is_seated:
        raise RuleBroken("You have moved to another working group. Reload the page.")


def _replayed(current: Comment, text: str, version: int, by: User) -> Comment:
    """Return the comment where `by` wrote this very text from this version before, and it has been
    changed since. Raises StaleVersion where they did not."""
    line = current.history.filter(version=version + 1, text=text, history_user=by)
    if line.exists():
        return current
    raise records.StaleVersion(current)


def _take_back(comment: Comment, by: User) -> None:
    if comment.findings.exists():
        raise RuleBroken("A finding rests on this comment, so it stays. Write what should stand.")
    comment._history_user = by  # type: ignore[attr-defined]
    comment.delete()
