"""Choices among the records that belong to a plan: no others are offered, and none accepted."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db import models

Offer = Callable[[], Iterable[models.Model]]


def _nobody() -> Iterable[models.Model]:
    return ()


class RecordField(forms.ModelChoiceField):
    """One of the records of a queryset, which is not asked for the one that stands already."""

    standing: models.Model | None = None

    def to_python(self, value: Any) -> Any:
        if self.standing and str(value) == str(self.standing.pk):
            return self.standing
        return super().to_python(value)


class OneOf(forms.ChoiceField):
    """One of the records offered, or none. Cleans to the record or None."""

    offered: Offer = staticmethod(_nobody)
    standing: models.Model | None = None

    def __init__(self, *, none: str = "Nobody named", **options: Any) -> None:
        self.none = none
        super().__init__(**({"required": False} | options))

    def offer(self, records: Offer, standing: models.Model | None = None) -> None:
        """Take the choices from `records`, which is asked when they are needed: not for the choice
        that stands already."""
        self.offered, self.standing = records, standing
        self.choices = lambda: [("", self.none), *((row.pk, str(row)) for row in records())]

    def clean(self, value: Any) -> models.Model | None:
        if self.standing and str(value) == str(self.standing.pk):
            return self.standing
        key = super().clean(value)
        return next((row for row in self.offered() if str(row.pk) == key), None) if key else None

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, models.Model) else value


class ManyOf(forms.MultipleChoiceField):
    """Any of the records offered, as checkboxes. Cleans to a tuple of records; to None where they
    are those that stand already."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"})
    offered: Offer = staticmethod(_nobody)
    standing: frozenset[int] | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": False} | options))

    def offer(self, records: Offer, standing: frozenset[int] | None = None) -> None:
        """Take the choices from `records`, which is asked when they are needed: not where the keys
        sent are those that stand already."""
        self.offered, self.standing = records, standing
        self.choices = lambda: [(row.pk, str(row)) for row in records()]

    def clean(self, value: Any) -> tuple[models.Model, ...] | None:
        if self.standing is not None and {*map(str, value)} == {*map(str, self.standing)}:
            return None
        keys = set(super().clean(value))
        return tuple(row for row in self.offered() if str(row.pk) in keys) if keys else ()
