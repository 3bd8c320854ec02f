"""A meeting's agenda."""

from django.db import models
from django.db.models import Q

from partnership.constraints import enforced, rule
from partnership.fields import IdentifierField
from partnership.models import Meeting, Removable, kept_once, removal


@enforced
class AgendaItem(Removable):
    """An item on a meeting's agenda, in its order; `printed` is its number where that is another
    than its place, as some bodies print "9a". A late one says why the chair takes it."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "Ordinary item"
        STANDING = "standing", "Standing item"
        TO_FOLLOW = "to_follow", "Paper to follow"
        LATE = "late", "Late item"

    identifier = IdentifierField()
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    printed = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ORDINARY)
    late_reason = models.TextField(blank=True, help_text="The chair's reason")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            kept_once(
                "agenda_item_number",
                "An item with this number already exists.",
                "meeting",
                "number",
            ),
            rule(
                "late_says_why",
                (Q(kind="late") & ~Q(late_reason="")) | (~Q(kind="late") & Q(late_reason="")),
                "Give the chair's reason for a late item, and for that alone.",
            ),
            removal("agendaitem"),
        ]

    def __str__(self) -> str:
        return f"{self.mark}. {self.title}"

    @property
    def mark(self) -> str:
        """The number as it is printed."""
        return self.printed or str(self.number)
