"""A paper is sections of blocks. A block is a stored paragraph, or says which data it shows."""

from django.db import models
from django.db.models import Q

from changeplan.models import Action, ChangePlan
from partnership.constraints import enforced, rule
from partnership.fields import IdentifierField
from partnership.models import Group, Partnership, Removable, Versioned, kept_once, removal
from standards.models import Exercise, ResultsVersion

from ..kinds import BlockKind, ExemptionParagraph, FrontSheetSource, Implication
from ..querysets import PaperQuerySet
from .agenda import AgendaItem


@enforced
class Paper(Versioned):
    """A board paper on an exercise, and on a plan where its kind has one. `agenda_item` is where
    it stands now; each issue keeps where it stood then."""

    class Kind(models.TextChoices):
        RESULTS = "results", "Results"
        CHANGE_PLAN = "change_plan", "Change plan"
        EVALUATION = "evaluation", "Evaluation"
        BLANK = "blank", "Report"

    class Purpose(models.TextChoices):
        UNSAID = "", "Not said"
        DECISION = "decision", "For decision"
        DISCUSSION = "discussion", "For discussion"
        INFORMATION = "information", "For information"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Put to the meeting"

    identifier = IdentifierField()
    slug = models.SlugField(max_length=80, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    purpose = models.CharField(max_length=20, choices=Purpose, blank=True, default=Purpose.UNSAID)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    exercise = models.ForeignKey(
        Exercise, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
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
    hides_contacts = models.BooleanField(
        default=True, help_text="Contact details stay out of the public version"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "-pk"]
        constraints = [
            rule(
                "change_plan_paper_has_plan",
                ~Q(kind="change_plan", plan=None),
                "Name the change plan that the paper is about.",
            ),
            rule(
                "paper_has_exercise",
                Q(kind="blank") | Q(exercise__isnull=False),
                "Name the exercise that the paper is about.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@enforced
class FrontSheetField(Versioned):
    """One line of a paper's front sheet, under this partnership's own label. Its value comes from
    the records where `source` says so; text is for what only an officer can say. `is_contact`: it
    names a person's telephone or address, which the public version may leave out."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="front_sheet")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    source = models.CharField(
        max_length=20,
        choices=FrontSheetSource,
        default=FrontSheetSource.TEXT,
    )
    value = models.TextField(blank=True, help_text="Markdown")
    is_contact = models.BooleanField(default=False)

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
class Section(Removable):
    """A section or an appendix; numbers are counted from the order when the paper is built. An
    exempt appendix stays out of the public version: it names the statutory paragraph (Local
    Government Act 1972, Schedule 12A) and the public-interest test."""

    identifier = IdentifierField()
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    is_appendix = models.BooleanField(default=False)
    is_numbered = models.BooleanField(default=True, help_text="No: a closing note")
    implication = models.CharField(
        max_length=20, choices=Implication, blank=True, default=Implication.NONE
    )
    is_exempt = models.BooleanField(default=False)
    exempt_under = models.CharField(
        max_length=20, choices=ExemptionParagraph, blank=True, default=ExemptionParagraph.NONE
    )
    public_interest = models.TextField(
        blank=True, help_text="Why exemption outweighs the public interest (Markdown)"
    )

    class Meta:
        ordering = ["paper", "is_appendix", "number"]
        constraints = [
            kept_once(
                "section_number",
                "A section with this number already exists.",
                "paper",
                "is_appendix",
                "number",
            ),
            models.UniqueConstraint(
                fields=["paper", "implication"],
                condition=Q(removed_at=None) & ~Q(implication=""),
                name="one_section_an_implication",
                violation_error_message="The paper has a section on these implications already.",
            ),
            rule(
                "exempt_says_why",
                Q(is_exempt=False, exempt_under="", public_interest="")
                | (
                    Q(is_exempt=True, is_appendix=True)
                    & ~Q(exempt_under="")
                    & ~Q(public_interest="")
                ),
                "Only an appendix is exempt; name the statutory paragraph and give the "
                "public-interest test.",
            ),
            removal("section"),
        ]

    def __str__(self) -> str:
        return self.heading


@enforced
class Block(Removable):
    """A piece of a section. `text` is the paragraph (Markdown), or the words that introduce the
    data a block shows; `count` is the N of strongest and lowest. `figures` are the figures that
    its writer saw, by placeholder, as they were shown then."""

    identifier = IdentifierField()
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=40,
        choices=BlockKind,
        default=BlockKind.PARAGRAPH,
    )
    text = models.TextField(blank=True, help_text="Markdown")
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["section", "number"]
        constraints = [
            kept_once(
                "block_number", "A block with this number already exists.", "section", "number"
            ),
            removal("block"),
            rule(
                "paragraph_not_empty", ~Q(kind="paragraph", text=""), "Enter the paragraph's text."
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.kind


@enforced
class Recommendation(Removable):
    """What a body is asked to decide; numbered in its paper, perhaps about certain actions."""

    identifier = IdentifierField()
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    asked_of = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(help_text="Markdown")
    actions = models.ManyToManyField(Action, blank=True, related_name="+")
    approves_plan = models.BooleanField(
        default=False, help_text="To approve it is to approve the plan that the paper prints"
    )

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            kept_once(
                "recommendation_number",
                "A recommendation with this number already exists.",
                "paper",
                "number",
            ),
            removal("recommendation"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
