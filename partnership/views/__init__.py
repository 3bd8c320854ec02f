"""The partnership's own pages, and how every room's page finds its partnership."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from ..models import Partnership, User
from ..permissions import known_partnership, require
from ..roles import Permission


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


def posted_number(request: HttpRequest, name: str = "version") -> int:
    """Return the number that a button sends, such as the version it was based on; 0, which no
    record has, for anything else."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def moved_to(request: HttpRequest, record: Any, last: int) -> str:
    """Return the id of the button that moved a record, for the focus to stay on; at either end
    of the list that of the other button."""
    to = min(max(posted_number(request, "to"), 1), last)
    up = to != 1 and (to < record.number or to == last)
    return f"{'up' if up else 'down'}-{record.identifier}"
