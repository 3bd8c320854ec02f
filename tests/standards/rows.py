"""Group scores to test with: written by hand, or drawn."""

from decimal import Decimal

from hypothesis import strategies as st

from standards.analysis import GroupScore, Method, averages

STANDARDS = range(1, 4)
NOT_APPLICABLE = "n/a"

people = st.integers(0, 12)
half_points = st.integers(2, 10).map(lambda steps: Decimal(steps) / 2)
answers = st.one_of(half_points, st.none(), st.just(NOT_APPLICABLE))


def row(group, standard, answer, cohort="A", people=5):
    """A group's answer: a Decimal, None (not scored yet) or "n/a"."""
    value = answer if isinstance(answer, Decimal) else None
    return GroupScore(group, cohort, standard, value, people, answer == NOT_APPLICABLE)


def rows_of(*answers, standard=1, cohort="A", people=5):
    """One cohort's groups on one standard, from "3", "2.5", None or "n/a"."""
    values = [a if a in (None, NOT_APPLICABLE) else Decimal(a) for a in answers]
    return [row(f"{cohort}{i}", standard, a, cohort, people) for i, a in enumerate(values)]


def only(rows, method=Method.MEAN_OF_GROUPS):
    """The average of standard 1."""
    (average,) = averages(rows, [1], method)
    return average


@st.composite
def score_rows(draw, answers=answers, participants=people, full=False):
    """Rows of up to seven groups in up to three cohorts. Unless `full`, there may be no group at
    all, and some cells have no row."""
    rows = []
    for number in range(draw(st.integers(int(full), 7))):
        cohort = draw(st.sampled_from("ABC"))
        size = draw(participants)
        cells = [n for n in STANDARDS if full or draw(st.booleans())]
        rows += [row(f"Group {number}", n, draw(answers), cohort, size) for n in cells]
    return rows
