"""Issued papers, and papers as files."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from changeplan.models import PlanVersion
from partnership.constraints import enforced, rule

from ..kinds import Audience, Format
from .agenda import AgendaItem
from .papers import Paper


@enforced
class IssuedPaper(models.Model):
    """What a paper said when it was put to its meeting, and its files. Made once, never changed.
    `plan_version` is that of its plan which was before the board then. Nobody is named where the
    issue came in with a partnership's own history."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="As papers/storage.py dumps it")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    note = models.TextField(blank=True, help_text="What changed since the issue before")
    agenda_item = models.ForeignKey(
        AgendaItem, null=True, on_delete=models.PROTECT, related_name="issues"
    )
    plan_version = models.ForeignKey(
        PlanVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="issued_paper_number")
        ]

    def __str__(self) -> str:
        return f"{self.paper}, issue {self.number}"

    def save(self, **options: Any) -> None:
        """Save it the first time. Raises ValueError ever after."""
        if not self._state.adding:
            raise ValueError("An issued paper does not change.")
        super().save(**options)


@enforced
class IssuedFile(models.Model):
    """An issued paper as a file, byte for byte as it was first made. Never changed."""

    issue = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=10, choices=Format)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.MEMBERS)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["issue", "format", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "format", "audience"], name="one_file_a_format"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue} ({self.format})"

    def save(self, **options: Any) -> None:
        """Save it the first time. Raises ValueError ever after."""
        if not self._state.adding:
            raise ValueError("A file of an issued paper does not change.")
        super().save(**options)


@enforced
class Rendition(models.Model):
    """A paper as a file, asked for and perhaps made: by any worker, for any server. `key` is a
    hash of everything that decides the bytes; `source` is what the paper says, as storage.py dumps
    it, until the file is made. `problem` says in plain words why it could not be."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    key = models.CharField(max_length=64, unique=True)
    format = models.CharField(max_length=10, choices=Format)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    source = models.JSONField(null=True, blank=True)
    content = models.BinaryField(null=True)
    problem = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            rule(
                "ready_has_content",
                (Q(state="ready") & Q(content__isnull=False))
                | (~Q(state="ready") & Q(content=None)),
                "A finished file has its content, and no other.",
            ),
            rule(
                "failed_says_why",
                (Q(state="failed") & ~Q(problem="")) | (~Q(state="failed") & Q(problem="")),
                "A failed file says why, and no other.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.key[:12]}"
