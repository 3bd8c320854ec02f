"""The partnership's own pages, and how every room's page finds its partnership."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from .models import Partnership, User
from .permissions import require
from .roles import Permission


def signed_in(request: HttpRequest) -> User:
    """Return the user of a page behind `login_required`, typed."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required came first
    return request.user


def find_partnership(request: HttpRequest, slug: str, permission: Permission) -> Partnership:
    """Return the partnership, 404 for outsiders, 403 when the role lacks the permission."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    require(request.user, permission, partnership)
    return partnership
