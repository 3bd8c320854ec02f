"""One action with everything the plan knows of it."""

from dataclasses import dataclass

from partnership.dates import day_words
from partnership.numbers import plain
from standards.models import Finding, Standard

from .. import words
from ..models import Action, ChangePlan, ProgressUpdate, StatusStatement
from ..plan import PlanFacts, PlannedAction
from ..words import Tag
from .hands import Removed, removed_rows
from .rows import FactRows, SupportRow, action_row


@dataclass(frozen=True)
class Update:
    """What was reported on a day."""

    update: ProgressUpdate
    date: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class ActionPage:
    """Everything the page shows; `depends_on` is pairs of heading and address."""

    plan: ChangePlan
    action: Action
    tags: tuple[Tag, ...]
    facts: FactRows
    standards: tuple[tuple[Standard, str], ...]
    priorities: tuple[tuple[Finding, str], ...]
    depends_on: tuple[tuple[str, str], ...]
    support: tuple[SupportRow, ...]
    updates: tuple[Update, ...]


@dataclass(frozen=True)
class RemovedPage:
    """What was retired or removed from a plan, latest first, each with the address that brings it
    back."""

    actions: tuple[Removed, ...]
    statements: tuple[Removed, ...]


def removed_page(plan: ChangePlan) -> RemovedPage:
    """Return the page, in two queries."""
    statements = StatusStatement.everything.filter(entry__plan=plan)
    return RemovedPage(
        tuple(removed_rows(plan, "action", Action.everything.filter(plan=plan))),
        tuple(removed_rows(plan, "statement", statements.select_related("entry__standard"))),
    )


def action_page(facts: PlanFacts, planned: PlannedAction) -> ActionPage:
    """Return the page, in two queries more than the plan took."""
    action, row, home = planned.action, action_row(facts, planned), words.address(facts.plan)
    served = [e.standard for e in facts.entries if e.standard.number in planned.standards]
    return ActionPage(
        facts.plan,
        action,
        row.tags,
        _facts(action),
        tuple((standard, f"{home}#standard-{standard.number}") for standard in served),
        tuple((f, words.address(facts.plan, "priority", f.identifier)) for f in planned.priorities),
        tuple(
            (other.heading, words.address(facts.plan, "action", other.identifier))
            for other in action.depends_on.order_by("number")
        ),
        row.support,
        _updates(action),
    )


def _facts(action: Action) -> FactRows:
    """Return who and when: owner, lead and due date always, the rest where it is given."""
    target = action.target_score
    always = ("Owner", action.owner_name), ("Lead", action.lead), ("Due", str(action.due or ""))
    rest = (
        ("Starts", str(action.start or "")),
        ("Repeats", action.recurrence),
        ("Monitored by", str(action.monitored_by or "")),
        ("Reports to", str(action.reports_to or "")),
        ("Target score", "" if target is None else plain(target)),
    )
    return (*always, *(fact for fact in rest if fact[1]))


def _updates(action: Action) -> tuple[Update, ...]:
    reported = action.updates.select_related("reported_by").order_by("-date", "-pk")
    return tuple(
        Update(
            update,
            day_words(update.date),
            words.reported_tags(update.status, update.rating),
        )
        for update in reported
    )
