"""Sessions and their working groups: set up, opened, joined, closed."""

import copy
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.models import User
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from partnership.submitting import Submitted, submit
from partnership.views import posted_number, signed_in

from ..forms import GroupForm, SessionForm
from ..models import Exercise, Session, WorkingGroup
from ..services import sessions as services
from ..services.setup import (
    add_session,
    add_working_group,
    edit_working_group,
    remove_session,
    remove_working_group,
)
from . import address, exercise_page, find_to_run, require_run
from .setup import last_structure, refused, setup_page


def find_session(request: HttpRequest, slug: str, identifier: str) -> Session:
    """Return a session that the user may run, 404 where they may not know of it, else 403."""
    known = Session.objects.filter(exercise__in=Exercise.objects.visible_to(request.user))
    found = get_object_or_404(
        known.select_related(
            "exercise__partnership", "exercise__framework", "exercise__previous", "offered"
        ),
        exercise__partnership__slug=slug,
        identifier=identifier,
    )
    request.partnership = found.exercise.partnership  # type: ignore[attr-defined] # for the bar
    require_run(request, found.exercise)
    return found


def find_group(request: HttpRequest, slug: str, identifier: str, group: str) -> WorkingGroup:
    """Return a working group of a session that the user may run."""
    session = find_session(request, slug, identifier)
    found = get_object_or_404(session.working_groups.select_related("cohort"), identifier=group)
    found.session = session
    return found


def session_address(session: Session, name: str = "session", *more: object) -> str:
    """Return the address of one of a session's pages."""
    place = [session.exercise.partnership.slug, session.identifier, *more]
    return reverse(f"standards:{name}", args=place)


def session_page(
    request: HttpRequest, session: Session, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with a page of a session, its exercise's navigation around it."""
    return exercise_page(request, session.exercise, name, status=status, session=session, **context)


@login_required
def session_new(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_to_run(request, slug, identifier)
    if found.is_closed:
        return refused(request, found, "This exercise is closed.")
    form = SessionForm(request.POST or None, partnership=found.partnership)
    form.cancel_href = address(found, "exercise")
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _add(request, found, given))
        if sent.record:
            messages.success(request, "The session is added. Next, add its working groups.")
            return redirect(session_address(sent.record, "session_groups"))
    return setup_page(request, found, "session_form", sent, source=last_structure(request, found))


def _add(request: HttpRequest, exercise: Exercise, given: dict[str, Any]) -> Session:
    values = {name: value for name, value in given.items() if name != "version"}
    return add_session(exercise=exercise, values=values, by=signed_in(request))


@login_required
def session_edit(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    partnership = found.exercise.partnership
    form = SessionForm(request.POST or None, partnership=partnership, instance=copy.copy(found))
    form.cancel_href = session_address(found)
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _edit(request, found, given))
        if sent.record:
            messages.success(request, "Saved.")
            return redirect(form.cancel_href)
    return setup_page(request, found.exercise, "session_form", sent, session=found)


def _edit(request: HttpRequest, session: Session, given: dict[str, Any]) -> Session:
    changes = {name: value for name, value in given.items() if name != "version"}
    return services.edit_session(
        session=session, changes=changes, version=given["version"] or 0, by=signed_in(request)
    )


@login_required
@require_POST
def session_remove(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    try:
        remove_session(session=found, by=signed_in(request))
    except RuleBroken as why:
        return refused_here(request, found, why)
    messages.success(request, f"“{found.title}” is removed.")
    return redirect(address(found.exercise, "exercise"))


def refused_here(request: HttpRequest, session: Session, why: Exception) -> HttpResponse:
    """Answer 409: why it is not possible now, and the way back to the session."""
    return refused(
        request, session.exercise, str(why), session_address(session), "Back to the session"
    )


@login_required
def session_groups(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    initial = {"cohort": found.exercise.cohorts.values_list("name", flat=True).first()}
    form = GroupForm(request.POST or None, session=found, initial=initial)
    form.submit_label = "Add the working group"
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _add_group(request, found, given))
        if sent.record:
            messages.success(request, f"{sent.record.name} is added.")
            return redirect(session_address(found, "session_groups"))
    groups = found.working_groups.select_related("cohort").prefetch_related("participants__user")
    return setup_page(request, found.exercise, "session_groups", sent, session=found, groups=groups)


def _add_group(request: HttpRequest, session: Session, given: dict[str, Any]) -> WorkingGroup:
    return add_working_group(
        session=session,
        cohort=given["cohort"],
        values={name: given[name] for name in ("name", "expected")},
        recorder=_person(given["recorder"]),
        by=signed_in(request),
    )


def _person(identifier: str) -> User | None:
    """Return who was chosen; the form offers nobody else."""
    return User.objects.filter(identifier=identifier).first()


@login_required
def session_group(request: HttpRequest, slug: str, identifier: str, group: str) -> HttpResponse:
    found = find_group(request, slug, identifier, group)
    keeper = found.participants.filter(is_recorder=True).select_related("user").first()
    now = {
        "name": found.name,
        "cohort": found.cohort.name,
        "expected": found.expected,
        "recorder": keeper.user.identifier if keeper else "",
        "version": found.version,
    }
    form = GroupForm(request.POST or None, session=found.session, group=found, initial=now)
    form.cancel_href = session_address(found.session, "session_groups")
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _edit_group(request, found, given))
        if sent.record:
            messages.success(request, "Saved.")
            return redirect(form.cancel_href)
    return setup_page(
        request, found.session.exercise, "session_group", sent, session=found.session, group=found
    )


def _edit_group(request: HttpRequest, group: WorkingGroup, given: dict[str, Any]) -> WorkingGroup:
    return edit_working_group(
        working_group=group,
        cohort=given["cohort"],
        changes={name: given[name] for name in ("name", "expected")},
        recorder=_person(given["recorder"]),
        version=given["version"] or 0,
        by=signed_in(request),
    )


@login_required
@require_POST
def group_remove(request: HttpRequest, slug: str, identifier: str, group: str) -> HttpResponse:
    found = find_group(request, slug, identifier, group)
    try:
        remove_working_group(working_group=found, by=signed_in(request))
    except RuleBroken as why:
        return refused_here(request, found.session, why)
    messages.success(request, f"{found.name} is removed.")
    return redirect(session_address(found.session, "session_groups"))


@login_required
@require_POST
def session_open(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    return _act(request, slug, identifier, services.open_session, "The session is open.")


@login_required
@require_POST
def session_close(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    done = "The session is closed: its code is void and its scores are locked."
    return _act(request, slug, identifier, services.close_session, done)


@login_required
@require_POST
def session_code(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    done = "There is a new code. The old one, and its QR code, no longer work."
    return _act(request, slug, identifier, services.issue_code, done)


@login_required
@require_POST
def session_offer(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    number = request.POST.get("standard", "")
    standards = found.exercise.framework.standards
    offered = get_object_or_404(standards, number=int(number)) if number.isdecimal() else None
    done = f"The room is offered standard {number}." if offered else "Groups go at their own pace."
    return _act(request, slug, identifier, services.offer_standard, done, standard=offered)


@login_required
@require_POST
def session_figures(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    shown = request.POST.get("shown") == "yes"
    done = f"The projector {'shows' if shown else 'hides'} the figures."
    return _act(request, slug, identifier, services.show_figures, done, shown=shown)


def _act(
    request: HttpRequest, slug: str, identifier: str, service: Any, done: str, **given: Any
) -> HttpResponse:
    """Call a service on the session as its page knew it, and go back to that page."""
    found = find_session(request, slug, identifier)
    try:
        service(session=found, version=posted_number(request), by=signed_in(request), **given)
    except (RuleBroken, StaleVersion) as why:
        return refused_here(request, found, why)
    messages.success(request, done)
    return redirect(session_address(found))


@login_required
def session_join(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    return session_page(request, found, "live/join", way_in=way_in(request, found))


@login_required
def session_cards(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_session(request, slug, identifier)
    groups = found.working_groups.select_related("cohort")
    return session_page(request, found, "live/cards", way_in=way_in(request, found), groups=groups)


def way_in(request: HttpRequest, session: Session) -> dict[str, str]:
    """Return how people join an open session: the code, where to type it, the same as a QR code.
    Nothing for one that is not open."""
    if not session.join_key:
        return {}
    link = request.build_absolute_uri(reverse("room:join_key", args=[session.join_key]))
    typed = request.build_absolute_uri(reverse("room:join"))
    return {
        "code": session.join_code or "",
        "address": typed.partition("://")[2].rstrip("/"),
        "qr": segno.make(link, error="m").svg_inline(omitsize=True, border=2),
    }
