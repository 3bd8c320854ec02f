"""The completeness page: what the plan still lacks, and where to see to it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from .. import words
from ..completeness import Gap, GapKind
from ..models import ChangePlan
from ..plan import PlanFacts

TITLES = {
    GapKind.STATUS: "Standards without a current status",
    GapKind.ACTION: "Standards without an action",
    GapKind.OWNER: "Actions without an owner or a lead",
    GapKind.DUE: "Actions without a due date",
    GapKind.ORDER: "Actions due before they start",
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
    """A standard (with its number), an action or a priority that lacks something, and where that
    is mended: for who may not, where it stands."""

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


def completeness_page(facts: PlanFacts, *, may_edit: bool) -> CompletenessPage:
    mends = may_edit and facts.plan.is_editable
    groups = (_group(facts, kind, mends) for kind in GapKind)
    return CompletenessPage(
        facts.plan,
        tuple(measure for measure in _measures(facts) if measure.of),
        tuple(group for group in groups if group.links),
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


def _group(facts: PlanFacts, kind: GapKind, mends: bool) -> GapGroup:
    links = (_link(facts, gap, mends) for gap in facts.gaps if gap.kind == kind)
    return GapGroup(TITLES[kind], tuple(links))


def _link(facts: PlanFacts, gap: Gap, mends: bool) -> GapLink:
    home, mending = words.address(facts.plan), _mending(facts.plan, gap) if mends else ""
    if gap.kind == GapKind.PRIORITY:
        asked = next(p.finding for p in facts.priorities if p.finding.identifier == gap.key)
        return GapLink(asked.number, asked.title, mending or f"{home}#priority-{gap.key}")
    if planned := facts.action(gap.key):
        href = words.address(facts.plan, "action", gap.key)
        return GapLink(None, planned.action.heading, mending or href)
    standard = next(e.standard for e in facts.entries if e.standard.number == gap.standard)
    href = f"{home}#standard-{standard.number}"
    return GapLink(standard.number, standard.title, mending or href)


def _mending(plan: ChangePlan, gap: Gap) -> str:
    """Return the form, and its field, in which the gap is closed."""
    match gap.kind:
        case GapKind.STATUS:
            return f"{words.address(plan, 'statement_new', gap.standard)}#id_text"
        case GapKind.ACTION:
            return words.address(plan, "action_new_for_standard", gap.standard)
        case GapKind.PRIORITY:
            return words.address(plan, "action_new_for_priority", gap.key)
        case GapKind.SUPPORT:
            return f"{words.address(plan, 'allocation_new')}?{urlencode({'action': gap.key})}"
    field = "owner" if gap.kind == GapKind.OWNER else "due_0"
    return f"{words.address(plan, 'action_edit', gap.key)}#id_{field}"
