"""What every record that people edit together has: a version, and a history."""

from typing import Any

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from ..constraints import together


class Tracker(HistoricalRecords):
    """Keeps with the fields of each version what the record was linked with, many to many: the
    keys, as a list in a column of the relation's name."""

    def get_extra_fields(self, model: Any, fields: Any) -> dict[str, Any]:
        links = {each.name: models.JSONField(null=True) for each in model._meta.many_to_many}
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        return extra | links


tracker = Tracker(inherit=True, history_change_reason_field=models.TextField(null=True))


class Versioned(models.Model):
    """A record changed only through `partnership.records.change`, which counts its versions."""

    version = models.PositiveIntegerField(default=1, editable=False)
    history = tracker

    class Meta:
        abstract = True


class KeptManager(models.Manager[Any]):
    """Finds what was not removed."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(removed_at=None)


class Removable(Versioned):
    """A record that is removed by `records.remove` and comes back by `records.restore`: it stays
    in the table, with who removed it, when and why, and nothing finds it but `everything`."""

    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    removal_reason = models.TextField(blank=True, default="", editable=False)

    objects = KeptManager()
    everything = models.Manager()  # noqa: DJ012 - after the one that is used by default

    class Meta:
        abstract = True


def removal(model: str) -> models.CheckConstraint:
    """Return the rule that a removal says both when and by whom."""
    words = "Say both when it was removed and who removed it."
    return together(f"{model}_removed_at_and_by", words, "removed_at", "removed_by")


def kept_once(name: str, words: str, *fields: str) -> models.UniqueConstraint:
    """Return the rule that no two records share these fields, those that were removed apart."""
    kept = models.Q(removed_at=None)
    return models.UniqueConstraint(
        fields=fields, condition=kept, name=name, violation_error_message=words
    )
