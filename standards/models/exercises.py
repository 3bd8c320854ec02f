"""An exercise: its sessions, cohorts, working groups and the people in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partnership.constraints import enforced, rule, together
from partnership.fields import IdentifierField, PreciseDateField
from partnership.models import Group, Partnership, Versioned

from ..analysis import Method
from ..querysets import ExerciseQuerySet
from .frameworks import Domain, Framework, Standard


@enforced
class Exercise(Versioned):
    """A self-assessment of a partnership against a framework."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    identifier = IdentifierField()
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="+", verbose_name="partnership"
    )
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="exercises")
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True, help_text="Markdown")
    domains = models.ManyToManyField(Domain, blank=True, related_name="exercises")
    is_scored = models.BooleanField(default=True, help_text="No: what groups say, without scores")
    half_points = models.BooleanField(default=False)
    votes_first = models.BooleanField(default=True)
    shows_previous = models.BooleanField(default=False)
    shows_names = models.BooleanField(
        default=False, help_text="Whether a group sees who voted what once votes are revealed"
    )
    averaging = models.CharField(
        max_length=30,
        choices=[(method.value, method.words) for method in Method],
        default=Method.MEAN_OF_GROUPS.value,
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="following"
    )
    date = PreciseDateField(blank=True, default=None)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    facilitators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", through="Facilitator"
    )

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "-date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title"], name="exercise_title"),
            together(
                "exercise_closed_at_and_by",
                "Say both when the exercise closed and who closed it.",
                "closed_at",
                "closed_by",
            ),
            rule(
                "exercise_closed_state",
                Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                "A closed exercise, and no other, says when it closed.",
            ),
            rule(
                "exercise_not_its_previous",
                ~Q(previous=F("id")),
                "An exercise cannot follow itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_voted_on(self) -> bool:
        """Whether members vote privately before their group agrees."""
        return self.is_scored and self.votes_first


@enforced
class Facilitator(models.Model):
    """A person, perhaps an outsider, named to run one exercise."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="named")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "user"], name="facilitator_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.exercise}"


@enforced
class Cohort(models.Model):
    """A named kind of working group whose scores are compared: strategic, operational …"""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="cohorts")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["exercise", "number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="cohort_number"),
            models.UniqueConstraint(fields=["exercise", "name"], name="cohort_name"),
        ]

    def __str__(self) -> str:
        return self.name


@enforced
class Session(Versioned):
    """One sitting of an exercise, for one or more groups of the partnership. While it is open,
    people join it by a short code that is read aloud, or by the long key in a QR code."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    identifier = IdentifierField()
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    date = PreciseDateField(blank=True, default=None)
    venue = models.CharField(max_length=200, blank=True)
    is_joint = models.BooleanField(default=False)
    groups = models.ManyToManyField(Group, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    join_code = models.CharField(max_length=12, null=True, blank=True, unique=True)
    join_key = models.CharField(max_length=32, null=True, blank=True, unique=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="When the room must finish")
    offered = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shows_figures = models.BooleanField(default=False, help_text="On the projector")

    class Meta:
        ordering = ["exercise", "number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="session_number"),
            rule(
                "session_code_while_open",
                Q(state="open", join_code__isnull=False, join_key__isnull=False)
                | (~Q(state="open") & Q(join_code=None, join_key=None)),
                "An open session, and no other, has a code to join by.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@enforced
class WorkingGroup(Versioned):
    """A table in the room: it belongs to a cohort and comes to one score for each standard."""

    identifier = IdentifierField()
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="working_groups")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="working_groups")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    expected = models.PositiveSmallIntegerField(null=True, blank=True, help_text="People expected")

    class Meta:
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="working_group_number"),
            models.UniqueConstraint(fields=["session", "name"], name="working_group_name"),
        ]

    def __str__(self) -> str:
        return self.name


@enforced
class Participant(models.Model):
    """A person in a working group; one of them keeps the group's record."""

    identifier = IdentifierField()
    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="participants"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_recorder = models.BooleanField(default=False)
    has_device = models.BooleanField(default=True, help_text="No: the recorder votes for them")
    personal_code = models.CharField(max_length=12, blank=True, help_text="To come back with")
    joined_with = models.CharField(
        max_length=40, null=True, blank=True, unique=True, help_text="The form a guest joined by"
    )
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["working_group", "-is_recorder", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["working_group", "user"], name="participant_once"),
            models.UniqueConstraint(
                fields=["working_group"],
                condition=Q(is_recorder=True),
                name="one_recorder",
                violation_error_message="Somebody else keeps this working group's record.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.working_group}"
