"""The one way to make and to change a versioned record.

A conditional `update()` would write no history, and editing many-to-many fields would not count
a version; a plain `save()` loses what another person wrote in between.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from .dates import PreciseDate
from .models import User, Versioned
from .models.versioned import tracker
from .text import clean_text

Record = TypeVar("Record", bound=Versioned)


class StaleVersion(Exception):
    """Somebody else changed the record first. `current` is the record as it is now."""

    def __init__(self, current: Versioned) -> None:
        super().__init__(f"{current} was changed by somebody else in the meantime.")
        self.current = current


@transaction.atomic
def create(model: type[Record], *, by: User, **values: Any) -> Record:
    """Make a record with its fields and relations and return it, at version 1.

    Raises ValidationError, by field, when a value breaks a rule; then nothing is saved.
    """
    values = _cleaned(values)
    relations = _relations(model, values)
    record: Any = model(**{name: values[name] for name in values.keys() - relations})
    _save(record, {name: values[name] for name in relations}, by, "", "+")
    return record


@transaction.atomic
def change(
    record: Record, *, changes: Mapping[str, Any], version: int, by: User, reason: str = ""
) -> Record:
    """Set fields and relations on the record and return it, one version on.

    `version` is the one the change was based on. Raises StaleVersion when the record has moved
    on, ValidationError, by field, when a changed value breaks a rule; then nothing is saved.
    """
    model = type(record)
    # Locked on PostgreSQL; on SQLite the transaction is IMMEDIATE and locks by itself.
    current: Any = model._default_manager.select_for_update().get(pk=record.pk)
    if current.version != version:
        raise StaleVersion(current)
    values = _cleaned(changes)
    relations = _relations(model, values)
    for name in values.keys() - relations:
        setattr(current, name, values[name])
    current.version = version + 1
    _save(current, {name: values[name] for name in relations}, by, clean_text(reason), "~")
    return current


@transaction.atomic
def put(record: Record, *, by: User, reason: str = "") -> Record:
    """Save a record at the version it has, after the caller has checked its values and its turn.

    For where a room of people waits: `create` and `change` ask the database about every rule
    first. It holds them all the same, and answers a broken one with IntegrityError.
    """
    _store(record, {}, by, clean_text(reason), "~" if record.pk else "+")
    return record


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned, errors = {}, {}
    for name, value in values.items():
        try:
            cleaned[name] = _clean(value)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return cleaned


def _clean(value: Any) -> Any:
    """Pass every text in a value, also in a list or a date in words, through `clean_text`."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, PreciseDate):
        return PreciseDate(clean_text(value.stored))
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _relations(model: type[models.Model], values: Mapping[str, Any]) -> set[str]:
    fields = {name: model._meta.get_field(name) for name in values}
    if fixed := sorted(name for name, field in fields.items() if not field.editable):
        raise ValueError(f"{model.__name__} does not let anybody edit {', '.join(fixed)}.")
    return {name for name, field in fields.items() if isinstance(field, models.ManyToManyField)}


def _save(record: Any, relations: dict[str, Any], by: User, reason: str, kind: str) -> None:
    record.full_clean()
    _store(record, relations, by, reason, kind)


def _store(record: Any, relations: dict[str, Any], by: User, reason: str, kind: str) -> None:
    """Save record and relations, and write one line of history for both together."""
    record.skip_history_when_saving = True
    record.save(force_insert=kind == "+", force_update=kind == "~")
    for name, related in relations.items():
        getattr(record, name).set(related)
    del record.skip_history_when_saving
    record._history_user, record._change_reason = by, reason or None
    tracker.create_historical_record(record, kind)
