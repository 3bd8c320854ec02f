"""Who is in a working group, and who keeps its record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from partnership.rules import RuleBroken

from ..models import Participant
from ..room_forms import PersonForm
from ..services.joining import (
    add_person as seat_person,
)
from ..services.joining import (
    claim_record,
    renew_personal_code,
    replace_recorder,
)
from .answers import require_recorder
from .room import room_page
from .seats import place, seated


@seated
def people(request: HttpRequest, seat: Participant) -> HttpResponse:
    return room_page(request, seat, "people", form=PersonForm())


@require_POST
@seated
def add_person(request: HttpRequest, seat: Participant) -> HttpResponse:
    """Seat somebody without a device, for whom the recorder votes."""
    require_recorder(seat)
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            added = seat_person(working_group=seat.working_group, name=name, by=seat.user)
            messages.success(request, f"{added.user.name} is in the group.")
            return redirect(place(seat, "people"))
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
    return room_page(request, seat, "people", status=422, form=form)


@require_POST
@seated
def new_code(request: HttpRequest, seat: Participant, person: str) -> HttpResponse:
    """Give a guest who has lost their place a new personal code, by the recorder's word."""
    require_recorder(seat)
    guests = seat.working_group.participants.filter(user__email=None).select_related("user")
    guest = get_object_or_404(guests, identifier=person)
    renewed = renew_personal_code(participant=guest, by=seat.user)
    words = f"The personal code of {guest.user.name} is now {renewed.personal_code}."
    messages.success(request, words)
    return redirect(place(seat, "people"))


@require_POST
@seated
def hand_over(request: HttpRequest, seat: Participant, person: str) -> HttpResponse:
    """Let somebody else of the group keep its record."""
    require_recorder(seat)
    members = seat.working_group.participants.select_related("user", "working_group")
    chosen = get_object_or_404(members, identifier=person, has_device=True)
    replace_recorder(participant=chosen, by=seat.user)
    messages.success(request, f"{chosen.user.name} keeps the record now.")
    return redirect(place(seat, "people"))


@require_POST
@seated
def claim(request: HttpRequest, seat: Participant) -> HttpResponse:
    """Keep the group's record, where nobody does."""
    try:
        claim_record(participant=seat, by=seat.user)
        messages.success(request, "You keep the group’s record now.")
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect(place(seat, "group"))
