"""Whether a group has news, asked every few seconds by every device in the room.

Two queries when there is none: the session, and the seat with its group's pulse.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..models import Participant
from ..presence import seat_of
from ..room import pulse_of, room_of
from .room import find_standard, forms_of
from .seats import guarded


@require_GET
@guarded
def poll(request: HttpRequest, group: str) -> HttpResponse:
    """Answer 204 while the group's beat is the one of the page, else with what has changed.

    `?beat=` is that beat; `?standard=` the standard that the page is at, and `?state=` what its
    forms depend on: they are sent anew only when that has changed.
    """
    seat = seat_of(request.session, group)
    if request.GET.get("beat") == str(pulse_of(seat.working_group)):
        return HttpResponse(status=204)
    if "standard" in request.GET:
        return _standard(request, seat)
    return render(request, "room/poll_group.html", {"room": room_of(seat), "seat": seat})


def _standard(request: HttpRequest, seat: Participant) -> HttpResponse:
    number = request.GET["standard"]
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404("That is no number of a standard.")
    on = find_standard(seat, int(number))
    context = {"room": on.room, "on": on, "seat": seat}
    if request.GET.get("state") != on.state:
        context |= forms_of(seat, on) | {"with_forms": True}
    return render(request, "room/poll_standard.html", context)
