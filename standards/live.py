"""What the facilitator sees of a room while it scores, and what the projector shows everybody.

Who has voted is shown, never how: a vote's value is not even fetched.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Max, Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from partnership.charts import Picture
from partnership.numbers import counted, listing, plain

from .analysis import Discussion
from .models import (
    Answer,
    Exercise,
    Participant,
    Reveal,
    Score,
    Session,
    Standard,
    Vote,
    WorkingGroup,
)
from .pictures import averages_picture
from .results import Results, results_for

DISCUSSED = 5  # standards on the wall, most in dispute first
STALLED = timedelta(minutes=8)  # two hours give twelve standards ten minutes each
HOUR = 60
NOT_BEGUN, VOTING, REVEALED, REOPENED, AGREED = "none", "voting", "revealed", "reopened", "agreed"


@dataclass(frozen=True)
class Cell:
    """One group at one standard: its state, in words and as short as a square of the board."""

    standard: Standard
    state: str
    words: str
    short: str


@dataclass(frozen=True)
class Table:
    """One working group in the room. `unheard` have joined, and not voted where the group is."""

    group: WorkingGroup
    people: tuple[str, ...]
    recorder: str
    cells: tuple[Cell, ...]
    unheard: tuple[str, ...]
    stalled: str

    @property
    def joined(self) -> str:
        """ "3 of 5 expected", or "3" where nobody said how many."""
        expected = self.group.expected
        return f"{len(self.people)} of {expected} expected" if expected else str(len(self.people))

    @property
    def agreed(self) -> int:
        return sum(cell.state == AGREED for cell in self.cells)

    @property
    def left(self) -> int:
        return len(self.cells) - self.agreed

    @cached_property
    def now(self) -> Cell | None:
        """Where the group is: the first standard it has begun and not agreed, else the next."""
        begun = [c for c in self.cells if c.state in (VOTING, REVEALED, REOPENED)]
        return next(iter([*begun, *(c for c in self.cells if c.state == NOT_BEGUN)]), None)


@dataclass(frozen=True)
class StandardLine:
    """One standard across the room: how many groups have agreed on it."""

    standard: Standard
    agreed: int
    groups: int
    is_offered: bool

    @property
    def is_done(self) -> bool:
        return bool(self.groups) and self.agreed == self.groups


@dataclass(frozen=True)
class Board:
    """The room at one moment. `counter` moves with what groups may see of themselves."""

    session: Session
    counter: str
    tables: tuple[Table, ...]
    standards: tuple[StandardLine, ...]
    time_left: str
    is_over: bool
    pace: str

    @property
    def agreed(self) -> int:
        return sum(table.agreed for table in self.tables)

    @property
    def total(self) -> int:
        return len(self.tables) * len(self.standards)

    @property
    def joined(self) -> int:
        return sum(len(table.people) for table in self.tables)

    @property
    def expected(self) -> int:
        return sum(table.group.expected or 0 for table in self.tables)

    @property
    def stalled(self) -> tuple[str, ...]:
        return tuple(table.group.name for table in self.tables if table.stalled)

    @property
    def said(self) -> str:
        """What the news are about: while it stays, a screen reader hears nothing."""
        return f"{self.agreed}-{len(self.stalled)}"

    @property
    def news(self) -> str:
        """What a screen reader hears when the board has changed."""
        waiting = f" Stalled: {listing(self.stalled)}." if self.stalled else ""
        return f"{self.agreed} of {self.total} scores agreed.{waiting}"


@dataclass(frozen=True)
class Screen:
    """What the projector shows. `results` is None until the facilitator shows the figures."""

    counter: str
    standards: tuple[StandardLine, ...]
    agreed: int
    total: int
    time_left: str
    results: Results | None
    picture: Picture | None

    @property
    def discussions(self) -> tuple[Discussion, ...]:
        return self.results.discussions[:DISCUSSED] if self.results else ()

    @property
    def said(self) -> str:
        """What the news are about: while it stays, a screen reader hears nothing."""
        return str(self.agreed)

    @property
    def news(self) -> str:
        """What a screen reader hears when the picture has changed."""
        return f"{self.agreed} of {self.total} scores agreed."


def counter_of(slug: str, identifier: str, user: int, now: datetime) -> str | None:
    """Return the counter of a session that this user may run, else None. One query.

    It moves with what a group may see, and with the minute, for the time left.
    """
    run = Session.objects.filter(
        identifier=identifier,
        exercise__partnership__slug=slug,
        exercise__in=Exercise.objects.run_by(user),
    )
    return _counter(run, now)


def _counter(sessions: QuerySet[Session], now: datetime) -> str | None:
    beats = sessions.annotate(beats=Coalesce(Sum("working_groups__pulse__beat"), 0))
    found = beats.values_list("version", "beats").first()
    return f"{sum(found)}-{int(now.timestamp()) // 60}" if found else None


def _counter_now(session: Session, now: datetime) -> str:
    """Return the counter, asked for before the rest: what changes meanwhile is fetched again."""
    return _counter(Session.objects.filter(pk=session.pk), now) or ""


def board(session: Session, now: datetime) -> Board:
    """Return the room as it is. Nine queries, for six groups as for sixty."""
    counter = _counter_now(session, now)
    groups = tuple(session.working_groups.select_related("cohort").order_by("number"))
    standards = tuple(session.exercise.framework.standards.order_by("number"))
    room = _Room.of(session, now)
    tables = tuple(room.table(group, standards) for group in groups)
    agreed = Counter(c.standard.pk for table in tables for c in table.cells if c.state == AGREED)
    return Board(
        session,
        counter,
        tables,
        _lines(session, standards, agreed, len(groups)),
        _time_left(session.ends_at, now),
        bool(session.ends_at and session.ends_at <= now),
        _pace(session.ends_at, tables, now),
    )


def screen(session: Session, now: datetime) -> Screen:
    """Return what the projector shows; no figure is even fetched before figures are shown."""
    counter = _counter_now(session, now)
    groups = session.working_groups.count()
    standards = tuple(session.exercise.framework.standards.order_by("number"))
    known = Score.objects.agreed().filter(working_group__session=session)
    agreed = Counter(known.order_by().values_list("standard", flat=True))
    shows = session.shows_figures and session.exercise.is_scored
    results = results_for(session.exercise) if shows else None
    drawn = results if results and results.has_group_scores else None
    return Screen(
        counter,
        _lines(session, standards, agreed, groups),
        agreed.total(),
        groups * len(standards),
        _time_left(session.ends_at, now),
        results,
        averages_picture(drawn, "projector") if drawn else None,
    )


@dataclass(frozen=True)
class _Room:
    """All rows of a session that its board needs, by working group. `voted` counts nothing but
    presence: participant, standard, round."""

    exercise: Exercise
    seats: Mapping[int, list[Participant]]
    voted: Mapping[tuple[int, int, int], set[int]]
    rounds: Mapping[tuple[int, int], int]
    scores: Mapping[tuple[int, int], Score]
    moved: Mapping[int, datetime]
    now: datetime

    @classmethod
    def of(cls, session: Session, now: datetime) -> "_Room":
        here = {"working_group__session": session}
        seats: dict[int, list[Participant]] = defaultdict(list)
        for seat in Participant.objects.filter(**here).select_related("user"):
            seats[seat.working_group_id].append(seat)
        votes = Vote.objects.filter(participant__working_group__session=session).order_by()
        voted: dict[tuple[int, int, int], set[int]] = defaultdict(set)
        for group, standard, number, person in votes.values_list(
            "participant__working_group", "standard", "round", "participant"
        ):
            voted[group, standard, number].add(person)
        reveals = Reveal.objects.filter(**here).values_list("working_group", "standard", "at")
        rounds = Counter((group, standard) for group, standard, _ in reveals)
        scores = {
            (score.working_group_id, score.standard_id): score
            for score in Score.objects.filter(**here)
        }
        came = ((seat.working_group_id, seat.joined_at) for each in seats.values() for seat in each)
        moved = _moved(session, [*came, *((group, at) for group, _, at in reveals)])
        return cls(session.exercise, seats, voted, rounds, scores, moved, now)

    def table(self, group: WorkingGroup, standards: Iterable[Standard]) -> Table:
        seats = self.seats.get(group.pk, [])
        cells = tuple(self._cell(group, standard, len(seats)) for standard in standards)
        names = tuple(
            f"{seat.user.name} (recorder)" if seat.is_recorder else seat.user.name for seat in seats
        )
        recorder = next((seat.user.name for seat in seats if seat.is_recorder), "")
        table = Table(group, names, recorder, cells, (), "")
        here = table.now
        if here is None:
            return table
        return Table(
            group, names, recorder, cells, self._unheard(group, here), self._stalled(group)
        )

    def _cell(self, group: WorkingGroup, standard: Standard, people: int) -> Cell:
        score = self.scores.get((group.pk, standard.pk))
        if score and score.is_agreed:
            value = "n/a" if score.value is None else plain(score.value)
            words = "not applicable" if score.value is None else f"agreed {value}"
            return Cell(standard, AGREED, words, value)
        done = self.rounds.get((group.pk, standard.pk), 0)
        voted = len(self.voted.get((group.pk, standard.pk, done + 1), ()))
        again = " again" if done else ""
        if voted:
            words = f"{voted} of {people} have voted{again}"
            return Cell(standard, VOTING, words, f"{voted}/{people}")
        if score:
            return Cell(standard, REOPENED, "reopened", "open")
        if done:
            return Cell(standard, REVEALED, "votes revealed, not agreed yet", "seen")
        return Cell(standard, NOT_BEGUN, "not begun", "–")

    def _unheard(self, group: WorkingGroup, here: Cell) -> tuple[str, ...]:
        if not self.exercise.votes_first or here.state in (REVEALED, REOPENED):
            return ()
        number = self.rounds.get((group.pk, here.standard.pk), 0) + 1
        voted = self.voted.get((group.pk, here.standard.pk, number), set())
        return tuple(s.user.name for s in self.seats.get(group.pk, []) if s.pk not in voted)

    def _stalled(self, group: WorkingGroup) -> str:
        """Say that nothing came from the group for a while in which another moved; else ""."""
        last = self.moved.get(group.pk)
        others = [at for other, at in self.moved.items() if other != group.pk]
        if last is None or not others or self.now - max(others) > STALLED:
            return ""
        waited = self.now - last
        minutes = int(waited.total_seconds()) // 60
        if waited < STALLED:
            return ""
        return f"Nothing new for {counted(minutes, 'minute')}, while others moved on."


def _moved(session: Session, known: Iterable[tuple[int, datetime]]) -> dict[int, datetime]:
    """Return when each group last did what its members may see: what is `known`, a person's first
    vote in a round, an agreement. Two queries."""
    here = {"working_group__session": session}
    scored = Score.history.filter(**here).order_by().values_list("working_group")
    counted_ones = Answer.objects.filter(
        participant__working_group__session=session, fate=Answer.Fate.COUNTED
    ).order_by()
    # The first answer only: that somebody changed a vote is nobody else's business.
    first = counted_ones.values("participant__working_group", "participant", "standard", "round")
    voted = first.annotate(at=Min("arrived_at"))
    found: dict[int, datetime] = {}
    for group, at in [
        *scored.annotate(at=Max("history_date")),
        *voted.values_list("participant__working_group", "at"),
        *known,
    ]:
        found[group] = max(found.get(group, at), at)
    return found


def _lines(
    session: Session, standards: Iterable[Standard], agreed: Mapping[int, int], groups: int
) -> tuple[StandardLine, ...]:
    return tuple(
        StandardLine(each, agreed.get(each.pk, 0), groups, each.pk == session.offered_id)
        for each in standards
    )


def _time_left(ends_at: datetime | None, now: datetime) -> str:
    """Return "1 hour 20 minutes left", "5 minutes over"; "" where no end was set."""
    if ends_at is None:
        return ""
    seconds = int((ends_at - now).total_seconds())
    minutes = -(-seconds // 60) if seconds > 0 else -seconds // 60
    hours, rest = divmod(minutes, HOUR)
    parts = [counted(hours, "hour")] if hours else []
    parts += [counted(rest, "minute")] if rest or not hours else []
    return f"{' '.join(parts)} {'left' if seconds > 0 else 'over'}"


def _pace(ends_at: datetime | None, tables: tuple[Table, ...], now: datetime) -> str:
    """Say what the time left means for the group that has most to do; "" where it means nothing."""
    most = max((table.left for table in tables), default=0)
    if not most:
        return ""
    words = f"At most {counted(most, 'standard')} left in a group"
    minutes = int((ends_at - now).total_seconds()) // 60 if ends_at else 0
    if minutes <= 0:
        return f"{words}."
    each = minutes // most
    return f"{words}: {counted(each, 'minute') if each else 'less than a minute'} for each."
