"""A small valid record of every model, unsaved, and unlike every other."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from changeplan.models import ActionLink
from papers.models import Block, Paper
from partnership.fields import PreciseDateField, StepField
from standards.models import Attribution, Finding, ResultsVersion, ScaleLevel, Score, Vote

Model = type[models.Model]
SPECIAL: dict[Model, dict[str, Any]] = {
    ActionLink: {"standard": "standard"},
    Attribution: {"category": "Partners"},
    Block: {"text": "A paragraph"},
    Finding: {"title": "A finding"},
    Paper: {"exercise": "exercise", "plan": "plan"},
    ResultsVersion: {"reason": "A slip of the pen"},
    Score: {"value": 3},
    Vote: {"value": 3},
}


class Samples:
    """`new(Model)` returns a valid record whose relations are saved records of their own."""

    def __init__(self) -> None:
        self.counted: Counter[Model] = Counter()

    def new(self, model: Model) -> Any:
        self.counted[model] += 1
        needed = [field for field in model._meta.local_fields if self._is_needed(field)]
        values = {field.name: self._value(field) for field in needed}
        return self.change(model(), values | SPECIAL.get(model, {}))

    def change(self, record: Any, changes: dict[str, Any]) -> Any:
        """Set values on the record and return it. For a relation, "itself" stands for the record,
        any other word for a new record; the same word for the same one."""
        related: dict[str, Any] = {"itself": record}
        for name, value in changes.items():
            target = record._meta.get_field(name).related_model
            if not target or not isinstance(value, str):
                setattr(record, name, value)
                continue
            if value not in related:
                related[value] = self.new(target)
                related[value].save()
            setattr(record, name, related[value])
        return record

    @staticmethod
    def _is_needed(field: models.Field) -> bool:
        return not (field.null or field.blank or field.has_default() or field.primary_key)

    def _value(self, field: Any) -> Any:
        number = self.counted[field.model]
        if field.is_relation:
            return field.name
        if field.choices:
            return field.flatchoices[0][0]
        if isinstance(field, StepField):
            return 1 + number % 5 if field.model is ScaleLevel else 3
        if isinstance(field, PreciseDateField):
            return "2010-05-17"
        if isinstance(field, models.DateTimeField):
            return datetime(2010, 5, 17, 12, tzinfo=UTC)
        if isinstance(field, models.DateField):
            return date(2010, 5, 17)
        if isinstance(field, models.IntegerField):
            return number
        words = f"{field.name[:4]}-{number}"
        return words.encode() if isinstance(field, models.BinaryField) else words
