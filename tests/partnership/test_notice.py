"""Clear days of notice: what counts, and by when a paper must be public."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.notice import between, is_working, notice

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("meeting", "days", "deadline"),
    [
        (date(2010, 5, 17), 5, date(2010, 5, 7)),  # a Monday: the five days before are a week
        (date(2010, 5, 14), 5, date(2010, 5, 6)),
        (date(2010, 4, 8), 5, date(2010, 3, 29)),  # Good Friday and Easter Monday do not count
        (date(2027, 1, 5), 5, date(2026, 12, 23)),  # nor do Christmas and New Year
        (date(2022, 9, 20), 1, date(2022, 9, 15)),  # nor a bank holiday of that year alone
        (date(2010, 5, 17), 1, date(2010, 5, 13)),
        (date(2010, 5, 17), 0, date(2010, 5, 14)),
    ],
)
def test_the_last_day_for_publication(meeting, days, deadline):
    assert notice(meeting, days).deadline == deadline


@given(meeting=DAYS, days=st.integers(0, 15))
def test_the_deadline_gives_the_days_and_a_day_later_does_not(meeting, days):
    due = notice(meeting, days)

    assert is_working(due.deadline)
    assert due.deadline < meeting
    assert due.clear_days(due.deadline, meeting) == days
    later = due.deadline + timedelta(days=1)
    assert due.is_short(later)
    assert not due.is_short(due.deadline)
    if days:
        assert due.clear_days(later, meeting) == days - is_working(later) < days or not is_working(
            later
        )


@given(first=DAYS, days=st.integers(0, 40))
def test_neither_end_counts(first, days):
    last = first + timedelta(days=days)

    assert len(between(first, last)) == max(days - 1, 0)
    assert first not in between(first, last)
    assert last not in between(first, last)
