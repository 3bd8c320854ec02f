"""One purpose that support is asked for: its words, its figures, what was agreed and delivered."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from partnership.dates import day_words
from partnership.numbers import days
from standards.models import Standard

from .. import words
from ..models import ChangePlan, SupportAllocation, SupportDelivery
from ..plan import Support
from .rows import DeliveryRow, FactRows, delivery_row

Delivered = tuple[SupportDelivery, DeliveryRow]


@dataclass(frozen=True)
class SupportPage:
    """Everything the page shows; `action_href` is "" for an action that was retired, and `warning`
    says loudly that more was delivered than agreed."""

    plan: ChangePlan
    allocation: SupportAllocation
    events: str
    standards: tuple[tuple[Standard, str], ...]
    through_action: bool
    action_href: str
    agreement: FactRows
    area: FactRows
    deliveries: tuple[Delivered, ...]
    estimated: str
    delivered: str
    warning: str


def support_page(plan: ChangePlan, allocation: SupportAllocation) -> SupportPage:
    """Return the page, in three queries at most. `allocation` comes with its programme, action,
    meeting and whoever recorded the agreement."""
    kept = tuple(allocation.deliveries.order_by("date", "pk"))
    own = tuple(allocation.standards.order_by("number"))
    action, home = allocation.action, words.address(plan)
    served = own or (tuple(action.standards.order_by("number")) if action else ())
    numbers = tuple(standard.number for standard in served)
    support = Support(allocation, allocation.entitlement, numbers, kept)
    return SupportPage(
        plan,
        allocation,
        words.events(allocation),
        tuple((standard, f"{home}#standard-{standard.number}") for standard in served),
        bool(served and not own),
        ""
        if support.retired_action or not action
        else words.address(plan, "action", action.identifier),
        _agreement(allocation),
        _area(allocation),
        tuple((each, delivery_row(each)) for each in kept),
        days(allocation.estimated, "Days not stated"),
        days(support.delivered or None, "No days"),
        support.over_delivered,
    )


def over_delivered(allocation: SupportAllocation) -> str:
    """Return what to say loudly where more was delivered than agreed, "" elsewhere. One query."""
    kept = tuple(allocation.deliveries.all())
    return Support(allocation, allocation.entitlement, (), kept).over_delivered


def _agreement(allocation: SupportAllocation) -> FactRows:
    """Return who confirmed and who recorded the days, where any are agreed."""
    if allocation.agreed is None or allocation.agreed_at is None:
        return ()
    confirmed = allocation.confirmed_on
    recorded = f"{allocation.agreed_by}, {day_words(localdate(allocation.agreed_at))}"
    return (
        ("Days agreed", days(allocation.agreed)),
        ("Confirmed for the provider by", allocation.confirmed_for_provider_by),
        ("Confirmed on", day_words(confirmed) if confirmed else ""),
        ("Recorded by", recorded),
    )


def _area(allocation: SupportAllocation) -> FactRows:
    if allocation.area_approved_at is None:
        return ()
    return (
        ("Approved by", str(allocation.area_approved_at)),
        ("Minute", allocation.area_minute),
    )
