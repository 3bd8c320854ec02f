"""Whose exercise is it, and what the arithmetic needs from the tables."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from partnership.models import Membership, User
from partnership.roles import Permission, Role, roles_with

if TYPE_CHECKING:
    from .models import Comment, Exercise, Score  # noqa: F401


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def visible_to(self, user: "User | AnonymousUser") -> "ExerciseQuerySet":
        """Return the exercises a member may know of; a facilitator's are those naming them."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.current().filter(user=user)
        roles = [r for r in roles_with(Permission.VIEW_EXERCISE) if r != Role.FACILITATOR]
        member = Q(partnership__in=mine.filter(role__in=roles).values("partnership"))
        running = Q(
            partnership__in=mine.filter(role=Role.FACILITATOR).values("partnership"),
            named__user=user,
        )
        return self.filter(member | running).distinct()


class ScoreQuerySet(models.QuerySet["Score"]):
    def for_exercise(self, exercise: "Exercise") -> "ScoreQuerySet":
        """Return the scores of every working group of the exercise."""
        return self.filter(working_group__session__exercise=exercise)

    def agreed(self) -> "ScoreQuerySet":
        """Return the scores that stand; a reopened one does not."""
        return self.filter(is_agreed=True)


class CommentQuerySet(models.QuerySet["Comment"]):
    def told(self) -> "CommentQuerySet":
        """Return the comments that more than their author may read: the group's own, and those of
        participants once votes on the standard were revealed, or the session is over."""
        revealed = apps.get_model("standards", "Reveal").objects.filter(
            working_group=models.OuterRef("working_group"), standard=models.OuterRef("standard")
        )
        return self.filter(
            Q(participant=None)
            | Q(working_group__session__state="closed")
            | models.Exists(revealed)
        )
