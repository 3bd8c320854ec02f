"""A partnership's exercises, and one of them: what it is for, who sat where, who has scored."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from partnership.numbers import counted
from partnership.permissions import can
from partnership.roles import Permission
from partnership.views import find_partnership

from ..analysis import GroupCompleteness, Method
from ..headlines import headlines, standards_words
from ..material import people
from ..models import Exercise, Session, WorkingGroup
from ..results import Results, results_for
from . import exercise_page, find_exercise, may_run, shows_results
from .setup import last_structure

TONES = {"planned": "waiting", "open": "active", "closed": "done"}


@dataclass(frozen=True)
class Seat:
    """A working group on the page: how many took part, and what it has still to score."""

    name: str
    cohort: str
    people: str
    progress: GroupCompleteness

    @property
    def to_score(self) -> str:
        return standards_words(self.progress.to_score) if self.progress.to_score else ""


@dataclass(frozen=True)
class Sitting:
    """A session and the bodies and groups it seated."""

    session: Session
    bodies: tuple[str, ...]
    seats: tuple[Seat, ...]


@login_required
def exercises(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_EXERCISE)
    known = Exercise.objects.visible_to(request.user).filter(partnership=partnership)
    found = known.select_related("framework", "partnership").order_by("-date", "-pk")
    context = {
        "partnership": partnership,
        "crumbs": [(partnership.name, partnership.get_absolute_url())],
        "headlines": headlines(found, shown=lambda each: shows_results(request, each)),
        "may_set_up": can(request.user, Permission.SET_UP_EXERCISE, partnership),
    }
    return render(request, "standards/exercises.html", context)


@login_required
def exercise(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_exercise(request, slug, identifier)
    results = results_for(found)
    runs = may_run(request, found)
    known = Exercise.objects.visible_to(request.user)
    return exercise_page(
        request,
        found,
        "exercise",
        runs=runs,
        may_invite=can(request.user, Permission.INVITE_FACILITATOR, found.partnership),
        may_plan=found.is_closed and can(request.user, Permission.EDIT_PLAN, found.partnership),
        source=last_structure(request, found) if runs and not results.material.groups else None,
        tone=TONES[found.state],
        knows_previous=known.filter(following=found).exists(),
        facts=_facts(found, results),
        sittings=_sittings(found, results),
        domains=found.domains.all(),
        results=results,
        overall=results.completeness.overall,
    )


def _facts(exercise: Exercise, results: Results) -> list[tuple[str, str]]:
    steps = " Half points allowed." if exercise.half_points else " Whole points."
    facts = [
        ("Date", capfirst(exercise.date or "")),
        ("Framework", f"{exercise.framework.name} ({exercise.framework.publisher})"),
        ("Took part", _turnout(results)),
    ]
    if exercise.is_scored:
        facts += [
            ("Scores", f"From 1 to 5.{steps if results.has_group_scores else ''}"),
            ("Averages", Method(exercise.averaging).words),
        ]
    else:
        facts.append(("Scores", "None: groups said what works well and what should be improved."))
    return facts


def _turnout(results: Results) -> str:
    groups, total = len(results.material.groups), results.material.participants
    words = counted(groups, "working group") if groups else ""
    return f"{words}, {counted(total, 'person', 'people')}" if total else words


def _sittings(exercise: Exercise, results: Results) -> list[Sitting]:
    sessions = exercise.sessions.order_by("number").prefetch_related("groups")
    progress = {each.group: each for each in results.completeness.groups}
    by_session: dict[int, list[Seat]] = {session.pk: [] for session in sessions}
    for group in results.material.groups:
        seat = _seat(group, progress[results.material.names[group.pk]])
        by_session[group.session_id].append(seat)
    return [
        Sitting(session, tuple(map(str, session.groups.all())), tuple(by_session[session.pk]))
        for session in sessions
    ]


def _seat(group: WorkingGroup, progress: GroupCompleteness) -> Seat:
    took_part = people(group)
    expected = f" of {group.expected} expected" if group.expected else ""
    return Seat(
        progress.group,
        group.cohort.name,
        f"{took_part}{expected}" if took_part or expected else "Not recorded",
        progress,
    )
