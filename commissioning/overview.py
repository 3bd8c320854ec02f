"""A partnership at a glance: its latest exercise, its plan, its papers, its next meeting."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from changeplan.models import Action, ChangePlan
from changeplan.services.states import approved_version
from changeplan.words import Tag, tag_of_state
from papers.models import Paper
from partnership.dates import PreciseDate
from partnership.models import Meeting, Partnership
from partnership.pages import calendar
from partnership.permissions import can
from partnership.roles import Permission
from partnership.views import find_partnership
from standards.headlines import Headline, headlines
from standards.models import Exercise
from standards.views import shows_results

PAPERS = 3


@dataclass(frozen=True)
class PlanInBrief:
    """A plan by its number of actions: in each status, and overdue today.
    `ChangePlanQuerySet.as_shown_to` said which title and state its reader is told."""

    plan: ChangePlan
    statuses: tuple[tuple[str, int], ...]
    total: int
    overdue: int

    @property
    def title(self) -> str:
        return self.plan.title_shown

    @property
    def state(self) -> Tag:
        return tag_of_state(self.plan.state_shown)

    @property
    def tiles(self) -> list[dict[str, object]]:
        tiles: list[dict[str, object]] = [{"label": "Actions", "value": self.total, "note": ""}]
        tiles += [{"label": label, "value": count} for label, count in self.statuses]
        if self.overdue:
            tiles.append({"label": "Overdue", "value": self.overdue, "tone": "warning"})
        return tiles


@login_required
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PARTNERSHIP)
    meetings = Meeting.objects.filter(group__partnership=partnership).select_related("group")
    context = {
        "partnership": partnership,
        "lead": partnership.organisations.filter(is_lead=True).first(),
        "latest": _latest_exercise(request, partnership),
        "plan": _plan(request, partnership),
        "papers": _papers(request, partnership),
        "calendar": calendar(meetings, timezone.localdate()),
        "sees_plans": can(request.user, Permission.VIEW_PLAN, partnership),
        "sees_papers": can(request.user, Permission.VIEW_PAPER, partnership),
    }
    return render(request, "commissioning/overview.html", context)


def _latest_exercise(request: HttpRequest, partnership: Partnership) -> Headline | None:
    known = Exercise.objects.visible_to(request.user).filter(partnership=partnership)
    found = known.select_related("framework", "partnership").order_by("-date", "-pk")[:1]
    return next(iter(headlines(found, lambda each: shows_results(request, each))), None)


def _plan(request: HttpRequest, partnership: Partnership) -> PlanInBrief | None:
    """Return the latest plan, as the reader may read it: as it is now, or as it was approved."""
    known = ChangePlan.objects.visible_to(request.user).as_shown_to(request.user)
    standing = known.filter(partnership=partnership).exclude(state=ChangePlan.State.SUPERSEDED)
    if (plan := standing.order_by("-pk").first()) is None:
        return None
    if plan.is_live:
        actions = list(plan.actions.only("plan", "status", "due"))
    else:
        actions = _approved_actions(plan)
    counts = Counter(action.status for action in actions)
    statuses = tuple((each.label, counts[each]) for each in Action.Status if counts[each])
    today = timezone.localdate()
    overdue = sum(action.is_overdue(today) for action in actions)
    return PlanInBrief(plan, statuses, len(actions), overdue)


def _approved_actions(plan: ChangePlan) -> list[Action]:
    """Return the actions of the version in force, as far as they are counted here."""
    version = approved_version(plan)
    return [
        Action(plan=plan, status=row["status"], due=row["due"] and PreciseDate(row["due"]))
        for row in (version.content["actions"] if version else ())
    ]


def _papers(request: HttpRequest, partnership: Partnership) -> list[Paper]:
    known = Paper.objects.visible_to(request.user).filter(partnership=partnership)
    return list(known.select_for_paper().order_by("-pk")[:PAPERS])
