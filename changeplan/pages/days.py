"""The days page: every programme, every standard, every allocation and delivery."""

from dataclasses import dataclass

from .. import words
from ..allocation import StandardDays
from ..models import Action, ChangePlan, SupportEntitlement
from ..plan import PlanFacts, Support
from .ledger import LedgerTable, ledger_table
from .rows import SupportRow, support_row


@dataclass(frozen=True)
class StandardLine:
    """The days that serve one standard, as words."""

    number: int
    title: str
    estimated: str
    agreed: str
    delivered: str


@dataclass(frozen=True)
class AskedRow:
    """Support asked for, with the standards it serves in words and the action that asks."""

    row: SupportRow
    serves: str
    action: Action | None
    href: str


@dataclass(frozen=True)
class DaysPage:
    """Everything the page shows. `any_shared`: support that serves several standards stands
    under each, so that the lines by standard do not add up."""

    plan: ChangePlan
    ledger: LedgerTable
    entitlements: tuple[SupportEntitlement, ...]
    by_standard: tuple[StandardLine, ...]
    any_shared: bool
    asked: tuple[AskedRow, ...]


def days_page(facts: PlanFacts) -> DaysPage:
    titles = {entry.standard.number: entry.standard.marked_title for entry in facts.entries}
    by_standard = () if facts.by_priority else facts.days
    return DaysPage(
        facts.plan,
        ledger_table(facts),
        facts.entitlements,
        tuple(_line(line, titles[line.standard]) for line in by_standard),
        any(line.shared for line in by_standard),
        tuple(_asked(facts, support) for support in facts.support),
    )


def _asked(facts: PlanFacts, support: Support) -> AskedRow:
    asking = (each.action for each in facts.actions if support in each.support)
    action = next(asking, None)
    href = words.address(facts.plan, "action", action.identifier) if action else ""
    serves = words.standards(support.standards).capitalize()
    return AskedRow(support_row(support), serves, action, href)


def _line(line: StandardDays, title: str) -> StandardLine:
    asked = bool(line.allocations)
    unsaid = "Not stated" if asked else "None asked"
    return StandardLine(
        line.standard,
        title,
        words.figure(line.estimated, unsaid),
        words.figure(line.agreed, "None" if asked else ""),
        words.figure(line.delivered or None, "None" if asked else ""),
    )
