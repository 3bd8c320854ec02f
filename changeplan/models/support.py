"""The support programme's days: what there is, what is asked and agreed, what was delivered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership.constraints import enforced, rule, together
from partnership.fields import IdentifierField, StepField
from partnership.models import Meeting, Removable, kept_once, removal
from standards.models import Standard

from .plans import Action, ChangePlan

NO_DAYS = "Enter more than 0 days."


@enforced
class SupportEntitlement(Removable):
    """Days of support a programme offers; `days` is None where no figure is known."""

    identifier = IdentifierField()
    plan = models.ForeignKey(ChangePlan, on_delete=models.CASCADE, related_name="entitlements")
    programme = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    days = StepField(per_one=4, null=True, blank=True)
    is_approximate = models.BooleanField(default=False)
    condition = models.TextField(blank=True, help_text="What the days depend on (Markdown)")
    period = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            kept_once(
                "entitlement_programme",
                "A programme of this name already exists.",
                "plan",
                "programme",
            ),
            removal("supportentitlement"),
            rule("entitlement_days_positive", Q(days=None) | Q(days__gt=0), NO_DAYS),
        ]

    def __str__(self) -> str:
        return self.programme


@enforced
class SupportAllocation(Removable):
    """Support asked for a purpose. `estimated` and `agreed` are days; None means no figure was
    given, which is not 0. Who confirmed the days for the provider is one thing; that the board
    approved the area, at a meeting, is another."""

    class Form(models.TextChoices):
        WORKSHOP = "workshop", "Workshop"
        SESSION = "session", "Group session"
        TRAINING = "training", "Training"
        REVIEW = "review", "Review"
        OTHER = "other", "Other"

    identifier = IdentifierField()
    entitlement = models.ForeignKey(
        SupportEntitlement, on_delete=models.PROTECT, related_name="allocations"
    )
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=300)
    detail = models.TextField(blank=True, help_text="Markdown")
    form = models.CharField(max_length=20, choices=Form, default=Form.OTHER)
    events = models.PositiveSmallIntegerField(null=True, blank=True)
    focus_areas = models.JSONField(default=list, blank=True)
    estimated = StepField(per_one=4, null=True, blank=True)
    agreed = StepField(per_one=4, null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_for_provider_by = models.CharField(max_length=120, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    area_approved_at = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    area_minute = models.CharField(max_length=60, blank=True)
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    standards = models.ManyToManyField(Standard, blank=True, related_name="+")

    class Meta:
        ordering = ["entitlement", "number"]
        constraints = [
            kept_once(
                "allocation_number",
                "Support with this number already exists.",
                "entitlement",
                "number",
            ),
            removal("supportallocation"),
            rule(
                "allocation_area_minute",
                Q(area_approved_at__isnull=False) | Q(area_minute=""),
                "Name the meeting that approved the area, with its minute.",
            ),
            rule("estimated_days_positive", Q(estimated=None) | Q(estimated__gt=0), NO_DAYS),
            rule(
                "agreed_days_positive", Q(agreed=None) | Q(agreed__gte=0), "Enter 0 days or more."
            ),
            together(
                "agreed_at_and_by",
                "Say with the agreed days when they were agreed and who recorded it.",
                "agreed",
                "agreed_at",
                "agreed_by",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


@enforced
class SupportDelivery(Removable):
    """Days delivered on a date, by whom (a body or a job title)."""

    identifier = IdentifierField()
    allocation = models.ForeignKey(
        SupportAllocation, on_delete=models.PROTECT, related_name="deliveries"
    )
    date = models.DateField()
    days = StepField(per_one=4)
    delivered_by = models.CharField(max_length=120)
    note = models.TextField(blank=True, help_text="Markdown")

    class Meta:
        ordering = ["allocation", F("date").asc(), "pk"]
        verbose_name_plural = "support deliveries"
        constraints = [
            rule("delivered_days_positive", Q(days__gt=0), NO_DAYS),
            removal("supportdelivery"),
        ]

    def __str__(self) -> str:
        return f"{self.allocation}, {self.date}"
