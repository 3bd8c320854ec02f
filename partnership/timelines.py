"""A picture of what happens when, as a pure function that returns SVG: see `charts` for its ways.

A span runs over days. What is not known to the day is drawn soft: a month or a year that it may
begin or end in. Who reads the picture finds the same dates in a table beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from partnership.charts import ALARM, GRID, PHONE, Picture
from partnership.drawing import (
    INK,
    MUTED,
    PETROL,
    SIZE,
    Number,
    element,
    hatching,
    identifier,
    measure,
    number,
    path,
    picture,
    text,
    wrap,
)

WIDE, NARROW = 760, 480
GOOD = "#0b5c3b"
HEAD, LINE, SMALL = 56, 19, 13
HALO: dict[str, Number | str] = {  # on a telephone lines run behind the words
    "paint_order": "stroke", "stroke": "#ffffff", "stroke_width": 4, "stroke_linejoin": "round",
}  # fmt: skip
MONTH_STEPS = (1, 2, 3, 6)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Tone(StrEnum):
    """How a span stands: in shape and colour here, in words in its note."""

    RUNNING = "running"
    DONE = "done"
    LATE = "late"


@dataclass(frozen=True)
class Span:
    """A row: its label and a note in words, and its days. `sure` is the part that is known to the
    day, None where it is a point within first and last; `open_end`: nobody said in figures
    when it ends. `after` are the keys of the rows that come before it."""

    key: str
    label: str
    note: str
    first: date
    last: date
    sure: tuple[date, date] | None
    tone: Tone = Tone.RUNNING
    open_end: bool = False
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Axis:
    """Whole months: the day that it begins with, and the last; `today` where it lies between."""

    first: date
    last: date
    today: date | None = None

    @property
    def months(self) -> int:
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    def share(self, day: date, after: bool = False) -> Decimal:
        """Return where a day begins, or ends, between 0 and 1."""
        whole = self.last.toordinal() + 1 - self.first.toordinal()
        return Decimal(day.toordinal() + after - self.first.toordinal()) / whole

    def ticks(self, most: int) -> list[tuple[date, str]]:
        """Return at most about `most` days to mark, with their words: months, or years."""
        step = next((s for s in MONTH_STEPS if self.months <= s * most), 0)
        if step:
            return list(self._months(step))
        years = -(-self.months // (12 * most))
        found = range(self.first.year, self.last.year + 1)
        starts = [date(year, 1, 1) for year in found if year % years == 0]
        return [(day, str(day.year)) for day in starts if day >= self.first]

    def _months(self, step: int) -> Iterator[tuple[date, str]]:
        for place in range(self.months):
            year, month = divmod(self.first.month - 1 + place, 12)
            if month % step == 0:
                day = date(self.first.year + year, month + 1, 1)
                yield day, f"{MONTHS[month]} {day.year}"


@dataclass(frozen=True)
class _Plot:
    width: int
    axis: Axis

    @property
    def stacked(self) -> bool:
        return self.width < NARROW

    @property
    def left(self) -> int:
        return 14 if self.stacked else self.width * 42 // 100

    @property
    def right(self) -> int:
        return self.width - 24

    @property
    def label_room(self) -> int:
        return self.width - 14 if self.stacked else self.left - 24

    def x(self, day: date, after: bool = False) -> Decimal:
        return self.left + self.axis.share(day, after) * (self.right - self.left)


@dataclass(frozen=True)
class _Row:
    plot: _Plot
    span: Span
    top: int

    @property
    def lines(self) -> list[str]:
        return wrap(self.span.label, self.plot.label_room)

    @property
    def text_depth(self) -> int:
        return LINE * len(self.lines) + LINE

    @property
    def bottom(self) -> int:
        return self.top + self.text_depth + (30 if self.plot.stacked else 14)

    @property
    def middle(self) -> int:
        if self.plot.stacked:
            return self.top + self.text_depth + 16
        return self.top + (self.bottom - self.top) // 2

    @property
    def start(self) -> Decimal:
        return self.plot.x(self.span.first)

    @property
    def end(self) -> Decimal:
        """Where it ends, and no thinner than can be seen."""
        return max(self.plot.x(self.span.last, after=True), self.start + 6)


def timeline(spans: Sequence[Span], axis: Axis, title: str, description: str, key: str) -> Picture:
    """Return the spans, at least one, in their order, for a wide page and for a telephone."""
    narrow = _drawn(spans, axis, title, description, f"{key}-narrow", PHONE)
    return Picture(_drawn(spans, axis, title, description, key, WIDE), narrow)


def _drawn(
    spans: Sequence[Span], axis: Axis, title: str, description: str, key: str, width: int
) -> str:
    plot = _Plot(width, axis)
    rows: list[_Row] = []
    for span in spans:
        rows.append(_Row(plot, span, rows[-1].bottom if rows else HEAD))
    bottom = rows[-1].bottom
    hatch = f"{identifier(key)}-late"
    parts = [
        hatching(hatch, ALARM),
        *_grid(plot, rows),
        *(_rule(row) for row in rows[1:]),
        *_links(rows),
        *(_label(row) + _bar(row, hatch) for row in rows),
        _today(plot, rows),
    ]
    return picture(width, bottom + 4, title, description, key, parts)


def _upright(plot: _Plot, rows: Sequence[_Row], x: Decimal) -> str:
    """Return the way of a line through all rows, clear of the words that stand above a bar."""
    if not plot.stacked:
        return f"M{number(x)} {HEAD - 8}V{rows[-1].bottom}"
    return "".join(f"M{number(x)} {row.middle - 9}V{row.bottom}" for row in rows)


def _grid(plot: _Plot, rows: Sequence[_Row]) -> Iterator[str]:
    room = Decimal(plot.right - plot.left)
    free = Decimal(-1000)
    for day, words in plot.axis.ticks(most=int(room // 90)):
        x = plot.x(day)
        yield path(_upright(plot, rows, x), stroke=GRID, stroke_width=1)
        half = measure(words, SMALL) / 2
        middle = min(max(x, half + 2), plot.width - half - 2)
        if middle - half > free:
            yield text(middle, 38, words, text_anchor="middle", font_size=SMALL, fill=MUTED)
            free = middle + half + 6


def _rule(row: _Row) -> str:
    return path(f"M0 {row.top}H{row.plot.width}", stroke=GRID, stroke_width="0.5")


def _label(row: _Row) -> str:
    y = row.top + 6 + LINE - 4
    clear = HALO if row.plot.stacked else {}
    lines = [text(0, y + LINE * place, words, **clear) for place, words in enumerate(row.lines)]
    fill = {Tone.LATE: ALARM, Tone.DONE: GOOD}.get(row.span.tone, MUTED)
    room = Decimal(row.plot.label_room * SIZE) / SMALL  # `wrap` measures letters of the usual size
    note = wrap(row.span.note, room, most=1)[0]
    below = text(0, y + LINE * len(lines), note, font_size=SMALL, fill=fill, **clear)
    return "".join(lines) + below


def _bar(row: _Row, hatch: str) -> str:
    colour = {Tone.LATE: ALARM, Tone.DONE: GOOD}.get(row.span.tone, PETROL)
    soft = element(
        "rect", x=row.start, y=row.middle - 7, width=row.end - row.start, height=14, rx=3,
        fill="#dfeaed", stroke=colour, stroke_width=1,
    )  # fmt: skip
    return soft + _sure(row, colour, hatch) + _ending(row, colour)


def _sure(row: _Row, colour: str, hatch: str) -> str:
    if row.span.sure is None:
        return ""
    first, last = row.span.sure
    start = row.plot.x(first)
    width = max(row.plot.x(last, after=True) - start, Decimal(6))
    late = row.span.tone == Tone.LATE
    fill = f"url(#{hatch})" if late else colour
    return element(
        "rect", x=start, y=row.middle - 7, width=width, height=14, rx=3, fill=fill, stroke=colour
    )


def _ending(row: _Row, colour: str) -> str:
    """Return the shape at the end: a tick, a cross, an arrow for an open end, or a diamond."""
    x, y = number(min(row.end, Decimal(row.plot.width - 12))), row.middle
    if row.span.tone == Tone.DONE:
        drawn = path("M-5 0 -1 4 6 -5", stroke="#ffffff", stroke_width=2)
        disc = element("circle", r=10, fill=colour, stroke="#ffffff")
        return element("g", disc + drawn, transform=f"translate({x} {y})")
    if row.span.tone == Tone.LATE:
        drawn = path("M-4 -4 4 4M4 -4 -4 4", stroke="#ffffff", stroke_width=2)
        disc = element("rect", x=-9, y=-9, width=18, height=18, fill=colour, stroke="#ffffff")
        return element("g", disc + drawn, transform=f"translate({x} {y})")
    shape = "M-6 -8 6 0 -6 8Z" if row.span.open_end else "M0 -9 9 0 0 9 -9 0Z"
    mark = element("path", d=shape, fill=colour, stroke="#ffffff")
    return element("g", mark, transform=f"translate({x} {y})")


def _links(rows: Iterable[_Row]) -> Iterator[str]:
    """Draw a line from the end of each row to the start of those that wait for it."""
    known = {row.span.key: row for row in rows}
    for row in known.values():
        for before in (known[key] for key in row.span.after if key in known):
            x, y = before.end + 12, row.middle
            back = min(x, row.start - 8)
            turn = row.top + 1 if row.top > before.top else row.bottom - 1
            way = f"M{number(before.end)} {before.middle}H{number(x)}V{turn}H{number(back)}V{y}"
            yield path(f"{way}H{number(row.start)}", stroke=INK, stroke_width="1.2")
            tip = f"M{number(row.start - 6)} {y - 4}l6 4l-6 4"
            yield path(tip, stroke=INK, stroke_width="1.2")


def _today(plot: _Plot, rows: Sequence[_Row]) -> str:
    if plot.axis.today is None:
        return ""
    x = plot.x(plot.axis.today)
    half = measure("Today", SMALL) / 2 + 6
    middle = min(max(x, half), plot.width - half)
    tab = element("rect", x=middle - half, y=1, width=2 * half, height=18, rx=3, fill=INK)
    words = text(
        middle,
        14,
        "Today",
        text_anchor="middle",
        font_size=SMALL,
        fill="#ffffff",
        font_weight="700",
    )
    line = path(_upright(plot, rows, x), stroke=INK, stroke_width="1.5")
    return line.replace("/>", ' stroke-dasharray="5 4"/>') + tab + words
