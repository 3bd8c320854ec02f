"""A plan is held while it is written to, so that nothing changes once it is before the board."""

from typing import Any, TypeVar

from partnership import records
from partnership.models import Versioned
from partnership.rules import RuleBroken

from ..models import ChangePlan

Part = TypeVar("Part", bound=Versioned)
STANDS = "This plan stands as it was put to the board. {}"
WAYS_ON = {
    ChangePlan.State.SUBMITTED: "It can be changed once the board has decided, or once it is "
    "withdrawn from the board.",
    ChangePlan.State.APPROVED: "Begin a new version to change it.",
    ChangePlan.State.SUPERSEDED: "Another plan has taken its place: change that one.",
}


def stands(plan: ChangePlan) -> str:
    """Return why a plan may not be changed now, and how it can be; "" while it may."""
    way = WAYS_ON.get(ChangePlan.State(plan.state), "")
    return STANDS.format(way) if way else ""


def hold(plan: ChangePlan) -> ChangePlan:
    """Lock the plan until the transaction ends, and return it as it is now."""
    return ChangePlan.objects.select_for_update().get(pk=plan.pk)


def hold_to_edit(plan: ChangePlan) -> ChangePlan:
    """The same, for a change of its content. Raises RuleBroken while it may not change."""
    current = hold(plan)
    if why := stands(current):
        raise RuleBroken(why)
    return current


def hold_part_to_edit(part: Part, *, within: str = "plan") -> Part:
    """The same for one part of a plan, which `within` leads to: both are held, and the part is
    returned as it is now. One query."""
    current = records.hold(part, within=within)
    plan: Any = current
    for name in within.split("__"):
        plan = getattr(plan, name)
    if why := stands(plan):
        raise RuleBroken(why)
    return current
