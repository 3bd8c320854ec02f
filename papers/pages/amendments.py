"""What boards want changed in a plan, as its managers read it."""

from dataclasses import dataclass
from functools import cached_property

from changeplan.models import ChangePlan
from partnership.marking import Piece, marked

from ..decisions import awaiting_amendments
from ..models import Amendment, Decision


@dataclass(frozen=True)
class Asked:
    """An amendment with what stands in its field `now`, "" for one in words alone. `has_moved`:
    that is another text than when the board decided."""

    amendment: Amendment
    now: str

    @property
    def has_moved(self) -> bool:
        open = self.amendment.outcome == Amendment.Outcome.PROPOSED
        return open and bool(self.amendment.field) and self.now != self.amendment.was

    @property
    def by_click(self) -> bool:
        """Whether the words can be written into the action as they are."""
        action = self.amendment.action
        return bool(self.amendment.field and action and not action.removed_at)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What stands there and what the board wants, as one text with the words marked."""
        return marked(self.now, self.amendment.text)


@dataclass(frozen=True)
class AskedBy:
    """A decision and what it wants changed, in its order."""

    decision: Decision
    amendments: tuple[Asked, ...]


@dataclass(frozen=True)
class AskedOfPlan:
    """Everything that boards still want changed in a plan; `left` is how many amendments are to
    be settled, of `count`."""

    decisions: tuple[AskedBy, ...]
    count: int
    left: int

    @property
    def is_settled(self) -> bool:
        return bool(self.count) and not self.left


def asked_of_plan(plan: ChangePlan) -> AskedOfPlan:
    """Return what decisions wait for in a plan, in three queries."""
    waiting = awaiting_amendments([plan]).prefetch_related(
        "amendments__action", "amendments__settled_by"
    )
    decisions = tuple(AskedBy(each, tuple(map(_asked, each.amendments.all()))) for each in waiting)
    rows = [asked.amendment for each in decisions for asked in each.amendments]
    left = sum(each.outcome == Amendment.Outcome.PROPOSED for each in rows)
    return AskedOfPlan(decisions, len(rows), left)


def _asked(amendment: Amendment) -> Asked:
    action, field = amendment.action, amendment.field
    return Asked(amendment, str(getattr(action, field) or "") if action and field else "")
