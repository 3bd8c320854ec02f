"""How cohorts differ, by their displayed averages."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from partnership.numbers import counted, listing

from .averaging import CohortAverages


@dataclass(frozen=True)
class CohortGap:
    """The difference between the highest and the lowest cohort on one standard, in points of the
    scale; `value` is None with fewer than two cohorts scored. Level cohorts are all named."""

    standard: int
    value: Decimal | None
    highest: tuple[str, ...] = ()
    lowest: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """ "Strategic scored 0.8 above operational." in the cohorts' own names; "" if no gap."""
        if not self.value:
            return ""
        return f"{listing(self.highest)} scored {self.value} above {listing(self.lowest)}."


@dataclass(frozen=True)
class Consistency:
    """Whether cohort `lower` scored below cohort `higher` on every standard that both scored.
    `compared`, `level` and `above` are standard numbers; `above` are those where the cohort said
    to be lower scored higher."""

    lower: str
    higher: str
    compared: tuple[int, ...]
    level: tuple[int, ...]
    above: tuple[int, ...]

    @property
    def exceptions(self) -> tuple[int, ...]:
        """The standards where it did not score lower, in order."""
        return tuple(sorted(self.level + self.above))

    @property
    def holds(self) -> bool:
        """True if it scored lower on all, and there was at least one to compare."""
        return bool(self.compared) and not self.exceptions

    @property
    def mostly(self) -> bool:
        """The relaxed form: it scored lower on more than half of those compared."""
        return 2 * len(self.exceptions) < len(self.compared)

    @property
    def words(self) -> str:
        """A sentence with its exceptions: "… on 10 of 12 standards, not on 3 and 5."."""
        if not self.compared:
            return f"{self.lower} and {self.higher} have no standard that both scored."
        total = counted(len(self.compared), "standard")
        start = f"{self.lower} scored lower than {self.higher} on"
        if self.holds:
            return f"{start} all {total}." if len(self.compared) > 1 else f"{start} {total}."
        lower = len(self.compared) - len(self.exceptions)
        return f"{start} {lower} of {total}, not on {listing(self.exceptions)}."


def cohort_gaps(cohorts: Iterable[CohortAverages]) -> tuple[CohortGap, ...]:
    """Return one gap for every standard, in the order of the numbers."""
    shown: dict[int, dict[str, Decimal]] = {}
    for cohort in cohorts:
        for average in cohort.averages:
            cells = shown.setdefault(average.standard, {})
            if average.displayed is not None:
                cells[cohort.cohort] = average.displayed
    return tuple(_gap(standard, shown[standard]) for standard in sorted(shown))


def consistently_lower(cohorts: Iterable[CohortAverages], lower: str, higher: str) -> Consistency:
    """Compare two cohorts standard by standard. Raises KeyError for a cohort that is not there."""
    shown = {c.cohort: {a.standard: a.displayed for a in c.averages} for c in cohorts}
    pairs = [
        (standard, value, other)
        for standard, value in shown[lower].items()
        if value is not None and (other := shown[higher].get(standard)) is not None
    ]
    return Consistency(
        lower,
        higher,
        compared=tuple(standard for standard, _, _ in pairs),
        level=tuple(standard for standard, value, other in pairs if value == other),
        above=tuple(standard for standard, value, other in pairs if value > other),
    )


def _gap(standard: int, values: dict[str, Decimal]) -> CohortGap:
    if len(values) < 2:
        return CohortGap(standard, None)
    low, high = min(values.values()), max(values.values())
    return CohortGap(
        standard,
        high - low,
        highest=tuple(cohort for cohort, value in values.items() if value == high),
        lowest=tuple(cohort for cohort, value in values.items() if value == low),
    )
