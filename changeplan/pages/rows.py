"""The pieces that several of the plan's pages are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from partnership.dates import day_words
from partnership.numbers import days

from .. import words
from ..models import Action, SupportDelivery
from ..plan import PlanFacts, PlannedAction, Support
from ..words import Tag

FactRows = tuple[tuple[str, str], ...]
UNDER_NONE = 0  # the place of an action, in a plan by standard, that serves no standard


@dataclass(frozen=True)
class DeliveryRow:
    """Days delivered on a date: "9 June 2010: 1 day, support team"; `note` is Markdown."""

    words: str
    note: str


@dataclass(frozen=True)
class Told:
    """Where on the page an action or support is told in full already: "standard 2", and the id of
    that row."""

    where: str
    fragment: str


@dataclass(frozen=True)
class SupportRow:
    """Support for a purpose as a row shows it: what it consists of, and the other standards that
    it serves too. `told` says where its detail already stands, None where it is to be told here."""

    support: Support
    events: str
    shared: str
    deliveries: tuple[DeliveryRow, ...]
    told: Told | None = None


@dataclass(frozen=True)
class ActionRow:
    """An action as a row shows it. `told` says where its detail already stands, None where it is to
    be told here; `moves` are the neighbours it can be moved past, by the words of the button."""

    planned: PlannedAction
    href: str
    tags: tuple[Tag, ...]
    facts: FactRows
    support: tuple[SupportRow, ...]
    also: str
    told: Told | None = None
    moves: Mapping[str, str] = field(default_factory=dict)


def support_row(support: Support, here: int | None = None) -> SupportRow:
    """Return a row; under a standard (`here`), the others it serves are named. In a plan by
    standard (`here` is one, or UNDER_NONE) it is told in full under the first that it serves."""
    others = tuple(number for number in support.standards if number != here)
    shared = words.standards(others) if here and others else ""
    deliveries = tuple(delivery_row(delivery) for delivery in support.deliveries)
    told = None
    if here is not None and support.standards and (first := support.standards[0]) != here:
        told = Told(words.standards((first,)), f"support-{support.allocation.identifier}")
    return SupportRow(support, words.events(support.allocation), shared, deliveries, told)


def support_rows(supports: Iterable[Support], here: int | None = None) -> tuple[SupportRow, ...]:
    return tuple(support_row(support, here) for support in supports)


def action_row(
    facts: PlanFacts, planned: PlannedAction, here: int | None = None, told: Told | None = None
) -> ActionRow:
    """Return a row; under a standard (`here`), the others it serves are named."""
    others = tuple(number for number in planned.standards if number != here)
    return ActionRow(
        planned,
        words.address(facts.plan, "action", planned.action.identifier),
        words.action_tags(planned.action, timezone.localdate()),
        _facts(planned.action),
        support_rows(planned.support),
        words.standards(others),
        told,
    )


def with_moves(rows: Sequence[ActionRow]) -> tuple[ActionRow, ...]:
    """Return the rows with the neighbours among them that each can be moved past."""
    keys = [row.planned.action.identifier for row in rows]
    return tuple(replace(row, moves=neighbours(keys, place)) for place, row in enumerate(rows))


def neighbours(keys: Sequence[str], place: int) -> dict[str, str]:
    """Return the keys above and below a place, by the words of the buttons that move there."""
    up = {"Move up": keys[place - 1]} if place > 0 else {}
    down = {"Move down": keys[place + 1]} if place + 1 < len(keys) else {}
    return up | down


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
