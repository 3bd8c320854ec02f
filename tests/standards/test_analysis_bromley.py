"""A self-assessment known only as printed figures (Bromley, 2010)."""

from decimal import Decimal

import pytest

from standards.analysis import (
    Method,
    PublishedFigure,
    averages,
    bands,
    cohort_averages,
    lowest,
    strongest,
)
from tests.standards.rows import only, rows_of

BROMLEY = ["3.2", "2.9", "2.3", "2.7", "3.3", "3.2", "3.2", "3.3", "3.1", "2.7", "3.0", "3.3"]


def bromley():
    return [PublishedFigure(n, Decimal(v)) for n, v in enumerate(BROMLEY, 1)]


@pytest.fixture
def printed():
    return averages([], range(1, 13), Method.RECORDED_FIGURES, bromley())


def test_recorded_figures_are_given_back_as_printed(printed):
    assert [str(a.displayed) for a in printed] == BROMLEY
    assert [a.words for a in printed] == BROMLEY
    assert all(a.recorded and a.n == 0 for a in printed)


def test_strongest_three_are_three(printed):
    ranking = strongest(printed, 3)
    assert ranking.standards == (5, 8, 12)
    assert (ranking.tied, ranking.note) == (False, "")


def test_strongest_four_are_six_because_of_a_tie(printed):
    ranking = strongest(printed, 4)
    assert ranking.standards == (5, 8, 12, 1, 6, 7)
    assert ranking.tied
    assert ranking.note == (
        "Six standards are listed rather than four: standards 1, 6 and 7 are level at 3.2."
    )


def test_lowest_three(printed):
    found = [(a.standard, str(a.displayed)) for a in lowest(printed, 3).rows]
    assert found == [(3, "2.3"), (4, "2.7"), (10, "2.7")]


def test_scores_are_in_the_range_of_two_or_three(printed):
    assert bands(printed) == (2, 3)


def test_recorded_figures_and_group_scores_do_not_mix():
    rows = rows_of("5")
    assert averages(rows, [1], Method.RECORDED_FIGURES, bromley())[0].value == Decimal("3.2")
    assert averages(rows, [1], Method.MEAN_OF_GROUPS, bromley())[0].value == Decimal(5)
    assert averages(rows, [1], Method.RECORDED_FIGURES)[0].value is None


def test_recorded_figures_of_a_cohort_are_its_own():
    figures = [*bromley(), PublishedFigure(1, Decimal("2.8"), "Operational")]
    found = cohort_averages([], ["Operational"], [1, 2], Method.RECORDED_FIGURES, figures)
    assert [a.value for a in found[0].averages] == [Decimal("2.8"), None]
    assert averages([], [1], Method.RECORDED_FIGURES, figures)[0].value == Decimal("3.2")


def test_standard_cannot_have_two_recorded_figures():
    with pytest.raises(ValueError, match="two published"):
        averages([], [1], Method.RECORDED_FIGURES, [*bromley(), *bromley()])


def whole_points(total, groups):
    """Whole scores of so many groups that add up to `total`."""
    return [str(total // groups + (i < total % groups)) for i in range(groups)]


def reachable(groups):
    """Every average that so many groups scoring 1 to 5 in whole points can show."""
    totals = range(groups, 5 * groups + 1)
    return {str(only(rows_of(*whole_points(total, groups))).displayed) for total in totals}


def test_bromley_is_no_mean_of_seven_or_six_groups_scoring_whole_points():
    assert set(BROMLEY) - reachable(7) >= {"3.2"}
    assert set(BROMLEY) - reachable(6) >= {"2.9", "3.1"}


@pytest.mark.parametrize("figure", sorted(set(BROMLEY)))
def test_bromley_can_be_a_mean_of_cohorts_with_the_operational_group_lower(figure):
    shown = set()
    for total in range(6, 31):
        for operational in (n for n in range(1, 6) if 6 * n < total):
            rows = rows_of(*whole_points(total, 6), cohort="Strategic")
            rows += rows_of(str(operational), cohort="Operational")
            shown.add(str(only(rows, Method.MEAN_OF_COHORTS).displayed))
    assert figure in shown
