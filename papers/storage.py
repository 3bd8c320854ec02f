"""A BoardPaper as JSON and back, for papers that must stay as they were issued."""

from dataclasses import fields, is_dataclass
from typing import Any

from partnership import richtext

from . import document

# What a stored paper is made of. A name here is in the database: it may gain a successor, not go.
KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        document.Asked,
        document.BoardPaper,
        document.Chart,
        document.Column,
        document.Field,
        document.HouseStyle,
        document.NumberedParagraph,
        document.Prose,
        document.Section,
        document.Subheading,
        document.Table,
        richtext.ItemList,
        richtext.Paragraph,
        richtext.Run,
    )
}


def dump(value: Any) -> Any:
    """Return the value as JSON holds it: each part a mapping that names its kind under "is"."""
    if is_dataclass(value):
        held = {field.name: dump(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__} | held
    if isinstance(value, tuple):
        return [dump(part) for part in value]
    return value


def load(stored: Any) -> Any:
    """Return the value that `dump` stored. Raises KeyError for a kind that is not known here."""
    if isinstance(stored, dict):
        held = {name: load(part) for name, part in stored.items() if name != "is"}
        return KINDS[stored["is"]](**held)
    if isinstance(stored, list):
        return tuple(load(part) for part in stored)
    return stored
