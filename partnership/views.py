"""The partnership's own pages, and how every room's page finds its partnership."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from . import pages
from .models import Meeting, Partnership, User
from .permissions import can, known_partnership, require
from .roles import Permission


def signed_in(request: HttpRequest) -> User:
    """Return the user of a page behind `login_required`, typed."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user


def find_partnership(request: HttpRequest, slug: str, permission: Permission) -> Partnership:
    """Return the partnership, 404 for outsiders, 403 when the role lacks the permission."""
    partnership = known_partnership(request.user, slug)
    if partnership is None:
        raise Http404("You are not a member of a partnership of this address.")
    request.partnership = partnership  # type: ignore[attr-defined] # for the bar of sections
    require(request.user, permission, partnership)
    return partnership


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
    known = Meeting.objects.filter(group__partnership=partnership).select_related("group")
    known = known.prefetch_related("joint_with", "documents")
    context = {
        "partnership": partnership,
        "crumbs": [(partnership.name, partnership.get_absolute_url())],
        "calendar": pages.calendar(known, timezone.localdate()),
        "documents": pages.documents(partnership),
    }
    return render(request, "partnership/meetings.html", context)
