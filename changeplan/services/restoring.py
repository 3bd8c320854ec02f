"""What was removed from a plan comes back, with all its history."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum

from partnership import order, records
from partnership.models import Removable, User
from partnership.numbers import days
from partnership.rules import RuleBroken

from ..models import (
    Action,
    ChangePlan,
    StatusStatement,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)
from .holding import hold_to_edit

Kept = TypeVar("Kept", bound=Removable)

# How a record finds its plan; the field that holds it among its siblings, and their name there.
PLAN = {
    Action: "plan",
    StatusStatement: "entry.plan",
    SupportEntitlement: "plan",
    SupportAllocation: "entitlement.plan",
    SupportDelivery: "allocation.entitlement.plan",
}
PLACES: dict[Any, tuple[str, str]] = {
    Action: ("plan", "actions"),
    StatusStatement: ("entry", "status"),
    SupportAllocation: ("entitlement", "allocations"),
}
WITHIN: dict[Any, tuple[tuple[str, str], ...]] = {
    SupportAllocation: (("entitlement", "programme"), ("action", "action")),
    SupportDelivery: (("allocation", "support"),),
}


@transaction.atomic
def bring_back(record: Kept, *, by: User) -> Kept:
    """Undo the removal of an action, a statement, an entitlement, an allocation or a delivery,
    and return it: behind the last of its siblings, with everything else as it was. Whoever comes
    second finds it there already.

    `record` comes from the manager `everything`. Raises RuleBroken, in words, while the plan may
    not change; when what it belongs to was removed itself; when a rule no longer lets it in (a
    programme of the same name, agreed days beyond what a programme has confirmed).
    """
    hold_to_edit(plan_of(record))
    _require_parents(record)
    if isinstance(record, SupportAllocation):
        _require_days(record)
    try:
        return records.restore(record, by=by, **_place(record))
    except ValidationError as taken:
        raise RuleBroken(" ".join(taken.messages)) from None


def plan_of(record: Removable) -> ChangePlan:
    """Return the plan that the record belongs to."""
    found: Any = record
    for name in PLAN[type(record)].split("."):
        found = getattr(found, name)
    return found


def _require_parents(record: Removable) -> None:
    for name, noun in WITHIN.get(type(record), ()):
        parent = getattr(record, name)
        if parent and parent.removed_at:
            raise RuleBroken(
                f"The {noun} it belongs to, “{parent}”, was removed too. Bring that back first."
            )


def _require_days(asked: SupportAllocation) -> None:
    """Days that were agreed and given up since may have been agreed for something else."""
    offered = SupportEntitlement.objects.select_for_update().get(pk=asked.entitlement_id)
    if asked.agreed is None or offered.days is None or offered.is_approximate:
        return
    others = offered.allocations.exclude(pk=asked.pk).aggregate(total=Sum("agreed"))["total"]
    if asked.agreed + (others or 0) > offered.days:
        raise RuleBroken(
            f"{offered} has {days(offered.days)}, and {days(others, 'no days')} of them are agreed "
            f"for something else now: the {days(asked.agreed)} agreed for this are not left."
        )


def _place(record: Any) -> dict[str, int]:
    """Return the number behind the last sibling, whose parent is held."""
    if type(record) not in PLACES:
        return {}
    parent, siblings = PLACES[type(record)]
    holder = getattr(record, parent)
    order.hold(holder)
    return {"number": order.next_number(getattr(holder, siblings))}
