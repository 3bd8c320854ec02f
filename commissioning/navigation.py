"""The sections of a partnership that a role may see, for the bar at the head of its pages."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.urls import ResolverMatch, reverse

from partnership.models import Partnership, User
from partnership.permissions import can
from partnership.roles import Permission


@dataclass(frozen=True)
class Place:
    """One entry of the bar."""

    label: str
    href: str
    current: bool


SECTIONS = (
    ("Overview", "overview", Permission.VIEW_PARTNERSHIP),
    ("Exercises", "standards:exercises", Permission.VIEW_EXERCISE),
    ("Change plans", "changeplan:plans", Permission.VIEW_PLAN),
    ("Papers", "papers:papers", Permission.VIEW_PAPER),
    ("Meetings", "partnership:meetings", Permission.VIEW_PARTNERSHIP),
    ("People", "partnership:people", Permission.VIEW_PARTNERSHIP),
)


def places(
    user: User | AnonymousUser, partnership: Partnership, here: ResolverMatch | None
) -> list[Place]:
    """Return the sections `user` may see, the one `here` lies in marked as current."""
    return [
        Place(label, reverse(name, args=[partnership.slug]), _holds(name, here))
        for label, name, permission in SECTIONS
        if can(user, permission, partnership)
    ]


def _holds(name: str, here: ResolverMatch | None) -> bool:
    if here is None:
        return False
    room, _, _ = name.rpartition(":")
    return here.view_name == name or (room == here.namespace and room not in ("", "partnership"))
