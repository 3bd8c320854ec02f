"""The home page: a person's partnerships, and in each what waits for them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from changeplan.models import Action, ChangePlan
from papers.decisions import deferred_papers, to_be_made
from papers.models import Paper
from partnership.models import Group, Meeting, Membership, User
from partnership.numbers import counted
from partnership.roles import Permission, Role, roles_with
from standards.models import Exercise, Participant, Session

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what it is, where to see to it, and when; `tone` as in tags."""

    title: str
    href: str
    note: str
    tag: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class Place:
    """A partnership on the home page, the person's role in it, and what waits there."""

    membership: Membership
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class Home:
    """The home page: working groups in which the user sits now, and partnerships by name. A guest
    has a seat and no partnership."""

    seats: tuple[Participant, ...]
    places: tuple[Place, ...]


def home_page(user: User) -> Home:
    """Return the user's seats and partnerships with what waits, soonest first. Nine queries."""
    seats = Participant.objects.filter(
        user=user, working_group__session__state=Session.State.OPEN
    ).select_related("working_group__session__exercise")
    return Home(tuple(seats), tuple(_places(user)))


def _places(user: User) -> list[Place]:
    memberships = Membership.objects.current().filter(user=user).exclude(role=Role.GUEST)
    memberships = memberships.select_related("partnership").order_by("partnership__name")
    found = _actions(user) + _amendments(user) + _papers(user) + _deferred(user)
    found += _plans(user) + _exercises(user) + _meetings(memberships)
    return [
        Place(m, tuple(waiting for slug, waiting in found if slug == m.partnership.slug))
        for m in memberships
    ]


def _actions(user: User) -> list[tuple[str, Waiting]]:
    """The user's own unfinished actions that are overdue, or due within a month."""
    today = timezone.localdate()
    mine = Action.objects.filter(owner__user=user, plan__in=ChangePlan.objects.live_to(user))
    mine = mine.exclude(status=Action.Status.COMPLETE).select_related("plan__partnership")
    dated = [(a, a.due) for a in mine if a.due and a.due.last_day]
    return [
        (action.plan.partnership.slug, _action(action, due.is_past(today)))
        for action, due in sorted(dated, key=lambda pair: pair[1].sort_key)
        if due.is_past(today + SOON)
    ]


def _action(action: Action, overdue: bool) -> Waiting:
    plan = action.plan
    address = [plan.partnership.slug, plan.identifier, action.identifier]
    tag, tone = ("Overdue", "danger") if overdue else ("Due soon", "warning")
    href = reverse("changeplan:action", args=address)
    return Waiting(action.heading, href, f"Your action, due {action.due}", tag, tone)


def _amendments(user: User) -> list[tuple[str, Waiting]]:
    """What boards want changed in the plans that the user may change."""
    mine = _where(user, Permission.EDIT_PLAN)
    waiting = to_be_made(ChangePlan.objects.filter(partnership__in=mine))
    return [(plan.partnership.slug, _amended(plan, left)) for plan, left in waiting.items()]


def _amended(plan: ChangePlan, left: int) -> Waiting:
    href = reverse("papers:amendments", args=[plan.partnership.slug, plan.identifier])
    count = counted(left, "amendment")
    note = f"The board wants {count}" if left else "The amended version can be formed"
    return Waiting(plan.title, href, note, "Approved as amended", "warning")


def _deferred(user: User) -> list[tuple[str, Waiting]]:
    """Deferred papers that stand on no later agenda yet, for those who record decisions."""
    mine = _where(user, Permission.RECORD_DECISION)
    papers = deferred_papers(Paper.objects.filter(partnership__in=mine))
    return [
        (
            paper.partnership.slug,
            Waiting(
                paper.title,
                reverse("papers:decisions", args=[paper.partnership.slug, paper.identifier]),
                "Waits for a place on the next agenda",
                "Deferred",
                "warning",
            ),
        )
        for paper in papers
    ]


def _where(user: User, permission: Permission) -> QuerySet[Any]:
    """Return the partnerships (their keys) in which the user's role holds the permission."""
    mine = Membership.objects.current().filter(user=user, role__in=roles_with(permission))
    return mine.values("partnership")


def _papers(user: User) -> list[tuple[str, Waiting]]:
    drafts = Paper.objects.visible_to(user).filter(state=Paper.State.DRAFT).select_for_paper()
    return [(paper.partnership.slug, _paper(paper)) for paper in drafts]


def _paper(paper: Paper) -> Waiting:
    href = reverse("papers:paper", args=[paper.partnership.slug, paper.identifier])
    meeting = paper.agenda_item.meeting if paper.agenda_item else "a meeting"
    return Waiting(paper.title, href, f"Board paper for {meeting}", "Draft", "waiting")


def _plans(user: User) -> list[tuple[str, Waiting]]:
    plans = ChangePlan.objects.live_to(user).select_related("partnership")
    waiting = {"draft": "waiting", "returned": "warning"}
    return [
        (
            plan.partnership.slug,
            Waiting(
                plan.title,
                reverse("changeplan:plan", args=[plan.partnership.slug, plan.identifier]),
                "Change plan to finish",
                plan.get_state_display(),
                waiting[plan.state],
            ),
        )
        for plan in plans.filter(state__in=waiting)
    ]


def _exercises(user: User) -> list[tuple[str, Waiting]]:
    exercises = Exercise.objects.visible_to(user).select_related("partnership")
    return [
        (
            exercise.partnership.slug,
            Waiting(
                exercise.title,
                reverse(
                    "standards:exercise", args=[exercise.partnership.slug, exercise.identifier]
                ),
                "Self-assessment under way",
                "Open",
                "active",
            ),
        )
        for exercise in exercises.filter(state=Exercise.State.OPEN)
    ]


def _meetings(memberships: QuerySet[Membership]) -> list[tuple[str, Waiting]]:
    """The coming meetings of groups in which the user has a seat, joint ones among them."""
    today = timezone.localdate().isoformat()
    mine = Group.objects.filter(seats__membership__in=memberships)
    of_mine = Q(group__in=mine) | Q(pk__in=Meeting.objects.filter(joint_with__in=mine))
    seats = Meeting.objects.filter(of_mine, date__gte=today).order_by("date", "pk")
    return [
        (
            meeting.group.partnership.slug,
            Waiting(
                f"{meeting.group.name} meets",
                reverse("papers:agenda", args=[meeting.group.partnership.slug, meeting.identifier]),
                f"{meeting.date}, {meeting.time:%H:%M}" if meeting.time else str(meeting.date),
            ),
        )
        for meeting in seats.select_related("group__partnership")
        if meeting.date.precision == "day"
    ]
