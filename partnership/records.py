"""The one way to make and to change a versioned record.

A conditional `update()` would write no history, and editing many-to-many fields would not count
a version; a plain `save()` loses what another person wrote in between.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Value
from django.utils import timezone

from . import links
from .dates import PreciseDate
from .models import User, Versioned
from .models.versioned import Removable
from .text import clean_text

Record = TypeVar("Record", bound=Versioned)
Kept = TypeVar("Kept", bound=Removable)


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


def hold(record: Record, *, within: str = "") -> Record:
    """Return the record as it is now, with what it is linked with, held until the transaction
    ends. `within` leads to what it belongs to, as "entry__plan": all on that way is held before
    it, the plan first, and comes along.

    PostgreSQL holds these rows; on SQLite the transaction is IMMEDIATE and holds everything.
    """
    rows = links.known(type(record)._base_manager.all())
    way = within.split("__") if within else []
    of = ["__".join(way[:length]) for length in range(len(way), 0, -1)]
    rows = rows.select_related(within) if within else rows
    current: Record = rows.select_for_update(of=(*of, "self")).get(pk=record.pk)
    if current.version != record.version:  # PostgreSQL may have read the links before it waited
        links.learn(current)
    return current


@transaction.atomic
def change(
    record: Record,
    *,
    changes: Mapping[str, Any],
    version: int,
    by: User,
    reason: str = "",
    held: bool = False,
) -> Record:
    """Set fields and relations on the record and return it, one version on.

    `version` is the one the change was based on; `held`: the record comes from `hold`, in the same
    transaction. Raises StaleVersion when the record has moved on, ValidationError, by field, when
    a changed value breaks a rule; then nothing is saved.
    """
    current: Any = record if held else hold(record)
    _require_current(current, version)
    values = _cleaned(changes)
    relations = _relations(type(record), values)
    for name in values.keys() - relations:
        setattr(current, name, values[name])
    current.version = version + 1
    _save(current, {name: values[name] for name in relations}, by, clean_text(reason), "~")
    return current


@transaction.atomic
def remove(record: Kept, *, version: int, by: User, reason: str = "", held: bool = False) -> Kept:
    """Take the record away and return it, one version on. It comes back by `restore`.

    `held` like that of `change`. Raises StaleVersion like it, also for what somebody else has
    removed already.
    """
    current = record if held else hold(record)
    _require_current(current, version)
    if current.removed_at:
        raise StaleVersion(current)
    current.removed_at, current.removed_by = timezone.now(), by
    current.removal_reason = clean_text(reason)
    current.version = version + 1
    _save(current, {}, by, current.removal_reason, "~")
    return current


@transaction.atomic
def restore(record: Kept, *, by: User, **values: Any) -> Kept:
    """Bring a removed record back and return it, with new `values` where its old ones, such as
    its number, are taken. Whoever comes second finds it there already."""
    current = hold(record)
    if current.removed_at is None:
        return current
    for name, value in values.items():
        setattr(current, name, value)
    current.removed_at, current.removed_by, current.removal_reason = None, None, ""
    current.version += 1
    _save(current, {}, by, "Brought back", "~")
    return current


def as_of(record: Versioned, version: int) -> dict[str, Any]:
    """Return the values that the record had at a version, by field: a related record as its key,
    several as a set of keys. Empty where that version is not known."""
    found = type(record).history.filter(id=record.pk, version=version)
    if (then := found.order_by("-history_id").first()) is None:
        return {}
    fields = {f.name: getattr(then, f.attname) for f in then.tracked_fields}
    relations = type(record)._meta.many_to_many
    return fields | {each.name: set(getattr(then, each.name) or ()) for each in relations}


@transaction.atomic
def put(record: Record, *, by: User, reason: str = "") -> Record:
    """Save a record at the version it has, after the caller has checked its values and its turn.

    For where a room of people waits: `create` and `change` ask the database about every rule
    first. It holds them all the same, and answers a broken one with IntegrityError.
    """
    _store(record, {}, by, clean_text(reason), "~" if record.pk else "+")
    return record


def _require_current(current: Versioned, version: int) -> None:
    if current.version != version:
        raise StaleVersion(current)


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
    """Check each value by itself and save. The database holds the rules between values and rows:
    which of them was broken is asked, in words and with a query for each, only when one was."""
    record.clean_fields(exclude=[f.name for f in record._meta.fields if f.is_relation])
    record.clean()
    try:
        with transaction.atomic():
            _store(record, relations, by, reason, kind)
    except IntegrityError:
        record.full_clean()
        raise


def _store(record: Any, relations: dict[str, Any], by: User, reason: str, kind: str) -> None:
    """Save record and relations, and write one line of history for both together."""
    record.skip_history_when_saving = True
    record.save(force_insert=kind == "+", force_update=kind == "~")
    del record.skip_history_when_saving
    if kind == "+":
        links.none_yet(record)
    links.put(record, relations)
    write_history([record], by=by, reason=reason, kind=kind)


def write_history(
    saved: Sequence[Versioned], *, by: User | None, reason: str = "", kind: str = "~"
) -> None:
    """Write a line of history for each of some records of one model, as they are stored now, with
    what each is linked with. `kind`: "+" where they are new. One query, however many they are."""
    model, history = type(saved[0]), type(saved[0]).history.model
    said = {
        "history_date": timezone.now(),
        "history_type": kind,
        "history_user": by and by.pk,
        "history_change_reason": reason or None,
    }
    told: dict[str, Any] = {field.name: F(field.name) for field in history.tracked_fields}
    told |= links.lists(model)
    told |= {name: Value(value, history._meta.get_field(name)) for name, value in said.items()}
    rows = model._base_manager.filter(pk__in=[each.pk for each in saved]).order_by()
    _insert(history, rows, told)


def _insert(table: type[models.Model], rows: "models.QuerySet[Any]", told: dict[str, Any]) -> None:
    """Insert what is told of rows, by field of the table, as the database reads it."""
    named = {f"its_{name}": value for name, value in told.items()}
    select, values = rows.annotate(**named).values_list(*named).query.sql_with_params()
    quote, fields = connection.ops.quote_name, cast("Any", table._meta)
    columns = ", ".join(quote(fields.get_field(name).column) for name in told)
    with connection.cursor() as cursor:  # of names that the models give
        cursor.execute(f"INSERT INTO {quote(table._meta.db_table)} ({columns}) {select}", values)  # nosec
