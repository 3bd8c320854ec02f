"""A file that somebody sent to be read into a plan, until they confirm what it will make."""

from django.conf import settings
from django.db import models

from partnership.constraints import enforced
from partnership.fields import IdentifierField

from .plans import ChangePlan


@enforced
class PlanImport(models.Model):
    """An uploaded file and how its columns are to be read. `rows` is what was read of it and what
    its sender corrected, as `changeplan.exchange` writes them down, until it is applied; then, what
    it made. `columns` maps each field to the place of its column."""

    class Format(models.TextChoices):
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"

    identifier = IdentifierField()
    plan = models.ForeignKey(ChangePlan, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    format = models.CharField(max_length=10, choices=Format)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "-pk"]

    def __str__(self) -> str:
        return self.file_name
