"""What a body decided on what it was asked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from changeplan.models import Action, PlanVersion
from partnership.constraints import enforced, rule, together
from partnership.fields import IdentifierField, PreciseDateField
from partnership.models import Meeting, Versioned

from .papers import Recommendation


@enforced
class Decision(Versioned):
    """What a meeting decided on a recommendation; `asked` holds the words that were put to it. It
    is open until it is confirmed. Then a slip of the pen is corrected with a reason, and a change
    of mind is a further decision, which `follows` the first."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        AMENDED = "amended", "Approved as amended"
        DEFERRED = "deferred", "Deferred"
        REJECTED = "rejected", "Rejected"
        NOTED = "noted", "Noted"

    identifier = IdentifierField()
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="decisions"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    asked = models.TextField(help_text="Markdown")
    outcome = models.CharField(max_length=20, choices=Outcome)
    amended = models.TextField(blank=True, help_text="The words as amended (Markdown)")
    deferred_to = PreciseDateField(blank=True, default=None)
    conditions = models.TextField(blank=True, help_text="Markdown")
    minute_reference = models.CharField(max_length=60, blank=True)
    present = models.TextField(blank=True, help_text="Who was present, one a line")
    was_quorate = models.BooleanField(null=True, blank=True)
    plan_version = models.ForeignKey(
        PlanVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The version of the plan in which the decision took effect",
    )
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "recommendation__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(confirmed_at=None),
                name="one_open_decision",
                violation_error_message="A decision on this recommendation is open already.",
            ),
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(follows=None),
                name="one_first_decision",
                violation_error_message="This recommendation was decided already.",
            ),
            rule(
                "amended_has_words",
                (Q(outcome="amended") & ~Q(amended="")) | (~Q(outcome="amended") & Q(amended="")),
                "Give the words as amended, for what was approved as amended and for that alone.",
            ),
            rule(
                "deferred_says_when",
                (Q(outcome="deferred") & ~Q(deferred_to=""))
                | (~Q(outcome="deferred") & Q(deferred_to="")),
                "Say to when it was deferred, for what was deferred and for that alone.",
            ),
            rule("decision_not_its_own", ~Q(follows=models.F("id")), "Choose another decision."),
            together(
                "decision_confirmed_at_and_by",
                "Say both when it was confirmed and who confirmed it.",
                "confirmed_at",
                "confirmed_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.asked[:60]}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


@enforced
class Amendment(Versioned):
    """What a body wants changed in the plan, proposed to its managers as an edit: of one field of
    an action, or in words alone. It is made, or declined with a reason."""

    class Field(models.TextChoices):
        WORDS = "", "In words"
        HEADING = "heading", "Headline"
        DETAIL = "detail", "Detail"
        SUCCESS = "success", "What success means"
        DUE = "due", "Due"

    class Outcome(models.TextChoices):
        PROPOSED = "proposed", "To be made"
        MADE = "made", "Made"
        DECLINED = "declined", "Not made"

    identifier = IdentifierField()
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    field = models.CharField(max_length=20, choices=Field, blank=True, default=Field.WORDS)
    was = models.TextField(blank=True, help_text="What stood there when it was proposed")
    text = models.TextField(help_text="Markdown")
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.PROPOSED)
    reason = models.TextField(blank=True, help_text="Why it was not made")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="amendment_number"),
            rule(
                "amended_field_of_action",
                Q(field="") | Q(action__isnull=False),
                "Choose the action whose field is to change.",
            ),
            rule(
                "declined_says_why",
                (Q(outcome="declined") & ~Q(reason="")) | (~Q(outcome="declined") & Q(reason="")),
                "Say why it was not made, for what was not made and for that alone.",
            ),
            rule(
                "amendment_settled",
                Q(outcome="proposed", settled_at=None)
                | (~Q(outcome="proposed") & Q(settled_at__isnull=False)),
                "Say when it was settled.",
            ),
            together(
                "amendment_settled_at_and_by",
                "Say both when it was settled and who settled it.",
                "settled_at",
                "settled_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
