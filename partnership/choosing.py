"""Two texts of one field, and the choice between them: shown, asked for, and carried out.

The names of what is sent beside a form's own fields: `choose` names the fields that are asked
about, `take-<field>` says what was chosen, `theirs-<name>` brings along what a browser would send
of theirs, and `theirs-version` the version that it was read from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone

from .dates import day_words
from .forms import ChoiceError
from .models import Versioned

THEIRS, MINE = "theirs", "mine"
ASKED, SEEN = "choose", f"{THEIRS}-version"
Clash = tuple[BoundField, Any, Any]  # a field, their value and one's own


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed and what somebody else saved meanwhile differ. `saved` says
    who that was, and when; `taken` what was chosen before; `error` that nothing was. `sent` comes
    along with the next submission."""

    field: BoundField
    theirs: str
    yours: str
    saved: str
    taken: str
    error: str
    sent: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        return str(self.field.label)

    @property
    def name(self) -> str:
        """That of the choice in the next submission."""
        return f"take-{self.field.name}"


def settle(form: Any) -> None:
    """Where every difference that was shown is decided, let the form hold what was chosen, and
    stand on the version that it was chosen from."""
    chosen = {n: form.data.get(f"take-{n}") for n in _asked(form) if n in form.fields}
    if not chosen or not set(chosen.values()) <= {THEIRS, MINE}:
        return
    form.data = again = form.data.copy()
    again[form.add_prefix("version")] = again.get(SEEN, "")
    for name, text in chosen.items():
        if text == THEIRS:
            names = _names(form[name])
            fill(again, form[name], [(n, v) for n in names for v in again.getlist(_of_theirs(n))])
    del again[ASKED]


def compare(form: Any, clashes: Iterable[Clash], current: Versioned) -> tuple[Difference, ...]:
    """Return both texts of each field, and let the form ask its writer to choose."""
    rows = _rows(current, form.cleaned_data.get("version") or 0)
    asked = _asked(form) if form.data.get(SEEN) == str(current.version) else []
    both = tuple(_difference(form, clash, current, rows, asked) for clash in clashes)
    missing = [each for each in both if each.error]
    for each in missing:
        form.add_error(None, ChoiceError(each.error, each.field))
    if not missing:
        who, when = _said(rows[-1] if rows else None)
        words = f"{who} changed this{f' on {when},' if when else ''} while you were typing."
        words = f"{words} Nothing is saved yet."
        form.add_error(None, ChoiceError(words, both[0].field) if both else words)
    return both


def fill(data: QueryDict, field: BoundField, sent: Iterable[tuple[str, str]]) -> None:
    """Let the data hold this of the field, and nothing else."""
    sent = [*sent]
    for name in _names(field):
        data.setlist(name, [value for other, value in sent if other == name])


def sent_of(field: BoundField, value: Any) -> list[tuple[str, str]]:
    """Return what a browser would send of the field if it showed the value."""
    widget, name = field.field.widget, field.html_name
    if isinstance(widget, forms.MultiWidget):
        parts = zip(_names(field), widget.decompress(value) or (), strict=False)
        return [(part, str(typed)) for part, typed in parts]
    if isinstance(value, models.Manager):
        return [(name, str(row.pk)) for row in value.all()]
    if isinstance(widget, forms.CheckboxInput):
        return [(name, "on")] if value else []
    ready = field.field.prepare_value(value)
    return [(name, "" if ready is None else str(ready))]


def _names(field: BoundField) -> list[str]:
    """Return the names under which a browser sends the field."""
    suffixes = getattr(field.field.widget, "widgets_names", [""])
    return [f"{field.html_name}{suffix}" for suffix in suffixes]


def _of_theirs(name: str) -> str:
    return f"{THEIRS}-{name}"


def _asked(form: Any) -> list[str]:
    """Return the fields in which the form, as it was shown, asked which text stands."""
    asked: list[str] = form.data.getlist(ASKED)
    return asked


def _difference(
    form: Any, clash: Clash, current: Versioned, rows: Sequence[Any], asked: Iterable[str]
) -> Difference:
    field, theirs, yours = clash
    was_asked = field.name in asked
    choice = form.data.get(f"take-{field.name}")
    taken = choice if was_asked and choice in (THEIRS, MINE) else ""
    error = f"Choose which text stands: {field.label}" if was_asked and not taken else ""
    who, when = _said(_last_changed(rows, field.name))
    sent = [(_of_theirs(name), value) for name, value in sent_of(field, theirs)]
    return Difference(
        field,
        _words(_named(field, theirs)),
        _words(_named(field, yours)),
        f"{who}, {when}" if when else who,
        taken,
        error,
        ((ASKED, field.name), (SEEN, str(current.version)), *sent),
    )


def _rows(current: Versioned, since: int) -> list[Any]:
    """Return the history of a record from a version on, the oldest first, with who saved it."""
    rows = type(current).history.filter(id=current.pk, version__gte=since)
    return [*rows.select_related("history_user").order_by("history_id")]


def _last_changed(rows: Sequence[Any], name: str) -> Any:
    """Return the row that changed a field last; where none tells, the last of all."""
    changed = [row for before, row in pairwise(rows) if _kept(before, name) != _kept(row, name)]
    return [None, *rows[-1:], *changed][-1]


def _kept(row: Any, name: str) -> Any:
    columns = {field.name: field.attname for field in row.tracked_fields}
    value = getattr(row, columns.get(name, name), None)
    return value if name in columns else set(value or ())  # keys of what it is linked with


def _said(row: Any) -> tuple[str, str]:
    """Return who saved a row of history, and when; "" where that is not known."""
    who = row.history_user.name if row and row.history_user else "Somebody"
    return who, _words(row.history_date) if row else ""


def _named(field: BoundField, value: Any) -> Any:
    """Return a choice by its name."""
    choices = getattr(field.field, "choices", ()) if isinstance(value, str) else ()
    return next((name for known, name in choices if str(known) == value), value)


def _words(value: Any) -> str:
    """Return a field's value as a page compares it."""
    if isinstance(value, list | tuple):
        return "\n".join(map(_words, value))
    if isinstance(value, QuerySet | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, models.Manager):
        return ", ".join(map(str, value.all()))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%-d %B %Y at %H:%M")
    if isinstance(value, date):
        return day_words(value)
    return "" if value is None else str(value)
