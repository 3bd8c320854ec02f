"""Records from readable data files: what is missing is created, what is there is left alone.

A file is a tree of lists and mappings. A `Kind` says which model a branch holds, how a record is
found again, and what it holds in turn. Relations are written as the key of the other record, a
text of several paragraphs as a list; `number` counts a branch's records where none is written.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import models

from .fields import IDENTIFIER_LETTERS
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

    def has(self, name: str) -> bool:
        """Whether the model has a field of this name."""
        return name in {column.name for column in self.model._meta.fields}


def read_file(path: Path) -> Any:
    """Return what a YAML file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


class Loader:
    """Loads branches of one file. `place` tells its records from those of other files; `created`
    holds the new ones."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.created: set[models.Model] = set()
        self._known: dict[tuple[type[models.Model], str], models.Model] = {}

    def know(self, record: models.Model, key: object) -> None:
        """Let relations name the record by `key`."""
        self._known[type(record), str(key)] = record

    def find(self, model: type[models.Model], key: object) -> models.Model:
        """Return the record known by `key`. Raises LookupError, naming the key, if none is."""
        try:
            return self._known[model, str(key)]
        except KeyError:
            raise LookupError(f"{self.place}: no {model._meta.verbose_name} “{key}”") from None

    def load(
        self, kind: Kind, items: Any, owner: models.Model | None = None, path: str = ""
    ) -> None:
        """Create what is missing of a branch and of what its records hold. Raises ValidationError
        for a value that a field refuses, IntegrityError for one that the database refuses."""
        branch = []
        for position, (key, row) in enumerate(kind.read(items).items(), start=1):
            here = f"{path}/{key}"
            if kind.has("number"):
                row.setdefault("number", position)
            below = {name: row.pop(name) for name in kind.holds if name in row}
            related = {name: row.pop(name) for name in kind.to_many if name in row}
            record = self._ensure(kind, row, owner, here, quiet=bool(related))
            self.know(record, key)
            branch.append((record, related, below, here))
        for record, related, _, _ in branch:  # which may be to each other
            if related and record in self.created:
                self._relate(record, related)
        for record, _, below, here in branch:
            for name, further in below.items():
                self.load(kind.holds[name], further, record, f"{here}/{name}")

    def _ensure(
        self, kind: Kind, row: Row, owner: models.Model | None, path: str, *, quiet: bool
    ) -> models.Model:
        """Return the record of a row, created if it is not there; `quiet` without history yet."""
        record = kind.model()
        if kind.owner:
            setattr(record, kind.owner, owner)
        if kind.has("identifier"):
            record.identifier = self._identifier(path)  # type: ignore[attr-defined]
        for name, value in (dict(kind.preset) | row).items():
            setattr(record, name, self._value(kind.model._meta.get_field(name), value))
        # What is unique, paired or related is left to the database, which holds every such rule.
        record.clean_fields(exclude={c.name for c in kind.model._meta.fields if c.is_relation})
        there = None if owner in self.created else self._there(kind, record)
        return there or self._create(record, quiet=quiet)

    def _value(self, column: Any, value: Any) -> Any:
        if column.is_relation:
            return self.find(column.related_model, value) if value else None
        if isinstance(column, models.TextField) and isinstance(value, list):
            value = "\n\n".join(value)
        return clean_text(value) if isinstance(value, str) else value

    def _there(self, kind: Kind, record: models.Model) -> models.Model | None:
        names = (*kind.natural, kind.owner) if kind.owner else kind.natural
        same = {name: getattr(record, name) for name in names}
        return kind.model._default_manager.filter(**same).first()

    def _create(self, record: models.Model, *, quiet: bool) -> models.Model:
        if quiet:
            record.skip_history_when_saving = True  # type: ignore[attr-defined]
        record.save(force_insert=True)
        self.created.add(record)
        return record

    def _relate(self, record: Any, related: Mapping[str, Iterable[object]]) -> None:
        for name, keys in related.items():
            model = record._meta.get_field(name).related_model
            getattr(record, name).set([self.find(model, key) for key in keys])
        del record.skip_history_when_saving
        record.save()  # one line of history, relations included

    def _identifier(self, path: str) -> str:
        """Return the same identifier for the same place in the same file, always."""
        digest = hashlib.sha256(f"{self.place}{path}".encode()).digest()
        return "".join(IDENTIFIER_LETTERS[byte % len(IDENTIFIER_LETTERS)] for byte in digest[:12])
