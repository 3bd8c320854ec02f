"""The days page: every programme, every standard, every allocation and delivery."""

from dataclasses import dataclass

from .. import words
from ..models import Action, ChangePlan, SupportEntitlement
from ..plan import PlanFacts, Support, entitlement_of
from .ledger import LedgerTable, Line, StandardLine, ledger_table, standard_lines
from .rows import SupportRow, support_row


@dataclass(frozen=True)
class AskedRow:
    """Support asked for, with the standards it serves in words and the action that asks."""

    row: SupportRow
    serves: str
    action: Action | None
    href: str


@dataclass(frozen=True)
class Programme:
    """A support programme, what it offers in words, and what is asked of it in order."""

    entitlement: SupportEntitlement
    available: str
    asked: tuple[AskedRow, ...]


@dataclass(frozen=True)
class DaysPage:
    """Everything the page shows. `any_shared`: support that serves several standards stands
    under each, so that the lines by standard do not add up; `total` does."""

    plan: ChangePlan
    ledger: LedgerTable
    by_standard: tuple[StandardLine, ...]
    total: Line | None
    any_shared: bool
    programmes: tuple[Programme, ...]


def days_page(facts: PlanFacts) -> DaysPage:
    titles = {entry.standard.number: entry.standard.marked_title for entry in facts.entries}
    by_standard = () if facts.by_priority else facts.days
    table = ledger_table(facts)
    return DaysPage(
        facts.plan,
        table,
        standard_lines(by_standard, titles),
        table.total or next(iter(table.lines), None),
        any(line.shared for line in by_standard),
        tuple(_programme(facts, entitlement) for entitlement in facts.entitlements),
    )


def _programme(facts: PlanFacts, entitlement: SupportEntitlement) -> Programme:
    mine = (support for support in facts.support if support.entitlement == entitlement)
    offered = entitlement_of(entitlement).words
    available = f"{offered[0].upper()}{offered[1:]}"
    return Programme(entitlement, available, tuple(_asked(facts, support) for support in mine))


def _asked(facts: PlanFacts, support: Support) -> AskedRow:
    asking = (each.action for each in facts.actions if support in each.support)
    action = next(asking, None)
    href = words.address(facts.plan, "action", action.identifier) if action else ""
    serves = words.standards(support.standards).capitalize()
    return AskedRow(support_row(support), serves, action, href)
