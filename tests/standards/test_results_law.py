"""One law: the results are what the stored rows make of themselves, computed here from scratch.

The second computation shares nothing with the product: it reads rows as they lie in the tables, and
works in fractions by the definition of each method.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import hypothesis
import pytest
from django.db import connection, transaction
from hypothesis import strategies as st

from standards.models import Participant, PublishedScore
from standards.results import averages_of, results_for
from tests import factories as make

STANDARDS = 3
EXAMPLES = max(hypothesis.settings.default.max_examples // 4, 15)
METHODS = ("mean_of_groups", "mean_of_cohorts", "weighted_by_participants", "recorded_figures")

answers = st.none() | st.just(make.NOT_APPLICABLE) | st.integers(2, 10).map(lambda n: str(n / 2))
tables = st.tuples(
    st.sampled_from(("Strategic", "Operational", "Providers")),
    st.integers(0, 3),
    st.lists(answers, min_size=STANDARDS, max_size=STANDARDS),
    st.booleans(),
)
printed = st.none() | st.integers(10, 50).map(lambda tenths: str(tenths / 10))
figures = st.lists(printed, min_size=STANDARDS, max_size=STANDARDS)


def exercise_of(partnership, method: str, found: list, published: list):
    """An exercise of these tables; where the last of a table's four is true, its first score was
    reopened and counts no more."""
    made = make.exercise(partnership, standards=STANDARDS, averaging=method)
    for place, (cohort, size, values, reopened) in enumerate(found):
        group = make.working_group(made, f"Table {place}", cohort, people=size)
        make.scores(group, *values)
        if reopened and (score := group.scores.order_by("standard__number").first()):
            type(score).objects.filter(pk=score.pk).update(is_agreed=False)
    for standard, value in zip(made.framework.standards.order_by("number"), published, strict=True):
        if value:
            PublishedScore.objects.create(exercise=made, standard=standard, value=Decimal(value))
    return made


def stored(query: str, exercise) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, [exercise.pk])
        return cursor.fetchall()


SCORES = """
    SELECT standard.number, score.value, score.not_applicable, cohort.name, team.id
    FROM standards_score AS score
    JOIN standards_workinggroup AS team ON team.id = score.working_group_id
    JOIN standards_cohort AS cohort ON cohort.id = team.cohort_id
    JOIN standards_session AS session ON session.id = team.session_id
    JOIN standards_standard AS standard ON standard.id = score.standard_id
    WHERE session.exercise_id = %s AND score.is_agreed
"""
PRINTED = """
    SELECT standard.number, figure.value
    FROM standards_publishedscore AS figure
    JOIN standards_standard AS standard ON standard.id = figure.standard_id
    WHERE figure.exercise_id = %s AND figure.cohort_id IS NULL
"""


def from_scratch(exercise, method: str) -> dict[int, Fraction | None]:
    """The average of each standard, in points, by the definition of the method."""
    if method == "recorded_figures":
        known = {number: Fraction(tenths, 10) for number, tenths in stored(PRINTED, exercise)}
        return {number: known.get(number) for number in range(1, STANDARDS + 1)}
    rows = [row for row in stored(SCORES, exercise) if not row[2]]
    return {
        number: average([row for row in rows if row[0] == number], method)
        for number in range(1, STANDARDS + 1)
    }


def average(rows: list[tuple], method: str) -> Fraction | None:
    """The average of one standard's scores, which rest as half points."""
    if method == "mean_of_cohorts":
        cohorts = {row[3] for row in rows}
        means = [mean([Fraction(r[1], 2) for r in rows if r[3] == cohort]) for cohort in cohorts]
        return mean(means)
    if method == "weighted_by_participants":
        return mean([Fraction(row[1], 2) for row in rows for _ in range(people(row[4]))])
    return mean([Fraction(row[1], 2) for row in rows])


def people(group: int) -> int:
    return Participant.objects.filter(working_group=group).count()


def mean(values: list[Fraction]) -> Fraction | None:
    return sum(values, Fraction()) / len(values) if values else None


def one_place(value: Fraction | None) -> Decimal | None:
    """Half up, by whole numbers: 2.25 is 22.5 tenths and so 23."""
    return None if value is None else Decimal((value * 20 + 1) // 2) / 10


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
@hypothesis.settings(
    max_examples=EXAMPLES, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(found=st.lists(tables, max_size=5), published=figures)
def test_results_equal_a_recomputation_from_the_rows(partnership, method, found, published):
    with transaction.atomic():
        exercise = exercise_of(partnership, method, found, published)
        expected = from_scratch(exercise, method)
        results = results_for(exercise)
        assert results.averages == averages_of([exercise])[exercise.pk]
        for row in results.rows:
            exact, shown = expected[row.standard.number], row.average
            assert shown.displayed == one_place(exact)
            if exact is None:
                assert shown.value is None
            else:
                assert abs(Fraction(shown.value) - exact) < Fraction(1, 10**20)
            check_counts(exercise, method, row)
        transaction.set_rollback(True)


def check_counts(exercise, method: str, row) -> None:
    """Every group is in one count, and the spread is that of the scores in the table."""
    here = [each for each in stored(SCORES, exercise) if each[0] == row.standard.number]
    values = sorted(Decimal(each[1]) / 2 for each in here if not each[2])
    assert (
        (row.spread.low, row.spread.high) == (values[0], values[-1])
        if values
        else (row.spread is None)
    )
    if method == "recorded_figures":
        return
    counts = row.average
    groups = sum(session.working_groups.count() for session in exercise.sessions.all())
    assert counts.n + counts.weightless == len(values)
    assert counts.not_applicable == sum(bool(each[2]) for each in here)
    assert counts.n + counts.weightless + counts.not_applicable + counts.missing == groups


def test_the_rounding_of_this_test_is_half_up():
    for tenths in range(100, 600):
        value = Decimal(tenths) / 100
        expected = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        assert one_place(Fraction(value)) == expected
