"""The plan's own page: by standard, or by improvement priority."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from partnership.dates import day_words
from partnership.numbers import counted, days, listing, plain
from standards.analysis import StandardAverage, StandardChange
from standards.models import Attribution
from standards.versions import MadeFrom, made_from

from .. import tracing, words
from ..models import ChangePlan
from ..plan import Entry, PlanFacts, PlannedAction, Priority
from ..scores import NO_SCORES, Scores, scores_of
from ..words import Tag
from .ledger import LedgerTable, ledger_table
from .rows import (
    UNDER_NONE,
    ActionRow,
    FactRows,
    SupportRow,
    Told,
    action_row,
    support_rows,
    with_moves,
)


@dataclass(frozen=True)
class Tile:
    """A figure that matters, as components/figure_tiles.html draws it."""

    label: str
    value: str
    note: str = ""
    href: str = ""
    tone: str = ""


@dataclass(frozen=True)
class EntryRow:
    """A standard's row of the plan."""

    entry: Entry
    average: StandardAverage | None
    change: StandardChange | None
    actions: tuple[ActionRow, ...]
    support: tuple[SupportRow, ...]


@dataclass(frozen=True)
class Raiser:
    """Who raised a priority: "The Board (particularly)"; the point they made and a reservation
    they had, in Markdown, where these are known."""

    words: str
    point: str
    reservation: str


@dataclass(frozen=True)
class PriorityRow:
    """An improvement priority, who raised it, and what answers it; `line` says it in a sentence,
    `href` leads to all that is behind it."""

    priority: Priority
    line: str
    href: str
    raised_by: tuple[Raiser, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True)
class PlanCard:
    """A plan in the list of plans, as its reader may see it."""

    title: str
    href: str
    state: Tag
    facts: FactRows


@dataclass(frozen=True)
class PlanPage:
    """Everything the page shows; `exercise_href` is where its results are, `may_edit` whether the
    reader may change the plan now."""

    plan: ChangePlan
    state: Tag
    approval: FactRows
    exercise_href: str
    made_from: MadeFrom | None
    tiles: tuple[Tile, ...]
    scores: Scores
    entries: tuple[EntryRow, ...]
    priorities: tuple[PriorityRow, ...]
    other_actions: tuple[ActionRow, ...]
    other_support: tuple[SupportRow, ...]
    ledger: LedgerTable
    may_edit: bool = False


def plan_card(plan: Any) -> PlanCard:
    """Return the card of a plan; `ChangePlanQuerySet.as_shown_to` said what of it is shown."""
    facts = (("Exercise", str(plan.exercise)), *approval(plan))
    state = words.tag_of_state(plan.state_shown)
    return PlanCard(plan.title_shown, words.address(plan), state, facts)


def approval(plan: ChangePlan) -> FactRows:
    """Return the meeting that approved the plan, its minute and the date of the record."""
    recorded = plan.approved_at
    rows = (
        ("Approved by", str(plan.approved_meeting or "")),
        ("Minute", plan.minute_reference),
        ("Recorded", day_words(localdate(recorded)) if recorded else ""),
    )
    return tuple((label, value) for label, value in rows if value)


def plan_page(facts: PlanFacts, with_scores: bool, may_edit: bool = False) -> PlanPage:
    """Return the page. A plan arranged by improvement priority shows no scores, as a reader who
    may not see them gets none: then the tables have no such columns at all."""
    plan = facts.plan
    scores = NO_SCORES if facts.by_priority or not with_scores else scores_of(facts)
    by_standard = () if facts.by_priority else facts.entries
    return PlanPage(
        plan,
        words.state_tag(plan),
        approval(plan),
        reverse("standards:exercise", args=[plan.partnership.slug, plan.exercise.identifier]),
        made_from(plan.results_version),
        tuple(_tiles(facts)),
        scores,
        tuple(_entry(facts, entry, scores) for entry in by_standard),
        tuple(_priority(facts, priority) for priority in facts.priorities),
        with_moves([_under_nothing(facts, planned) for planned in facts.other_actions]),
        support_rows(facts.other_support),
        ledger_table(facts),
        may_edit and plan.is_editable,
    )


def _entry(facts: PlanFacts, entry: Entry, scores: Scores) -> EntryRow:
    number = entry.standard.number
    return EntryRow(
        entry,
        scores.averages.get(number),
        scores.changes.get(number) if scores.compared else None,
        with_moves([_under_standard(facts, planned, number) for planned in entry.actions]),
        support_rows(entry.support, here=number),
    )


def _priority(facts: PlanFacts, priority: Priority) -> PriorityRow:
    return PriorityRow(
        priority,
        tracing.line(priority),
        words.address(facts.plan, "priority", priority.finding.identifier),
        tuple(raised(attribution) for attribution in priority.raised_by),
        with_moves([_under_priority(facts, planned, priority) for planned in priority.actions]),
    )


def _under_standard(facts: PlanFacts, planned: PlannedAction, number: int) -> ActionRow:
    """Return the row; an action of several standards is told in full under the first."""
    first = planned.standards[0]
    told = Told(f"standard {first}", f"standard-{first}") if first != number else None
    return action_row(facts, planned, number, told)


def _under_priority(facts: PlanFacts, planned: PlannedAction, priority: Priority) -> ActionRow:
    """Return the row; an action of several priorities is told in full under the first."""
    first = planned.priorities[0]
    if first == priority.finding or not facts.by_priority:
        return action_row(facts, planned)
    told = Told(f"improvement priority {first.number}", f"priority-{first.identifier}")
    return action_row(facts, planned, told=told)


def _under_nothing(facts: PlanFacts, planned: PlannedAction) -> ActionRow:
    """Return the row of an action under no heading; its support may stand under a standard."""
    row = action_row(facts, planned)
    if facts.by_priority:
        return row
    return replace(row, support=support_rows(planned.support, here=UNDER_NONE))


def raised(attribution: Attribution) -> Raiser:
    return Raiser(tracing.raiser(attribution), attribution.point, attribution.reservation)


def _tiles(facts: PlanFacts) -> list[Tile]:
    counts, href = facts.counts, words.address(facts.plan, "completeness")
    gaps = counted(len(facts.gaps), "gap") if facts.gaps else "No gaps"
    answered = (counts.priorities_answered, counts.priorities, "Priorities answered")
    covered = (counts.with_action, counts.standards, "Standards with actions")
    have, of, label = answered if facts.by_priority else covered
    return [
        Tile(label, f"{have} of {of}", gaps, href),
        Tile("Actions", str(counts.actions), f"{counts.with_due} with a date"),
        *_day_tiles(facts),
    ]


def _day_tiles(facts: PlanFacts) -> list[Tile]:
    total, href = facts.ledger.total, words.address(facts.plan, "days")
    if not ledger_has_figures(facts):
        asked = Tile("Support asked for", str(len(facts.support)), "days not stated", href)
        return [asked] if facts.support else []
    available = words.available(total, "an unstated number").lower()
    left = f"{days(total.remaining)} left to agree" if total.agreed and total.remaining else ""
    to_come = f"{days(total.to_deliver)} to come" if total.to_deliver else ""
    estimated, over = total.estimated, facts.ledger
    of = f"of {available} available"
    return [
        _day_tile("Days estimated", estimated, of, over.over_estimated, href),
        _day_tile("Days agreed", total.agreed, left or "so far", over.over_agreed),
        _day_tile(
            "Days delivered", total.delivered or None, to_come or "so far", over.over_delivered
        ),
    ]


def _day_tile(
    label: str, figure: Decimal | None, note: str, over: tuple[str, ...], href: str = ""
) -> Tile:
    """One programme's spare days do not cover another's: where one is over, that is said."""
    value, tone = "None" if figure is None else plain(figure), "danger" if over else ""
    return Tile(label, value, listing(over) or note, href, tone)


def ledger_has_figures(facts: PlanFacts) -> bool:
    """Whether anybody has named a number of days, available or asked for."""
    total = facts.ledger.total
    return (
        total.estimated is not None
        or total.agreed is not None
        or any(line.available is not None for line in facts.ledger.programmes)
    )
