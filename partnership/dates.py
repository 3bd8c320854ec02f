"""Dates as board papers give them: a day, a month, a year, or words."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
WORDLESS = re.compile(r"[\W\d_]*")


@dataclass(frozen=True)
class PreciseDate:
    """A date with its precision. `stored` is ISO 8601 reduced to what is known ("2010-05-17",
    "2011-04", "2011") or words as they were said ("later this year").

    Raises ValueError for a date that does not exist, such as "2010-02-30", and for figures in any
    other order, such as "17/5/2010", which could neither be sorted nor fall due.
    """

    stored: str

    def __post_init__(self) -> None:
        if match := ISO.fullmatch(self.stored):
            year, month, day = match.groups()
            date(int(year), int(month or 1), int(day or 1))
        elif WORDLESS.fullmatch(self.stored):
            raise ValueError(f"not a date: {self.stored!r}")

    @property
    def precision(self) -> str:
        """ "day", "month", "year" or "words"."""
        if not ISO.fullmatch(self.stored):
            return "words"
        return {4: "year", 7: "month", 10: "day"}[len(self.stored)]

    @property
    def first_day(self) -> date | None:
        """The first day it may mean; None for words."""
        if self.precision == "words":
            return None
        return date(*([int(part) for part in self.stored.split("-")] + [1, 1])[:3])

    @property
    def last_day(self) -> date | None:
        """The last day it may mean, after which it is past; None for words."""
        first = self.first_day
        if first is None or self.precision == "day":
            return first
        if self.precision == "year":
            return first.replace(month=12, day=31)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])

    def is_before(self, other: "PreciseDate") -> bool:
        """Whether every day that it may mean lies before every day that the other may mean; a date
        in words may mean any."""
        last, first = self.last_day, other.first_day
        return last is not None and first is not None and last < first

    def is_past(self, today: date) -> bool:
        """Whether the whole of it lies before `today`. Words are never past."""
        return self.last_day is not None and self.last_day < today

    @property
    def sort_key(self) -> tuple[bool, str]:
        """Dates in order, words after every date."""
        return (self.precision == "words", self.stored)

    def __str__(self) -> str:
        first = self.first_day
        if first is None or self.precision == "year":
            return self.stored
        month = f"{calendar.month_name[first.month]} {first.year}"
        return month if self.precision == "month" else f"{first.day} {month}"


def day_words(day: date) -> str:
    """Return "9 June 2010"."""
    return str(PreciseDate(day.isoformat()))
