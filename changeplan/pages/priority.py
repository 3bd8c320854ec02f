"""An improvement priority of a plan: who raised it, what it rests on, and what is done for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from standards.analysis import StandardAverage, StandardChange
from standards.comments import comments_of
from standards.models import Comment, Standard

from .. import tracing, words
from ..models import ChangePlan
from ..plan import PlanFacts, Priority
from ..scores import NO_SCORES, Scores, scores_on
from .plan import Raiser, raised
from .rows import ActionRow, action_row


@dataclass(frozen=True)
class StandardRow:
    """A standard that the priority touches, and how it was scored, where the reader may see it."""

    standard: Standard
    href: str
    average: StandardAverage | None
    change: StandardChange | None


@dataclass(frozen=True)
class Neighbour:
    """The priority before or after."""

    number: int
    title: str
    href: str


@dataclass(frozen=True)
class PriorityPage:
    """Everything the page shows. `comments` is None for a reader who may not see any."""

    plan: ChangePlan
    priority: Priority
    line: str
    raised_by: tuple[Raiser, ...]
    standards: tuple[StandardRow, ...]
    scores: Scores
    comments: tuple[Comment, ...] | None
    actions: tuple[ActionRow, ...]
    before: Neighbour | None
    after: Neighbour | None


def priority_page(
    facts: PlanFacts, priority: Priority, *, with_scores: bool, with_comments: bool
) -> PriorityPage:
    """Return the page, in at most five queries more than the plan took. The standards are those it
    concerns, and those that its comments speak of."""
    comments = _comments(facts, priority) if with_comments else None
    touched = [*priority.finding.standards.all(), *(c.standard for c in comments or ())]
    standards = sorted({each for each in touched if each}, key=lambda each: each.number)
    scores = scores_on(facts.plan.exercise, standards) if with_scores and standards else NO_SCORES
    place = facts.priorities.index(priority)
    return PriorityPage(
        facts.plan,
        priority,
        tracing.line(priority),
        tuple(raised(attribution) for attribution in priority.raised_by),
        tuple(_standards(facts.plan, standards, scores)),
        scores,
        comments,
        tuple(action_row(facts, planned) for planned in priority.actions),
        _neighbour(facts, place - 1),
        _neighbour(facts, place + 1),
    )


def _comments(facts: PlanFacts, priority: Priority) -> tuple[Comment, ...]:
    return tuple(comments_of(facts.plan.exercise).filter(findings=priority.finding))


def _standards(
    plan: ChangePlan, standards: Iterable[Standard], scores: Scores
) -> Iterable[StandardRow]:
    for standard in standards:
        number = standard.number
        place = [plan.partnership.slug, plan.exercise.identifier, number]
        yield StandardRow(
            standard,
            reverse("standards:standard", args=place) if scores else "",
            scores.averages.get(number),
            scores.changes.get(number) if scores.compared else None,
        )


def _neighbour(facts: PlanFacts, place: int) -> Neighbour | None:
    if not 0 <= place < len(facts.priorities):
        return None
    finding = facts.priorities[place].finding
    href = words.address(facts.plan, "priority", finding.identifier)
    return Neighbour(finding.number, finding.title, href)
