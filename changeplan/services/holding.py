"""A plan is held while it is written to, so that nothing changes once it is before the board."""

from typing import Any, TypeVar

from partnership import records
from partnership.models import Versioned
from partnership.rules import RuleBroken

from ..models import ChangePlan

Part = TypeVar("Part", bound=Versioned)
STANDS = "This plan stands as it was put to the board. Begin a new version to change it."


def hold(plan: ChangePlan) -> ChangePlan:
    """Lock the plan until the transaction ends, and return it as it is now."""
    return ChangePlan.objects.select_for_update().get(pk=plan.pk)


def hold_to_edit(plan: ChangePlan) -> ChangePlan:
    """The same, for a change of its content. Raises RuleBroken while it may not change."""
    current = hold(plan)
    if not current.is_editable:
        raise RuleBroken(STANDS)
    return current


def hold_part_to_edit(part: Part, *, within: str = "plan") -> Part:
    """The same for one part of a plan, which `within` leads to: both are held, and the part is
    returned as it is now. One query."""
    current = records.hold(part, within=within)
    plan: Any = current
    for name in within.split("__"):
        plan = getattr(plan, name)
    if not plan.is_editable:
        raise RuleBroken(STANDS)
    return current
