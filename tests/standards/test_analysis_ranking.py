"""Strongest, lowest, and bands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.analysis import StandardAverage, band, bands, lowest, strongest

tenths = st.one_of(st.none(), st.integers(10, 50).map(lambda n: Decimal(n) / 10))
few_tenths = st.one_of(st.none(), st.sampled_from([Decimal("3.1"), Decimal("3.2"), Decimal(3)]))
exact = st.fractions(1, 5, max_denominator=60).map(
    lambda f: Decimal(f.numerator) / Decimal(f.denominator)
)
results = st.lists(st.one_of(few_tenths, tenths, exact), max_size=12).map(
    lambda values: [StandardAverage(n, v, n=int(v is not None)) for n, v in enumerate(values, 1)]
)
counts = st.integers(1, 13)


def scored(*values):
    return [StandardAverage(n, v and Decimal(v)) for n, v in enumerate(values, 1)]


@given(results, counts)
def test_ranking_never_splits_a_tie_and_leaves_out_nothing_better(averages, count):
    for ranking, sign in ((strongest(averages, count), 1), (lowest(averages, count), -1)):
        left = [
            a for a in averages if a.displayed is not None and a.standard not in ranking.standards
        ]
        for inside in ranking.rows:
            assert all(sign * a.displayed < sign * inside.displayed for a in left)


@given(results, counts)
def test_ranking_is_as_long_as_asked_or_longer_by_a_tie_only(averages, count):
    for ranking in (strongest(averages, count), lowest(averages, count)):
        there = sum(a.displayed is not None for a in averages)
        assert len(ranking.rows) >= min(count, there)
        assert len(ranking.rows) - len(ranking.at_cut) < count
        assert ranking.tied == (len(ranking.rows) > count)
        assert bool(ranking.note) == (len(ranking.rows) != count)


@given(results, counts, st.randoms())
def test_ranking_does_not_depend_on_the_order_given(averages, count, random):
    shuffled = random.sample(averages, len(averages))
    assert strongest(shuffled, count) == strongest(averages, count)
    assert lowest(shuffled, count) == lowest(averages, count)
    assert bands(shuffled) == bands(averages)


@given(results, counts)
def test_ranking_is_ordered_by_what_is_displayed_then_by_number(averages, count):
    up = [(a.displayed, a.standard) for a in lowest(averages, count).rows]
    down = [(-a.displayed, a.standard) for a in strongest(averages, count).rows]
    assert up == sorted(up)
    assert down == sorted(down)


def test_values_that_look_equal_rank_as_equal():
    averages = scored("3.24", "3.16", "3.2", "3.14")
    assert strongest(averages, 1).standards == (1, 2, 3)
    assert lowest(averages, 1).standards == (4,)


def test_standard_not_scored_is_never_ranked():
    averages = scored(None, "3.1", None)
    assert lowest(averages, 3).standards == (2,)
    assert lowest(averages, 3).note == "Only one standard has been scored."
    assert strongest(scored(None), 3).note == "No standard has been scored."
    assert strongest(scored(None), 3).cut is None
    assert strongest(scored("2", "3"), 3).note == "Only two standards have been scored."


def test_ranking_of_none_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        strongest(scored("3"), 0)


@pytest.mark.parametrize(
    ("value", "level"), [("1", 1), ("2.7", 2), ("2.99", 2), ("3.0", 3), ("5", 5)]
)
def test_band_is_the_level_reached(value, level):
    assert band(Decimal(value)) == level


def test_bands_go_by_what_is_displayed():
    assert bands(scored("2.96", None, "4.1", "4.9")) == (3, 4)
    assert bands(scored(None)) == ()
