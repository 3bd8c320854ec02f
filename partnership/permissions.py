"""Who may? Asked after the record was fetched through visibility, before anything is done."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from .models import Membership, Partnership, User
from .roles import ROLES, Permission, Role, roles_with


def membership_of(user: User | AnonymousUser, partnership: Partnership) -> Membership | None:
    """Return the user's current membership. Asked once for each user and partnership in hand."""
    if not user.is_authenticated:
        return None
    known: dict[int, Membership | None] = user.__dict__.setdefault("_memberships", {})
    if partnership.pk not in known:
        mine = Membership.objects.current().filter(user=user, partnership=partnership)
        known[partnership.pk] = mine.select_related("organisation").first()
    return known[partnership.pk]


def known_partnership(user: User | AnonymousUser, slug: str) -> Partnership | None:
    """Return the partnership of this address, None for whoever may not know of it. Its membership
    comes along, so that what the user may do there asks no more."""
    if not user.is_authenticated:
        return None
    known = roles_with(Permission.VIEW_PARTNERSHIP)
    mine = Membership.objects.current().filter(user=user, partnership__slug=slug, role__in=known)
    membership = mine.select_related("organisation", "partnership").first()
    if membership is None:
        return None
    user.__dict__.setdefault("_memberships", {})[membership.partnership_id] = membership
    return membership.partnership


def role_of(user: User | AnonymousUser, partnership: Partnership) -> Role | None:
    """Return the user's role in the partnership, None for an outsider."""
    membership = membership_of(user, partnership)
    return Role(membership.role) if membership else None


def can(user: User | AnonymousUser, permission: Permission, partnership: Partnership) -> bool:
    """Whether the user's role in the partnership holds the permission."""
    role = role_of(user, partnership)
    return role is not None and permission in ROLES[role]


def require(user: User | AnonymousUser, permission: Permission, partnership: Partnership) -> None:
    """Raise PermissionDenied, in words for the page, unless the user holds the permission."""
    if not can(user, permission, partnership):
        raise PermissionDenied(f"Your role in {partnership.name} does not let you {permission}.")
