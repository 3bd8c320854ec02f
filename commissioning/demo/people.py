"""The people of the demonstration, for the sign-in page and the command."""

from dataclasses import dataclass

from partnership.models import Membership
from partnership.roles import Role

from .loading import SLUGS


@dataclass(frozen=True)
class DemoUser:
    """Somebody to sign in as: `role` and `job_title` in words for the page."""

    name: str
    email: str
    role: str
    job_title: str


@dataclass(frozen=True)
class DemoPartnership:
    """A demonstration partnership and its people, in the order of the table of roles."""

    name: str
    slug: str
    users: tuple[DemoUser, ...]


def demo_users() -> list[DemoPartnership]:
    """Return the people to sign in as, by partnership in the order of loading. One query."""
    members = Membership.objects.current().filter(
        partnership__slug__in=SLUGS, user__is_active=True, user__email__endswith=".example.org"
    )
    found = sorted(
        members.select_related("user", "partnership"),
        key=lambda member: (SLUGS.index(member.partnership.slug), _rank(member)),
    )
    partnerships = dict.fromkeys(member.partnership for member in found)
    return [
        DemoPartnership(
            partnership.name,
            partnership.slug,
            tuple(_user(member) for member in found if member.partnership == partnership),
        )
        for partnership in partnerships
    ]


def _rank(member: Membership) -> tuple[int, str]:
    return list(Role).index(Role(member.role)), member.user.name


def _user(member: Membership) -> DemoUser:
    email = member.user.email or ""
    return DemoUser(member.user.name, email, member.get_role_display(), member.job_title)
