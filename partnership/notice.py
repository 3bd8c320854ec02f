"""Clear days' notice: by when a paper must be public so that people have the days to read it.

Clear days leave out the day of publication, the day of the meeting, weekends and the bank holidays
of England; five are the rule for councils (Local Government Act 1972, section 100B). Bank holidays
come from the `holidays` library.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

USUAL_DAYS = 5
SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Notice:
    """The notice that a meeting asks for: `days` clear days, and the last day on which a paper may
    be published to give them."""

    days: int
    deadline: date

    def clear_days(self, published: date, meeting: date) -> int:
        """Return how many clear days a paper published on a day gives before the meeting."""
        return sum(is_working(day) for day in between(published, meeting))

    def is_short(self, published: date) -> bool:
        """Whether a paper published on a day gives less notice than is due."""
        return published > self.deadline


def notice(meeting: date, days: int = USUAL_DAYS) -> Notice:
    """Return the notice due before a meeting on a day. With 0 days, the day before will do."""
    day, left = meeting - DAY, days
    while left or not is_working(day):
        left -= is_working(day) and left > 0
        day -= DAY
    return Notice(days, day)


def between(first: date, last: date) -> list[date]:
    """Return the days after the first and before the last."""
    return [first + DAY * n for n in range(1, max((last - first).days, 1))]


def is_working(day: date) -> bool:
    """Whether people are at work in England on a day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
