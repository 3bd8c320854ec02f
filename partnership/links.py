"""What a versioned record is linked with, many to many: known with the record itself, written only
where it changed, and copied into its history in one statement each."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.models import Aggregate, JSONField, OuterRef, Subquery

from .models.versioned import tracker


class _Keys(Aggregate):
    """Several keys as one list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def known(records: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Let each record come with the keys of what it is linked with: no query of their own."""
    return records.annotate(
        **{_place(field.name): _linked(field) for field in records.model._meta.many_to_many}
    )


def keys(record: models.Model, name: str) -> set[int]:
    """Return the keys that a record of `known` came with, of what was removed since too."""
    return set(getattr(record, _place(name)) or ())


def none_yet(record: models.Model) -> None:
    """A record that was just made is linked with nothing."""
    for field in record._meta.many_to_many:
        setattr(record, _place(field.name), [])


def put(record: models.Model, name: str, related: Iterable[Any]) -> None:
    """Link a record of `known` with these records, or their keys, and no others; a link with what
    was removed stays, and counts again when that is brought back. No query where nothing changed,
    else one for what goes and one for what comes."""
    field: Any = record._meta.get_field(name)
    before, wanted = keys(record, name), {getattr(each, "pk", each) for each in related}
    rows = field.remote_field.through._base_manager
    mine, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    if gone := before - wanted:
        kept = field.related_model._default_manager.filter(pk__in=gone)
        rows.filter(**{mine: record.pk, f"{other}__in": kept}).delete()
    if fresh := wanted - before:
        new = [{f"{mine}_id": record.pk, f"{other}_id": key} for key in sorted(fresh)]
        rows.bulk_create([rows.model(**values) for values in new], ignore_conflicts=True)
    setattr(record, _place(name), sorted(wanted | before))  # what may be linked, for `keep`


def keep(record: models.Model, row: Any) -> None:
    """Copy what a record is linked with to a row of its history. One query for each relation that
    links it with anything."""
    for field in row._history_m2m_fields:
        if getattr(record, _place(field.name), True):
            _copy(field, record.pk, row.pk)


def _copy(field: Any, record: int, row: int) -> None:
    links, history = field.remote_field.through._meta, tracker.m2m_models[field]._meta
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column.column) for column in links.concrete_fields)
    kept_in = quote(history.get_field("history").column)
    statement = (  # of names that the models give
        f"INSERT INTO {quote(history.db_table)} ({columns}, {kept_in}) "  # nosec
        f"SELECT {columns}, %s FROM {quote(links.db_table)} "
        f"WHERE {quote(field.m2m_column_name())} = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [row, record])


def _place(name: str) -> str:
    return f"linked_{name}"


def _linked(field: Any) -> Subquery:
    mine, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._base_manager.filter(**{mine: OuterRef("pk")}).order_by()
    return Subquery(rows.values(mine).annotate(keys=_Keys(f"{other}_id")).values("keys"))
