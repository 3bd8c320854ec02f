"""Whose paper is it."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from partnership.models import Membership, User
from partnership.roles import Permission, roles_with

if TYPE_CHECKING:
    from .models import Paper  # noqa: F401


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: "User | AnonymousUser") -> "PaperQuerySet":
        """Return the papers a member may know of: drafts only those who work on them."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.current().filter(user=user)
        readers = mine.filter(role__in=roles_with(Permission.VIEW_PAPER)).values("partnership")
        workers = mine.filter(role__in=roles_with(Permission.VIEW_DRAFT_PAPER)).values(
            "partnership"
        )
        return self.filter(
            Q(partnership__in=readers) & ~Q(state="draft") | Q(partnership__in=workers)
        )

    def select_for_paper(self) -> "PaperQuerySet":
        """Fetch what every paper page prints of a paper in the same query."""
        return self.select_related(
            "partnership",
            "exercise__framework",
            "results_version__exercise",
            "plan",
            "addressed_to",
            "agenda_item__meeting__group",
        )

    def unissued(self) -> "PaperQuerySet":
        """Return the papers put to a meeting of which no issue has been kept yet."""
        return self.exclude(state="draft").filter(issues=None)
