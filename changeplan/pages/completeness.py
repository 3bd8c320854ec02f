"""The completeness page: what the plan still lacks, and where to see to it."""

from dataclasses import dataclass

from .. import words
from ..completeness import Gap, GapKind
from ..models import ChangePlan
from ..plan import PlanFacts

TITLES = {
    GapKind.STATUS: "No current status",
    GapKind.ACTION: "No action",
    GapKind.OWNER: "No owner",
    GapKind.DUE: "No due date",
    GapKind.SUPPORT: "Support relied on, and not asked for",
    GapKind.PRIORITY: "Improvement priority without an action",
}


@dataclass(frozen=True)
class Measure:
    """How many of how many: "9 of 12"."""

    label: str
    have: int
    of: int

    @property
    def lacking(self) -> int:
        return self.of - self.have


@dataclass(frozen=True)
class GapLink:
    """A gap in words, and the place in the plan where it is."""

    words: str
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
    gaps: int


def completeness_page(facts: PlanFacts) -> CompletenessPage:
    return CompletenessPage(
        facts.plan,
        tuple(measure for measure in _measures(facts) if measure.of),
        tuple(group for kind in GapKind if (group := _group(facts, kind)).links),
        len(facts.gaps),
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
    links = tuple(
        GapLink(gap.words, _place(facts.plan, gap)) for gap in facts.gaps if gap.kind == kind
    )
    return GapGroup(TITLES[kind], links)


def _place(plan: ChangePlan, gap: Gap) -> str:
    if gap.kind == GapKind.PRIORITY:
        return f"{words.address(plan)}#priority-{gap.key}"
    if gap.key:
        return words.address(plan, "action", gap.key)
    return f"{words.address(plan)}#standard-{gap.standard}"
