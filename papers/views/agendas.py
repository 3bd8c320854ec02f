"""A meeting's agenda: read by everybody, put together by those who plan meetings."""

import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.models import Meeting, Partnership
from partnership.permissions import can, require
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.submitting import Submitted
from partnership.views import find_partnership, moved_to, posted_number, signed_in

from ..forms.agendas import ItemForm, OnAgendaForm, PlacePaperForm
from ..models import AgendaItem, Paper
from ..pages import agendas as facts
from ..services import agendas as services
from . import crumbs, find_paper

PLAN = Permission.PLAN_MEETING


@login_required
def agenda(request: HttpRequest, slug: str, meeting: str) -> HttpResponse:
    """A meeting's page. One that was called off says so, and why."""
    partnership, found = _find_meeting(request, slug, meeting)
    may_plan = can(request.user, PLAN, partnership) and not found.removed_at
    shown = facts.agenda(found, request.user)
    context = {
        "partnership": partnership,
        "crumbs": [("Meetings", reverse("partnership:meetings", args=[slug]))],
        "meeting": found,
        "agenda": shown,
        "may_plan": may_plan,
        "has_standing": may_plan and bool(services.standing_missing(found)),
        "removed": _removed(found) if may_plan else (),
    }
    return render(request, "papers/agenda.html", context)


@login_required
def agenda_item_new(request: HttpRequest, slug: str, meeting: str) -> HttpResponse:
    partnership, found = _find_to_plan(request, slug, meeting)
    form = ItemForm(request.POST or None)
    form.submit_label, form.cancel_href = "Add the item", address(partnership, found)

    def add(given: dict[str, Any]) -> AgendaItem:
        del given["version"]
        return services.add_item(meeting=found, by=signed_in(request), **given)

    sent = edit(request, form, add)
    if sent.record is None:
        return _form_page(request, partnership, found, sent, "Add an item")
    messages.success(request, f"Item {sent.record.mark} is on the agenda.")
    return redirect(address(partnership, found, sent.record))


@login_required
def agenda_item_edit(request: HttpRequest, slug: str, meeting: str, item: str) -> HttpResponse:
    partnership, found = _find_item(request, slug, meeting, item)
    form = ItemForm(request.POST or None, instance=copy.copy(found), initial=_asked(request))
    form.cancel_href = address(partnership, found.meeting, found)

    def change(given: dict[str, Any]) -> AgendaItem:
        version = given.pop("version") or 0
        by = signed_in(request)
        return services.change_item(item=found, changes=given, version=version, by=by)

    sent = edit(request, form, change)
    if sent.record is None:
        return _form_page(request, partnership, found.meeting, sent, f"Change item {found.mark}")
    messages.success(request, "The item is saved.")
    return redirect(address(partnership, found.meeting, found))


@login_required
@require_POST
def agenda_item_move(request: HttpRequest, slug: str, meeting: str, item: str) -> HttpResponse:
    partnership, found = _find_item(request, slug, meeting, item)
    to = posted_number(request, "to")
    services.move_item(item=found, to=to, by=signed_in(request))
    last = AgendaItem.objects.filter(meeting=found.meeting).count()
    return redirect(f"{address(partnership, found.meeting)}#{moved_to(request, found, last)}")


@login_required
@require_POST
def agenda_item_remove(request: HttpRequest, slug: str, meeting: str, item: str) -> HttpResponse:
    partnership, found = _find_item(request, slug, meeting, item)
    version = posted_number(request)
    try:
        services.remove_item(item=found, version=version, by=signed_in(request))
    except (RuleBroken, StaleVersion) as refused:
        messages.error(request, str(refused))
        return redirect(address(partnership, found.meeting, found))
    messages.success(request, f"“{found.title}” is off the agenda. You can bring it back.")
    return redirect(f"{address(partnership, found.meeting)}#removed-title")


@login_required
@require_POST
def agenda_item_restore(request: HttpRequest, slug: str, meeting: str, item: str) -> HttpResponse:
    partnership, found = _find_to_plan(request, slug, meeting)
    gone = get_object_or_404(AgendaItem.everything, meeting=found, identifier=item)
    back = services.restore_item(item=gone, by=signed_in(request))
    messages.success(request, f"“{back.title}” is back on the agenda.")
    return redirect(address(partnership, found, back))


@login_required
@require_POST
def agenda_standing(request: HttpRequest, slug: str, meeting: str) -> HttpResponse:
    """Copy the standing items of the body's last meeting."""
    partnership, found = _find_to_plan(request, slug, meeting)
    try:
        made = services.copy_standing(meeting=found, by=signed_in(request))
    except RuleBroken as refused:
        messages.error(request, str(refused))
        return redirect(address(partnership, found))
    messages.success(request, f"Copied: {', '.join(each.title for each in made)}.")
    return redirect(address(partnership, found, made[0]))


@login_required
def agenda_paper(request: HttpRequest, slug: str, meeting: str, item: str) -> HttpResponse:
    """Put a paper on an item; where its time has passed, with the chair's reason."""
    partnership, found = _find_item(request, slug, meeting, item)
    form = PlacePaperForm(request.POST or None, item=found)
    form.cancel_href = address(partnership, found.meeting, found)
    sent = edit(
        request,
        form,
        lambda given: services.place_paper(item=found, by=signed_in(request), **given),
    )
    if sent.record is None:
        heading = f"Put a paper on item {found.mark}"
        return _form_page(request, partnership, found.meeting, sent, heading, item=found)
    messages.success(request, f"“{sent.record.title}” stands on item {found.mark}.")
    return redirect(address(partnership, found.meeting, found))


@login_required
@require_POST
def agenda_paper_off(
    request: HttpRequest, slug: str, meeting: str, item: str, identifier: str
) -> HttpResponse:
    partnership, found = _find_item(request, slug, meeting, item)
    paper = get_object_or_404(Paper, partnership=partnership, identifier=identifier)
    services.take_off(paper=paper, item=found, by=signed_in(request))
    messages.success(request, f"“{paper.title}” is off the agenda.")
    return redirect(address(partnership, found.meeting, found))


@login_required
def paper_agenda(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Put a paper on an agenda, from the paper's own page."""
    partnership, paper = find_paper(request, slug, identifier)
    require(request.user, PLAN, partnership)
    form = OnAgendaForm(request.POST or None, paper=paper)
    form.cancel_href = reverse("papers:paper", args=[slug, identifier])

    def place(given: dict[str, Any]) -> Paper:
        (meeting, item), reason = form.chosen(), given["late_reason"]
        by = signed_in(request)
        if item is None:
            return services.place_anew(paper=paper, meeting=meeting, late_reason=reason, by=by)
        return services.place_paper(paper=paper, item=item, late_reason=reason, by=by)

    sent = edit(request, form, place)
    if sent.record is None:
        context = {"partnership": partnership, "crumbs": crumbs(paper), "paper": paper}
        context |= {"form": form, "meetings_known": bool(form.places)}
        return render(request, "papers/agenda_of_paper.html", context, status=sent.status)
    placed = sent.record.agenda_item
    messages.success(request, f"The paper is item {placed.mark} of {placed.meeting}.")
    return redirect(form.cancel_href)


def address(partnership: Partnership, meeting: Meeting, item: AgendaItem | None = None) -> str:
    """Return the address of an agenda, and the place of an item on it."""
    page = reverse("papers:agenda", args=[partnership.slug, meeting.identifier])
    return f"{page}#item-{item.identifier}" if item else page


def _find_meeting(request: HttpRequest, slug: str, meeting: str) -> tuple[Partnership, Meeting]:
    """Return a meeting, also one that was called off: its papers still lead to it."""
    partnership = find_partnership(request, slug, Permission.VIEW_PARTNERSHIP)
    known = Meeting.everything.filter(group__partnership=partnership)
    known = known.select_related("group__partnership").prefetch_related("joint_with")
    return partnership, get_object_or_404(known, identifier=meeting)


def _find_to_plan(request: HttpRequest, slug: str, meeting: str) -> tuple[Partnership, Meeting]:
    """Return a meeting whose agenda the user may change, 403 else, 404 where it was called off."""
    partnership, found = _find_meeting(request, slug, meeting)
    require(request.user, PLAN, partnership)
    if found.removed_at:
        raise Http404("This meeting was called off.")
    return partnership, found


def _find_item(
    request: HttpRequest, slug: str, meeting: str, item: str
) -> tuple[Partnership, AgendaItem]:
    partnership, found = _find_to_plan(request, slug, meeting)
    kept = get_object_or_404(AgendaItem, meeting=found, identifier=item)
    kept.meeting = found
    return partnership, kept


def _removed(meeting: Meeting) -> list[AgendaItem]:
    gone = AgendaItem.everything.filter(meeting=meeting, removed_at__isnull=False)
    return list(gone.select_related("removed_by").order_by("-removed_at"))


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return the kind that a link asked for, such as that of a late item."""
    asked = request.GET.get("kind", "")
    return {"kind": asked} if asked in AgendaItem.Kind.values else {}


def _form_page(
    request: HttpRequest,
    partnership: Partnership,
    meeting: Meeting,
    sent: Submitted,
    heading: str,
    **context: Any,
) -> HttpResponse:
    context |= {
        "partnership": partnership,
        "crumbs": [
            ("Meetings", reverse("partnership:meetings", args=[partnership.slug])),
            (str(meeting), address(partnership, meeting)),
        ],
        "meeting": meeting,
        "form": sent.form,
        "differences": sent.differences,
        "heading": heading,
    }
    return render(request, "papers/agenda_form.html", context, status=sent.status)
