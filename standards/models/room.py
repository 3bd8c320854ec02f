"""What happens while a session is open: answers as they came, reveals, and a beat to poll."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.constraints import enforced, rule

from .exercises import Exercise, Participant, Session, WorkingGroup
from .frameworks import Standard


@enforced
class Answer(models.Model):
    """A vote as it arrived, for good: a replay is known by `mutation`, and what came too late to
    count is kept and shown to its voter. Before its round is revealed, theirs alone."""

    class Fate(models.TextChoices):
        COUNTED = "counted", "Counted"
        REVEALED = "revealed", "Came after its round was revealed"
        CLOSED = "closed", "Came after the score was agreed or the session closed"
        OUTDATED = "outdated", "Came after a later answer of yours"

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mutation = models.CharField(max_length=36)
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    given = models.JSONField(help_text="Kind, value and reason as they arrived")
    fate = models.CharField(max_length=10, choices=Fate)
    arrived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["participant", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "mutation"], name="one_answer_a_mutation")
        ]

    def __str__(self) -> str:
        return f"An answer on {self.standard}"


@enforced
class Reveal(models.Model):
    """The recorder showed the group the votes of one round; that round takes no more."""

    working_group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, related_name="reveals"
    )
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["working_group", "standard", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["working_group", "standard", "round"], name="one_reveal_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"Round {self.round} of {self.standard}"


@enforced
class Pulse(models.Model):
    """A counter that pages poll. It moves only on what the whole group may see: who is here, who
    has voted, a reveal, an agreement; never on how somebody voted. `turn` moves with every write,
    so that writes come one after the other: no page shows it."""

    working_group = models.OneToOneField(
        WorkingGroup, on_delete=models.CASCADE, related_name="pulse"
    )
    beat = models.PositiveIntegerField(default=1)
    turn = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.working_group}: {self.beat}"


@enforced
class JoinFailures(models.Model):
    """How many wrong codes were tried for a session since `since`."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="failures")
    count = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.session}: {self.count}"


@enforced
class ResultsVersion(models.Model):
    """An exercise's results as they stood when it closed, and again after each correction."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="frozen")
    number = models.PositiveSmallIntegerField()
    averages = models.JSONField(help_text="Standard number to displayed average, as text, or null")
    digest = models.CharField(max_length=64, help_text="SHA-256 of all that was scored")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["exercise", "number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="results_number"),
            rule(
                "results_correction_has_reason",
                Q(number=1) | ~Q(reason=""),
                "Say why the results were corrected.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise}, results {self.number}"
