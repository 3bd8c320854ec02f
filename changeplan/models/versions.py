"""A change plan as it was put to the board, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.constraints import enforced, rule, together
from partnership.models import Meeting

from .plans import ChangePlan


@enforced
class PlanVersion(models.Model):
    """The plan as it was submitted: `content` never changes, and `digest` is the SHA-256 of it in
    hexadecimal. What the board decided is recorded once beside it. `record` says in words who
    submitted it and what was decided, so that a later change of a name changes no version."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "Before the board"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned"
        WITHDRAWN = "withdrawn", "Withdrawn"

    plan = models.ForeignKey(ChangePlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    note = models.TextField(blank=True, help_text="What changed since the version before")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.PENDING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minute_reference = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was returned or withdrawn")
    record = models.TextField(
        blank=True, help_text="Who did what with it, and when, in the names of that day"
    )

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(outcome="pending"),
                name="one_version_before_the_board",
                violation_error_message="A version of this plan is before the board already.",
            ),
            together(
                "plan_version_decided_at_and_by",
                "Say both when the decision was recorded and who recorded it.",
                "decided_at",
                "decided_by",
            ),
            rule(
                "plan_version_decided",
                Q(outcome="pending", decided_at=None)
                | (~Q(outcome="pending") & Q(decided_at__isnull=False)),
                "A decision says when it was recorded, and a plan before the board has none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"
