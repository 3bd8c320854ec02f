"""A framework: its domains, its standards, its scale."""

from django.db import models
from django.db.models import Q

from partnership.constraints import enforced, rule
from partnership.fields import StepField
from partnership.models import Partnership, Versioned
from partnership.richtext import Run, inline

from ..scale import SCALE_HIGH, SCALE_LOW

IN_SCALE = Q(value__isnull=False, value__gte=SCALE_LOW, value__lte=SCALE_HIGH)
OUT_OF_SCALE = f"The score must be from {SCALE_LOW} to {SCALE_HIGH}."


@enforced
class Framework(models.Model):
    """A published set of standards, such as the Commissioning Support Programme's twelve."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    publisher_short_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@enforced
class Domain(models.Model):
    """A side of commissioning that a framework or an exercise looks at."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="domains")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="domain_number")
        ]

    def __str__(self) -> str:
        return self.title


@enforced
class Standard(models.Model):
    """One standard. `marked_title` is its exact title, emphasised phrases between `**`."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="standards")
    domain = models.ForeignKey(
        Domain, null=True, blank=True, on_delete=models.SET_NULL, related_name="standards"
    )
    number = models.PositiveSmallIntegerField()
    marked_title = models.CharField(max_length=300)

    class Meta:
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="standard_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def title_runs(self) -> tuple[Run, ...]:
        """The title with its emphasised phrases as bold runs."""
        return inline(self.marked_title)

    @property
    def title(self) -> str:
        """The title as words alone."""
        return "".join(run.text for run in self.title_runs)

    @property
    def emphasised(self) -> list[str]:
        """The emphasised phrases; two in standard 4, none in six of the twelve."""
        return [run.text for run in self.title_runs if run.bold]


@enforced
class ScaleLevel(models.Model):
    """What one value of the scale means, and whether those words are the framework's."""

    class Origin(models.TextChoices):
        FRAMEWORK = "framework", "The framework's words"
        PRODUCT = "product", "Our own words"

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="levels")
    value = StepField()
    wording = models.CharField(max_length=200)
    origin = models.CharField(max_length=20, choices=Origin)

    class Meta:
        ordering = ["framework", "value"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "value"], name="level_value"),
            rule("level_in_scale", IN_SCALE, OUT_OF_SCALE),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.wording}"


@enforced
class ScaleWording(Versioned):
    """What a partnership says of a level of the scale, instead of the framework or of us."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    level = models.ForeignKey(ScaleLevel, on_delete=models.CASCADE, related_name="wordings")
    wording = models.CharField(max_length=200)

    class Meta:
        ordering = ["partnership", "level"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "level"], name="one_wording_a_level")
        ]

    def __str__(self) -> str:
        return self.wording
