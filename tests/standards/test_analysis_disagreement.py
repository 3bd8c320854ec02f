"""Spread, consensus, what to discuss first, and how cohorts differ."""

from decimal import Decimal
from math import isclose
from statistics import pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.analysis import (
    CohortAverages,
    CohortGap,
    Method,
    StandardAverage,
    cohort_averages,
    cohort_gaps,
    consensus,
    consistently_lower,
    discuss_first,
    spread,
)
from tests.standards.rows import STANDARDS, half_points, row, rows_of, score_rows

scores = st.lists(half_points, min_size=1, max_size=12)
ENDS = [Decimal(1), Decimal(5)]


def cohort(name, *values):
    rows = [StandardAverage(n, v and Decimal(v)) for n, v in enumerate(values, 1)]
    return CohortAverages(name, tuple(rows))


@given(scores)
def test_consensus_lies_between_none_and_all(values):
    assert 0 <= consensus(values) <= 1


@given(scores, st.randoms())
def test_consensus_does_not_depend_on_order_or_direction(values, random):
    assert consensus(random.sample(values, len(values))) == consensus(values)
    assert consensus([6 - value for value in values]) == consensus(values)


@given(scores, st.integers(2, 4))
def test_consensus_depends_on_shares_and_not_on_numbers(values, times):
    assert isclose(consensus(values * times), consensus(values), abs_tol=1e-20)


@given(scores)
def test_consensus_is_whole_only_where_all_agree(values):
    assert (consensus(values) == 1) == (len(set(values)) == 1)


@given(st.integers(1, 20))
def test_consensus_is_nothing_where_half_stand_at_either_end(half):
    assert consensus(ENDS * half) == 0
    assert consensus([*ENDS * half, Decimal(3)]) > 0


def test_consensus_agrees_with_a_reference_implementation():
    """The example of the R package agrmt: 910 answers on seven points give 0.7256876."""
    answers = [30, 40, 210, 130, 530, 50, 10]
    values = [Decimal(level) for level, n in enumerate(answers, 1) for _ in range(n)]
    assert str(consensus(values, 1, 7))[:9] == "0.7256876"


def test_consensus_is_measured_on_the_scale_used():
    assert consensus(ENDS, 1, 5) == 0
    assert consensus(ENDS, 1, 10) > 0


@pytest.mark.parametrize("values", [[], ["0.5", "3"], ["5.5", "3"]])
def test_consensus_needs_scores_of_the_scale(values):
    with pytest.raises(ValueError, match="from 1 to 5"):
        consensus([Decimal(value) for value in values])


@given(scores, st.randoms())
def test_spread_measures_range_and_population_deviation(values, random):
    found = spread(random.sample(values, len(values)))
    assert found == spread(values)
    assert (found.n, found.range) == (len(values), max(values) - min(values))
    assert isclose(found.standard_deviation, pstdev(values), abs_tol=1e-12)
    assert found.standard_deviation <= found.range / 2
    assert found.comparable == (len(values) > 1)


def test_spread_of_no_scores_is_none():
    assert spread([]) is None


@given(score_rows(), st.randoms())
def test_discuss_first_is_ordered_by_range_then_gap_then_number(rows, random):
    gaps = cohort_gaps(cohort_averages(rows, "ABC", STANDARDS, Method.MEAN_OF_GROUPS))
    found = discuss_first(rows, STANDARDS, gaps)
    keys = [(-d.spread.range, -(d.gap.value or 0), d.standard) for d in found]
    assert keys == sorted(keys)
    assert found == discuss_first(random.sample(rows, len(rows)), STANDARDS, gaps)


@given(score_rows())
def test_discuss_first_lists_just_the_standards_with_a_difference(rows):
    values = {n: {r.value for r in rows if r.standard == n and r.value} for n in STANDARDS}
    differing = {n for n, found in values.items() if len(found) > 1}
    assert {d.standard for d in discuss_first(rows, STANDARDS)} == differing


def test_discuss_first_says_why():
    rows = rows_of("2", "4.5", None) + rows_of("4", "4.5", cohort="B")
    gaps = [CohortGap(1, Decimal("0.8"), ("B",), ("A",))]
    (found,) = discuss_first(rows, [1], gaps)
    assert (found.spread.n, found.spread.range) == (4, Decimal("2.5"))
    assert (found.lowest, found.highest) == (("A0",), ("A1", "B1"))
    assert found.reason == "Scores run from 2 to 4.5. B scored 0.8 above A."
    assert discuss_first(rows, [1])[0].reason == "Scores run from 2 to 4.5."


def test_groups_at_either_end_are_named_in_order():
    rows = [row(g, 1, Decimal(v)) for g, v in (("D", 2), ("C", 4), ("B", 2), ("A", 4))]
    (found,) = discuss_first(rows, [1])
    assert (found.lowest, found.highest) == (("B", "D"), ("A", "C"))


def test_discuss_first_takes_the_larger_gap_where_ranges_are_equal():
    rows = [row(g, n, Decimal(v)) for n in STANDARDS for g, v in (("One", 2), ("Two", 3))]
    gaps = [CohortGap(n, Decimal(v), ("B",), ("A",)) for n, v in ((1, "0.1"), (2, "0.9"))]
    assert [d.standard for d in discuss_first(rows, STANDARDS, gaps)] == [2, 1, 3]


def test_discuss_first_passes_over_one_score_and_agreement():
    gap = CohortGap(1, Decimal(1), ("B",), ("A",))
    assert discuss_first(rows_of("2", None, "n/a"), [1], [gap]) == ()
    assert discuss_first(rows_of("2", "2"), [1]) == ()
    (found,) = discuss_first(rows_of("2", "2"), [1], [gap])
    assert found.reason == "All scored 2. B scored 1 above A."


@given(score_rows())
def test_cohort_gap_is_the_largest_difference_between_two_cohorts(rows):
    found = cohort_averages(rows, "ABC", STANDARDS, Method.MEAN_OF_GROUPS)
    for place, gap in enumerate(cohort_gaps(found)):
        shown = [c.averages[place].displayed for c in found if c.averages[place].n]
        differences = [a - b for a in shown for b in shown]
        assert gap.value == (max(differences) if len(shown) > 1 else None)


def test_cohort_gap_names_every_cohort_at_an_end():
    cohorts = [
        cohort("Board", "3.24", None),
        cohort("Young people", "3.2", "4"),
        cohort("Ops", "2"),
    ]
    first, second = cohort_gaps(cohorts)
    assert (first.value, first.lowest) == (Decimal("1.2"), ("Ops",))
    assert first.words == "Board and Young people scored 1.2 above Ops."
    assert (second.value, second.words) == (None, "")


def test_cohort_gaps_are_in_order_where_cohorts_scored_different_standards():
    later = CohortAverages("Late", (StandardAverage(2, Decimal(3)),))
    assert [gap.standard for gap in cohort_gaps([later, cohort("Board", "3", "4")])] == [1, 2]


def test_level_cohorts_have_no_gap_to_speak_of():
    (gap,) = cohort_gaps([cohort("Board", "3.24"), cohort("Ops", "3.2")])
    assert (gap.value, gap.words) == (0, "")


def test_consistently_lower_holds_on_every_standard_both_scored():
    found = consistently_lower(
        [cohort("Board", "3", "4", "2", None), cohort("Ops", "2.9", "3", None, "4")], "Ops", "Board"
    )
    assert (found.holds, found.compared, found.exceptions) == (True, (1, 2), ())
    assert found.words == "Ops scored lower than Board on all 2 standards."


def test_consistently_lower_lists_its_exceptions_level_or_above():
    board, ops = (
        cohort("Board", "3", "3.2", "2", "4", "5"),
        cohort("Ops", "2", "3.24", "3", "1", "1"),
    )
    found = consistently_lower([board, ops], "Ops", "Board")
    assert (found.holds, found.mostly) == (False, True)
    assert (found.level, found.above, found.exceptions) == ((2,), (3,), (2, 3))
    assert found.words == "Ops scored lower than Board on 3 of 5 standards, not on 2 and 3."


def test_consistently_lower_has_its_exceptions_in_order():
    board, ops = cohort("Board", "3", "3"), cohort("Ops", "3", "4")
    found = consistently_lower([ops, board], "Ops", "Board")
    assert (found.exceptions, found.mostly) == ((1, 2), False)
    board, ops = cohort("Board", "3", "3", "3"), cohort("Ops", "4", "2", "3")
    assert consistently_lower([board, ops], "Board", "Ops").words == (
        "Board scored lower than Ops on 1 of 3 standards, not on 2 and 3."
    )


def test_consistently_lower_on_a_single_standard():
    found = consistently_lower([cohort("Board", "3"), cohort("Ops", "2")], "Ops", "Board")
    assert found.words == "Ops scored lower than Board on 1 standard."


def test_consistently_lower_does_not_hold_of_nothing():
    found = consistently_lower([cohort("Board", None), cohort("Ops", "2")], "Ops", "Board")
    assert (found.holds, found.mostly) == (False, False)
    assert found.words == "Ops and Board have no standard that both scored."
    with pytest.raises(KeyError):
        consistently_lower([cohort("Board", "3")], "Nobody", "Board")


@given(score_rows())
def test_two_cohorts_cannot_both_be_consistently_lower(rows):
    found = cohort_averages(rows, "AB", STANDARDS, Method.MEAN_OF_GROUPS)
    one, other = consistently_lower(found, "A", "B"), consistently_lower(found, "B", "A")
    assert not (one.holds and other.holds)
    assert (one.compared, one.level) == (other.compared, other.level)
    lower = set(one.compared) - set(one.exceptions)
    assert lower == set(other.above)
