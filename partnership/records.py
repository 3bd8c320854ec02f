"""The one way to change a versioned record.

A conditional `update()` would write no history, and editing many-to-many fields would not count
a version; a plain `save()` loses what another person wrote in between.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction

from .models import User, Versioned

Record = TypeVar("Record", bound=Versioned)


class StaleVersion(Exception):
    """Somebody else changed the record first. `current` is the record as it is now."""

    def __init__(self, current: Versioned) -> None:
        super().__init__(f"{current} was changed by somebody else in the meantime.")
        self.current = current


@transaction.atomic
def change(
    record: Record, *, changes: Mapping[str, Any], version: int, by: User, reason: str = ""
) -> Record:
    """Set fields and relations on the record and return it, one version on.

    `version` is the one the change was based on. Raises StaleVersion when the record has moved
    on, ValidationError when a changed value breaks a rule; then nothing is saved.
    """
    model = type(record)
    # Locked on PostgreSQL; on SQLite the transaction is IMMEDIATE and locks by itself.
    current: Any = model._default_manager.select_for_update().get(pk=record.pk)
    if current.version != version:
        raise StaleVersion(current)
    relations = {name for name in changes if _is_relation(model, name)}
    for name in changes.keys() - relations:
        setattr(current, name, changes[name])
    current.version += 1
    current.full_clean()
    current._history_user = by
    current._change_reason = reason or None
    current.skip_history_when_saving = True  # one change, one line of history
    for name in relations:
        getattr(current, name).set(changes[name])
    del current.skip_history_when_saving
    current.save()
    return current  # type: ignore[no-any-return]


def _is_relation(model: type[models.Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.ManyToManyField)
