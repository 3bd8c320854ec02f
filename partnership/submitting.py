"""The one way from a form to a service and back, also where somebody else was faster.

A form that is based on a version carries it in a hidden field. Where that version has passed, what
only one of the two changed is merged; where both changed the same field, the form comes back with
both texts side by side, and its writer chooses, field by field.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone

from . import records
from .dates import day_words
from .models import Versioned
from .rules import RuleBroken

Act = Callable[[dict[str, Any]], Any]
THEIRS = "theirs"


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed and what somebody else saved meanwhile differ. `name` is
    that of the choice between them in the next submission, which `sent` brings theirs along in:
    the names and values that a browser would send of it."""

    label: str
    theirs: str
    yours: str
    name: str = ""
    sent: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Submitted:
    """What became of a form: a saved record, or why not. `status` is that of the answer; `merged`
    names the fields that somebody else changed meanwhile, beside one's own."""

    form: forms.BaseForm
    record: Any = None
    status: int = 200
    differences: tuple[Difference, ...] = ()
    merged: tuple[str, ...] = ()


def submit(form: forms.BaseForm, act: Act) -> Submitted:
    """Call a service with what was typed. Where it is wrong (422), or the service refuses or was
    overtaken (409), the form comes back as it was typed, and saying why."""
    _take_theirs(form)
    if not form.is_valid():
        return Submitted(form, status=422)
    try:
        return Submitted(form, record=act(dict(form.cleaned_data)))
    except records.StaleVersion as stale:
        return _overtaken(form, form.cleaned_data, stale.current, act)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return Submitted(form, status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return Submitted(form, status=422)


def version_field() -> forms.IntegerField:
    """The version that a form is based on."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


def _take_theirs(form: Any) -> None:
    """Put what somebody else saved into the form, for each field of which its writer chose that."""
    chosen = [n for n in form.fields if form.data.get(f"take-{n}") == THEIRS]
    if not chosen:
        return
    form.data = again = form.data.copy()
    for name in chosen:
        for sent in {sent for sent in again if sent.startswith(f"{THEIRS}-{form[name].html_name}")}:
            again.setlist(sent.removeprefix(f"{THEIRS}-"), again.getlist(sent))


def _overtaken(form: Any, given: dict[str, Any], current: Versioned, act: Act) -> Submitted:
    """Merge where nothing clashes; else show both texts, and let the writer choose. What stands
    outside the record has no versions to compare, so a form with such a field is always shown."""
    if getattr(current, "removed_at", None):
        form.add_error(None, "Somebody removed this while you were typing. Copy what you need.")
        return Submitted(form, status=409)
    base = records.as_of(current, given.get("version") or 0)
    fields = [form[n] for n in form.fields if n != "version" and n in given and hasattr(current, n)]
    theirs = {field.name: getattr(current, field.name) for field in fields}
    mine = [f for f in fields if f.name not in base or _plain(given[f.name]) != base[f.name]]
    moved = [f for f in fields if f.name not in base or _plain(theirs[f.name]) != base[f.name]]
    clashes = [f for f in mine if f in moved and _plain(given[f.name]) != _plain(theirs[f.name])]
    if not clashes and all(n == "version" or hasattr(current, n) for n in form.fields):
        others = {f.name: _kept(theirs[f.name]) for f in moved if f not in mine}
        return _merged(form, given | others, moved, current, act)
    _rebase(form, current, [(f, theirs[f.name]) for f in moved if f not in mine])
    both = (_difference(field, theirs[field.name], given[field.name]) for field in clashes)
    form.add_error(None, "Somebody else changed this while you were typing. Nothing is saved yet.")
    return Submitted(form, status=409, differences=tuple(both))


def _merged(
    form: Any, values: dict[str, Any], moved: Iterable[BoundField], current: Versioned, act: Act
) -> Submitted:
    """Save one's own changes on top of somebody else's, who changed other fields."""
    try:
        record = act({**values, "version": current.version})
    except (records.StaleVersion, RuleBroken) as refused:
        form.add_error(None, str(refused))
        return Submitted(form, status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return Submitted(form, status=422)
    return Submitted(form, record=record, merged=tuple(str(f.label) for f in moved))


def _difference(field: BoundField, theirs: Any, yours: Any) -> Difference:
    sent = tuple((f"{THEIRS}-{name}", value) for name, value in _sent(field, theirs))
    saved, typed = (_words(_named(field, value)) for value in (theirs, yours))
    return Difference(str(field.label), saved, typed, f"take-{field.name}", sent)


def _rebase(form: Any, current: Versioned, fields: Iterable[tuple[BoundField, Any]]) -> None:
    """Let the form stand on the record as it is now, with what only somebody else changed."""
    form.data = again = form.data.copy()
    again[form.add_prefix("version")] = str(current.version)
    for field, value in fields:
        sent = _sent(field, value)
        again.setlist(field.html_name, [])
        for name in {name for name, _ in sent}:
            again.setlist(name, [value for other, value in sent if other == name])


def _sent(field: BoundField, value: Any) -> list[tuple[str, str]]:
    """Return what a browser would send of the field if it showed the value."""
    widget, name = field.field.widget, field.html_name
    if isinstance(widget, forms.MultiWidget):
        suffixes = widget.widgets_names  # type: ignore[attr-defined]
        parts = zip(suffixes, widget.decompress(value) or (), strict=False)
        return [(f"{name}{suffix}", str(part)) for suffix, part in parts]
    if isinstance(value, models.Manager):
        return [(name, str(row.pk)) for row in value.all()]
    if isinstance(widget, forms.CheckboxInput):
        return [(name, "on")] if value else []
    ready = field.field.prepare_value(value)
    return [(name, "" if ready is None else str(ready))]


def _kept(value: Any) -> Any:
    return list(value.all()) if isinstance(value, models.Manager) else value


def _plain(value: Any) -> Any:
    """Return a field's value as versions keep it, so that two can be compared."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.Manager):
        return set(value.values_list("pk", flat=True))
    return {row.pk for row in value} if isinstance(value, QuerySet | tuple) else value


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
