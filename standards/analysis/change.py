"""What changed since the last exercise."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from partnership.numbers import signed

from .averaging import StandardAverage


@dataclass(frozen=True)
class StandardChange:
    """One standard's displayed average now and last time, None where it has none. The difference
    is that of the displayed values, which a reader can check."""

    standard: int
    current: Decimal | None
    previous: Decimal | None

    @property
    def change(self) -> Decimal | None:
        if self.current is None or self.previous is None:
            return None
        return self.current - self.previous

    @property
    def moved(self) -> bool:
        return bool(self.change)

    @property
    def words(self) -> str:
        """ "+0.4", "−0.2", "no change" or "not comparable"."""
        return signed(self.change, missing="not comparable")


def changes(
    current: Iterable[StandardAverage], previous: Iterable[StandardAverage]
) -> tuple[StandardChange, ...]:
    """Return one change for every current standard, in the order given."""
    before = {average.standard: average.displayed for average in previous}
    return tuple(
        StandardChange(average.standard, average.displayed, before.get(average.standard))
        for average in current
    )
