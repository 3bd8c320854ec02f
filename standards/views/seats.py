"""How a page of the room finds its caller's seat, and how it answers a script or a person."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ..models import Participant
from ..presence import SeatElsewhere, SignedOut, seat_of, stay_signed_in

Page = Callable[..., HttpResponse]


def guarded(view: Page) -> Page:
    """Lead a person who is signed out to join or to sign in, and who sits in another group of the
    session to that group. A script hears of it by 401 and by 404."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SignedOut:
            if is_script(request):
                return JsonResponse({"words": "Sign in again."}, status=401)
            back = request.path if request.method == "GET" else ""
            return redirect(f"{reverse('room:join')}?{urlencode({'next': back})}")
        except SeatElsewhere as elsewhere:
            if is_script(request):
                words = "You have moved to another working group. Reload the page."
                return JsonResponse({"words": words}, status=404)
            return redirect("room:group", elsewhere.group)

    return never_cache(answer)


def seated(view: Page) -> Page:
    """Give the view its caller's seat in the working group that the address names."""

    @wraps(view)
    def find(request: HttpRequest, group: str, *args: object, **kwargs: object) -> HttpResponse:
        seat = seat_of(request.session, group)
        request.user = seat.user  # the same person, already fetched
        if request.method == "GET":
            stay_signed_in(request.session, seat)
        return view(request, seat, *args, **kwargs)

    return guarded(find)


def is_script(request: HttpRequest) -> bool:
    """Whether the page's script asks, and not the browser for a person."""
    return "HX-Request" in request.headers or wants_json(request)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def done(request: HttpRequest, address: str, words: str, **more: object) -> HttpResponse:
    """Say that something is done: to the script as JSON, to a person on the page that follows."""
    if wants_json(request):
        return JsonResponse({"words": words} | more)
    messages.success(request, words)
    return redirect(address)


def place(seat: Participant, name: str, *more: object) -> str:
    """Return the address of one of the group's pages."""
    return reverse(f"room:{name}", args=[seat.working_group.identifier, *more])
