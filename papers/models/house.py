"""How a partnership's papers look, what they must have, and who cleared them."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from partnership.constraints import enforced
from partnership.fields import IdentifierField
from partnership.models import Partnership, Removable, Versioned, kept_once, removal

from .papers import Paper

COLOUR = "#1d4e6b"  # 8.9 to 1 on white


def usual_front_sheet() -> list[dict[str, object]]:
    """Return the lines of a front sheet until a partnership has its own."""
    return [
        {"label": "Date of meeting", "source": "meeting_date"},
        {"label": "Agenda item", "source": "agenda_item"},
        {"label": "Title", "source": "title"},
        {"label": "Purpose", "source": "purpose"},
        {"label": "Report of", "source": "report_of"},
        {"label": "Contact officer", "source": "text", "is_contact": True},
        {"label": "Lead partner", "source": "lead_partner"},
    ]


def usual_clearances() -> list[str]:
    """Return who clears a paper until a partnership says otherwise."""
    return ["Finance", "Legal", "Chair"]


def usual_implications() -> list[str]:
    """Return the implications that a paper speaks of until a partnership says otherwise."""
    return ["financial", "legal", "equality", "risk"]


@enforced
class Logo(models.Model):
    """A partnership's logo as a PNG, kept as long as a paper shows it. Never changed."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    content = models.BinaryField()
    width = models.PositiveSmallIntegerField(help_text="Pixels")
    height = models.PositiveSmallIntegerField(help_text="Pixels")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["partnership", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "digest"], name="one_logo_a_picture")
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"


@enforced
class PaperSettings(Versioned):
    """A partnership's house style, the lines of its front sheet (label, source, is_contact), the
    implications that its papers speak of, and who clears them, in their order."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="+")
    house_name = models.CharField(max_length=200, blank=True)
    colour = models.CharField(
        max_length=7,
        default=COLOUR,
        validators=[RegexValidator("^#[0-9a-f]{6}$", "Write a colour as # and six of 0-9, a-f.")],
    )
    logo = models.ForeignKey(
        Logo, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    logo_alternative = models.CharField(max_length=200, blank=True)
    front_sheet = models.JSONField(default=usual_front_sheet, blank=True)
    implications = models.JSONField(default=usual_implications, blank=True)
    clearances = models.JSONField(default=usual_clearances, blank=True)

    class Meta:
        ordering = ["partnership"]

    def __str__(self) -> str:
        return f"Papers of {self.partnership}"


@enforced
class Clearance(Removable):
    """That somebody cleared a paper: finance, legal, the chair."""

    identifier = IdentifierField()
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="clearances")
    name = models.CharField(max_length=60)
    cleared_by = models.CharField(max_length=120, help_text="A job title")
    cleared_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["paper", "pk"]
        constraints = [
            kept_once("clearance_once", "This clearance is recorded already.", "paper", "name"),
            removal("clearance"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.cleared_by}"
