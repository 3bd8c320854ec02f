"""When the actions of a plan begin and end, as far as anybody has said: dates, no pictures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from partnership.dates import PreciseDate
from partnership.timelines import Axis, Span, Tone

PER_PICTURE = 16  # rows that a printed page holds, under dates of their own
NEARBY = timedelta(days=366)  # how far from a plan's dates today is still worth a place


@dataclass(frozen=True)
class Dated:
    """What the timeline needs of an action. `depends_on` are the keys of others."""

    key: str
    label: str
    start: PreciseDate | None
    due: PreciseDate | None
    complete: bool = False
    overdue: bool = False
    depends_on: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """ "May 2027 to June 2027", "due June 2027", "from May 2027"; "no date" for none."""
        if self.start and self.due:
            return f"{self.start} to {self.due}"
        if self.due:
            return f"due {self.due}"
        return f"from {self.start}" if self.start else "no date"


@dataclass(frozen=True)
class Timeline:
    """What can be drawn, by date and parted into pictures over one axis (None where nothing can
    be), and what cannot: dates in words alone, and none."""

    axis: Axis | None
    pictures: tuple[tuple[Span, ...], ...]
    in_words: tuple[Dated, ...]
    undated: tuple[Dated, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Everything that is drawn, in order."""
        return tuple(span for part in self.pictures for span in part)


def timeline(actions: Iterable[Dated], today: date) -> Timeline:
    """Return the actions by the day that they end, or begin where nobody said when they end."""
    known = list(actions)
    drawn = [(action, span) for action in known if (span := _span(action))]
    drawn.sort(key=lambda pair: (pair[1].last, pair[1].first))
    spans = [span for _, span in drawn]
    axis = _axis(spans, today) if spans else None
    if axis:
        spans = [replace(s, last=axis.last) if s.open_end else s for s in spans]
    rest = [action for action in known if _span(action) is None]
    return Timeline(
        axis,
        tuple(_pictures(spans)),
        tuple(action for action in rest if action.start or action.due),
        tuple(action for action in rest if not (action.start or action.due)),
    )


def _span(action: Dated) -> Span | None:
    """Return the days of an action, None where no date of it is known in figures."""
    days = _days(action.start, action.due)
    if days is None:
        return None
    first, last, sure, open_end = days
    tone = Tone.DONE if action.complete else Tone.LATE if action.overdue else Tone.RUNNING
    state = {Tone.DONE: "complete: ", Tone.LATE: "overdue: "}.get(tone, "")
    note = f"{state}{action.words}"
    return Span(
        action.key,
        action.label,
        note[:1].upper() + note[1:],
        first,
        last,
        sure,
        tone,
        open_end,
        action.depends_on,
    )


Days = tuple[date, date, tuple[date, date] | None, bool]


def _days(start: PreciseDate | None, due: PreciseDate | None) -> Days | None:
    """Return first and last day, what lies surely between, and whether the end is open."""
    begins = (start.first_day, start.last_day) if start else (None, None)
    ends = (due.first_day, due.last_day) if due else (None, None)
    if begins[0] and begins[1]:
        if ends[0] and ends[1]:
            return _between(begins[0], begins[1], ends[0], ends[1])
        return begins[0], begins[1], None, True
    return (ends[0], ends[1], None, False) if ends[0] and ends[1] else None


def _between(first: date, begun: date, ending: date, last: date) -> Days:
    """A due date before the start is a slip that the picture shows as it stands."""
    sure = (begun, ending) if begun <= ending else None
    return min(first, ending), max(begun, last), sure, False


def _axis(spans: Sequence[Span], today: date) -> Axis:
    """Return whole months around every day, and around today where it is near."""
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    near = first - _reach(first, date.min) <= today <= last + _reach(date.max, last)
    if near:
        first, last = min(first, today), max(last, today)
    whole = PreciseDate(f"{last.year:04}-{last.month:02}").last_day or last
    return Axis(first.replace(day=1), whole, today if near else None)


def _reach(late: date, early: date) -> timedelta:
    """The calendar ends with the year 9999, and plans are kept from mistyped years by nobody."""
    return min(NEARBY, late - early)


def _pictures(spans: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Part the rows evenly, so that no picture is left with one."""
    count = -(-len(spans) // PER_PICTURE)
    for place in range(count):
        yield tuple(spans[place * len(spans) // count : (place + 1) * len(spans) // count])
