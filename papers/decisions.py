"""Decisions, as pages and papers ask for them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from changeplan.models import Action, ChangePlan, PlanVersion
from partnership.models import Meeting

from .models import Amendment, Decision, Paper, Recommendation

Outcome, Change = Decision.Outcome, Amendment.Outcome
TAKEN = (Outcome.APPROVED, Outcome.AMENDED)
TOLD = ("meeting__group", "recommendation__paper__partnership", "plan_version")
LOG = (
    *("-meeting__date", "-meeting", "recommendation__paper", "recommendation__number"),
    "pk",
)
# What a correction may be of, as pages name it.
CORRECTED = {
    "meeting_id": "Meeting",
    "amended": "The words as amended",
    "deferred_to": "Deferred to",
    "conditions": "Conditions",
    "minute_reference": "Minute",
    "present": "Who was present",
    "was_quorate": "Quorum",
}


@dataclass(frozen=True)
class Correction:
    """A slip of the pen put right: when, by whom and why, and what stood there before, by field."""

    at: Any
    by: str
    reason: str
    before: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """A decision with its corrections, the first first, and what it sets off in the plan;
    `present` says how many were there, and `is_unplaced` that a deferred paper waits for a place
    on an agenda."""

    decision: Decision
    corrections: tuple[Correction, ...]
    effect: str
    present: str
    is_unplaced: bool

    @property
    def names(self) -> str:
        """Who was present, where it says more than how many."""
        said = self.decision.present.strip()
        return "" if said.isdecimal() else said


@dataclass(frozen=True)
class Decided:
    """A recommendation with its decisions, the first first; `open` is the one still to be
    confirmed."""

    recommendation: Recommendation
    decisions: tuple[Told, ...]

    @property
    def open(self) -> Decision | None:
        found = (told.decision for told in self.decisions)
        return next((each for each in found if not each.is_confirmed), None)


@dataclass(frozen=True)
class MeetingLog:
    """What one meeting decided, in the order of papers and recommendations."""

    meeting: Meeting
    decisions: tuple[Decision, ...]


def confirmed() -> "QuerySet[Decision]":
    """Return the decisions that are confirmed, with what is told of each, in the order of a log:
    the latest meeting first."""
    return Decision.objects.filter(confirmed_at__isnull=False).select_related(*TOLD).order_by(*LOG)


def so_far(paper: Paper) -> "QuerySet[Decision]":
    """Return what was decided, and confirmed, on other papers about the paper's exercise or plan,
    or about those before them: the latest meeting first."""
    exercise, plan = paper.exercise, paper.plan
    exercises = [exercise.pk, exercise.previous_id] if exercise else []
    plans = [plan.pk, plan.previous_id] if plan else []
    about = Q(recommendation__paper__exercise__in=filter(None, exercises))
    about |= Q(recommendation__paper__plan__in=filter(None, plans))
    return confirmed().filter(about).exclude(recommendation__paper=paper)


def on_action(action: Action) -> "QuerySet[Decision]":
    """Return the confirmed decisions that named an action, changed its words, or approved the plan
    of which it was a part."""
    named = Recommendation.actions.through.objects.filter(action=action)
    amended = Amendment.objects.filter(action=action)
    whole = Q(plan_version__plan=action.plan_id, recommendation__approves_plan=True)
    return confirmed().filter(
        Q(recommendation__in=named.values("recommendation"))
        | Q(pk__in=amended.values("decision"))
        | whole
    )


def awaiting_amendments(plans: Any) -> "QuerySet[Decision]":
    """Return the decisions that take effect when their amendments are made: those on papers about
    these plans (a query or a list), confirmed and not overtaken by a further decision."""
    found = confirmed().filter(outcome=Outcome.AMENDED, plan_version=None)
    return found.exclude(followed_by__confirmed_at__isnull=False).filter(
        recommendation__paper__plan__in=plans, pk__in=Amendment.objects.values("decision")
    )


def deferred_papers(papers: "QuerySet[Paper]") -> "tuple[Paper, ...]":
    """Return the papers that wait, each once. One query."""
    found = waiting(confirmed().filter(recommendation__paper__in=papers))
    return tuple({d.recommendation.paper_id: d.recommendation.paper for d in found}.values())


def waiting(decisions: "QuerySet[Decision]") -> "list[Decision]":
    """Return those of these confirmed decisions that deferred something, are the last word on it,
    and whose paper stands on no agenda later than that of the meeting that deferred it. One
    query."""
    found = decisions.filter(outcome=Outcome.DEFERRED).select_related(
        *TOLD, "recommendation__paper__agenda_item__meeting"
    )
    last = found.exclude(followed_by__confirmed_at__isnull=False)
    return [decision for decision in last if is_unplaced(decision)]


def is_unplaced(decision: Decision) -> bool:
    """Whether what was deferred still waits for a place on a later agenda."""
    if decision.outcome != Outcome.DEFERRED or not decision.is_confirmed:
        return False
    item = decision.recommendation.paper.agenda_item
    return item is None or not is_later(item.meeting, decision)


def is_later(meeting: Meeting, decision: Decision) -> bool:
    """Whether a meeting, not called off, comes after that of the deferral and not before the date
    named. A date in words comes before none."""
    last = meeting.date.last_day
    taken, named = decision.meeting.date.last_day, decision.deferred_to.first_day
    if last is None or meeting.removed_at or meeting.pk == decision.meeting_id:
        return False
    return (taken is None or last > taken) and (named is None or last >= named)


def printed_version(paper: Paper) -> PlanVersion | None:
    """Return the version of the plan that the paper printed when it was last issued, None where
    none was before the board then. One query."""
    issued = paper.issues.order_by("-number").select_related("plan_version").first()
    return issued.plan_version if issued else None


def effect(decision: Decision) -> str:
    """Return what a confirmed decision has set off in the plan, or when it will; "" for nothing.
    Asks for its amendments unless they came along."""
    if not decision.is_confirmed:
        return ""
    if decision.plan_version:
        return f"Took effect in version {decision.plan_version.number} of the plan."
    amendments = list(decision.amendments.all()) if decision.outcome == Outcome.AMENDED else []
    if not amendments:
        return ""
    settled = sum(each.outcome != Change.PROPOSED for each in amendments)
    return f"Takes effect when the amendments are made ({settled} of {len(amendments)})."


def day_of(meeting: Meeting) -> date:
    """Return the day of a meeting; today where only its month, or less, is known."""
    day = meeting.date.first_day if meeting.date.precision == "day" else None
    return day or timezone.localdate()


def present_words(decision: Decision) -> str:
    """Return how many were present, "" where nobody said."""
    number = present_count(decision.present)
    return "" if number is None else f"{number} present"


def present_count(present: str) -> int | None:
    """Return how many were present: names are counted, one a line, and one line alone says it as
    a number, "14 members"; None for other words, such as "All members"."""
    lines = [line for line in present.splitlines() if line.strip()]
    if len(lines) != 1:
        return len(lines) or None
    said = re.match(r"[0-9]{1,4}\b", lines[0].strip())
    return int(said.group()) if said else None


def decided(paper: Paper, with_open: bool) -> tuple[Decided, ...]:
    """Return the paper's recommendations with their decisions, in five queries. Those still open
    only where the reader records them."""
    known = _known(with_open).select_related("meeting__group", "confirmed_by", "plan_version")
    known = known.prefetch_related("amendments__action").order_by("pk")
    asked = paper.recommendations.select_related("asked_of").order_by("number")
    found = list(asked.prefetch_related(Prefetch("decisions", known)))
    corrections = _corrections([d for each in found for d in each.decisions.all()])
    return tuple(
        Decided(each, tuple(_told(d, corrections[d.pk]) for d in each.decisions.all()))
        for each in found
    )


def _told(decision: Decision, corrections: tuple[Correction, ...]) -> Told:
    return Told(
        decision, corrections, effect(decision), present_words(decision), is_unplaced(decision)
    )


def log(decisions: "QuerySet[Decision]", plans: "QuerySet[ChangePlan]") -> tuple[MeetingLog, ...]:
    """Return decisions by meeting, the latest meeting first, each with the actions that it was
    about where these are of plans that the reader knows: three queries."""
    shown = Action.objects.filter(plan__in=plans).select_related("plan")
    found: Iterable[Decision] = (
        decisions.select_related(*TOLD)
        .prefetch_related("amendments", Prefetch("recommendation__actions", shown))
        .order_by(*LOG)
    )
    return tuple(
        MeetingLog(meeting, tuple(each)) for meeting, each in groupby(found, lambda d: d.meeting)
    )


def known(papers: "QuerySet[Paper]", with_open: bool) -> "QuerySet[Decision]":
    """Return the decisions on these papers, those still open only where the reader records."""
    return _known(with_open).filter(recommendation__paper__in=papers)


def to_be_made(plans: Any) -> "Mapping[ChangePlan, int]":
    """Return the plans of these that wait for amendments, each with how many are still to be
    settled: 0 where only the amended version is to be formed. One query."""
    left = Count("amendments", Q(amendments__outcome=Change.PROPOSED))
    rows: Any = awaiting_amendments(plans).annotate(left=left)
    found: defaultdict[ChangePlan, int] = defaultdict(int)
    for decision in rows.select_related("recommendation__paper__plan__partnership"):
        found[decision.recommendation.paper.plan] += decision.left
    return found


def _known(with_open: bool) -> "QuerySet[Decision]":
    found = Decision.objects.all()
    return found if with_open else found.filter(confirmed_at__isnull=False)


def _corrections(decisions: Iterable[Decision]) -> Mapping[int, tuple[Correction, ...]]:
    """Return what was corrected of confirmed decisions, by decision: one query, and none where
    none is confirmed."""
    keys = [each.pk for each in decisions if each.is_confirmed]
    found: defaultdict[int, tuple[Correction, ...]] = defaultdict(tuple)
    if not keys:
        return found
    rows = Decision.history.filter(id__in=keys).select_related("history_user", "meeting__group")
    for key, same in groupby(rows.order_by("id", "version", "history_id"), lambda row: row.id):
        found[key] = tuple(
            Correction(after.history_date, _name(after), after.history_change_reason, told)
            for before, after in pairwise(same)
            if before.confirmed_at and after.history_change_reason
            for told in [tuple(_before(before, after))]
        )
    return found


def _before(before: Any, after: Any) -> Iterable[tuple[str, str]]:
    for name, label in CORRECTED.items():
        if getattr(before, name) != getattr(after, name):
            yield label, _words(getattr(before, name.removesuffix("_id")))


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "Not given" if value in (None, "") else str(value)


def _name(row: Any) -> str:
    return row.history_user.name if row.history_user else "somebody whose name was not kept"
