"""What would become of each record of a plan, as a person sees it before it is made so."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .current import Body
from .fields import Part

Value = str | int | Decimal | Body | tuple[str, ...] | tuple[int, ...] | None


class Verdict(StrEnum):
    """What becomes of a record."""

    MADE = "made"
    CHANGED = "changed"
    LEFT = "left"


@dataclass(frozen=True)
class Change:
    """One field of a record: its words now and its words to come, as an export writes them."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Doubt:
    """What a person should look at before confirming, in words; `field` is its key, or ""."""

    words: str
    field: str = ""


@dataclass(frozen=True)
class Step:
    """One record. `key` is its reference in the plan, or "new-3" for one to be made, by which
    `values` of others name it. Only fields in `values` are to be set.

    For a standard, `values` holds "status": all its statements in order, and `standards` the one
    number. For an action, `standards` are all that it will serve. For support, "action" is the key
    of its action ("" for none), and `standards` its own. "programme" is a Body, or the name of a
    programme to be made."""

    part: Part
    verdict: Verdict
    key: str
    title: str
    standards: tuple[int, ...]
    values: Mapping[str, Value]
    changes: tuple[Change, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class ProposedRow:
    """A row of the file, with what follows from it. `places` are where it stands in the file, more
    than one where it goes on after a page break."""

    places: tuple[str, ...]
    standards: tuple[int, ...]
    steps: tuple[Step, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """All rows in the file's order; `untouched` are headlines of the plan's actions that the file
    does not mention: they stay."""

    rows: tuple[ProposedRow, ...]
    untouched: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every record, each once, in the order in which they are to be made."""
        return tuple(step for row in self.rows for step in row.steps)

    def count(self, part: Part, verdict: Verdict) -> int:
        """Return how many records of a part have this verdict."""
        return sum(step.part == part and step.verdict == verdict for step in self.steps)

    @property
    def changes_nothing(self) -> bool:
        return all(step.verdict == Verdict.LEFT for step in self.steps)
