"""A working group of an open room, and what its recorder does there."""

from decimal import Decimal

from partnership.models import Partnership, User
from standards.models import Participant, Pulse, Score, Session, Standard
from standards.models import WorkingGroup as Group
from standards.services.agreeing import (
    Agreement,
    agree_score,
    correct_score,
    reopen_score,
)
from standards.services.commenting import write_comment
from standards.services.sessions import close_session
from standards.services.voting import reveal
from tests import factories as make


class Table:
    def __init__(self, partnership: Partnership, **fields) -> None:
        self.session: Session = make.open_room(partnership, **fields)
        self.group: Group = self.session.working_groups.get()
        seats = self.group.participants.select_related("working_group__session__exercise", "user")
        self.seats: list[Participant] = list(seats)
        self.by: User = self.seats[0].user

    def standard(self, number: int = 1) -> Standard:
        return self.session.exercise.framework.standards.get(number=number)

    def votes(self, *values: str | None, round: int = 1) -> None:
        """The votes of the first seats, None for a pass, and their reveal."""
        for seat, value in zip(self.seats, values, strict=False):
            make.vote(seat, value, round=round, kind="score" if value else "pass")
        given = {"working_group": self.group, "standard": self.standard(), "by": self.by}
        reveal(**given, acknowledged=True)

    def agree(self, value: str | None = "3", reason: str = "", version: int = 0, **given) -> Score:
        amount = None if value is None else Decimal(value)
        return agree_score(
            working_group=self.group,
            standard=self.standard(),
            agreement=Agreement(amount, reason, version=version, **given),
            by=self.by,
        )

    def reopen(self, reason: str = "The schools were not heard") -> Score:
        score = Score.objects.get(working_group=self.group, standard=self.standard())
        return reopen_score(score=score, reason=reason, by=self.by)

    def correct(self, value: str, version: int, correction: str = "Misread") -> Score:
        return correct_score(
            working_group=self.group,
            standard=self.standard(),
            agreement=Agreement(Decimal(value), version=version),
            correction=correction,
            by=self.by,
        )

    def say(self, text: str, version: int = 0, seat: Participant | None = None, **given):
        place = {"standard": self.standard(), "side": "working_well"} | given
        return write_comment(
            working_group=self.group,
            text=text,
            version=version,
            by=seat.user if seat else self.by,
            participant=seat,
            **place,
        )

    def close(self) -> None:
        self.session.refresh_from_db()
        self.session = close_session(session=self.session, version=self.session.version, by=self.by)

    @property
    def beat(self) -> int:
        return Pulse.objects.get(working_group=self.group).beat
