"""What people and groups said of each standard: votes, agreed scores, comments."""

from django.db import models
from django.db.models import Q

from partnership.constraints import enforced, rule
from partnership.fields import IdentifierField, StepField
from partnership.models import Versioned

from ..querysets import CommentQuerySet, ScoreQuerySet
from .exercises import Cohort, Exercise, Participant, WorkingGroup
from .frameworks import IN_SCALE, OUT_OF_SCALE, Standard


@enforced
class Vote(models.Model):
    """One person's private answer in one round: a whole point, a pass, or not applicable.
    `version` counts how often it was changed before its round was revealed."""

    class Kind(models.TextChoices):
        SCORE = "score", "Score"
        PASS = "pass", "Pass"
        NOT_APPLICABLE = "not_applicable", "Not applicable"

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="votes")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SCORE)
    value = StepField(null=True, blank=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["participant", "standard", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "standard", "round"], name="one_vote_a_round"
            ),
            rule(
                "vote_value",
                (Q(kind="score") & IN_SCALE)
                | Q(kind="pass", value=None)
                | (Q(kind="not_applicable", value=None) & ~Q(reason="")),
                f"{OUT_OF_SCALE} A pass has none; not applicable has a reason instead.",
            ),
        ]

    def __str__(self) -> str:
        return f"A vote on {self.standard}"


@enforced
class Score(Versioned):
    """A working group's agreed score for a standard; a half point where the exercise allows it.
    Reopened, it is not agreed until the group agrees again, and counts nowhere."""

    working_group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="scores")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    value = StepField(per_one=2, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    reason = models.TextField(blank=True, help_text="Markdown")
    is_agreed = models.BooleanField(default=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["working_group", "standard"]
        constraints = [
            models.UniqueConstraint(fields=["working_group", "standard"], name="one_score"),
            rule(
                "score_value",
                (Q(not_applicable=False) & IN_SCALE)
                | (Q(not_applicable=True, value=None) & ~Q(reason="")),
                f"{OUT_OF_SCALE} Not applicable has a reason instead.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.working_group} on {self.standard}"


@enforced
class Comment(Versioned):
    """What a working group said is working well or should be improved, or what it rests on. A
    participant's own comment is theirs until their group's first votes are revealed."""

    class Side(models.TextChoices):
        WORKING_WELL = "working_well", "Working well"
        TO_IMPROVE = "to_improve", "To be improved"
        EVIDENCE = "evidence", "Evidence"

    identifier = IdentifierField()
    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, related_name="comments"
    )
    standard = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    side = models.CharField(max_length=20, choices=Side)
    text = models.TextField(help_text="Markdown")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["standard", "side", "working_group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "standard", "side"],
                condition=Q(participant__isnull=False),
                name="one_comment_a_side",
                violation_error_message="You have commented on this side already: change that.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


@enforced
class PublishedScore(models.Model):
    """An average known only as a printed figure, overall (no cohort) or of one cohort."""

    exercise = models.ForeignKey(
        Exercise, on_delete=models.CASCADE, related_name="published_scores"
    )
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="published_scores"
    )
    value = StepField(per_one=10)

    class Meta:
        ordering = ["exercise", "standard", "cohort"]
        constraints = [
            rule("published_in_scale", IN_SCALE, OUT_OF_SCALE),
            # Two, because SQLite takes every NULL for a different one.
            models.UniqueConstraint(
                fields=["exercise", "standard"],
                condition=Q(cohort=None),
                name="one_published_overall",
                violation_error_message="This standard has a published average already.",
            ),
            models.UniqueConstraint(
                fields=["exercise", "standard", "cohort"],
                condition=Q(cohort__isnull=False),
                name="one_published_cohort",
                violation_error_message="This cohort has a published average already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.value}"
