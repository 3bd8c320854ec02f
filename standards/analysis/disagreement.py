"""How far scores lie apart: between the groups of an exercise, or the votes within one group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from partnership.numbers import plain

from .averaging import GroupScore, exact_decimal, exact_mean, score_cells
from .cohorts import CohortGap


@dataclass(frozen=True)
class Spread:
    """How `n` scores lie: lowest, highest, population standard deviation (points of the scale)
    and consensus (0 to 1). One score alone lies nowhere: ask `comparable` before saying so."""

    n: int
    low: Decimal
    high: Decimal
    standard_deviation: Decimal
    consensus: Decimal

    @property
    def range(self) -> Decimal:
        return self.high - self.low

    @property
    def comparable(self) -> bool:
        return self.n > 1


@dataclass(frozen=True)
class Discussion:
    """A standard worth discussing, and why: how far the groups' scores and the cohorts lie apart.
    `lowest` and `highest` are the groups at either end."""

    standard: int
    spread: Spread
    gap: CohortGap | None
    lowest: tuple[str, ...]
    highest: tuple[str, ...]

    @property
    def reason(self) -> str:
        """ "Scores run from 2 to 4.5. Strategic scored 0.8 above operational." """
        low, high = plain(self.spread.low), plain(self.spread.high)
        scores = f"Scores run from {low} to {high}." if self.spread.range else f"All scored {low}."
        return f"{scores} {self.gap.words if self.gap else ''}".strip()


def spread(values: Iterable[Decimal], low: int = 1, high: int = 5) -> Spread | None:
    """Return the spread of scores on a scale from `low` to `high`, None if there are none."""
    ordered = sorted(values)
    return _spread(ordered, low, high) if ordered else None


def consensus(values: Iterable[Decimal], low: int = 1, high: int = 5) -> Decimal:
    """Return the consensus of scores on an ordered scale, from 0 to 1.

    Cns = 1 + sum of p(x) log2(1 - |x - mean| / (high - low)): 1 where all agree, 0 where half
    stand at either end. Source: W. J. Tastle and M. J. Wierman, "Consensus and dissention: A
    measure of ordinal dispersion", International Journal of Approximate Reasoning 45 (2007),
    531-545. Raises ValueError for no scores, or one outside the scale.
    """
    values = tuple(values)
    if not values or min(values) < low or max(values) > high:
        raise ValueError(f"Consensus needs scores from {low} to {high}.")
    mean = exact_mean(values)
    closeness = (1 - abs(Fraction(value) - mean) / (high - low) for value in values)
    # Sorted, because a sum of rounded logarithms depends on their order in its last digit.
    logarithms = [exact_decimal(share).ln() / Decimal(2).ln() for share in sorted(closeness)]
    return 1 + sum(logarithms, Decimal()) / len(values)


def discuss_first(
    scores: Iterable[GroupScore],
    standards: Iterable[int],
    gaps: Iterable[CohortGap] = (),
    low: int = 1,
    high: int = 5,
) -> tuple[Discussion, ...]:
    """Return the standards where groups disagree, most first: by range of the agreed scores,
    then cohort gap, then standard number. Standards with fewer than two scores, and those
    without any difference, are left out. Errors as in `averages` and `consensus`."""
    by_standard: dict[int, dict[str, Decimal]] = {}
    for (group, standard), score in score_cells(scores).items():
        if score.value is not None:
            by_standard.setdefault(standard, {})[group] = score.value
    gap_of = {gap.standard: gap for gap in gaps}
    found = [
        _discussion(standard, values, gap_of.get(standard), low, high)
        for standard in set(standards)
        if len(values := by_standard.get(standard, {})) > 1
    ]
    return tuple(sorted((d for d in found if d.spread.range or _points(d.gap)), key=_urgency))


def _spread(ordered: Sequence[Decimal], low: int, high: int) -> Spread:
    mean = exact_mean(ordered)
    squares = [(Fraction(value) - mean) ** 2 for value in ordered]
    return Spread(
        n=len(ordered),
        low=ordered[0],
        high=ordered[-1],
        standard_deviation=exact_decimal(sum(squares, Fraction()) / len(ordered)).sqrt(),
        consensus=consensus(ordered, low, high),
    )


def _discussion(
    standard: int,
    values: dict[str, Decimal],
    gap: CohortGap | None,
    low: int,
    high: int,
) -> Discussion:
    scores = _spread(sorted(values.values()), low, high)
    return Discussion(
        standard,
        scores,
        gap,
        lowest=tuple(sorted(group for group, value in values.items() if value == scores.low)),
        highest=tuple(sorted(group for group, value in values.items() if value == scores.high)),
    )


def _urgency(discussion: Discussion) -> tuple[Decimal, Decimal, int]:
    return -discussion.spread.range, -_points(discussion.gap), discussion.standard


def _points(gap: CohortGap | None) -> Decimal:
    return (gap and gap.value) or Decimal()
