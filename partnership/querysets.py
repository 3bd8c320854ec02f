"""Whose is it? What a person may know to exist; everything else answers 404."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .roles import Permission, roles_with

if TYPE_CHECKING:
    from .models import Membership, Partnership, User  # noqa: F401


def unexpired(prefix: str = "") -> Q:
    """Return the condition that a membership, reached through `prefix`, still runs today."""
    today = timezone.localdate()
    none, later = f"{prefix}expires_on", f"{prefix}expires_on__gte"
    return Q(**{none: None}) | Q(**{later: today})


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: "User | AnonymousUser") -> "PartnershipQuerySet":
        """Return the partnerships of which `user` is a member today. A guest of one working group
        does not know of more than that."""
        if not user.is_authenticated:
            return self.none()
        known = roles_with(Permission.VIEW_PARTNERSHIP)
        mine: dict[str, Any] = {"memberships__user": user, "memberships__role__in": known}
        return self.filter(unexpired("memberships__"), **mine)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Return the memberships that have not expired."""
        return self.filter(unexpired())
