"""What somebody has typed and not saved yet."""

from django.conf import settings
from django.db import models

from ..constraints import enforced


@enforced
class Draft(models.Model):
    """The fields of a form as its writer left them, kept for them alone. `place` is the path of the
    form; `fields` holds the list of values for each name, as a browser sends them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=300)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "place"], name="one_draft_a_form"),
        ]

    def __str__(self) -> str:
        return self.place
