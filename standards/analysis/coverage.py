"""How much of an exercise has been scored."""

from collections.abc import Iterable
from dataclasses import dataclass

from .averaging import GroupScore, score_cells


@dataclass(frozen=True)
class Cells:
    """Counts of group-by-standard cells; every cell is in exactly one of the three."""

    scored: int
    not_applicable: int
    missing: int

    @property
    def total(self) -> int:
        return self.scored + self.not_applicable + self.missing

    @property
    def answered(self) -> int:
        return self.scored + self.not_applicable

    @property
    def complete(self) -> bool:
        """Whether there is something to answer, and all of it is answered."""
        return bool(self.total) and not self.missing


@dataclass(frozen=True)
class GroupCompleteness:
    """One group's cells, and the standards it has still to score, in order."""

    group: str
    cells: Cells
    to_score: tuple[int, ...]


@dataclass(frozen=True)
class Completeness:
    """Every group's cells in the order given, and all of them together."""

    groups: tuple[GroupCompleteness, ...]
    overall: Cells


def completeness(
    scores: Iterable[GroupScore], groups: Iterable[str], standards: Iterable[int]
) -> Completeness:
    """Return what `groups` have said about `standards`; a group without rows has all to score.
    Raises ValueError where a group scores a standard twice."""
    cells = score_cells(scores)
    numbers = sorted(set(standards))
    rows = tuple(
        _group(group, {n: cells[group, n] for n in numbers if (group, n) in cells}, numbers)
        for group in groups
    )
    return Completeness(
        rows,
        Cells(
            sum(row.cells.scored for row in rows),
            sum(row.cells.not_applicable for row in rows),
            sum(row.cells.missing for row in rows),
        ),
    )


def _group(group: str, rows: dict[int, GroupScore], numbers: list[int]) -> GroupCompleteness:
    scored = {n for n, row in rows.items() if row.value is not None}
    not_applicable = {n for n, row in rows.items() if row.not_applicable}
    to_score = tuple(n for n in numbers if n not in scored | not_applicable)
    return GroupCompleteness(
        group, Cells(len(scored), len(not_applicable), len(to_score)), to_score
    )
