"""The change plan of an exercise: one entry for every standard, and the actions."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership.constraints import enforced, rule, together
from partnership.fields import IdentifierField, PreciseDateField, StepField
from partnership.models import (
    Group,
    Meeting,
    Membership,
    Organisation,
    Partnership,
    Removable,
    Versioned,
    kept_once,
    removal,
)
from standards.models import Exercise, Finding, ResultsVersion, Standard
from standards.models.frameworks import OUT_OF_SCALE
from standards.scale import SCALE_HIGH, SCALE_LOW

from ..querysets import ChangePlanQuerySet


@enforced
class ChangePlan(Versioned):
    """What a partnership will change after an exercise, arranged by standard or by improvement
    priority; `previous` is the plan of the cycle before, where it starts from one. Approval names
    the meeting and the minute, and who recorded it when: the latest, while a new version is in
    work."""

    class Arrangement(models.TextChoices):
        BY_STANDARD = "by_standard", "By standard"
        BY_PRIORITY = "by_priority", "By improvement priority"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted to the board"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned"
        SUPERSEDED = "superseded", "Superseded"

    identifier = IdentifierField()
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    results_version = models.ForeignKey(
        ResultsVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=200)
    arrangement = models.CharField(
        max_length=20, choices=Arrangement, default=Arrangement.BY_STANDARD
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minute_reference = models.CharField(max_length=60, blank=True)

    objects = ChangePlanQuerySet.as_manager()

    # What its reader is shown of it: `ChangePlanQuerySet.as_shown_to` or `as_it_is` say so.
    is_live: bool
    title_shown: str
    state_shown: str

    class Meta:
        ordering = ["partnership", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title"], name="plan_title"),
            together(
                "plan_approved_at_and_by",
                "Say both when the approval was recorded and who recorded it.",
                "approved_at",
                "approved_by",
            ),
            rule(
                "plan_approved_state",
                ~Q(state="approved") | Q(approved_at__isnull=False),
                "An approved plan says when its approval was recorded.",
            ),
            rule(
                "plan_approved_minute",
                Q(approved_at__isnull=False) | Q(approved_meeting=None, minute_reference=""),
                "Only an approved plan names the meeting and the minute of its approval.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def as_it_is(self) -> "ChangePlan":
        """Return the plan, shown as it is now: to somebody who may change it."""
        self.is_live, self.title_shown, self.state_shown = True, self.title, self.state
        return self

    @property
    def is_editable(self) -> bool:
        """Submitted, approved and superseded plans stand as they were printed."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_in_force(self) -> bool:
        """Whether the board has approved a version of it, and no other plan has taken its place."""
        return self.approved_at is not None and self.state != self.State.SUPERSEDED


@enforced
class PlanEntry(Versioned):
    """The plan's row for one standard; every standard of the framework has one, always."""

    plan = models.ForeignKey(ChangePlan, on_delete=models.CASCADE, related_name="entries")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan", "standard__number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "standard"], name="one_entry_a_standard")
        ]
        verbose_name_plural = "plan entries"

    def __str__(self) -> str:
        return f"{self.plan}: {self.standard}"


@enforced
class StatusStatement(Removable):
    """One statement of the current status of a standard. `to_confirm`: carried over from the plan
    before, and nobody has said yet whether it still holds."""

    identifier = IdentifierField()
    entry = models.ForeignKey(PlanEntry, on_delete=models.CASCADE, related_name="status")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="Markdown")
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_confirm = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry", "number"]
        constraints = [
            kept_once(
                "status_number", "A statement with this number already exists.", "entry", "number"
            ),
            removal("statusstatement"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


def _linked(to: Any, field: str, **options: Any) -> "models.ManyToManyField[Any, Any]":
    """Return what an action is linked with by a field of `ActionLink`."""
    options |= {"through": "ActionLink", "through_fields": ("action", field)}
    return models.ManyToManyField(to, blank=True, related_name="+", **options)


@enforced
class Action(Removable):
    """Something to be done, under a heading of its own; it serves any number of standards and
    improvement priorities. `to_confirm`: carried over from the plan before, and nobody has said
    yet whether it still stands."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        IN_PROGRESS = "in_progress", "In progress"
        COMPLETE = "complete", "Complete"
        PAUSED = "paused", "Paused"

    class Rating(models.TextChoices):
        UNRATED = "", "Not rated"
        GREEN = "green", "On track"
        AMBER = "amber", "At risk"
        RED = "red", "Off track"

    identifier = IdentifierField()
    plan = models.ForeignKey(ChangePlan, on_delete=models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300)
    detail = models.TextField(blank=True, help_text="Markdown")
    success = models.TextField(blank=True, help_text="For children and families (Markdown)")
    standards = _linked(Standard, "standard")
    priorities = _linked(Finding, "priority")
    lead_group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_title = models.CharField(
        max_length=120, blank=True, help_text="A job title, for an owner without an account"
    )
    monitored_by = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reports_to = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    start = PreciseDateField(blank=True, default=None)
    due = PreciseDateField(blank=True, default=None)
    recurrence = models.CharField(max_length=120, blank=True)
    depends_on = _linked("self", "waits_for", symmetrical=False)
    target_score = StepField(per_one=2, null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.NOT_STARTED)
    rating = models.CharField(max_length=10, choices=Rating, blank=True, default=Rating.UNRATED)
    relied_on_support = models.TextField(
        blank=True, help_text="Support this action counts on but does not ask for (Markdown)"
    )
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_confirm = models.BooleanField(default=False)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            kept_once(
                "action_number", "An action with this number already exists.", "plan", "number"
            ),
            removal("action"),
            rule(
                "action_one_lead",
                Q(lead_group=None) | Q(lead_organisation=None),
                "Name a group or an organisation as the lead, not both.",
            ),
            rule(
                "action_one_owner",
                Q(owner=None) | Q(owner_title=""),
                "Name a member or a job title as the owner, not both.",
            ),
            rule(
                "action_target_in_scale",
                Q(target_score=None) | Q(target_score__gte=SCALE_LOW, target_score__lte=SCALE_HIGH),
                OUT_OF_SCALE,
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def lead(self) -> str:
        """The leading group or organisation, "" when none is named."""
        return str(self.lead_group or self.lead_organisation or "")

    @property
    def owner_name(self) -> str:
        """The owner as the plan prints it, "" when nobody is named."""
        return self.owner.user.name if self.owner else self.owner_title

    def is_overdue(self, today: date) -> bool:
        """Whether its date has passed with the work unfinished. Only a plan in force can be late:
        one that nobody approved promised nothing."""
        unfinished = self.status != self.Status.COMPLETE
        late = unfinished and self.due is not None and self.due.is_past(today)
        return late and self.plan.is_in_force


@enforced
class ActionLink(models.Model):
    """One standard that an action serves, or one improvement priority that it answers, or one
    action that it waits for. All are in one table, so that what an action is linked with is
    written at once, and read for a whole plan. (`action.standards.clear()` would therefore clear
    all three: Django looks at the action alone.)"""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="links")
    standard = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    priority = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    waits_for = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = [
            rule(
                "action_link_names_one",
                Q(standard__isnull=False, priority=None, waits_for=None)
                | Q(standard=None, priority__isnull=False, waits_for=None)
                | Q(standard=None, priority=None, waits_for__isnull=False),
                "Name a standard, an improvement priority or an action, and one of them only.",
            ),
            *(
                models.UniqueConstraint(fields=["action", name], name=f"action_{name}_once")
                for name in ("standard", "priority", "waits_for")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.standard or self.priority or self.waits_for}"


@enforced
class ProgressUpdate(models.Model):
    """What was reported on an action on a day."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    date = models.DateField()
    status = models.CharField(max_length=20, choices=Action.Status)
    rating = models.CharField(max_length=10, choices=Action.Rating, blank=True, default="")
    text = models.TextField(help_text="Markdown")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["action", F("date").desc(), "-pk"]

    def __str__(self) -> str:
        return f"{self.action}, {self.date}"
