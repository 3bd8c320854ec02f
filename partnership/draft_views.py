"""Keeping and discarding what somebody has typed in a form and not saved yet."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from . import drafts
from .rules import RuleBroken
from .views import signed_in

LONGEST_PLACE = 300


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a form's fields. Answers with the words for its status, 422 where it cannot."""
    place = request.POST.get("place", "")
    if not _ours(place):
        return HttpResponse("There is no such form.", status=422, content_type="text/plain")
    try:
        drafts.keep(place=place, fields=dict(request.POST.lists()), by=signed_in(request))
    except RuleBroken as broken:
        return HttpResponse(str(broken), status=422, content_type="text/plain")
    now = timezone.localtime().strftime("%H:%M")
    return HttpResponse(f"Draft kept at {now}, not saved yet.", content_type="text/plain")


@login_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Forget a draft, and show the form as the record has it."""
    place = request.POST.get("place", "")
    if not _ours(place):
        return redirect("home")
    drafts.forget(place=place, by=signed_in(request))
    return redirect(place)


def _ours(place: str) -> bool:
    """Whether it is the path of a page of this site."""
    known = place.startswith("/p/") and len(place) <= LONGEST_PLACE and "\0" not in place
    return known and url_has_allowed_host_and_scheme(place, allowed_hosts=None)
