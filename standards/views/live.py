"""A session while it is open: the facilitator's board, the projector, and what to put right."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from partnership.submitting import Submitted, submit
from partnership.views import signed_in

from ..forms import NOT_APPLICABLE, CorrectionForm, RecorderForm, ReopenForm
from ..live import board, counter_of, screen
from ..models import Score, Session, Standard, WorkingGroup
from ..services.agreeing import Agreement, correct_score, reopen_score
from ..services.joining import replace_recorder
from . import address
from .sessions import find_group, find_session, session_address, session_page, way_in
from .setup import refused, setup_page


@login_required
def session(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    if found.state != Session.State.PLANNED:
        room = board(found, timezone.now())
        return session_page(
            request, found, "live/session", board=room, way_in=way_in(request, found)
        )
    groups = found.working_groups.select_related("cohort").prefetch_related("participants__user")
    return session_page(
        request,
        found,
        "setup/session",
        groups=groups,
        bodies=found.groups.all(),
        wanting=_wanting(found, list(groups)),
    )


def _wanting(found: Session, groups: list[WorkingGroup]) -> list[str]:
    """Return what is still to do before the room is ready."""
    unled = [g.name for g in groups if not any(p.is_recorder for p in g.participants.all())]
    checks = (
        (not groups, "Add the working groups: without one, nobody can join."),
        (not found.date, "Give the date."),
        (not found.ends_at, "Say when the room must finish, to see the time left."),
        (
            unled,
            f"No recorder yet: {', '.join(unled)}. You can choose one once people have joined.",
        ),
    )
    return [words for is_wanting, words in checks if is_wanting]


def session_board(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The board alone, for polling: 204 while nothing has changed."""
    return _poll(request, slug, identifier, "board")


def projector_poll(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The projector's part that changes, for polling: 204 while nothing has changed."""
    return _poll(request, slug, identifier, "projector")


def _poll(request: HttpRequest, slug: str, identifier: str, part: str) -> HttpResponse:
    # Never request.user, which would cost a query of its own at every beat.
    user = request.session.get("_auth_user_id")
    now = timezone.now()
    counter = counter_of(slug, identifier, int(user), now) if user else None
    if counter is None:
        raise Http404("No such session, for you.")
    if request.GET.get("seen") == counter:
        return HttpResponse(status=204)
    found = find_session(request, slug, identifier)
    context: dict[str, Any] = {"session": found, "partnership": found.exercise.partnership}
    shown = board(found, now) if part == "board" else screen(found, now)
    context["announces"] = request.GET.get("said") != shown.said
    context |= {"way_in": way_in(request, found), "board": shown, "screen": shown}
    return render(request, f"standards/live/_{part}.html", context)


@login_required
def session_projector(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    shown = screen(found, timezone.now())
    return session_page(
        request, found, "live/projector", screen=shown, way_in=way_in(request, found)
    )


@login_required
def recorder(request: HttpRequest, slug: str, identifier: str, group: str) -> HttpResponse:
    found = find_group(request, slug, identifier, group)
    keeper = found.participants.filter(is_recorder=True).first()
    now = {"recorder": keeper.identifier if keeper else None}
    form = RecorderForm(request.POST or None, group=found, initial=now)
    form.cancel_href = session_address(found.session)
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(
            form,
            lambda given: replace_recorder(
                participant=form.seats[given["recorder"]], by=signed_in(request)
            ),
        )
        if sent.record:
            messages.success(request, f"{sent.record.user.name} keeps the record of {found.name}.")
            return redirect(form.cancel_href)
    return setup_page(
        request, found.session.exercise, "recorder", sent, session=found.session, group=found
    )


@login_required
def score_reopen(
    request: HttpRequest, slug: str, identifier: str, group: str, number: int
) -> HttpResponse:
    found = find_group(request, slug, identifier, group)
    score = get_object_or_404(
        Score.objects.agreed().select_related("standard", "working_group"),
        working_group=found,
        standard__number=number,
    )
    if found.session.state != Session.State.OPEN:
        return refused(request, found.session.exercise, "This session is not open.")
    form = ReopenForm(request.POST or None)
    form.cancel_href = session_address(found.session)
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: reopen_score(score=score, by=signed_in(request), **given))
        if sent.record:
            messages.success(request, f"{found.name} can agree standard {number} again.")
            return redirect(form.cancel_href)
    return setup_page(
        request,
        found.session.exercise,
        "score_reopen",
        sent,
        session=found.session,
        group=found,
        score=score,
    )


@login_required
def score_correct(
    request: HttpRequest, slug: str, identifier: str, group: str, number: int
) -> HttpResponse:
    found = find_group(request, slug, identifier, group)
    exercise = found.session.exercise
    standard = get_object_or_404(exercise.framework.standards, number=number)
    if found.session.state != Session.State.CLOSED:
        why = "A score is corrected once its session is closed. Until then, reopen it."
        return refused(
            request, exercise, why, session_address(found.session), "Back to the session"
        )
    score = Score.objects.filter(working_group=found, standard=standard).first()
    form = CorrectionForm(request.POST or None, exercise=exercise, initial=_as_it_is(score))
    form.cancel_href = session_address(found.session)
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _correct(request, found, standard, given))
        if sent.record:
            messages.success(request, f"Standard {number} of {found.name} is corrected.")
            return redirect(address(exercise, "standard", number))
    return setup_page(
        request,
        exercise,
        "score_correct",
        sent,
        session=found.session,
        group=found,
        standard=standard,
    )


def _as_it_is(score: Score | None) -> dict[str, Any]:
    if score is None:
        return {"version": 0}
    answer = NOT_APPLICABLE if score.value is None else f"{score.value.normalize():f}"
    return {"answer": answer, "reason": score.reason, "version": score.version}


def _correct(
    request: HttpRequest, group: WorkingGroup, standard: Standard, given: dict[str, Any]
) -> Score:
    absent = given["answer"] == NOT_APPLICABLE
    agreement = Agreement(
        value=None if absent else Decimal(given["answer"]),
        reason=given["reason"],
        not_applicable=absent,
        version=given["version"] or 0,
    )
    return correct_score(
        working_group=group,
        standard=standard,
        agreement=agreement,
        correction=given["correction"],
        by=signed_in(request),
    )
