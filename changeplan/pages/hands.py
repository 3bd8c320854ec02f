"""What the reader of a page about days may do there, and what they can bring back."""

from dataclasses import dataclass
from typing import Any

from partnership.models import Removable

from .. import words
from ..models import ChangePlan, SupportAllocation, SupportDelivery, SupportEntitlement

Removed = tuple[Removable, str]


@dataclass(frozen=True)
class Hands:
    """`edit`: change what is asked for. `record`: what was agreed, approved and delivered, which
    may be told of a plan that stands too. `removed`: each with the address that brings it back."""

    edit: bool
    record: bool
    removed: tuple[Removed, ...] = ()


def days_hands(plan: ChangePlan, may: bool) -> Hands:
    """Return what somebody may do on the days page who may change plans, or may not."""
    edit = may and plan.is_editable
    programmes = SupportEntitlement.everything.filter(plan=plan)
    asked = SupportAllocation.everything.filter(entitlement__plan=plan)
    if not edit:
        return Hands(edit, may)
    gone = removed_rows(plan, "entitlement", programmes) + removed_rows(plan, "allocation", asked)
    return Hands(edit, may, tuple(gone))


def support_hands(plan: ChangePlan, allocation: SupportAllocation, may: bool) -> Hands:
    """Return the same for the page of one purpose."""
    records = SupportDelivery.everything.filter(allocation=allocation)
    gone = tuple(removed_rows(plan, "delivery", records)) if may else ()
    return Hands(may and plan.is_editable, may, gone)


def removed_rows(plan: ChangePlan, kind: str, records: Any) -> list[Removed]:
    """Return those that were removed, latest first. `kind` is that of the history."""
    gone = records.exclude(removed_at=None).select_related("removed_by").order_by("-removed_at")
    return [(each, words.address(plan, "removal_undo", kind, each.identifier)) for each in gone]
