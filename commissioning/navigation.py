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
# Pages that one room has, and that belong to the section of another.
ELSEWHERE = {
    "partnership:meeting": "partnership:meetings",
    "papers:meeting": "partnership:meetings",
    "papers:agenda": "partnership:meetings",
    "papers:amendments": "changeplan:plans",
    "papers:amended_version": "changeplan:plans",
}


def places(
    user: User | AnonymousUser, partnership: Partnership, here: ResolverMatch | None
) -> list[Place]:
    """Return the sections `user` may see, the one `here` lies in marked as current."""
    current = _section(here.view_name) if here else ""
    return [
        Place(label, reverse(name, args=[partnership.slug]), name == current)
        for label, name, permission in SECTIONS
        if can(user, permission, partnership)
    ]


def _section(page: str) -> str:
    """Return the section that a page lies in, by the name of its address."""
    for name, section in ELSEWHERE.items():
        if page.startswith(name):
            return section
    room, _, _ = page.rpartition(":")
    rooms = {name.rpartition(":")[0]: name for _, name, _ in SECTIONS}
    return page if room in ("", "partnership") else rooms.get(room, page)
