"""Pictures of scores and days, as pure functions that return SVG.

One picture serves a browser, a PDF and a Word file, so it uses presentation attributes only: no
style, class, variable or foreignObject. Text is measured with Noto Sans's own widths and never
leaves the viewBox. What a picture says in colour it also says in shape or in words, and the page
shows the same figures in a table. `key` makes its ids unique on a page; `width` is in user units,
and below NARROW the labels stand above their bars, for a telephone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from partnership import numbers
from partnership.drawing import (
    INK,
    MUTED,
    PETROL,
    Mark,
    average_mark,
    element,
    filled_mark,
    hatching,
    hollow_mark,
    identifier,
    measure,
    number,
    path,
    picture,
    safe,
    series_mark,
    text,
    wrap,
)

GRID, TRACK, ALARM = "#c2ced3", "#e4ecee", "#a3241d"
WIDE, NARROW, PHONE = 760, 480, 340
LINE, ROW = 19, 30


@dataclass(frozen=True)
class Picture:
    """The same chart twice: for a wide page, and for a telephone."""

    wide: str
    narrow: str


@dataclass(frozen=True)
class Bar:
    """A labelled score. None is drawn as "Not scored"; `note` stands after the label."""

    label: str
    value: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Dot:
    """One group's score. `series` is its cohort's place in the legend, from 0."""

    value: Decimal
    series: int
    name: str


@dataclass(frozen=True)
class DotRow:
    """One standard: its average, where there is one, and the dot of every group."""

    label: str
    average: Decimal | None
    dots: Sequence[Dot]


@dataclass(frozen=True)
class Change:
    """One standard in two exercises; None where it was not scored."""

    label: str
    previous: Decimal | None
    current: Decimal | None


@dataclass(frozen=True)
class _Plot:
    """Where the scale lies in x, and the room kept for labels and for values."""

    width: int
    low: Decimal
    high: Decimal
    values: int = 44

    @property
    def stacked(self) -> bool:
        return self.width < NARROW

    @property
    def left(self) -> int:
        return 14 if self.stacked else self.width * 38 // 100

    @property
    def right(self) -> int:
        return self.width - self.values - 14

    def x(self, value: Decimal) -> Decimal:
        share = (value - self.low) / (self.high - self.low)
        return self.left + min(max(share, Decimal(0)), Decimal(1)) * (self.right - self.left)


@dataclass(frozen=True)
class _Row:
    """One row: its label beside the plot, or above it where the plot is stacked."""

    plot: _Plot
    top: int
    words: str
    depth: int = ROW

    @cached_property
    def lines(self) -> list[str]:
        return wrap(self.words, self.plot.width - 16 if self.plot.stacked else self.plot.left - 24)

    @property
    def height(self) -> int:
        label = len(self.lines) * LINE
        return label + self.depth + 6 if self.plot.stacked else max(label, self.depth) + 8

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        if self.plot.stacked:
            return self.top + len(self.lines) * LINE + self.depth // 2
        return self.top + self.height // 2

    def label(self) -> str:
        """Return the label's lines, and a hairline under the row."""
        first = self.top if self.plot.stacked else self.middle - len(self.lines) * LINE // 2
        x = 2 if self.plot.stacked else 0
        rule = path(f"M0 {self.bottom}H{self.plot.width}", stroke="#e4ecee", stroke_width=1)
        return rule + "".join(
            text(x, first + 14 + LINE * place, line) for place, line in enumerate(self.lines)
        )

    def value(self, words: str, fill: str = INK) -> str:
        """Return a figure at the right-hand end of the row."""
        x, y = self.plot.width - 2, self.middle + 5
        return text(x, y, words, text_anchor="end", font_weight="700", fill=fill)

    def remark(self, words: str) -> str:
        """Return words where a bar would begin, such as "Not scored"."""
        return text(self.plot.left, self.middle + 5, words, fill=MUTED)

    def gridline(self, x: str) -> str:
        """Return the row's part of a gridline: beside its label, or under it."""
        top = self.middle - self.depth // 2 if self.plot.stacked else self.top
        return path(f"M{x} {top}V{self.bottom}", stroke=GRID, stroke_width=1)


def both(draw: Callable[..., str], *args: Any, key: str, **rest: Any) -> Picture:
    """Draw a chart for a wide page and for a telephone, under ids of their own."""
    narrow = draw(*args, key=f"{key}-narrow", width=PHONE, **rest)
    return Picture(draw(*args, key=key, **rest), narrow)


def bar_chart(
    bars: Sequence[Bar],
    low: Decimal,
    high: Decimal,
    title: str,
    description: str,
    key: str,
    width: int = WIDE,
) -> str:
    """Return horizontal bars of scores. Bars begin at 0, so that their lengths compare truly;
    the gridlines are the whole points from `low` to `high`."""
    plot = _Plot(width, min(low, Decimal(0)), high)
    labels = [f"{bar.label} ({bar.note})" if bar.note else bar.label for bar in bars]
    rows = _rows(plot, 26, labels)
    parts = [_bar(row, bar.value) for row, bar in zip(rows, bars, strict=True)]
    return _finished(plot, 0, rows, low, title, description, key, parts)


def dot_chart(
    rows: Sequence[DotRow],
    low: Decimal,
    high: Decimal,
    series: Sequence[str],
    title: str,
    description: str,
    key: str,
    width: int = WIDE,
) -> str:
    """Return every group's score as a mark, its cohort told by shape and colour, equal scores
    stacked; the average is a tall line, and its figure stands at the right. `series` names the
    cohorts in the order of their numbers."""
    plot = _Plot(width, low, high)
    marks = [(name, series_mark(place)) for place, name in enumerate(series)]
    legend, top = _legend([*marks, ("Average", average_mark)], width)
    depths = [ROW + 13 * (_tallest(row.dots) - 1) for row in rows]
    drawn = _rows(plot, top + 26, [row.label for row in rows], depths)
    parts = [_dots(place, row) for place, row in zip(drawn, rows, strict=True)]
    return _finished(plot, top, drawn, low, title, description, key, [legend, *parts])


def change_chart(
    rows: Sequence[Change],
    low: Decimal,
    high: Decimal,
    names: tuple[str, str],
    title: str,
    description: str,
    key: str,
    width: int = WIDE,
) -> str:
    """Return two exercises side by side: a hollow mark for the previous score, a filled one for
    the current, a line between them, and the difference at the right. `names` is the two
    exercises, the previous first."""
    plot = _Plot(width, low, high)
    legend, top = _legend(list(zip(names, (hollow_mark, filled_mark), strict=True)), width)
    drawn = _rows(plot, top + 26, [row.label for row in rows])
    parts = [_dumbbell(place, row) for place, row in zip(drawn, rows, strict=True)]
    return _finished(plot, top, drawn, low, title, description, key, [legend, *parts])


def days_chart(
    available: Decimal | None,
    estimated: Decimal | None,
    agreed: Decimal | None,
    delivered: Decimal | None,
    title: str,
    description: str,
    key: str,
    approximate: bool = False,
    width: int = WIDE,
) -> str:
    """Return consultancy days as three bars against the days available. What exceeds them is
    hatched and says "over"; None is said in words and draws no bar."""
    days = {"Estimated": estimated, "Agreed": agreed, "Delivered": delivered}
    known = [value for value in (available, *days.values()) if value is not None]
    plot = _Plot(width, Decimal(0), max([*known, Decimal(1)]), 150)
    hatch = f"{identifier(key)}-hatch"
    rows = _rows(plot, 34 if available is not None else 4, list(days))
    parts = [hatching(hatch, ALARM)]
    for row, value in zip(rows, days.values(), strict=True):
        parts.append(row.label() + _days_bar(row, value, available, hatch))
    if available is not None:
        parts.append(_limit(plot, available, approximate, rows[-1].bottom))
    return picture(width, rows[-1].bottom + 4, title, description, key, parts)


def score_bar(value: Decimal | None, high: Decimal) -> str:
    """Return a small bar for a table cell. The figure beside it says the same, so assistive
    technology does not hear of it."""
    if value is None:
        return ""
    share = min(max(value / high, Decimal(0)), Decimal(1)) * 100
    ticks = "".join(
        element("rect", x=Decimal(point * 100) / high, width=Decimal("0.8"), height=10, fill="#fff")
        for point in range(1, int(high))
    )
    track = element("rect", width=100, height=10, fill="#d3dfe3")
    return (
        '<svg width="100" height="10" viewBox="0 0 100 10" preserveAspectRatio="none" '
        f'aria-hidden="true" focusable="false">{track}'
        f"{element('rect', width=share, height=10, fill=PETROL)}{ticks}</svg>"
    )


def _rows(plot: _Plot, top: int, labels: Sequence[str], depths: Sequence[int] = ()) -> list[_Row]:
    rows: list[_Row] = []
    for place, words in enumerate(labels):
        start = rows[-1].bottom if rows else top
        rows.append(_Row(plot, start, words, depths[place] if depths else ROW))
    return rows


def _finished(
    plot: _Plot, top: int, rows: Sequence[_Row], low: Decimal, title: str, description: str,
    key: str, parts: Sequence[str],
) -> str:  # fmt: skip
    """Put gridlines and labels behind the marks, and close the picture."""
    bottom = rows[-1].bottom if rows else top + 26
    grid = [_gridline(plot, Decimal(point), top, rows) for point in _points(plot, low)]
    labels = [row.label() for row in rows]
    whole = [*labels, *grid, *parts]
    return picture(plot.width, bottom + 6, title, description, key, whole)


def _points(plot: _Plot, low: Decimal) -> range:
    return range(int(low.to_integral_value("ROUND_CEILING")), int(plot.high) + 1)


def _gridline(plot: _Plot, point: Decimal, top: int, rows: Sequence[_Row]) -> str:
    x = plot.x(point)
    words = text(x, top + 14, number(point), text_anchor="middle", font_size=13, fill=MUTED)
    return words + "".join(row.gridline(number(x)) for row in rows)


def _bar(row: _Row, value: Decimal | None) -> str:
    if value is None:
        return row.remark("Not scored")
    start, end, y = row.plot.left, row.plot.x(value), row.middle - 8
    track = element("rect", x=start, y=y, width=row.plot.right - start, height=16, fill=TRACK)
    bar = element("rect", x=start, y=y, width=end - start, height=16, fill=PETROL)
    return track + bar + row.value(numbers.display(value))


def _tallest(dots: Sequence[Dot]) -> int:
    values = [dot.value for dot in dots]
    return max((values.count(value) for value in values), default=1)


def _dots(row: _Row, data: DotRow) -> str:
    """Stack equal scores about the row's middle, above the tall line of the average."""
    marks = []
    if data.average is not None:
        reach = row.depth // 2
        x = number(row.plot.x(data.average))
        line = f"M{x} {row.middle - reach}V{row.middle + reach}"
        marks.append(path(line, stroke=INK, stroke_width=3))
    values = [dot.value for dot in data.dots]
    for place, dot in enumerate(data.dots):
        above = values[:place].count(dot.value)
        y = row.middle + 13 * Decimal(values.count(dot.value) - 1) / 2 - 13 * above
        title = element("title", safe(f"{dot.name}: {numbers.display(dot.value)}"))
        marks.append(element("g", title + series_mark(dot.series)(row.plot.x(dot.value), y)))
    if not values and data.average is None:
        return row.remark("Not scored")
    return "".join(marks) + (
        row.value(numbers.display(data.average)) if data.average is not None else ""
    )


def _dumbbell(row: _Row, data: Change) -> str:
    marks = []
    if data.previous is not None and data.current is not None:
        start, end = number(row.plot.x(data.previous)), number(row.plot.x(data.current))
        marks.append(path(f"M{start} {row.middle}H{end}", stroke=MUTED, stroke_width=3))
    if data.previous is not None:
        marks.append(hollow_mark(row.plot.x(data.previous), row.middle))
    if data.current is not None:
        marks.append(filled_mark(row.plot.x(data.current), row.middle))
    return "".join(marks) + row.value(_difference(data))


def _difference(data: Change) -> str:
    if data.previous is None or data.current is None:
        return "–"
    # Of the printed figures: a reader takes one from the other and must get the same.
    change = numbers.round_half_up(data.current) - numbers.round_half_up(data.previous)
    return numbers.signed(change)


def _days_bar(row: _Row, days: Decimal | None, available: Decimal | None, hatch: str) -> str:
    if days is None:
        return row.remark("None recorded")
    within = days if available is None else min(days, available)
    start, end, y = row.plot.left, row.plot.x(within), row.middle - 9
    bar = element("rect", x=start, y=y, width=end - start, height=18, fill=PETROL)
    if within == days:
        return bar + row.value(numbers.days(days))
    beyond = element(
        "rect", x=end, y=y, width=row.plot.x(days) - end, height=18,
        fill=f"url(#{hatch})", stroke=ALARM, stroke_width=2,
    )  # fmt: skip
    return (
        bar
        + beyond
        + row.value(f"{numbers.days(days)}, {numbers.plain(days - within)} over", ALARM)
    )


def _limit(plot: _Plot, available: Decimal, approximate: bool, bottom: int) -> str:
    words = f"{'About ' if approximate else ''}{numbers.days(available)} available"
    x, half = plot.x(available), measure(words, 14) / 2
    middle = min(max(x, half + 2), plot.width - half - 2)
    label = text(middle, 16, words, text_anchor="middle", font_size=14, font_weight="700")
    line = path(f"M{number(x)} 24V{bottom}", stroke=INK, stroke_width=2)
    return label + line.replace("/>", ' stroke-dasharray="5 4"/>' if approximate else "/>")


def _legend(marks: Sequence[tuple[str, Mark]], width: int) -> tuple[str, int]:
    """Return the legend, wrapped to the width, and the y below it."""
    x, y, parts = Decimal(8), 12, []
    for name, mark in marks:
        words = wrap(name, width - 30, most=1)[0]
        if x > 8 and x + 18 + measure(words, 14) > width:
            x, y = Decimal(8), y + 24
        parts.append(mark(x, Decimal(y)) + text(x + 14, y + 5, words, font_size=14))
        x += measure(words, 14) + 42
    return "".join(parts), y + 16
