"""Numbers as people read them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.numbers import (
    counted,
    days,
    display,
    in_words,
    listing,
    plain,
    round_half_up,
    signed,
)

values = st.decimals(-50, 50, places=4)


@given(values, st.integers(0, 3))
def test_round_half_up_is_nearest_with_halves_away_from_zero(value, places):
    unit = Fraction(1, 10**places)
    steps = (2 * abs(Fraction(value)) / unit + 1) // 2
    expected = steps * unit * (1 if value >= 0 else -1)
    assert Fraction(round_half_up(value, places)) == expected
    assert -round_half_up(value, places).as_tuple().exponent == places


@pytest.mark.parametrize(
    ("value", "shown"),
    [("2.25", "2.3"), ("2.35", "2.4"), ("2.249", "2.2"), ("-0.25", "-0.3"), ("3", "3.0")],
)
def test_display_rounds_half_up_and_keeps_its_place(value, shown):
    assert display(Decimal(value)) == shown


def test_one_place_is_the_rule():
    assert round_half_up(Decimal("3.25")) == Decimal("3.3")
    assert signed(Decimal("0.25")) == "+0.3"


def test_display_says_what_it_is_told_where_there_is_no_value():
    assert display(None) == ""
    assert display(None, missing="not scored") == "not scored"
    assert display(Decimal(0)) == "0.0"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("12", "12 days"),
        ("12.00", "12 days"),
        ("20", "20 days"),
        ("1", "1 day"),
        ("1.00", "1 day"),
        ("2.50", "2.5 days"),
        ("0.25", "0.25 days"),
        ("0", "0 days"),
        ("-3", "−3 days"),
    ],
)
def test_days_are_shown_in_full_and_no_longer(value, shown):
    assert days(Decimal(value)) == shown


def test_days_that_nobody_gave_are_not_zero():
    assert days(None) == ""
    assert days(None, missing="none asked") == "none asked"


@given(values)
def test_plain_loses_nothing(value):
    assert Decimal(plain(value).replace("−", "-")) == value


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ("0.4", "+0.4"),
        ("-0.2", "−0.2"),
        ("0.05", "+0.1"),
        ("-0.05", "−0.1"),
        ("0", "no change"),
        ("0.04", "no change"),
        ("-0.04", "no change"),
    ],
)
def test_signed_shows_the_direction_of_what_shows(change, shown):
    assert signed(Decimal(change)) == shown


def test_signed_says_what_it_is_told_where_nothing_can_be_compared():
    assert signed(None) == ""
    assert signed(None, missing="not comparable") == "not comparable"


def test_counts_are_words_up_to_twelve():
    shown = [in_words(n) for n in (0, 1, 6, 12, 13)]
    assert shown == ["zero", "one", "six", "twelve", "13"]


def test_counted_agrees_in_number():
    shown = [counted(1, "group"), counted(0, "group"), counted(2, "body", "bodies")]
    assert shown == ["1 group", "0 groups", "2 bodies"]


def test_listing_joins_as_a_sentence_does():
    assert [listing(range(n)) for n in range(4)] == ["", "0", "0 and 1", "0, 1 and 2"]
