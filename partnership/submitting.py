"""The one way from a form to a service and back, also where somebody else was faster.

A form that is based on a version carries it in a hidden field. Where that version has passed, what
only one of the two changed is merged; where both changed the same field, the form comes back with
both texts side by side, and its writer chooses, field by field. Until all is chosen it stays based
on that version, so that no way round the choice (a preview, a draft) overwrites in silence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from . import records
from .choosing import Difference, compare, fill, sent_of, settle
from .models import Versioned
from .rules import RuleBroken

Act = Callable[[dict[str, Any]], Any]


class FieldRefused(RuleBroken):
    """A refusal that is mended in one field of the form."""

    def __init__(self, words: str, field: str) -> None:
        super().__init__(words)
        self.field = field


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
    settle(form)
    if not form.is_valid():
        return Submitted(form, status=422)
    try:
        return Submitted(form, record=act(dict(form.cleaned_data)))
    except records.StaleVersion as stale:
        return _overtaken(form, form.cleaned_data, stale.current, act)
    except RuleBroken as broken:
        return _refused(form, broken)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return Submitted(form, status=422)


def version_field() -> forms.IntegerField:
    """The version that a form is based on."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


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
    both = compare(form, [(f, theirs[f.name], given[f.name]) for f in clashes], current)
    _take_over(form, [(f, theirs[f.name]) for f in moved if f not in mine])
    if not both:
        form.data[form.add_prefix("version")] = str(current.version)
    return Submitted(form, status=409, differences=both)


def _refused(form: Any, refused: Exception) -> Submitted:
    form.add_error(getattr(refused, "field", None), str(refused))
    return Submitted(form, status=409)


def _merged(
    form: Any, values: dict[str, Any], moved: Iterable[BoundField], current: Versioned, act: Act
) -> Submitted:
    """Save one's own changes on top of somebody else's, who changed other fields."""
    try:
        record = act({**values, "version": current.version})
    except (records.StaleVersion, RuleBroken) as refused:
        return _refused(form, refused)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return Submitted(form, status=422)
    return Submitted(form, record=record, merged=tuple(str(f.label) for f in moved))


def _take_over(form: Any, fields: Iterable[tuple[BoundField, Any]]) -> None:
    """Let the form hold what only somebody else changed."""
    form.data = form.data.copy()
    for field, value in fields:
        fill(form.data, field, sent_of(field, value))


def _kept(value: Any) -> Any:
    return list(value.all()) if isinstance(value, models.Manager) else value


def _plain(value: Any) -> Any:
    """Return a field's value as versions keep it, so that two can be compared."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.Manager):
        return set(value.values_list("pk", flat=True))
    return {row.pk for row in value} if isinstance(value, QuerySet | tuple) else value
