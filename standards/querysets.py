"""Whose exercise is it, and what the arithmetic needs from the tables."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from partnership.models import Membership, User
from partnership.roles import Permission, Role, roles_with

if TYPE_CHECKING:
    from .models import Comment, Exercise, Score  # noqa: F401


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def closed(self) -> "ExerciseQuerySet":
        """Return the exercises that have closed, the latest first."""
        return self.filter(state="closed").order_by("-date", "-pk")

    def visible_to(self, user: "User | AnonymousUser") -> "ExerciseQuerySet":
        """Return the exercises a member may know of; who is invited knows those naming them."""
        if not user.is_authenticated:
            return self.none()
        mine = Membership.objects.current().filter(user=user)
        invited = Role.INVITED_FACILITATOR
        roles = [role for role in roles_with(Permission.VIEW_EXERCISE) if role != invited]
        member = Q(partnership__in=mine.filter(role__in=roles).values("partnership"))
        running = Q(
            partnership__in=mine.filter(role=invited).values("partnership"),
            named__user=user,
        )
        return self.filter(member | running).distinct()

    def run_by(self, user: int | None) -> "ExerciseQuerySet":
        """Return the exercises that the user of this key may run: who may correct them always,
        who sets exercises up or is named as a facilitator of this one until it closes."""
        mine = Membership.objects.current().filter(
            partnership=OuterRef("partnership"), user=user, user__is_active=True
        )
        correct = mine.filter(role__in=roles_with(Permission.CORRECT_EXERCISE))
        set_up = mine.filter(role__in=roles_with(Permission.SET_UP_EXERCISE))
        named = apps.get_model("standards", "Facilitator").objects.filter(
            exercise=OuterRef("pk"), user=user
        )
        return self.filter(
            Exists(correct)
            | (~Q(state="closed") & (Exists(set_up) | (Exists(mine) & Exists(named))))
        )


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
        participants once votes on the standard were revealed, the session is over, or at once
        where nobody votes."""
        revealed = apps.get_model("standards", "Reveal").objects.filter(
            working_group=OuterRef("working_group"), standard=OuterRef("standard")
        )
        session = "working_group__session"
        nobody_votes = Q(**{f"{session}__exercise__is_scored": False}) | Q(
            **{f"{session}__exercise__votes_first": False}
        )
        over = Q(**{f"{session}__state": "closed"})
        return self.filter(Q(participant=None) | over | nobody_votes | Exists(revealed))
