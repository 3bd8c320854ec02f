"""The partnership, its partner bodies, their groups and meetings, and the documents they go by."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from ..constraints import enforced, rule
from ..fields import IdentifierField, PreciseDateField
from ..notice import USUAL_DAYS, Notice, notice
from ..querysets import PartnershipQuerySet
from .versioned import Removable, Versioned, kept_once, removal


@enforced
class Partnership(models.Model):
    """A board of partner bodies: a Children's Trust, or one of its successors."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    about = models.TextField(blank=True, help_text="Markdown")
    is_fictional = models.BooleanField(default=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("overview", args=[self.slug])


@enforced
class Organisation(models.Model):
    """A partner body. One of them leads."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        HEALTH = "health", "Health"
        POLICE = "police", "Police"
        SCHOOL = "school", "Schools and colleges"
        VOLUNTARY = "voluntary", "Voluntary sector"
        GOVERNMENT = "government", "Government"
        OTHER = "other", "Other"

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="organisations"
    )
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    is_lead = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_lead", "name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="organisation_name"),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(is_lead=True),
                name="one_lead_organisation",
                violation_error_message="Another organisation leads this partnership.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@enforced
class Group(Versioned):
    """A body that meets: the board, a sub-group, a forum, a team."""

    class Kind(models.TextChoices):
        BOARD = "board", "Board"
        SUB_GROUP = "sub_group", "Sub-group"
        OPERATIONAL = "operational", "Operational group"
        FORUM = "forum", "Forum"
        TEAM = "team", "Team"
        PROGRAMME = "programme", "Programme"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_groups"
    )
    about = models.TextField(blank=True, help_text="Markdown")
    notice_days = models.PositiveSmallIntegerField(
        default=USUAL_DAYS, help_text="Clear days between a paper's publication and the meeting"
    )
    quorum = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many must be present to decide"
    )

    class Meta:
        ordering = ["partnership", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="group_name"),
            rule(
                "group_not_its_own_parent",
                ~Q(parent=models.F("id")),
                "A group cannot be a sub-group of itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@enforced
class Meeting(Removable):
    """A meeting of a group, past or to come, perhaps jointly with others; `outcome` is what it
    agreed, in our own words. One that is called off is removed."""

    identifier = IdentifierField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    date = PreciseDateField()
    time = models.TimeField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    is_special = models.BooleanField(default=False)
    joint_with = models.ManyToManyField(Group, blank=True, related_name="joint_meetings")
    outcome = models.TextField(blank=True, help_text="Markdown")

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            kept_once("meeting_once", "This meeting is planned already.", "group", "date", "title"),
            removal("meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.group.name}, {self.date}"

    @property
    def notice(self) -> Notice | None:
        """The notice that its papers are due, None while its day is not known."""
        day = self.date.first_day if self.date.precision == "day" else None
        return notice(day, self.group.notice_days) if day else None


@enforced
class Document(models.Model):
    """A plan, framework, law or report that the partnership goes by, and what is known of it."""

    class Kind(models.TextChoices):
        PLAN = "plan", "Plan"
        STRATEGY = "strategy", "Strategy or framework"
        LAW = "law", "Law or guidance"
        REPORT = "report", "Report"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    short_title = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    standing = models.CharField(
        max_length=60, blank=True, help_text="What the date is of: endorsed, due, issued"
    )
    date = PreciseDateField(blank=True, default=None)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    about = models.TextField(blank=True, help_text="Markdown")

    class Meta:
        ordering = ["partnership", "date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title"], name="document_title")
        ]

    def __str__(self) -> str:
        return self.title
