"""A change plan read whole: the one place that turns its records into frozen facts.

Pages, the API and papers read these; allocation and completeness do the arithmetic. It takes at
most eight queries, for twelve actions as for two hundred.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import F, FilteredRelation, Prefetch, Q, QuerySet, Value

from partnership.numbers import days
from standards.models import Attribution, Cohort, Finding, Standard, WorkingGroup

from .allocation import Allocation, Entitlement, Ledger, StandardDays, by_standard, ledger
from .completeness import ActionFacts, EntryFacts, Gap, PlanSummary, PriorityFacts, gaps, summary
from .models import (
    Action,
    ActionLink,
    ChangePlan,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)

Links = Mapping[tuple[str, int], list[int]]
RAISED_TEXTS = ("number", "category", "named_as", "strength", "point", "reservation")
RAISED = (*RAISED_TEXTS, "working_group", "working_group__name", "cohort", "cohort__name")
STATEMENT = ("identifier", "number", "text", "version", "to_confirm")


@dataclass(frozen=True)
class Support:
    """Support asked for one purpose. `standards` are the numbers it serves: its own, or its
    action's where it names none. Figures are in days, None where nobody gave one."""

    allocation: SupportAllocation
    entitlement: SupportEntitlement
    standards: tuple[int, ...]
    deliveries: tuple[SupportDelivery, ...]

    @property
    def programme(self) -> str:
        return programme_name(self.entitlement)

    @property
    def retired_action(self) -> str:
        """The heading of the action it was asked for, where that was retired; else ""."""
        action = self.allocation.action
        return action.heading if action and action.removed_at else ""

    @property
    def delivered(self) -> Decimal:
        return sum((delivery.days for delivery in self.deliveries), Decimal(0))

    @property
    def over_delivered(self) -> str:
        """What to say where more was delivered than agreed, "" where it was not."""
        return _allocation(self).over_delivered

    @property
    def figures(self) -> tuple[str, ...]:
        """A phrase for each figure that was given, none of them as 0: "2 days estimated"."""
        given = {
            "estimated": self.allocation.estimated,
            "agreed": self.allocation.agreed,
            "delivered": self.delivered or None,
        }
        return tuple(f"{days(n)} {word}" for word, n in given.items() if n is not None)

    @property
    def days_words(self) -> str:
        """ "2 days estimated, 1 day agreed", or "days not stated"."""
        return ", ".join(self.figures) or "days not stated"


@dataclass(frozen=True)
class PlannedAction:
    """An action with the standards it serves (numbers), the improvement priorities it answers, the
    support asked for it and the actions it waits for (identifiers)."""

    action: Action
    standards: tuple[int, ...]
    priorities: tuple[Finding, ...]
    support: tuple[Support, ...]
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One statement of the current status of a standard (Markdown)."""

    identifier: str
    number: int
    text: str
    version: int
    to_confirm: bool


@dataclass(frozen=True)
class Entry:
    """The plan's row for one standard; `statements` of its current status in order. `support`
    is all that serves the standard, whichever action asks for it."""

    standard: Standard
    statements: tuple[Statement, ...]
    actions: tuple[PlannedAction, ...]
    support: tuple[Support, ...]

    @property
    def status(self) -> tuple[str, ...]:
        """The words of the statements (Markdown)."""
        return tuple(statement.text for statement in self.statements)

    @property
    def relied_on(self) -> tuple[str, ...]:
        """What its actions count on without asking for it (Markdown)."""
        return tuple(a.action.relied_on_support for a in self.actions if a.action.relied_on_support)


@dataclass(frozen=True)
class Priority:
    """An improvement priority, who raised it, and the actions that answer it."""

    finding: Finding
    raised_by: tuple[Attribution, ...]
    actions: tuple[PlannedAction, ...]


@dataclass(frozen=True)
class PlanFacts:
    """Everything a plan says. `ledger` and `days` are the support days by programme and by
    standard; `gaps` and `counts` say how complete the plan is."""

    plan: ChangePlan
    entries: tuple[Entry, ...]
    actions: tuple[PlannedAction, ...]
    priorities: tuple[Priority, ...]
    entitlements: tuple[SupportEntitlement, ...]
    support: tuple[Support, ...]
    ledger: Ledger
    days: tuple[StandardDays, ...]
    gaps: tuple[Gap, ...]
    counts: PlanSummary

    @property
    def by_priority(self) -> bool:
        return self.plan.arrangement == ChangePlan.Arrangement.BY_PRIORITY

    def action(self, identifier: str) -> PlannedAction | None:
        """Return one of its actions, None where it has no such one."""
        return next((a for a in self.actions if a.action.identifier == identifier), None)

    def priority(self, identifier: str) -> Priority | None:
        """Return one of its improvement priorities, None where it has no such one."""
        return next((p for p in self.priorities if p.finding.identifier == identifier), None)

    @property
    def other_actions(self) -> tuple[PlannedAction, ...]:
        """The actions that stand under no heading of the plan's arrangement."""
        return tuple(
            a for a in self.actions if not (a.priorities if self.by_priority else a.standards)
        )

    @property
    def other_support(self) -> tuple[Support, ...]:
        """The support that stands under no heading of the plan's arrangement and with no action;
        what was asked for an action that was retired is such."""
        kept = {planned.action.pk for planned in self.actions}
        return tuple(
            s
            for s in self.support
            if s.allocation.action_id not in kept and (self.by_priority or not s.standards)
        )


def plan_facts(plan: ChangePlan) -> PlanFacts:
    """Return the plan whole."""
    rows = _entry_rows(plan)
    links = _links(plan)
    asked = SupportAllocation.objects.select_related("action", "area_approved_at__group")
    entitlements = tuple(
        plan.entitlements.prefetch_related(
            Prefetch("allocations", asked), "allocations__deliveries"
        )
    )
    support = tuple(_support(entitlements, links))
    findings = _findings(plan)
    actions = tuple(_actions(plan, links, findings, support))
    entries = tuple(_entry(standard, status, actions, support) for standard, status in rows)
    priorities = tuple(_priority(finding, raised, actions) for finding, raised in findings.items())
    facts = _completeness_facts(plan, entries, priorities, actions)
    return PlanFacts(
        plan,
        entries,
        actions,
        priorities,
        entitlements,
        support,
        *_days(entitlements, support, [entry.standard.number for entry in entries]),
        gaps=gaps(*facts),
        counts=summary(*facts),
    )


def days_of(plan: ChangePlan) -> tuple[Ledger, tuple[StandardDays, ...]]:
    """Return the plan's days alone, by programme and by each standard that they serve, in four
    queries."""
    entitlements = tuple(plan.entitlements.prefetch_related("allocations__deliveries"))
    support = tuple(_support(entitlements, _links(plan)))
    return _days(entitlements, support, {n for asked in support for n in asked.standards})


def programme_name(entitlement: SupportEntitlement) -> str:
    """Return the programme as the ledger names it: short where it has a short name."""
    return entitlement.short_name or entitlement.programme


def _entry_rows(plan: ChangePlan) -> list[tuple[Standard, tuple[Statement, ...]]]:
    """Return every standard with its status statements; one query, a row for each statement."""
    kept = FilteredRelation("status", condition=Q(status__removed_at=None))
    entries = plan.entries.select_related("standard").annotate(kept=kept)
    told = {f"its_{name}": F(f"kept__{name}") for name in STATEMENT}
    ordered = entries.annotate(**told).order_by("standard__number", "kept__number")
    return [
        (rows[0].standard, tuple(_statements(rows)))
        for rows in (list(same) for _, same in groupby(ordered, attrgetter("standard_id")))
    ]


def _statements(rows: Iterable[Any]) -> Iterator[Statement]:
    for row in rows:
        if row.its_identifier:
            yield Statement(*(getattr(row, f"its_{name}") for name in STATEMENT))


def _links(plan: ChangePlan) -> Links:
    """Return the standards' numbers, and the keys of priorities and of other actions, that actions
    and allocations name; one query."""
    served = ActionLink.objects.filter(action__plan=plan)
    asked = SupportAllocation.standards.through.objects.filter(
        supportallocation__entitlement__plan=plan
    )
    rows = _link_rows(
        served.exclude(standard=None), "serves", "action_id", "standard__number"
    ).union(
        _link_rows(served.exclude(priority=None), "answers", "action_id", "priority_id"),
        _link_rows(served.exclude(waits_for=None), "waits", "action_id", "waits_for_id"),
        _link_rows(asked, "asked", "supportallocation_id", "standard__number"),
    )
    links: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for kind, owner, linked in rows:
        links[kind, owner].append(linked)
    return links


def _link_rows(links: QuerySet, kind: str, owner: str, linked: str) -> QuerySet:
    return links.annotate(kind=Value(kind)).values_list("kind", owner, linked)


def _findings(plan: ChangePlan) -> dict[Finding, tuple[Attribution, ...]]:
    """Return the improvement priorities in order, and who raised each; one query, a row for each
    of them."""
    kept = FilteredRelation("attributions", condition=Q(attributions__removed_at=None))
    found = plan.exercise.findings.filter(kind=Finding.Kind.PRIORITY).annotate(kept=kept)
    told = {f"its_{name}": F(f"kept__{name}") for name in RAISED}
    ordered: QuerySet[Any] = found.annotate(**told).order_by("number", "kept__number")
    return {
        rows[0]: tuple(_raised(row) for row in rows if row.its_number)
        for rows in (list(same) for _, same in groupby(ordered, attrgetter("pk")))
    }


def _raised(row: Any) -> Attribution:
    """Return an attribution with as much of it and of its raiser as a plan tells."""
    group, cohort = row.its_working_group__name, row.its_cohort__name
    return Attribution(
        finding_id=row.pk,
        working_group=WorkingGroup(pk=row.its_working_group, name=group) if group else None,
        cohort=Cohort(pk=row.its_cohort, name=cohort) if cohort else None,
        **{name: getattr(row, f"its_{name}") for name in RAISED_TEXTS},
    )


def _support(entitlements: Iterable[SupportEntitlement], links: Links) -> Iterator[Support]:
    for entitlement in entitlements:
        for allocation in entitlement.allocations.all():
            own = links.get(("asked", allocation.pk), [])
            action = allocation.action_id
            through_action = links.get(("serves", action), []) if action else []
            serves = tuple(sorted(own or through_action))
            deliveries = tuple(allocation.deliveries.all())
            yield Support(allocation, entitlement, serves, deliveries)


def _actions(
    plan: ChangePlan, links: Links, findings: Iterable[Finding], support: Iterable[Support]
) -> Iterator[PlannedAction]:
    people = "lead_group", "lead_organisation", "owner__user", "monitored_by", "reports_to"
    found = list(plan.actions.select_related(*people).order_by("number"))
    for action in found:
        answered = links.get(("answers", action.pk), [])
        waits = links.get(("waits", action.pk), [])
        yield PlannedAction(
            action,
            tuple(sorted(links.get(("serves", action.pk), []))),
            tuple(finding for finding in findings if finding.pk in answered),
            tuple(asked for asked in support if asked.allocation.action_id == action.pk),
            tuple(other.identifier for other in found if other.pk in waits),
        )


def _entry(
    standard: Standard,
    statements: tuple[Statement, ...],
    actions: Iterable[PlannedAction],
    support: Iterable[Support],
) -> Entry:
    return Entry(
        standard,
        statements,
        tuple(action for action in actions if standard.number in action.standards),
        tuple(asked for asked in support if standard.number in asked.standards),
    )


def _priority(
    finding: Finding, raised_by: tuple[Attribution, ...], actions: Iterable[PlannedAction]
) -> Priority:
    answers = tuple(action for action in actions if finding in action.priorities)
    return Priority(finding, raised_by, answers)


def entitlement_of(offered: SupportEntitlement) -> Entitlement:
    """Return what a programme offers, as the ledger counts it."""
    return Entitlement(programme_name(offered), offered.days, offered.is_approximate)


def _days(
    entitlements: Iterable[SupportEntitlement],
    support: Iterable[Support],
    standards: Iterable[int],
) -> tuple[Ledger, tuple[StandardDays, ...]]:
    allocations = [_allocation(asked) for asked in support]
    offered = [entitlement_of(entitlement) for entitlement in entitlements]
    return ledger(offered, allocations), by_standard(allocations, standards)


def _allocation(asked: Support) -> Allocation:
    return Allocation(
        asked.programme,
        asked.standards,
        asked.allocation.estimated,
        asked.allocation.agreed,
        asked.delivered,
        key=asked.allocation.identifier,
    )


def _completeness_facts(
    plan: ChangePlan,
    entries: Iterable[Entry],
    priorities: Iterable[Priority],
    actions: Iterable[PlannedAction],
) -> tuple[list[EntryFacts], list[PriorityFacts], list[ActionFacts]]:
    """Return what the completeness check takes. A plan arranged by improvement priority owes
    the standards nothing, so their entries are left out and every action stands by itself."""
    if plan.arrangement == ChangePlan.Arrangement.BY_PRIORITY:
        entries = ()
    facts = {planned.action.pk: _action_facts(planned) for planned in actions}
    return (
        [
            EntryFacts(
                entry.standard.number,
                bool(entry.status),
                tuple(facts[planned.action.pk] for planned in entry.actions),
            )
            for entry in entries
        ],
        [PriorityFacts(p.finding.identifier, p.finding.title, len(p.actions)) for p in priorities],
        list(facts.values()),
    )


def _action_facts(planned: PlannedAction) -> ActionFacts:
    action = planned.action
    return ActionFacts(
        action.identifier,
        action.heading,
        has_owner=bool(action.owner_name or action.lead),
        has_due=bool(action.due or action.recurrence),
        relies_on_support=bool(action.relied_on_support),
        has_support=bool(planned.support),
        ends_first=bool(action.start and action.due and action.due.is_before(action.start)),
    )
