"""The pieces that several of the plan's pages are made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from partnership.dates import day_words
from partnership.numbers import days

from .. import words
from ..models import Action, SupportDelivery
from ..plan import PlanFacts, PlannedAction, Support
from ..words import Tag

FactRows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DeliveryRow:
    """Days delivered on a date: "9 June 2010: 1 day, support team"; `note` is Markdown."""

    words: str
    note: str


@dataclass(frozen=True)
class SupportRow:
    """Support for a purpose as a row shows it: what it consists of, and the other standards that
    it serves too."""

    support: Support
    events: str
    shared: str
    deliveries: tuple[DeliveryRow, ...]


@dataclass(frozen=True)
class ActionRow:
    """An action as a row shows it. `told` is the standard under which its detail already stands,
    None where it is to be told here."""

    planned: PlannedAction
    href: str
    tags: tuple[Tag, ...]
    facts: FactRows
    support: tuple[SupportRow, ...]
    also: str
    told: int | None = None


def support_row(support: Support, here: int | None = None) -> SupportRow:
    """Return a row; under a standard (`here`), the others it serves are named."""
    others = tuple(number for number in support.standards if number != here)
    shared = words.standards(others) if here and others else ""
    deliveries = tuple(delivery_row(delivery) for delivery in support.deliveries)
    return SupportRow(support, words.events(support.allocation), shared, deliveries)


def support_rows(supports: Iterable[Support], here: int | None = None) -> tuple[SupportRow, ...]:
    return tuple(support_row(support, here) for support in supports)


def action_row(facts: PlanFacts, planned: PlannedAction, here: int | None = None) -> ActionRow:
    """Return a row; under a standard (`here`) an action of several is told in full once, under
    the first."""
    others = tuple(number for number in planned.standards if number != here)
    first = planned.standards[0] if planned.standards else None
    return ActionRow(
        planned,
        words.address(facts.plan, "action", planned.action.identifier),
        words.action_tags(planned.action, timezone.localdate()),
        _facts(planned.action),
        support_rows(planned.support),
        words.standards(others),
        told=first if here and first != here else None,
    )


def delivery_row(delivery: SupportDelivery) -> DeliveryRow:
    said = f"{day_words(delivery.date)}: {days(delivery.days)}, {delivery.delivered_by}"
    return DeliveryRow(said, delivery.note)


def _facts(action: Action) -> FactRows:
    """Return who does it by when, as far as the plan says."""
    rows = (
        ("Owner", action.owner_name),
        ("Lead", action.lead),
        ("Due", str(action.due or "")),
        ("Repeats", action.recurrence),
    )
    return tuple((label, value) for label, value in rows if value)
