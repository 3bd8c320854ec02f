"""The room as a member of a working group finds it."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from partnership.rules import RuleBroken

from ..models import Comment, Exercise, Participant
from ..presence import is_open
from ..room import (
    OnStandard,
    last_time,
    on_standard,
    own_answer,
    own_comments,
    room_of,
    vote_versions,
)
from ..room_forms import HALVES, POINTS, MoveForm
from ..services.joining import change_group, has_answered, leave_device
from .joining import seat_form
from .seats import place, seated

LABELS = {
    Comment.Side.WORKING_WELL.value: "What is working well?",
    Comment.Side.TO_IMPROVE.value: "What should be improved?",
    Comment.Side.EVIDENCE.value: "What does this rest on?",
}


@dataclass(frozen=True)
class Box:
    """One text box: what it holds, the version that this rests on, and, where two people wrote at
    once, what the other wrote."""

    side: str
    label: str
    text: str
    version: int
    theirs: str = ""
    error: str = ""


@seated
def group(request: HttpRequest, seat: Participant) -> HttpResponse:
    return room_page(request, seat, "group")


@seated
def standard(request: HttpRequest, seat: Participant, number: int) -> HttpResponse:
    return standard_page(request, seat, number)


@seated
def change(request: HttpRequest, seat: Participant) -> HttpResponse:
    """Move to another working group of the session, before the first vote."""
    here = seat.working_group
    form = seat_form(here.session, request.POST, MoveForm, working_group=here.identifier)
    if form.is_valid():
        chosen = form.cleaned_data["working_group"]
        try:
            moved = change_group(participant=seat, working_group=chosen, by=seat.user)
            return redirect("room:group", moved.working_group.identifier)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
    return room_page(request, seat, "change", status=422 if form.errors else 200, form=form)


@require_POST
@seated
def leave(request: HttpRequest, seat: Participant) -> HttpResponse:
    """Leave the room with this device. The seat and what was answered stay."""
    words = f"You have left {seat.working_group.name}. What you answered is kept."
    if seat.user.email is None:
        leave_device(participant=seat)
        logout(request)
        messages.success(request, words)
        return redirect("room:join")
    messages.success(request, words)
    return redirect("home")


def room_page(
    request: HttpRequest, seat: Participant, name: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with `room/<name>.html` about the group."""
    found = {"room": room_of(seat), "seat": seat, "may_move": may_move(seat)} | context
    return render(request, f"room/{name}.html", found, status=status)


def standard_page(
    request: HttpRequest, seat: Participant, number: int, status: int = 200, **typed: Any
) -> HttpResponse:
    """Answer with the group at one standard. `typed` is what could not be kept (`boxes` by side,
    `ballot`, `agreement`) with the `refusal`; it stands in the forms instead of what is stored."""
    on = find_standard(seat, number)
    context: dict[str, Any] = {"room": on.room, "on": on, "seat": seat}
    context["may_move"] = may_move(seat)
    context |= forms_of(seat, on) | {"last_time": last_time(on.room.exercise, on.standard)}
    if "boxes" in typed:
        typed["boxes"] = [typed["boxes"].get(box.side, box) for box in context["boxes"]]
    if context["own"] and "ballot" in typed:
        given = typed.pop("ballot")
        context["own"] = replace(
            context["own"], answer=given["answer"].value() or "", reason=given["reason"].value()
        )
    return render(request, "room/standard.html", context | typed, status=status)


def may_move(seat: Participant) -> bool:
    """Whether the member may still change to another working group."""
    return is_open(seat) and not has_answered(seat)


def find_standard(seat: Participant, number: int) -> OnStandard:
    on = on_standard(seat, number)
    if on is None:
        raise Http404(f"This exercise has no standard {number}.")
    return on


def forms_of(seat: Participant, on: OnStandard) -> dict[str, Any]:
    """Return what the member's own forms hold."""
    mine = own_comments(seat, on.standard)
    absent = on.without_device if seat.is_recorder and on.takes_votes else ()
    versions = vote_versions(absent, on) if absent else {}
    return {
        "own": own_answer(seat, on.step) if on.room.votes else None,
        "boxes": [box_of(side, mine.get(side)) for side in LABELS],
        "absent": [(person, versions.get(person.identifier, 0)) for person in absent],
        "choices": choices(on.room.exercise),
        "levels": on.levels,
        "points": POINTS,
    }


def choices(exercise: Exercise) -> list[str]:
    """Return the scores that a group may agree, lowest first."""
    halves = HALVES if exercise.half_points else []
    return sorted([*POINTS, *halves])


def box_of(side: str, comment: Comment | None) -> Box:
    text, version = (comment.text, comment.version) if comment else ("", 0)
    return Box(side, LABELS[side], text, version)


def standard_address(seat: Participant, number: int, part: str = "") -> str:
    """Return the address of a standard's page, at one of its parts."""
    return place(seat, "standard", number) + (f"#{part}" if part else "")
