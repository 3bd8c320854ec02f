"""What the officers conclude: strengths, themes and improvement priorities, and who raised them."""

from django.db import models
from django.db.models import F, Q

from partnership.constraints import enforced, rule
from partnership.fields import IdentifierField
from partnership.models import Removable, kept_once, removal

from .exercises import Cohort, Exercise, WorkingGroup
from .frameworks import Standard
from .scores import Comment


@enforced
class Finding(Removable):
    """A strength, a theme or an improvement priority of an exercise."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", "Strength"
        THEME = "theme", "Theme"
        PRIORITY = "priority", "Improvement priority"

    identifier = IdentifierField()
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True, help_text="Markdown")
    standards = models.ManyToManyField(Standard, blank=True, related_name="+")
    comments = models.ManyToManyField(Comment, blank=True, related_name="findings")

    class Meta:
        ordering = ["exercise", "kind", "number"]
        constraints = [
            kept_once(
                "finding_number",
                "A finding with this number already exists.",
                "exercise",
                "kind",
                "number",
            ),
            removal("finding"),
            rule("finding_says_something", ~Q(title="", text=""), "Enter a title or a text."),
            rule(
                "priority_has_title",
                ~Q(kind="priority", title=""),
                "Enter a title: an improvement priority has one.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60]


@enforced
class Attribution(Removable):
    """Who raised a finding, how strongly, in whose words. Nobody named: unattributed."""

    class Strength(models.TextChoices):
        STATED = "", "Raised"
        ALL = "all", "All"
        MANY = "many", "Many"
        PARTICULARLY = "particularly", "Particularly"
        SOME = "some", "Some"

    identifier = IdentifierField()
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="attributions")
    number = models.PositiveSmallIntegerField()
    working_group = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cohort = models.ForeignKey(
        Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    category = models.CharField(
        max_length=120, blank=True, help_text="A raiser outside the exercise's groups"
    )
    named_as = models.CharField(
        max_length=120, blank=True, help_text="The source’s name for the raiser, where it has one"
    )
    strength = models.CharField(max_length=20, choices=Strength, blank=True, default="")
    point = models.TextField(blank=True, help_text="What they said, where it differs (Markdown)")
    reservation = models.TextField(blank=True, help_text="Markdown")

    class Meta:
        ordering = ["finding", "number"]
        constraints = [
            kept_once(
                "attribution_number",
                "An attribution with this number already exists.",
                "finding",
                "number",
            ),
            removal("attribution"),
            rule(
                "attribution_one_raiser",
                Q(working_group=None, cohort=None)
                | Q(working_group=None, category="")
                | Q(cohort=None, category=""),
                "Name one raiser: a working group, a cohort or a category.",
            ),
            rule(
                "attribution_says_something",
                ~Q(working_group=None, cohort=None, category="", point=""),
                "Name who raised it, or enter what they said.",
            ),
        ]

    def __str__(self) -> str:
        return self.raiser or "Unattributed"

    @property
    def raiser(self) -> str:
        """The raiser's name as the source has it, "" when nobody is named."""
        if self.named_as:
            return self.named_as
        if self.working_group_id:
            return str(self.working_group)
        return str(self.cohort) if self.cohort_id else self.category


@enforced
class ReportedComparison(models.Model):
    """A comparison of two cohorts that a source states without printing its figures."""

    exercise = models.ForeignKey(
        Exercise, on_delete=models.CASCADE, related_name="reported_comparisons"
    )
    lower = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    higher = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    exceptions = models.ManyToManyField(Standard, blank=True, related_name="+")

    class Meta:
        ordering = ["exercise", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "lower", "higher"], name="reported_comparison_once"
            ),
            rule("compares_two_cohorts", ~Q(lower=F("higher")), "Compare two different cohorts."),
        ]

    def __str__(self) -> str:
        return f"{self.lower} consistently lower than {self.higher}"
