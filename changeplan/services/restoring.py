"""What was removed from a plan comes back, with all its history."""

from django.db import transaction

from partnership import order
from partnership.models import Removable, User
from partnership.rules import RuleBroken

from ..models import (
    Action,
    StatusStatement,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)
from .days import restore_delivery
from .holding import hold_to_edit
from .support import restore_allocation, restore_entitlement

# What can come back, and by which relations its plan is found.
RESTORED: dict[type[Removable], str] = {
    Action: "plan",
    StatusStatement: "entry__plan",
    SupportEntitlement: "plan",
    SupportAllocation: "entitlement__plan",
    SupportDelivery: "allocation__entitlement__plan",
}


@transaction.atomic
def bring_back(record: Removable, *, by: User) -> Removable:
    """Undo the removal of an action, a statement, a programme, support or a delivery, and return
    it: where it stood, with everything else as it was. Whoever comes second finds it there already.

    `record` comes from the manager `everything`. Raises RuleBroken, in words, while the plan may
    not change (a delivery is a fact and comes back always), when what the record belongs to was
    removed itself, and when its place was taken, as by a programme of the same name.
    """
    match record:
        case Action():
            plan = hold_to_edit(record.plan)
            return order.bring_back(record, within=plan, siblings=plan.actions.all(), by=by)
        case StatusStatement():
            hold_to_edit(record.entry.plan)
            entry = record.entry
            return order.bring_back(record, within=entry, siblings=entry.status.all(), by=by)
        case SupportEntitlement():
            return restore_entitlement(entitlement=record, by=by)
        case SupportAllocation():
            return restore_allocation(allocation=record, by=by)
        case SupportDelivery():
            return _restored_delivery(record, by)
    raise TypeError(f"{type(record).__name__} is no part of a plan.")


def _restored_delivery(delivery: SupportDelivery, by: User) -> SupportDelivery:
    if delivery.allocation.removed_at:
        raise RuleBroken(f"“{delivery.allocation}” was removed too. Bring that back first.")
    return restore_delivery(delivery=delivery, by=by)
