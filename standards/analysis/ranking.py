"""The strongest and the lowest standards, and the bands that scores fall in.

Everything here goes by the displayed value, so that a reader of the printed figures reaches the
same order and the same sentences.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from partnership.numbers import in_words, listing

from .averaging import StandardAverage


@dataclass(frozen=True)
class Ranking:
    """The standards at one end, in order: by displayed value, then by number. All that are level
    at the cut are included, so there may be more than were `asked` for; standards not scored are
    never ranked, so there may be fewer."""

    rows: tuple[StandardAverage, ...]
    asked: int

    @property
    def standards(self) -> tuple[int, ...]:
        return tuple(row.standard for row in self.rows)

    @property
    def tied(self) -> bool:
        """Whether a tie at the cut made the list longer than asked."""
        return len(self.rows) > self.asked

    @property
    def cut(self) -> Decimal | None:
        """The displayed value of the last standard listed, None where nothing is."""
        return self.rows[-1].displayed if self.rows else None

    @property
    def at_cut(self) -> tuple[int, ...]:
        """The standards that have the value at the cut."""
        return tuple(row.standard for row in self.rows if row.displayed == self.cut)

    @property
    def note(self) -> str:
        """A sentence saying why the list is longer or shorter than asked; else ""."""
        if self.tied:
            return (
                f"{in_words(len(self.rows)).capitalize()} standards are listed rather than "
                f"{in_words(self.asked)}: standards {listing(self.at_cut)} are level at {self.cut}."
            )
        if not self.rows:
            return "No standard has been scored."
        if len(self.rows) < self.asked:
            count = len(self.rows)
            verb = "standard has" if count == 1 else "standards have"
            return f"Only {in_words(count)} {verb} been scored."
        return ""


def strongest(averages: Iterable[StandardAverage], count: int) -> Ranking:
    """Return the `count` standards with the highest average, with all level at the cut."""
    return _ranking(averages, count, sign=-1)


def lowest(averages: Iterable[StandardAverage], count: int) -> Ranking:
    """Return the `count` standards with the lowest average, with all level at the cut."""
    return _ranking(averages, count, sign=1)


def band(value: Decimal) -> int:
    """Return the level of the scale that a score has reached: 2.7 is in band 2."""
    return int(value.to_integral_value(rounding=ROUND_FLOOR))


def bands(averages: Iterable[StandardAverage]) -> tuple[int, ...]:
    """Return the bands that the displayed averages fall in, each once, lowest first."""
    return tuple(sorted({band(a.displayed) for a in averages if a.displayed is not None}))


def _ranking(averages: Iterable[StandardAverage], count: int, sign: int) -> Ranking:
    if count < 1:
        raise ValueError("A ranking lists at least one standard.")
    keyed = sorted(
        ((sign * a.displayed, a.standard, a) for a in averages if a.displayed is not None),
        key=lambda row: row[:2],
    )
    if not keyed:
        return Ranking((), count)
    cut = keyed[min(count, len(keyed)) - 1][0]
    return Ranking(tuple(a for value, _, a in keyed if value <= cut), count)
