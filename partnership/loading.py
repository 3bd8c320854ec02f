"""Records from readable data files: what is missing is created, what is there is left alone.

A file is a tree of lists and mappings. A `Kind` says which model a branch holds, how a record is
found again, and what it holds in turn. Relations are written as the key of the other record, a
text of several paragraphs as a list; `number` counts a branch's records where none is written.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import IntegrityError, models, transaction

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where PyYAML has it
except ImportError:  # pragma: no cover
    from yaml import SafeLoader  # type: ignore[assignment]

from . import records
from .fields import IDENTIFIER_LETTERS
from .models import Versioned
from .text import clean_text

Row = dict[str, Any]
Rows = dict[str, Row]


def rows(items: Any) -> Rows:
    """Return a branch as rows by key. The items of a list are known by their position, from 1; an
    item that is only words is the row's `text`."""
    if isinstance(items, Mapping):
        return {str(key): dict(row or {}) for key, row in items.items()}
    return {
        str(position): {"text": item} if isinstance(item, str) else dict(item)
        for position, item in enumerate(items, start=1)
    }


@dataclass(frozen=True)
class Kind:
    """A branch of a file. `owner` is the field that holds the record above it; `natural` finds a
    record again among its siblings, or everywhere if it has no owner."""

    model: type[models.Model]
    owner: str = ""
    natural: tuple[str, ...] = ("number",)
    read: Callable[[Any], Rows] = rows
    preset: Mapping[str, Any] = field(default_factory=dict)
    holds: "Mapping[str, Kind]" = field(default_factory=dict)

    @property
    def to_many(self) -> list[str]:
        """The names of the model's many-to-many fields."""
        return [column.name for column in self.model._meta.many_to_many]

    def key(self, record: models.Model) -> tuple[Any, ...]:
        """Return the values that find the record again."""
        columns: list[Any] = [self.model._meta.get_field(name) for name in self.natural]
        return tuple(getattr(record, column.attname) for column in columns)

    def has(self, name: str) -> bool:
        """Whether the model has a field of this name."""
        return name in {column.name for column in self.model._meta.fields}


def read_file(path: Path) -> Any:
    """Return what a YAML file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), SafeLoader)


class LeftOut(Exception):
    """A record was not created, because something that people entered stands in its place."""


class Loader:
    """Loads branches of one file. `place` tells its records from those of other files; `created`
    holds the new ones. `left_out` names, by model and key, those that would have clashed with what
    people entered (an action of theirs under the same number); what needs them is left out too."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.created: set[models.Model] = set()
        self.left_out: set[tuple[type[models.Model], str]] = set()
        self._known: dict[tuple[type[models.Model], str], models.Model] = {}

    def know(self, record: models.Model, key: object) -> None:
        """Let relations name the record by `key`."""
        self._known[type(record), str(key)] = record

    def find(self, model: type[models.Model], key: object) -> models.Model:
        """Return the record known by `key`. Raises LookupError, naming the key, if none is, and
        LeftOut if it was left out."""
        if (model, str(key)) in self.left_out:
            raise LeftOut
        try:
            return self._known[model, str(key)]
        except KeyError:
            raise LookupError(f"{self.place}: no {model._meta.verbose_name} “{key}”") from None

    def load(
        self, kind: Kind, items: Any, owner: models.Model | None = None, path: str = ""
    ) -> None:
        """Create what is missing of a branch and of what its records hold. Raises ValidationError
        for a value that a field refuses, IntegrityError for one that the database refuses in a
        branch that is all new."""
        branch = list(self._branch(kind, kind.read(items), owner, path))
        for record, related, _, _ in branch:  # which may be to each other
            if related and record in self.created:
                self._relate(record, related)
        for record, _, below, here in branch:
            for name, further in below.items():
                self.load(kind.holds[name], further, record, f"{here}/{name}")

    def _branch(
        self, kind: Kind, found: Rows, owner: models.Model | None, path: str
    ) -> Iterator[tuple[models.Model, Row, Row, str]]:
        """Yield each record, what its many-to-many fields and its branches shall hold, its path."""
        there = self._there(kind, found, owner, path)
        for position, (key, row) in enumerate(found.items(), start=1):
            here = f"{path}/{key}"
            if kind.has("number"):
                row.setdefault("number", position)
            below = {name: row.pop(name) for name in kind.holds if name in row}
            related = {name: row.pop(name) for name in kind.to_many if name in row}
            try:
                record = self._built(kind, row, owner, here)
                record = there.get(kind.key(record)) or self._create(record, owner, related)
            except LeftOut:
                self.left_out.add((kind.model, key))
                continue
            self.know(record, key)
            yield record, related, below, here

    def _there(
        self, kind: Kind, found: Rows, owner: models.Model | None, path: str
    ) -> dict[Any, models.Model]:
        """Return what is there of a branch, by key; nothing hangs on a record that is new."""
        if owner in self.created:
            return {}
        if kind.owner:
            same: dict[str, Any] = {kind.owner: owner}
        else:
            (name,) = kind.natural
            values = [
                row.get(name, self._identifier(f"{path}/{key}")) for key, row in found.items()
            ]
            same = {f"{name}__in": values}
        return {kind.key(each): each for each in kind.model._default_manager.filter(**same)}

    def _built(self, kind: Kind, row: Row, owner: models.Model | None, path: str) -> models.Model:
        """Return the record of a row, not saved."""
        record = kind.model()
        if kind.owner:
            setattr(record, kind.owner, owner)
        if kind.has("identifier"):
            record.identifier = self._identifier(path)  # type: ignore[attr-defined]
        for name, value in (dict(kind.preset) | row).items():
            setattr(record, name, self._value(kind.model._meta.get_field(name), value))
        # What is unique, paired or related is left to the database, which holds every such rule.
        record.clean_fields(exclude={c.name for c in kind.model._meta.fields if c.is_relation})
        return record

    def _value(self, column: Any, value: Any) -> Any:
        if column.is_relation:
            return self.find(column.related_model, value) if value else None
        if isinstance(column, models.TextField) and isinstance(value, list):
            value = "\n\n".join(value)
        return clean_text(value) if isinstance(value, str) else value

    def _create(self, record: Any, owner: models.Model | None, related: Row) -> models.Model:
        if related and isinstance(record, Versioned):
            record.skip_history_when_saving = True  # type: ignore[attr-defined]
        if owner in self.created:
            record.save(force_insert=True)
        else:
            self._squeeze_in(record)
        self.created.add(record)
        return record

    def _squeeze_in(self, record: models.Model) -> None:
        """Save the record beside what people may have entered."""
        try:
            with transaction.atomic():
                record.save(force_insert=True)
        except IntegrityError:
            raise LeftOut from None

    def _relate(self, record: Any, related: Row) -> None:
        for name, keys in related.items():
            model = record._meta.get_field(name).related_model
            there = [key for key in keys if (model, str(key)) not in self.left_out]
            getattr(record, name).set([self.find(model, key) for key in there])
        if isinstance(record, Versioned):
            del record.skip_history_when_saving  # type: ignore[attr-defined]
            records.write_history([record], by=None, kind="+")

    def _identifier(self, path: str) -> str:
        """Return the same identifier for the same place in the same file, always."""
        digest = hashlib.sha256(f"{self.place}{path}".encode()).digest()
        return "".join(IDENTIFIER_LETTERS[byte % len(IDENTIFIER_LETTERS)] for byte in digest[:12])
