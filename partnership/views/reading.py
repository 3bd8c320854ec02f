"""People and groups, meetings and documents."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .. import pages
from ..models import Meeting
from ..permissions import can
from ..roles import Permission
from . import find_partnership


@login_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PARTNERSHIP)
    sees_members = can(request.user, Permission.VIEW_MEMBERS, partnership)
    context = {
        "partnership": partnership,
        "crumbs": [(partnership.name, partnership.get_absolute_url())],
        "organisations": partnership.organisations.order_by("-is_lead", "name"),
        "branches": pages.group_tree(partnership),
        "sees_members": sees_members,
        "members": pages.members(partnership) if sees_members else (),
    }
    return render(request, "partnership/people.html", context)


@login_required
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PARTNERSHIP)
    may_plan = can(request.user, Permission.PLAN_MEETING, partnership)
    today = timezone.localdate()
    known = Meeting.objects.filter(group__partnership=partnership)
    known = known.select_related("group__partnership").prefetch_related("joint_with", "documents")
    calendar = pages.calendar(known, today)
    context = {
        "partnership": partnership,
        "crumbs": [(partnership.name, partnership.get_absolute_url())],
        "calendar": calendar,
        "coming": [(meeting, pages.due(meeting, today)) for meeting in calendar.coming],
        "called_off": pages.called_off(partnership, None if may_plan else today),
        "bodies": partnership.groups.order_by("pk") if may_plan else (),
        "documents": pages.documents(partnership),
        "may_plan": may_plan,
    }
    return render(request, "partnership/meetings.html", context)
