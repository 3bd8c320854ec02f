"""Averages, their laws, and what follows from them: changes and completeness."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.analysis import (
    GroupScore,
    Method,
    PublishedFigure,
    averages,
    changes,
    cohort_averages,
    completeness,
)
from tests.standards.rows import STANDARDS, half_points, only, row, rows_of, score_rows

methods = st.sampled_from([m for m in Method if m is not Method.RECORDED_FIGURES])


@given(score_rows(), methods, st.randoms())
def test_averages_do_not_depend_on_the_order_of_rows(rows, method, random):
    shuffled = random.sample(rows, len(rows))
    assert averages(rows, STANDARDS, method) == averages(shuffled, STANDARDS, method)


@given(score_rows(), methods)
def test_average_lies_between_the_lowest_and_the_highest_score(rows, method):
    for average in averages(rows, STANDARDS, method):
        values = [r.value for r in rows if r.standard == average.standard and r.value]
        if average.value is not None:
            assert min(values) <= average.value <= max(values)
            assert average.displayed is not None


@given(score_rows(), methods)
def test_every_standard_is_there_once_and_every_group_is_counted_once(rows, method):
    result = averages(rows, reversed(STANDARDS), method)
    groups = {r.group for r in rows}
    assert [a.standard for a in result] == list(STANDARDS)
    for a in result:
        assert a.n + a.not_applicable + a.missing + a.weightless == len(groups)


@given(score_rows(), methods)
def test_missing_and_not_applicable_scores_leave_the_denominator(rows, method):
    scored = [r for r in rows if r.value is not None]
    with_all = averages(rows, STANDARDS, method)
    without = averages(scored, STANDARDS, method)
    assert [(a.value, a.n) for a in with_all] == [(a.value, a.n) for a in without]


@given(score_rows(participants=st.just(8)))
def test_equal_weights_give_the_mean_of_groups(rows):
    weighted = averages(rows, STANDARDS, Method.WEIGHTED_BY_PARTICIPANTS)
    assert weighted == averages(rows, STANDARDS, Method.MEAN_OF_GROUPS)


@given(score_rows(answers=half_points, full=True))
def test_mean_of_cohorts_differs_from_mean_of_groups_exactly_when_it_should(rows):
    """They agree if and only if the sizes of the cohorts do not vary with their means: the sum
    of (size - mean size) x (cohort mean) is 0."""
    cohorts = defaultdict(list)
    for r in rows:
        if r.standard == 1:
            cohorts[r.cohort].append(Fraction(r.value))
    mean_size = Fraction(sum(map(len, cohorts.values())), len(cohorts))
    vary = sum((len(v) - mean_size) * sum(v) / len(v) for v in cohorts.values())
    agree = only(rows).value == only(rows, Method.MEAN_OF_COHORTS).value
    assert agree == (vary == 0)


@given(st.lists(half_points, min_size=1, max_size=4), st.lists(half_points, min_size=1, max_size=4))
def test_two_cohorts_agree_with_the_groups_only_if_their_sizes_or_means_are_equal(first, second):
    rows = rows_of(*first, cohort="A") + rows_of(*second, cohort="B")
    agree = only(rows).value == only(rows, Method.MEAN_OF_COHORTS).value
    same_means = Fraction(sum(first)) / len(first) == Fraction(sum(second)) / len(second)
    assert agree == (len(first) == len(second) or same_means)


@given(score_rows(), methods)
def test_a_cohort_is_averaged_as_if_it_were_alone(rows, method):
    for cohort in cohort_averages(rows, "CAB", STANDARDS, method):
        alone = [r for r in rows if r.cohort == cohort.cohort]
        assert cohort.averages == averages(alone, STANDARDS, method)


@given(score_rows())
def test_mean_of_cohorts_is_the_mean_of_the_cohorts_that_scored(rows):
    by_cohort = cohort_averages(rows, "ABC", STANDARDS, Method.MEAN_OF_COHORTS)
    for place, average in enumerate(averages(rows, STANDARDS, Method.MEAN_OF_COHORTS)):
        means = [c.averages[place].value for c in by_cohort if c.averages[place].n]
        if means:
            assert abs(average.value - sum(means) / len(means)) < Decimal("1e-20")
        else:
            assert average.value is None


@given(score_rows(), methods)
def test_completeness_puts_every_cell_in_exactly_one_count(rows, method):
    groups = sorted({r.group for r in rows})
    found = completeness(rows, [*groups, "Unheard"], STANDARDS)
    result = averages(rows, STANDARDS, method)
    assert found.overall.total == (len(groups) + 1) * len(STANDARDS)
    assert found.overall.scored == sum(a.n + a.weightless for a in result)
    assert found.overall.not_applicable == sum(a.not_applicable for a in result)
    assert found.overall.missing == sum(a.missing for a in result) + len(STANDARDS)
    assert found.groups[-1].to_score == tuple(STANDARDS)


def test_missing_score_is_not_a_zero():
    average = only(rows_of("4", None, "3"))
    assert average.value == Decimal("3.5")
    assert (average.n, average.missing) == (2, 1)
    assert average.words == "3.5 (2 groups; 1 not yet scored)"


def test_not_applicable_is_shown_without_and_with():
    average = only(rows_of("4", "n/a", "3", None))
    assert average.value == Decimal("3.5")
    assert (average.n, average.not_applicable, average.answered) == (2, 1, 3)
    assert average.not_applicable_share == Decimal(1) / 3
    assert average.words == "3.5 (2 groups; 1 not applicable; 1 not yet scored)"


def test_standard_that_nobody_scored_says_so():
    average = only(rows_of(None, "n/a"))
    assert average.value is None
    assert average.displayed is None
    assert average.words.startswith("Not scored")
    assert only([]).not_applicable_share is None


def test_half_is_rounded_up_once_from_the_exact_average():
    assert only(rows_of("3", "3", "3", "4")).displayed == Decimal("3.3")
    # Cohort means of 11/6, 4, 5, 13/12 and 4/3 average 2.65; as rounded decimals they fall short.
    halves = {"A": (11, 3), "B": (24, 3), "C": (70, 7), "D": (13, 6), "E": (8, 3)}
    rows = [r for c, (sum_, n) in halves.items() for r in half_points_of(sum_, n, c)]
    assert only(rows, Method.MEAN_OF_COHORTS).value == Decimal("2.65")


def half_points_of(total, groups, cohort):
    steps = [total // groups + (i < total % groups) for i in range(groups)]
    return rows_of(*[Decimal(s) / 2 for s in steps], cohort=cohort)


def test_groups_weigh_by_their_participants():
    rows = rows_of("2", people=9) + rows_of("4", cohort="B", people=3)
    assert only(rows, Method.WEIGHTED_BY_PARTICIPANTS).value == Decimal("2.5")


def test_group_without_participants_weighs_nothing_and_is_counted_apart():
    rows = rows_of("2", people=9) + rows_of("4", cohort="B", people=0)
    average = only(rows, Method.WEIGHTED_BY_PARTICIPANTS)
    assert (average.value, average.n, average.weightless) == (Decimal(2), 1, 1)
    assert average.answered == 2


def test_weighted_average_without_any_participants_is_not_another_method_in_disguise():
    average = only(rows_of("2", "4", people=0), Method.WEIGHTED_BY_PARTICIPANTS)
    assert (average.value, average.n, average.weightless) == (None, 0, 2)
    assert average.words == "Not averaged (2 without participants)"


def test_group_whose_size_nobody_recorded_has_no_participants():
    scores = [GroupScore("One", "A", 1, Decimal(3))]
    assert only(scores, Method.WEIGHTED_BY_PARTICIPANTS).weightless == 1


def test_method_may_come_as_the_word_a_database_holds():
    rows = rows_of("2", people=9) + rows_of("4", cohort="B", people=3)
    assert only(rows, "weighted_by_participants").value == Decimal("2.5")
    with pytest.raises(ValueError, match="median"):
        only(rows, "median")


def test_every_method_has_a_sentence_of_its_own():
    assert len({method.words for method in Method}) == len(Method) == 4
    assert all(method.words.endswith(".") for method in Method)
    assert Method.MEAN_OF_COHORTS.label == "Mean of cohorts"


@pytest.mark.parametrize("value", ["0", "-1"])
def test_zero_is_not_a_score(value):
    with pytest.raises(ValueError, match="above 0"):
        GroupScore("One", "A", 1, Decimal(value))
    with pytest.raises(ValueError, match="above 0"):
        PublishedFigure(1, Decimal(value))


def test_what_is_no_score_is_refused():
    with pytest.raises(TypeError):
        GroupScore("One", "A", 1, 3.5)
    with pytest.raises(ValueError, match="exclude"):
        GroupScore("One", "A", 1, Decimal(3), not_applicable=True)
    with pytest.raises(ValueError, match="participants"):
        GroupScore("One", "A", 1, Decimal(3), participants=-1)


@given(score_rows(full=True), methods)
def test_one_group_cannot_score_a_standard_twice(rows, method):
    with pytest.raises(ValueError, match="twice"):
        averages([*rows, rows[0]], STANDARDS, method)


# Since the last exercise.


def test_changes_are_differences_of_what_was_printed():
    before = averages(rows_of("3", "3", "3", "4"), [1], Method.MEAN_OF_GROUPS)  # 3.25 -> 3.3
    now = averages(rows_of("3", "3.5"), [1], Method.MEAN_OF_GROUPS)  # 3.25 -> 3.3
    later = averages(rows_of("3", "4", "3", "4"), [1, 2], Method.MEAN_OF_GROUPS)  # 3.5
    assert not changes(now, before)[0].moved
    first, second = changes(later, before)
    assert (first.change, first.moved, first.words) == (Decimal("0.2"), True, "+0.2")
    assert (second.change, second.moved, second.words) == (None, False, "not comparable")
    assert changes(before, later)[0].words == "−0.2"


@given(score_rows(), score_rows(), methods)
def test_changes_reverse_with_time(rows, other, method):
    now, before = averages(rows, STANDARDS, method), averages(other, STANDARDS, method)
    forward, back = changes(now, before), changes(before, now)
    for ahead, behind in zip(forward, back, strict=True):
        assert ahead.moved == behind.moved
        assert ahead.change is None or ahead.change == -behind.change


def test_standards_are_listed_by_number():
    rows = [row("One", 1, Decimal(3))]
    listed = averages(rows, [16, 9, 16], Method.MEAN_OF_GROUPS)
    assert [a.standard for a in listed] == [9, 16]
    assert completeness(rows, ["One"], [16, 9, 16]).groups[0].to_score == (9, 16)


def test_completeness_names_what_each_group_has_still_to_score():
    rows = [row("One", 1, Decimal(3)), row("One", 2, "n/a"), row("One", 3, None)]
    found = completeness(rows, ["One", "Two"], STANDARDS)
    one, two = found.groups
    assert (one.cells.scored, one.cells.not_applicable, one.to_score) == (1, 1, (3,))
    assert (two.cells.answered, two.to_score) == (0, (1, 2, 3))
    assert (found.overall.answered, found.overall.complete) == (2, False)
    done = [replace(r, value=Decimal(2), not_applicable=False) for r in rows]
    assert completeness(done, ["One"], STANDARDS).overall.complete
    assert not completeness([], [], STANDARDS).overall.complete
