"""What every record that people edit together has: a version, and a history."""

from django.db import models
from simple_history.models import HistoricalRecords


class Versioned(models.Model):
    """A record changed only through `partnership.records.change`, which counts its versions."""

    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
