"""Coming into a session: by its code or its QR code, as a member, as a guest, or back again."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from partnership.models import User
from partnership.numbers import counted
from partnership.rules import RuleBroken

from ..models import Participant, Session, WorkingGroup
from ..presence import seat_in_session, stay_signed_in
from ..room_forms import BackForm, CodeForm, GuestForm, SeatForm
from ..services.joining import (
    CodeUnknown,
    TooManyWrongCodes,
    come_back,
    join_as_guest,
    join_as_member,
    session_by_code,
    session_by_key,
)


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a session. `?next=` is a page of the room that wanted a seat."""
    form = CodeForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            session = session_by_code(form.cleaned_data["code"])
            return redirect("room:join_key", session.join_key)
        except RuleBroken as refusal:
            form.add_error("code", str(refusal))
            status = 429 if isinstance(refusal, TooManyWrongCodes) else 422
    context = {"form": form, "wanted": _wanted(request)}
    return render(request, "room/join.html", context, status=status)


@never_cache
def join_key(request: HttpRequest, key: str) -> HttpResponse:
    """Say what session this is, and take a seat in one of its working groups."""
    try:
        session = session_by_key(key)
    except CodeUnknown as refusal:
        return _unknown(request, refusal)
    user = request.user if isinstance(request.user, User) else None
    seat = seat_in_session(user.pk, session) if user else None
    if seat:
        return redirect("room:group", seat.working_group.identifier)
    form = _seat_form(request, session, user)
    if form.is_valid():
        try:
            return _sit_down(request, _seat(form, session, user))
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "session": session, "exercise": session.exercise}
    return render(request, "room/join_key.html", context, status=422 if form.errors else 200)


@never_cache
def join_back(request: HttpRequest, key: str) -> HttpResponse:
    """Give a guest their seat back on another device, by their personal code."""
    try:
        session = session_by_key(key)
    except CodeUnknown as refusal:
        return _unknown(request, refusal)
    form, status = BackForm(request.POST or None), 200
    if form.is_valid():
        try:
            code = form.cleaned_data["personal_code"]
            return _sit_down(request, come_back(session=session, personal_code=code))
        except RuleBroken as refusal:
            form.add_error("personal_code", str(refusal))
            status = 429 if isinstance(refusal, TooManyWrongCodes) else 422
    context = {"form": form, "session": session, "exercise": session.exercise}
    return render(request, "room/join_back.html", context, status=status)


def seat_form(
    session: Session, data: Any, kind: type[SeatForm] = SeatForm, **initial: object
) -> SeatForm:
    """Return the choice of a working group, each with who is there and who is expected."""
    groups = session.working_groups.annotate(here=Count("participants")).order_by("number")
    labels = {group.pk: _label(group) for group in groups}
    return kind(session.working_groups.order_by("number"), labels, data or None, initial=initial)


def _label(group: WorkingGroup) -> str:
    here = counted(group.here, "person", "people")  # type: ignore[attr-defined]
    expected = f" of {group.expected} expected" if group.expected else ""
    return f"{group.name} ({here} here{expected})"


def _seat_form(request: HttpRequest, session: Session, user: User | None) -> SeatForm:
    if user:
        return seat_form(session, request.POST)
    return seat_form(session, request.POST, GuestForm, token=secrets.token_urlsafe(16))


def _seat(form: SeatForm, session: Session, user: User | None) -> Participant:
    given = form.cleaned_data
    if user:
        group = given["working_group"]
        return join_as_member(session=session, working_group=group, user=user)
    return join_as_guest(session=session, **given)


def _sit_down(request: HttpRequest, seat: Participant) -> HttpResponse:
    """Sign a guest in as the person in the seat, and show them their group."""
    if not request.user.is_authenticated or request.user.pk != seat.user_id:
        login(request, seat.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    stay_signed_in(request.session, seat)
    return redirect("room:group", seat.working_group.identifier)


def _unknown(request: HttpRequest, refusal: CodeUnknown) -> HttpResponse:
    context = {"form": CodeForm(), "refusal": str(refusal)}
    return render(request, "room/join.html", context, status=404)


def _wanted(request: HttpRequest) -> str:
    """Return the page of this site that a person came from without being signed in."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else ""
