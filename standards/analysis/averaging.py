"""Average scores by each of four methods, overall and by cohort.

Sums are exact fractions and become Decimals once, at the end: an average that is exactly 3.25
stays so, and is shown as 3.3 whichever way it was reached.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from partnership.numbers import counted, display, round_half_up


class Method(StrEnum):
    """How an exercise averages its scores: a visible choice, printed wherever averages are."""

    MEAN_OF_GROUPS = "mean_of_groups"
    MEAN_OF_COHORTS = "mean_of_cohorts"
    WEIGHTED_BY_PARTICIPANTS = "weighted_by_participants"
    RECORDED_FIGURES = "recorded_figures"

    @property
    def label(self) -> str:
        """A short name for a choice or a table: "Mean of cohorts"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def words(self) -> str:
        """One plain sentence for papers and pages."""
        return METHOD_WORDS[self]


METHOD_WORDS = {
    Method.MEAN_OF_GROUPS: "Each average is the mean of the scores agreed by the working groups, "
    "every group counting equally.",
    Method.MEAN_OF_COHORTS: "Each average is the mean of the cohorts’ own averages, "
    "every cohort counting equally however many groups it had.",
    Method.WEIGHTED_BY_PARTICIPANTS: "Each average is the mean of the scores agreed by the "
    "working groups, each group counting by the number of people who took part in it.",
    Method.RECORDED_FIGURES: "The averages are the figures recorded at the time; "
    "the scores of the working groups behind them are not held here.",
}


@dataclass(frozen=True)
class GroupScore:
    """What one working group said about one standard. `group` and `cohort` are names, unique in
    their exercise: sentences print them. No value, and not `not_applicable`: not scored yet.
    `participants` is the group's number of people. Raises ValueError for what is no score."""

    group: str
    cohort: str
    standard: int
    value: Decimal | None
    participants: int = 0
    not_applicable: bool = False

    def __post_init__(self) -> None:
        if self.value is not None:
            _require_score(self.value)
            if self.not_applicable:
                raise ValueError("A score and “not applicable” exclude each other.")
        if self.participants < 0:
            raise ValueError("The number of participants cannot be below 0.")


@dataclass(frozen=True)
class PublishedFigure:
    """An average known only as a printed figure; without a cohort it is the overall one."""

    standard: int
    value: Decimal
    cohort: str | None = None

    def __post_init__(self) -> None:
        _require_score(self.value)


@dataclass(frozen=True)
class StandardAverage:
    """The average score of one standard; `value` is not rounded, and None if nothing counts.

    Every group is in exactly one of four counts: `n` whose score counts, `not_applicable`,
    `missing` (not scored yet), and `weightless` (scored, but the average is weighted by
    participants and the group has none). A `recorded` figure has no groups behind it.

    "Not applicable" is shown without and with. Without: it leaves the denominator, and `value`
    is the average. With: `not_applicable` groups said so, a `not_applicable_share` of those
    that answered. It is never turned into a number.
    """

    standard: int
    value: Decimal | None
    n: int = 0
    not_applicable: int = 0
    missing: int = 0
    weightless: int = 0
    recorded: bool = False

    @property
    def displayed(self) -> Decimal | None:
        """The value rounded half up to one place: what is printed, ranked and compared."""
        return None if self.value is None else round_half_up(self.value)

    @property
    def answered(self) -> int:
        """How many groups gave a score or said that the standard is not applicable."""
        return self.n + self.weightless + self.not_applicable

    @property
    def not_applicable_share(self) -> Decimal | None:
        """Groups saying "not applicable" over groups that answered (0 to 1), None if none did."""
        return Decimal(self.not_applicable) / self.answered if self.answered else None

    @property
    def words(self) -> str:
        """The average and what stands behind it: "3.2 (6 groups; 1 not yet scored)"."""
        facts = [counted(self.n, "group")] if self.n else []
        facts += [f"{self.not_applicable} not applicable"] if self.not_applicable else []
        facts += [f"{self.missing} not yet scored"] if self.missing else []
        facts += [f"{self.weightless} without participants"] if self.weightless else []
        shown = display(self.value, missing="Not averaged" if self.weightless else "Not scored")
        return f"{shown} ({'; '.join(facts)})" if facts else shown


@dataclass(frozen=True)
class CohortAverages:
    """One cohort's averages, one for every standard in order."""

    cohort: str
    averages: tuple[StandardAverage, ...]


def averages(
    scores: Iterable[GroupScore],
    standards: Iterable[int],
    method: Method,
    published: Iterable[PublishedFigure] = (),
) -> tuple[StandardAverage, ...]:
    """Return one average a standard, in the order of the numbers; rows of others are ignored.

    A group named in any row counts as missing wherever it has no score. Cohorts without a score
    for a standard take no part in its mean of cohorts. Groups without participants weigh
    nothing; if no group has any there is no weighted average, since falling back to another
    method would print a figure under the wrong name. Recorded figures use `published` alone,
    the other methods `scores` alone. Raises ValueError where one group scores a standard twice,
    or a standard has two published figures.
    """
    numbers = sorted(set(standards))
    if Method(method) is Method.RECORDED_FIGURES:
        return _recorded([figure for figure in published if figure.cohort is None], numbers)
    cells = score_cells(scores)
    groups = {group for group, _ in cells}
    return tuple(
        _average(number, [cells[g, number] for g in groups if (g, number) in cells], groups, method)
        for number in numbers
    )


def cohort_averages(
    scores: Iterable[GroupScore],
    cohorts: Iterable[str],
    standards: Iterable[int],
    method: Method,
    published: Iterable[PublishedFigure] = (),
) -> tuple[CohortAverages, ...]:
    """Return each cohort's averages, in the order of `cohorts`. Within a cohort a mean of cohorts
    is the mean of its groups. Errors as in `averages`."""
    scores, published, standards = tuple(scores), tuple(published), tuple(standards)
    return tuple(
        CohortAverages(
            cohort,
            averages(
                [score for score in scores if score.cohort == cohort],
                standards,
                method,
                [PublishedFigure(p.standard, p.value) for p in published if p.cohort == cohort],
            ),
        )
        for cohort in cohorts
    )


def score_cells(scores: Iterable[GroupScore]) -> dict[tuple[str, int], GroupScore]:
    """Return the scores by group and standard. Raises ValueError where two claim one cell."""
    cells: dict[tuple[str, int], GroupScore] = {}
    for score in scores:
        cell = score.group, score.standard
        if cell in cells:
            raise ValueError(f"{score.group} scores standard {score.standard} twice.")
        cells[cell] = score
    return cells


def mean(values: Iterable[Decimal]) -> Decimal:
    """Return the mean of at least one value, rounded once."""
    return exact_decimal(exact_mean(values))


def exact_mean(values: Iterable[Decimal]) -> Fraction:
    """Return the mean of at least one value, exactly."""
    fractions = [Fraction(value) for value in values]
    return sum(fractions, Fraction()) / len(fractions)


def exact_decimal(value: Fraction) -> Decimal:
    """Return a fraction as a Decimal of 28 digits, rounded once."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _require_score(value: Decimal) -> None:
    if not isinstance(value, Decimal):
        raise TypeError("A score is a Decimal.")
    if not value > 0:
        raise ValueError("A score is above 0.")


def _recorded(
    figures: Sequence[PublishedFigure], numbers: Iterable[int]
) -> tuple[StandardAverage, ...]:
    by_standard = {figure.standard: figure.value for figure in figures}
    if len(by_standard) < len(figures):
        raise ValueError("A standard has two published figures.")
    return tuple(StandardAverage(n, by_standard.get(n), recorded=n in by_standard) for n in numbers)


def _average(
    standard: int, rows: Iterable[GroupScore], groups: set[str], method: Method
) -> StandardAverage:
    rows = tuple(rows)
    values = {row: Fraction(row.value) for row in rows if row.value is not None}
    weights = _weights(values, method)
    total = sum(weights.values())
    weighted = sum(values[row] * weight for row, weight in weights.items())
    not_applicable = sum(row.not_applicable for row in rows)
    return StandardAverage(
        standard,
        exact_decimal(weighted / total) if total else None,
        n=sum(weight > 0 for weight in weights.values()),
        not_applicable=not_applicable,
        missing=len(groups) - len(values) - not_applicable,
        weightless=sum(weight == 0 for weight in weights.values()),
    )


def _weights(rows: Iterable[GroupScore], method: Method) -> dict[GroupScore, Fraction]:
    """Return how much each score counts; all three methods are weighted means."""
    rows = tuple(rows)
    if method == Method.WEIGHTED_BY_PARTICIPANTS:
        return {row: Fraction(row.participants) for row in rows}
    if method == Method.MEAN_OF_COHORTS:
        sizes = Counter(row.cohort for row in rows)
        return {row: Fraction(1, sizes[row.cohort]) for row in rows}
    return dict.fromkeys(rows, Fraction(1))
