"""The kinds of blocks that a writer may add, and whether there is anything for them to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from changeplan.models import Action, SupportAllocation
from standards.models import Exercise, Finding, Score

from ..kinds import BlockKind
from ..models import Decision, Paper


@dataclass(frozen=True)
class Offered:
    """A kind of block that can be added: what it shows, and whether there is any of that now."""

    kind: BlockKind
    label: str
    words: str


def offered(paper: Paper) -> tuple[Offered, ...]:
    """Return the kinds of blocks that show data. Two queries."""
    known = _known(paper)
    return tuple(
        Offered(kind, kind.label, words if known[needs] else f"{words} {LACKS[needs]}")
        for kind, (words, needs) in SHOWS.items()
    )


SHOWS = {
    BlockKind.RECOMMENDATIONS: ("What bodies are asked to decide, numbered.", "paper"),
    BlockKind.SCORE_RANGE: ("A sentence: from the lowest average to the highest.", "scores"),
    BlockKind.AVERAGING_METHOD: ("How the averages were worked out.", "scores"),
    BlockKind.COHORT_COMPARISON: ("Where one cohort scored differently from another.", "scores"),
    BlockKind.STRONGEST: ("The standards with the highest averages.", "scores"),
    BlockKind.LOWEST: ("The standards with the lowest averages.", "scores"),
    BlockKind.SCORE_CHART: ("A chart of all averages, and the figures beside it.", "scores"),
    BlockKind.SCORES_TABLE: ("Every standard with its average, in a table.", "scores"),
    BlockKind.CHANGE_SINCE: ("How the averages moved since the exercise before.", "previous"),
    BlockKind.THEMES: ("The themes of what the groups said.", "themes"),
    BlockKind.STRENGTHS: ("The strengths that were named.", "strengths"),
    BlockKind.PRIORITIES: ("Each improvement priority, and who raised it.", "priorities"),
    BlockKind.PRIORITY_ACTIONS: ("Which actions answer each priority.", "actions"),
    BlockKind.PLAN_TABLE: ("The whole change plan: score, status, actions, support.", "plan"),
    BlockKind.DAYS_TOTAL: ("How many days of support are asked for, of how many.", "support"),
    BlockKind.DAYS_TABLE: ("Every piece of support with its days.", "support"),
    BlockKind.ACTION_TIMELINE: ("The actions with a date, in the order of their dates.", "dated"),
    BlockKind.DECISIONS_SO_FAR: ("What bodies have decided so far, and when.", "decisions"),
}
LACKS = {
    "scores": "Nothing to show yet: there are no scores.",
    "previous": "Nothing to show yet: there was no exercise before.",
    "themes": "Nothing to show yet: no theme is recorded.",
    "strengths": "Nothing to show yet: no strength is recorded.",
    "priorities": "Nothing to show yet: no improvement priority is recorded.",
    "plan": "Nothing to show: the paper has no change plan.",
    "actions": "Nothing to show yet: the plan has no action.",
    "dated": "Nothing to show yet: no action has a date.",
    "support": "Nothing to show yet: no support is asked for.",
    "decisions": "Nothing to show yet: nothing was decided.",
}


def _known(paper: Paper) -> dict[str, bool]:
    """Return what there is to show."""
    known = dict.fromkeys(LACKS, False) | {"paper": True, "plan": paper.plan_id is not None}
    exercise = {
        "scores": Score.objects.filter(working_group__session__exercise=OuterRef("pk")),
        "previous": Exercise.objects.filter(pk=OuterRef("previous")),
    } | {
        name: Finding.objects.filter(exercise=OuterRef("pk"), kind=kind)
        for name, kind in (
            ("themes", Finding.Kind.THEME),
            ("strengths", Finding.Kind.STRENGTH),
            ("priorities", Finding.Kind.PRIORITY),
        )
    }
    actions = Action.objects.filter(plan=OuterRef("plan"))
    of_paper = {
        "actions": actions,
        "dated": actions.exclude(due=None),
        "support": SupportAllocation.objects.filter(entitlement__plan=OuterRef("plan")),
        "decisions": Decision.objects.filter(recommendation__paper__plan=OuterRef("plan")),
    }
    return known | (
        _there(Exercise.objects.filter(pk=paper.exercise_id or 0), exercise)
        | _there(Paper.objects.filter(pk=paper.pk), of_paper)
    )


def _there(rows: Any, asked: Mapping[str, Any]) -> dict[str, bool]:
    found = rows.annotate(**{f"has_{name}": Exists(query) for name, query in asked.items()})
    row = found.values(*(f"has_{name}" for name in asked)).first() or {}
    return {name: bool(row.get(f"has_{name}")) for name in asked}
