"""What every record that people edit together has: a version, and a history."""

from django.db import models
from simple_history.models import HistoricalRecords

tracker = HistoricalRecords(inherit=True, history_change_reason_field=models.TextField(null=True))


class Versioned(models.Model):
    """A record changed only through `partnership.records.change`, which counts its versions."""

    version = models.PositiveIntegerField(default=1, editable=False)
    history = tracker

    class Meta:
        abstract = True
