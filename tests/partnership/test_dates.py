"""Dates as board papers give them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.dates import PreciseDate


@pytest.mark.parametrize(
    ("stored", "precision", "first", "last", "shown"),
    [
        ("2010-05-17", "day", date(2010, 5, 17), date(2010, 5, 17), "17 May 2010"),
        ("2011-04", "month", date(2011, 4, 1), date(2011, 4, 30), "April 2011"),
        ("2012-02", "month", date(2012, 2, 1), date(2012, 2, 29), "February 2012"),
        ("2011-02", "month", date(2011, 2, 1), date(2011, 2, 28), "February 2011"),
        ("2011", "year", date(2011, 1, 1), date(2011, 12, 31), "2011"),
        ("9999-12", "month", date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
        ("later this year", "words", None, None, "later this year"),
        ("by the 3 March meeting", "words", None, None, "by the 3 March meeting"),
        ("May 2010", "words", None, None, "May 2010"),
    ],
)
def test_a_date_knows_how_precise_it_is(stored, precision, first, last, shown):
    given_date = PreciseDate(stored)

    assert given_date.precision == precision
    assert (given_date.first_day, given_date.last_day) == (first, last)
    assert str(given_date) == shown


@pytest.mark.parametrize(
    ("stored", "today", "past"),
    [
        ("2010-05-17", date(2010, 5, 17), False),
        ("2010-05-17", date(2010, 5, 18), True),
        ("2011-04", date(2011, 4, 30), False),
        ("2011-04", date(2011, 5, 1), True),
        ("2011", date(2011, 12, 31), False),
        ("2011", date(2012, 1, 1), True),
        ("later this year", date(9999, 12, 31), False),
    ],
)
def test_a_date_is_past_when_the_whole_of_it_is(stored, today, past):
    assert PreciseDate(stored).is_past(today) is past


@pytest.mark.parametrize(
    "wrong",
    [
        "2010-02-30",
        "2011-02-29",
        "2010-13",
        "2010-00-01",
        "0000",
        "2010-5-17",
        "17/5/2010",
        "17.05.2010",
        "2010-05-17\n",
        "٢٠١٠",
        "",
        "  ",
        "-",
    ],
)
def test_what_only_looks_like_a_date_is_refused(wrong: str):
    with pytest.raises(ValueError, match=r"."):
        PreciseDate(wrong)


@given(st.dates())
def test_every_day_is_kept_exactly(day: date):
    kept = PreciseDate(day.isoformat())

    assert (kept.first_day, kept.last_day, kept.precision) == (day, day, "day")
    assert PreciseDate(day.isoformat()[:7]).last_day >= day
    assert PreciseDate(day.isoformat()[:4]).last_day >= day


@given(st.lists(st.dates(), min_size=2))
def test_days_sort_as_the_calendar_does_and_words_after(days: list[date]):
    kept = [PreciseDate(day.isoformat()) for day in days]
    words = PreciseDate("As soon as possible")

    ordered = sorted([words, *kept], key=lambda each: each.sort_key)

    assert [each.first_day for each in ordered] == [*sorted(days), None]
