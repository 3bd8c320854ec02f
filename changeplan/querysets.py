"""Whose plan is it."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from partnership.models import Membership, User
from partnership.roles import Permission, roles_with

if TYPE_CHECKING:
    from .models import ChangePlan  # noqa: F401


class ChangePlanQuerySet(models.QuerySet["ChangePlan"]):
    def visible_to(self, user: "User | AnonymousUser") -> "ChangePlanQuerySet":
        """Return the plans a member may know of: drafts only those who work on them.

        A plan of which a version was approved stays known while a new one is in work; such a
        reader is shown the approved version."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.current().filter(user=user)
        readers = mine.filter(role__in=roles_with(Permission.VIEW_PLAN)).values("partnership")
        workers = mine.filter(role__in=roles_with(Permission.VIEW_DRAFT_PLAN)).values("partnership")
        decided = ~Q(state__in=["draft", "returned"]) | Q(approved_at__isnull=False)
        return self.filter(Q(partnership__in=readers) & decided | Q(partnership__in=workers))
