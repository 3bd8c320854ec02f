"""Whose plan is it, and which of it may they read."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

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
        decided = ~Q(state__in=["draft", "returned"]) | Q(approved_at__isnull=False)
        return self.filter(Q(partnership__in=readers) & decided | _worked_on_by(user))

    def live_to(self, user: "User | AnonymousUser") -> "ChangePlanQuerySet":
        """Return the plans that a member may read as they are now."""
        return self.visible_to(user).as_shown_to(user).filter(Q(is_live=True))

    def as_shown_to(self, user: "User | AnonymousUser") -> "ChangePlanQuerySet":
        """Let each plan say whether this user reads it as it is now (`is_live`) or as it was last
        approved, and which title and state they are told."""
        if not user.is_authenticated:
            return self.none()
        live = Q(state__in=["submitted", "approved"]) | _worked_on_by(user)
        versions = apps.get_model("changeplan", "PlanVersion").objects.order_by("-number")
        approved = versions.filter(plan=OuterRef("pk"), outcome="approved")
        titles = approved.annotate(put=KT("content__title")).values("put")[:1]
        title = Coalesce(Subquery(titles, output_field=CharField()), F("title"))
        state = Case(When(state="superseded", then=F("state")), default=Value("approved"))
        return self.annotate(
            is_live=Case(When(live, then=Value(True)), default=Value(False)),
            title_shown=Case(When(live, then=F("title")), default=title),
            state_shown=Case(When(live, then=F("state")), default=state),
        )


def _worked_on_by(user: User) -> Q:
    mine = Membership.objects.current().filter(user=user)
    workers = mine.filter(role__in=roles_with(Permission.VIEW_DRAFT_PLAN))
    return Q(partnership__in=workers.values("partnership"))
