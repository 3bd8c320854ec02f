"""What a versioned record is linked with, many to many: known with the record itself, written only
where it changed, and kept in each row of its history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Aggregate, JSONField, OuterRef, Q, Subquery


class _Keys(Aggregate):
    """Several keys as one list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def known(records: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Let each record come with the keys of what it is linked with: no query of their own."""
    return records.annotate(**{_place(name): keys for name, keys in lists(records.model).items()})


def lists(model: type[models.Model]) -> dict[str, Subquery]:
    """Return, by relation, the expression of what a record is linked with, as a list of keys."""
    return {field.name: _list(field) for field in model._meta.many_to_many}


def learn(record: models.Model) -> None:
    """Let a record know what it is linked with now. One query, where it has relations."""
    if places := [_place(field.name) for field in record._meta.many_to_many]:
        found = known(type(record)._base_manager.filter(pk=record.pk)).values(*places).get()
        vars(record).update(found)


def keys(record: models.Model, name: str) -> set[int]:
    """Return the keys of what a record is linked with, of what was removed since too. They came
    with a record of `known`; for any other they are asked for."""
    if _place(name) not in vars(record):
        learn(record)
    return set(getattr(record, _place(name)) or ())


def none_yet(record: models.Model) -> None:
    """A record that was just made is linked with nothing."""
    for field in record._meta.many_to_many:
        setattr(record, _place(field.name), [])


def put(record: models.Model, relations: Mapping[str, Iterable[Any]]) -> None:
    """Link a record, by relation, with these records, or their keys, and no others; a link with
    what was removed stays, and counts again when that is brought back. No query where nothing
    changed, else one for what goes and one for what comes in each table of links."""
    gone: defaultdict[Any, Q] = defaultdict(Q)
    fresh: defaultdict[Any, list[models.Model]] = defaultdict(list)
    for name, related in relations.items():
        field: Any = record._meta.get_field(name)
        before, wanted = keys(record, name), {getattr(each, "pk", each) for each in related}
        gone[field.remote_field.through] |= _leading(field, record, before - wanted)
        fresh[field.remote_field.through] += _rows(field, record, wanted - before)
        if before <= wanted:
            setattr(record, _place(name), sorted(wanted))
        else:  # which of the others were removed, and are linked still, is not known here
            vars(record).pop(_place(name), None)
    for table, leading in gone.items():
        if leading:
            table._base_manager.filter(leading).delete()
        table._base_manager.bulk_create(fresh[table])


def _leading(field: Any, record: models.Model, related: set[int]) -> Q:
    """Return the condition that a link leads from the record to one of these that is still kept,
    an empty one where there are none."""
    if not related:
        return Q()
    there = field.related_model._default_manager.filter(pk__in=related)
    mine, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    return Q(**{mine: record.pk, f"{other}__in": there})


def _rows(field: Any, record: models.Model, related: set[int]) -> list[models.Model]:
    mine, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    return [field.remote_field.through(**{mine: record.pk, other: key}) for key in sorted(related)]


def _place(name: str) -> str:
    return f"linked_{name}"


def _list(field: Any) -> Subquery:
    mine, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    of = {mine: OuterRef("pk"), f"{other}__isnull": False}
    rows = field.remote_field.through._base_manager.filter(**of).order_by()
    return Subquery(rows.values(mine).annotate(keys=_Keys(f"{other}_id")).values("keys"))
