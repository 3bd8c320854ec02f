"""Planning the meetings of any body: added, changed, called off, brought back."""

import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.models import Group, Meeting, Partnership
from partnership.roles import Permission
from partnership.submitting import Submitted
from partnership.views import find_partnership, signed_in

from ..forms.meetings import CallOffForm, MeetingForm, RulesForm
from ..services import meetings as services


@login_required
def meeting_new(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = _find_to_plan(request, slug)
    form = MeetingForm(request.POST or None, partnership=partnership, initial=_asked(request))
    form.cancel_href = address(partnership)

    def plan(given: dict[str, Any]) -> Meeting:
        del given["version"]
        group = given.pop("group")
        return services.plan_meeting(group=group, values=given, by=signed_in(request))

    sent = edit(request, form, plan)
    if sent.record is None:
        return _form_page(request, partnership, sent, "Plan a meeting")
    messages.success(request, f"The meeting on {sent.record.date} is planned.")
    return redirect(address(partnership, sent.record))


@login_required
def meeting_edit(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, found = _find_meeting(request, slug, identifier)
    form = MeetingForm(request.POST or None, partnership=partnership, instance=copy.copy(found))
    form.cancel_href = address(partnership, found)

    def change(given: dict[str, Any]) -> Meeting:
        version = given.pop("version") or 0
        by = signed_in(request)
        return services.change_meeting(meeting=found, changes=given, version=version, by=by)

    sent = edit(request, form, change)
    if sent.record is None:
        return _form_page(request, partnership, sent, "Change the meeting", kicker=str(found))
    messages.success(request, "The meeting is saved.")
    return redirect(address(partnership, found))


@login_required
def meeting_call_off(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, found = _find_meeting(request, slug, identifier)
    form = CallOffForm(request.POST or None, initial={"version": found.version})
    form.cancel_href = address(partnership, found)

    def call_off(given: dict[str, Any]) -> Meeting:
        given["version"] = given["version"] or 0
        return services.call_off(meeting=found, by=signed_in(request), **given)

    sent = edit(request, form, call_off)
    if sent.record is None:
        return _form_page(request, partnership, sent, "Call the meeting off", kicker=str(found))
    messages.success(request, "The meeting is called off. You can bring it back.")
    return redirect(f"{address(partnership)}#called-off")


@login_required
@require_POST
def meeting_bring_back(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership = _find_to_plan(request, slug)
    gone = Meeting.everything.filter(group__partnership=partnership)
    found = get_object_or_404(gone, identifier=identifier)
    try:
        services.bring_back(meeting=found, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(f"{address(partnership)}#called-off")
    messages.success(request, f"The meeting on {found.date} is planned again.")
    return redirect(address(partnership, found))


@login_required
def meeting_rules(request: HttpRequest, slug: str, group: int) -> HttpResponse:
    """How many days of notice a body gives, and its quorum."""
    partnership = _find_to_plan(request, slug)
    found = get_object_or_404(Group, partnership=partnership, pk=group)
    form = RulesForm(request.POST or None, instance=copy.copy(found))
    form.cancel_href = address(partnership)

    def change(given: dict[str, Any]) -> Group:
        version = given.pop("version") or 0
        by = signed_in(request)
        return services.set_rules(group=found, changes=given, version=version, by=by)

    sent = edit(request, form, change)
    if sent.record is None:
        return _form_page(request, partnership, sent, "Notice and quorum", kicker=found.name)
    messages.success(request, f"Notice and quorum of {found} are saved.")
    return redirect(f"{address(partnership)}#bodies")


def address(partnership: Partnership, meeting: Meeting | None = None) -> str:
    """Return the address of the page of all meetings, and the place of one there."""
    page = reverse("partnership:meetings", args=[partnership.slug])
    return f"{page}#meeting-{meeting.identifier}" if meeting else page


def _find_to_plan(request: HttpRequest, slug: str) -> Partnership:
    return find_partnership(request, slug, Permission.PLAN_MEETING)


def _find_meeting(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, Meeting]:
    partnership = _find_to_plan(request, slug)
    kept = Meeting.objects.filter(group__partnership=partnership).select_related("group")
    return partnership, get_object_or_404(kept, identifier=identifier)


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return the body that the link asked for, if any."""
    asked = request.GET.get("body", "")
    return {"group": asked} if asked.isascii() and asked.isdigit() else {}


def _form_page(
    request: HttpRequest, partnership: Partnership, sent: Submitted, heading: str, kicker: str = ""
) -> HttpResponse:
    context = {
        "partnership": partnership,
        "crumbs": [("Meetings", address(partnership))],
        "form": sent.form,
        "differences": sent.differences,
        "heading": heading,
        "kicker": kicker,
    }
    return render(request, "form_page.html", context, status=sent.status)
