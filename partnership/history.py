"""Who changed what, when, from what to what: rows of history as lines that people read.

A source is a kind of record with those rows of its history that are asked for. `entries` lists the
rows of several sources together, for a page to be cut from it; `lines` puts such a page into words,
with one query for each kind of record and one for all their relations, however long the history.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.timezone import localtime

from . import richtext
from .dates import day_words
from .marking import Piece, marked
from .models import Membership, User
from .numbers import listing, plain

PER_PAGE = 30
BY_MACHINE = MOVED, BROUGHT_BACK = "Moved", "Brought back"
UNNAMED = "Somebody whose name was not kept"
UNKNOWN = "something since deleted"
TOGETHER = timedelta(seconds=10)  # moves of several records in one go

Row = Any  # one row of a record's history
Source = tuple["Kind", "QuerySet[Row]"]
Names = Mapping[tuple[str, str, int], str]  # by kind, relation and key


@dataclass(frozen=True)
class Link:
    """A many-to-many relation: what it is called, and the field that names what it leads to; ""
    where only their number is told."""

    label: str
    name: str = ""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of record, and how its history reads. `noun` is what one is called, and `name` says
    of a row which one it is. `fields` are the labels of what is told of, in lower case for the
    middle of a sentence; `related` is what the words of a row need besides."""

    key: str
    noun: str
    model: type[models.Model]
    fields: Mapping[str, str]
    name: Callable[[Row], str]
    related: tuple[str, ...] = ()
    links: Mapping[str, Link] = field(default_factory=dict)

    @property
    def rows(self) -> "QuerySet[Row]":
        """Every row of history of this kind."""
        return self.model.history.model.objects.all()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Change:
    """What became of one field, as words; `before` or `after` is "" where it was or is empty. A
    text that is stored as Markdown has `pieces` instead."""

    label: str
    before: str = ""
    after: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def words(self) -> str:
        """ "changed the due date from May 2027 to June 2027"."""
        if self.pieces:
            return f"changed the {self.label}"
        if not self.before:
            return f"set the {self.label} to {self.after}"
        if not self.after:
            return f"cleared the {self.label}, which was {self.before}"
        return f"changed the {self.label} from {self.before} to {self.after}"

    @property
    def short(self) -> str:
        """ "from May 2027 to June 2027", after its label in a list."""
        return f"from {self.before or 'nothing'} to {self.after or 'nothing'}"


@dataclass(frozen=True)
class Line:
    """Something that somebody did to a record (`noun`, `name`; `identifier` addresses it). `words`
    say it whole, or what is listed in `changes`. `removed`: it was taken away here."""

    kind: str
    record: int
    identifier: str
    noun: str
    name: str
    who: str
    when: datetime
    words: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    removed: bool = False
    moved: bool = False

    @property
    def when_words(self) -> str:
        """ "3 March 2027 at 14:05"."""
        moment = localtime(self.when)
        return f"{day_words(moment.date())} at {moment:%H:%M}"


def page_of(
    sources: Sequence[Source], query: Mapping[str, str], who: User | None = None
) -> tuple["Page[Any]", tuple[Line, ...]]:
    """Return the page that an address asks for, and its lines."""
    page = Paginator(entries(sources, who), PER_PAGE).get_page(query.get("page"))
    return page, lines(sources, page.object_list)


def entries(sources: Sequence[Source], who: User | None = None) -> "QuerySet[Any]":
    """Return the rows of all sources, the latest first: each the key of its kind, its own key and
    its time. Only those by `who`, where one is named."""
    rows = [_entries(kind, found.filter(history_user=who) if who else found)
            for kind, found in sources]  # fmt: skip
    return rows[0].union(*rows[1:], all=True).order_by("-its_time", "-its_row", "its_kind")


def people(sources: Sequence[Source]) -> "QuerySet[User]":
    """Return everybody who appears in the sources, by name. One query."""
    named = Q()
    for _, rows in sources:
        named |= Q(pk__in=rows.order_by().values("history_user"))
    return User.objects.filter(named).order_by("name", "pk")


def lines(sources: Sequence[Source], page: Iterable[tuple[str, int, datetime]]) -> tuple[Line, ...]:
    """Return the lines of one page of `entries`, in its order; records of one kind that were moved
    together are one line."""
    order = [(kind, row) for kind, row, _ in page]
    wanted = {kind: [row for key, row in order if key == kind.key] for kind, _ in sources}
    rows = {kind.key: _with_previous(kind, keys) for kind, keys in wanted.items() if keys}
    names = _names({kind: rows[kind.key] for kind, keys in wanted.items() if keys})
    kinds = {kind.key: kind for kind in wanted}
    told = [_line(kinds[kind], rows[kind], row, names) for kind, row in order]
    return tuple(_moves_as_one(told))


def _entries(kind: Kind, rows: "QuerySet[Row]") -> "QuerySet[Any]":
    named = rows.order_by().annotate(
        its_kind=Value(kind.key, CharField()), its_row=F("history_id"), its_time=F("history_date")
    )
    return named.values_list("its_kind", "its_row", "its_time")


def _with_previous(kind: Kind, keys: list[int]) -> dict[int, Row]:
    """Return these rows and the one before each, by key, the oldest first."""
    before = kind.rows.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    latest = before.order_by("-history_id").values("history_id")[:1]
    previous = kind.rows.filter(history_id__in=keys).order_by().values(before=Subquery(latest))
    found = kind.rows.filter(Q(history_id__in=keys) | Q(history_id__in=previous))
    related = found.select_related("history_user", *kind.related, *_relations(kind))
    return {row.history_id: row for row in related.order_by("history_id")}


def _relations(kind: Kind) -> list[str]:
    return [name for name in kind.fields if kind.model._meta.get_field(name).is_relation]


def _names(wanted: "Mapping[Kind, Mapping[int, Row]]") -> Names:
    """Return what the rows' relations lead to, by name; one query for all."""
    queries = [
        _named_keys(kind, name, {key for row in rows.values() for key in _keys(row, name)})
        for kind, rows in wanted.items()
        for name, link in kind.links.items()
        if link.name
    ]
    if not queries:
        return {}
    found = queries[0].union(*queries[1:], all=True)
    return {(kind, link, key): words for kind, link, key, words in found}


def _keys(row: Row | None, name: str) -> list[int]:
    return sorted(getattr(row, name, None) or ())


def _named_keys(kind: Kind, name: str, keys: Iterable[int]) -> "QuerySet[Any]":
    relation: Any = kind.model._meta.get_field(name)
    found = relation.related_model._base_manager.filter(pk__in=keys).order_by()
    named = found.annotate(
        its_kind=Value(kind.key, CharField()),
        its_link=Value(name, CharField()),
        its_name=Cast(kind.links[name].name, CharField()),
    )
    return named.values_list("its_kind", "its_link", "pk", "its_name")


def _line(kind: Kind, rows: Mapping[int, Row], key: int, names: Names) -> Line:
    row = rows[key]
    earlier = [each for number, each in rows.items() if each.id == row.id and number < key]
    before = earlier[-1] if earlier else None
    reason = row.history_change_reason or ""
    changes = tuple(_changes(kind, before, row, names)) if before else ()
    removed = _is_removed(row) and not _is_removed(before)
    return Line(
        kind.key,
        row.id,
        getattr(row, "identifier", ""),
        kind.noun,
        kind.name(row),
        row.history_user.name if row.history_user else UNNAMED,
        row.history_date,
        _words(kind, before, row, changes),
        () if len(changes) == 1 and not changes[0].pieces else changes,
        "" if reason in BY_MACHINE else reason,
        removed,
        moved=reason == MOVED,
    )


def _moves_as_one(told: Iterable[Line]) -> Iterator[Line]:
    """Moving one record past others moves them too: one line tells of all, and of no places."""
    for (_, _, moved), same in groupby(told, lambda line: (line.kind, line.who, line.moved)):
        group = list(same)
        while moved and group:
            near = [line for line in group if group[0].when - line.when < TOGETHER]
            first, group = group[0], group[len(near) :]
            words = f"changed the order of the {first.noun}s" if len(near) > 1 else first.words
            yield replace(first, name="" if len(near) > 1 else first.name, words=words)
        yield from group


def _is_removed(row: Row | None) -> bool:
    return getattr(row, "removed_at", None) is not None


def _words(kind: Kind, before: Row | None, row: Row, changes: Sequence[Change]) -> str:
    """Return what was done, to follow the name of who did it."""
    if row.history_type != "~":
        return f"{'added' if row.history_type == '+' else 'deleted'} the {kind.noun}"
    if _is_removed(row) != _is_removed(before):
        return f"{'removed' if _is_removed(row) else 'brought back'} the {kind.noun}"
    if row.history_change_reason == MOVED:
        there = getattr(before, "number", None)
        return f"moved the {kind.noun} to place {row.number}" + (f" from {there}" if there else "")
    if len(changes) == 1:
        return changes[0].words
    said = listing(f"the {change.label}" for change in changes)
    return f"changed {said}" if changes else f"saved the {kind.noun}"


def _changes(kind: Kind, before: Row, row: Row, names: Names) -> Iterator[Change]:
    for name, label in kind.fields.items():
        column: Any = kind.model._meta.get_field(name)
        if getattr(before, column.attname) != getattr(row, column.attname):
            yield _change(column, label, before, row)
    for name, link in kind.links.items():
        keys = _keys(before, name), _keys(row, name)
        if keys[0] != keys[1]:
            old, new = (_told(kind, name, each, names) for each in keys)
            yield Change(link.label, old, new)


def _told(kind: Kind, name: str, keys: Sequence[int], names: Names) -> str:
    if not kind.links[name].name:
        return str(len(keys) or "")
    return listing(names.get((kind.key, name, key), UNKNOWN) for key in keys)


def _change(column: Any, label: str, before: Row, row: Row) -> Change:
    if not isinstance(column, models.TextField):
        return Change(label, _value(column, before), _value(column, row))
    stored = getattr(before, column.name), getattr(row, column.name)
    old, new = (richtext.plain_text(richtext.parse(text)) for text in stored)
    # Where the words are the same it is their form that changed: the signs for it are shown.
    return Change(label, pieces=marked(old, new) if old != new else marked(*stored))


def _value(column: Any, row: Row) -> str:
    """Return the value as a manager reads it; "" for none."""
    value = getattr(row, column.attname)
    if value in (None, "", []):
        return ""
    if column.is_relation:
        return _named(getattr(row, column.name))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plain(value)


def _named(record: models.Model | None) -> str:
    if record is None:
        return UNKNOWN
    return record.user.name if isinstance(record, Membership) else str(record)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return day_words(localtime(value).date())
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, list):
        return listing(value)
    return f"“{value}”" if isinstance(value, str) else str(value)
