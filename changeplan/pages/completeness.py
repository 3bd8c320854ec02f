"""The completeness page: what the plan still lacks, and where to see to it."""

from dataclasses import dataclass

from .. import words
from ..completeness import Gap, GapKind
from ..models import ChangePlan
from ..plan import PlanFacts

TITLES = {
    GapKind.STATUS: "Standards without a current status",
    GapKind.ACTION: "Standards without an action",
    GapKind.OWNER: "Actions without an owner or a lead",
    GapKind.DUE: "Actions without a due date",
    GapKind.SUPPORT: "Actions relying on support that is not asked for here",
    GapKind.PRIORITY: "Improvement priorities without an action",
}


@dataclass(frozen=True)
class Measure:
    """How many of how many: "9 of 12"."""

    label: str
    have: int
    of: int


@dataclass(frozen=True)
class GapLink:
    """Where in the plan a gap is: a standard (with its number), an action or a priority."""

    number: int | None
    title: str
    href: str


@dataclass(frozen=True)
class GapGroup:
    """The gaps of one kind."""

    title: str
    links: tuple[GapLink, ...]


@dataclass(frozen=True)
class CompletenessPage:
    """Everything the page shows."""

    plan: ChangePlan
    measures: tuple[Measure, ...]
    groups: tuple[GapGroup, ...]


def completeness_page(facts: PlanFacts) -> CompletenessPage:
    return CompletenessPage(
        facts.plan,
        tuple(measure for measure in _measures(facts) if measure.of),
        tuple(group for kind in GapKind if (group := _group(facts, kind)).links),
    )


def _measures(facts: PlanFacts) -> tuple[Measure, ...]:
    counts = facts.counts
    return (
        Measure("Standards with a current status", counts.with_status, counts.standards),
        Measure("Standards with an action", counts.with_action, counts.standards),
        Measure(
            "Improvement priorities with an action", counts.priorities_answered, counts.priorities
        ),
        Measure("Actions with an owner or a lead", counts.with_owner, counts.actions),
        Measure("Actions with a due date", counts.with_due, counts.actions),
    )


def _group(facts: PlanFacts, kind: GapKind) -> GapGroup:
    return GapGroup(TITLES[kind], tuple(_link(facts, g) for g in facts.gaps if g.kind == kind))


def _link(facts: PlanFacts, gap: Gap) -> GapLink:
    home = words.address(facts.plan)
    if gap.kind == GapKind.PRIORITY:
        asked = next(p.finding for p in facts.priorities if p.finding.identifier == gap.key)
        return GapLink(asked.number, asked.title, f"{home}#priority-{gap.key}")
    if planned := facts.action(gap.key):
        href = words.address(facts.plan, "action", gap.key)
        return GapLink(None, planned.action.heading, href)
    standard = next(e.standard for e in facts.entries if e.standard.number == gap.standard)
    return GapLink(standard.number, standard.title, f"{home}#standard-{standard.number}")
