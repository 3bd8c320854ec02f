"""The charts of an exercise's results. Each stands beside a table of the same figures."""

from decimal import Decimal

from partnership.charts import (
    Bar,
    Change,
    Dot,
    DotRow,
    Picture,
    bar_chart,
    both,
    change_chart,
    dot_chart,
)
from partnership.numbers import counted, display

from .results import Results
from .scale import SCALE_HIGH, SCALE_LOW

LOW, HIGH = Decimal(SCALE_LOW), Decimal(SCALE_HIGH)


def averages_picture(results: Results, key: str = "averages") -> Picture:
    """Return every group's score and the average of each standard; bars of the averages alone
    where the groups' scores are not held."""
    if not results.has_group_scores:
        return both(
            bar_chart, averages_bars(results), LOW, HIGH, _title(results), _ends(results), key=key
        )
    series = results.material.cohorts
    groups = counted(len(results.material.groups), "working group")
    description = f"Each mark is one of {groups}; a line marks the average. {_ends(results)}"
    return both(
        dot_chart, _dot_rows(results), LOW, HIGH, series, _title(results), description, key=key
    )


def averages_bars(results: Results) -> list[Bar]:
    """Return one bar for each standard."""
    return [Bar(str(row.standard), row.average.value) for row in results.rows]


def change_picture(results: Results, key: str = "change") -> Picture | None:
    """Return the averages beside those of the exercise before, None where there was none."""
    if results.previous is None:
        return None
    rows = [
        Change(str(standard), change.previous, change.current)
        for standard, change in zip(results.standards, results.changes, strict=True)
    ]
    names = results.previous.title, results.exercise.title
    risen = sum(1 for change in results.changes if change.change and change.change > 0)
    fallen = sum(1 for change in results.changes if change.change and change.change < 0)
    description = f"{counted(risen, 'average')} rose and {counted(fallen, 'average')} fell."
    title = f"Average scores in {names[0]} and in {names[1]}"
    return both(change_chart, rows, LOW, HIGH, names, title, description, key=key)


def _dot_rows(results: Results) -> list[DotRow]:
    place = {name: number for number, name in enumerate(results.material.cohorts)}
    return [
        DotRow(
            str(row.standard),
            row.average.value,
            [
                Dot(score.value, place[score.cohort], score.group)
                for score in row.scores
                if score.value is not None
            ],
        )
        for row in results.rows
    ]


def _title(results: Results) -> str:
    return f"Average score for each standard, {results.exercise.title}"


def _ends(results: Results) -> str:
    """Say the highest and the lowest average in words."""
    highest, lowest = results.strongest(1), results.lowest(1)
    if not highest.rows:
        return "Nothing has been scored."
    return (
        f"Averages run from {display(lowest.cut)} (standard {lowest.standards[0]}) "
        f"to {display(highest.cut)} (standard {highest.standards[0]}) out of {SCALE_HIGH}."
    )
