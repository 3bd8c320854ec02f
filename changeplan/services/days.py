"""Days agreed and delivered, and areas approved. They are facts, not edits of the plan: they are
recorded also while it is before the board, and after it was approved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership import records
from partnership.models import Meeting, User
from partnership.rules import RuleBroken

from ..allocation import AgreementProblem, agreement_problem
from ..models import SupportAllocation, SupportDelivery, SupportEntitlement
from ..plan import entitlement_of

NO_AGREEMENT = {
    "agreed": None, "agreed_at": None, "agreed_by": None,
    "confirmed_for_provider_by": "", "confirmed_on": None,
}  # fmt: skip


class Unacknowledged(RuleBroken):
    """More days than approximately available: possible for whoever says that they know it."""

    def __init__(self, problem: AgreementProblem) -> None:
        super().__init__(problem.words)
        self.problem = problem


@dataclass(frozen=True)
class Agreement:
    """Days agreed with a programme, who confirmed them for its provider, and when. `acknowledged`
    is by how many days whoever agrees them knows that they pass an approximate entitlement."""

    days: Decimal
    confirmed_by: str
    confirmed_on: date | None
    acknowledged: Decimal | None = None


@transaction.atomic
def agree_days(
    *, allocation: SupportAllocation, agreement: Agreement, version: int, by: User
) -> SupportAllocation:
    """Record days as agreed, and by whom.

    Raises RuleBroken, with the figures, for more days than a confirmed entitlement has left, and
    Unacknowledged for more than an approximate one has.
    """
    current = held(allocation)  # its programme too: two may agree the last day at one moment
    programme = current.entitlement
    elsewhere = agreed_of(programme, but=current)
    problem = agreement_problem(entitlement_of(programme), elsewhere, agreement.days)
    if problem and problem.refused:
        raise RuleBroken(problem.words)
    if problem and problem.excess > (agreement.acknowledged or 0):
        raise Unacknowledged(problem)
    changes = {
        "agreed": agreement.days,
        "agreed_at": timezone.now(),
        "agreed_by": by,
        "confirmed_for_provider_by": agreement.confirmed_by,
        "confirmed_on": agreement.confirmed_on,
    }
    return records.change(current, changes=changes, version=version, by=by, held=True)


@transaction.atomic
def withdraw_agreement(
    *, allocation: SupportAllocation, version: int, by: User, reason: str = ""
) -> SupportAllocation:
    """Say that no days are agreed any more; they can be agreed for something else."""
    return records.change(
        held(allocation),
        changes=NO_AGREEMENT,
        version=version,
        by=by,
        reason=reason or "Agreement withdrawn",
        held=True,
    )


@transaction.atomic
def approve_area(
    *,
    allocation: SupportAllocation,
    meeting: Meeting | None,
    minute: str,
    version: int,
    by: User,
) -> SupportAllocation:
    """Record the meeting at which the board approved the area of the support, and its minute;
    None that it has not."""
    current = held(allocation)
    if meeting and meeting.group.partnership_id != current.entitlement.plan.partnership_id:
        raise RuleBroken("Choose a meeting of this partnership.")
    changes = {"area_approved_at": meeting, "area_minute": minute}
    return records.change(current, changes=changes, version=version, by=by, held=True)


@transaction.atomic
def record_delivery(
    *, allocation: SupportAllocation, values: Mapping[str, Any], by: User
) -> SupportDelivery:
    """Record days as delivered. More than were agreed is possible, and shown loudly."""
    held(allocation)
    return records.create(SupportDelivery, by=by, allocation=allocation, **values)


@transaction.atomic
def edit_delivery(
    *, delivery: SupportDelivery, changes: Mapping[str, Any], version: int, by: User
) -> SupportDelivery:
    """Put a record of a delivery right."""
    held(delivery.allocation)
    return records.change(delivery, changes=changes, version=version, by=by)


@transaction.atomic
def remove_delivery(
    *, delivery: SupportDelivery, version: int, by: User, reason: str = ""
) -> SupportDelivery:
    """Take a delivery off the record."""
    held(delivery.allocation)
    return records.remove(delivery, version=version, by=by, reason=reason)


@transaction.atomic
def restore_delivery(*, delivery: SupportDelivery, by: User) -> SupportDelivery:
    """Bring a removed delivery back."""
    held(delivery.allocation)
    return records.restore(delivery, by=by)


def agreed_of(programme: SupportEntitlement, but: SupportAllocation | None = None) -> Decimal:
    """Return the days agreed with a programme; `but` those for one allocation."""
    found = programme.allocations.values_list("pk", "agreed")
    return sum((days for pk, days in found if days and (not but or pk != but.pk)), Decimal())


def held(allocation: SupportAllocation) -> SupportAllocation:
    """Hold the plan, the programme and the allocation, in this order, and return the allocation as
    it is now. Raises StaleVersion for one that was removed. One query."""
    current = records.hold(allocation, within="entitlement__plan")
    if current.removed_at:
        raise records.StaleVersion(current)
    return current
