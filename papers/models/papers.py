"""A paper is sections of blocks. A block is a stored paragraph, or says which data it shows."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from changeplan.models import Action, ChangePlan, PlanVersion
from partnership.constraints import enforced, rule
from partnership.fields import IdentifierField
from partnership.models import Group, Meeting, Partnership, Versioned
from standards.models import Exercise, ResultsVersion

from ..kinds import BlockKind, FrontSheetSource
from ..querysets import PaperQuerySet


@enforced
class AgendaItem(models.Model):
    """A numbered item on a meeting's agenda; the number is text, as some bodies print "9a"."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=300)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@enforced
class Paper(Versioned):
    """A board paper on an exercise, and on a plan where its kind has one."""

    class Kind(models.TextChoices):
        CHANGE_PLAN = "change_plan", "Change plan"
        EVALUATION = "evaluation", "Evaluation"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Put to the meeting"

    identifier = IdentifierField()
    slug = models.SlugField(max_length=80, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    results_version = models.ForeignKey(
        ResultsVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    plan = models.ForeignKey(
        ChangePlan, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    addressed_to = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agenda_item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    author = models.CharField(max_length=200, blank=True, help_text="A job title or a body")

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "-pk"]
        constraints = [
            rule(
                "change_plan_paper_has_plan",
                ~Q(kind="change_plan", plan=None),
                "Name the change plan that the paper is about.",
            )
        ]

    def __str__(self) -> str:
        return self.title


@enforced
class FrontSheetField(models.Model):
    """One line of a paper's front sheet, under this partnership's own label. Its value comes from
    the records where `source` says so; text is for what only an officer can say."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="front_sheet")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    source = models.CharField(
        max_length=20,
        choices=FrontSheetSource,
        default=FrontSheetSource.TEXT,
    )
    value = models.TextField(blank=True, help_text="Markdown")

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="front_sheet_number"),
            rule(
                "front_sheet_one_value",
                Q(source="text") | Q(value=""),
                "Leave the value empty: it comes from the records.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


@enforced
class Section(Versioned):
    """A section or an appendix; numbers are counted from the order when the paper is built."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    is_appendix = models.BooleanField(default=False)
    is_numbered = models.BooleanField(default=True, help_text="No: a closing note")

    class Meta:
        ordering = ["paper", "number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="section_number")]

    def __str__(self) -> str:
        return self.heading


@enforced
class Block(Versioned):
    """A piece of a section. `text` is the paragraph (Markdown), or the words that introduce the
    data a block shows; `count` is the N of strongest and lowest."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=40,
        choices=BlockKind,
        default=BlockKind.PARAGRAPH,
    )
    text = models.TextField(blank=True, help_text="Markdown")
    count = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["section", "number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="block_number"),
            rule(
                "paragraph_not_empty", ~Q(kind="paragraph", text=""), "Enter the paragraph's text."
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.kind


@enforced
class Recommendation(Versioned):
    """What a body is asked to decide; numbered in its paper, perhaps about certain actions."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    asked_of = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(help_text="Markdown")
    actions = models.ManyToManyField(Action, blank=True, related_name="+")
    approves_plan = models.BooleanField(
        default=False, help_text="To approve it is to approve the plan that the paper prints"
    )
    _history_m2m_fields = (actions,)

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="recommendation_number")
        ]

    def __str__(self) -> str:
        return self.text[:60]


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

    class Format(models.TextChoices):
        HTML = "html", "Web page"
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"

    issue = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=10, choices=Format)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["issue", "format"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "format"], name="one_file_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.issue} ({self.format})"

    def save(self, **options: Any) -> None:
        """Save it the first time. Raises ValueError ever after."""
        if not self._state.adding:
            raise ValueError("A file of an issued paper does not change.")
        super().save(**options)
