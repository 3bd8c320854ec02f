"""The one way from a form to a service and back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from partnership.records import StaleVersion

from ..services.rules import RuleBroken


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed and what somebody else saved meanwhile differ."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Submitted:
    """What became of a form: a saved record, or why not. `status` is that of the answer."""

    form: forms.BaseForm
    record: Any = None
    status: int = 200
    differences: tuple[Difference, ...] = ()


def submit(form: forms.BaseForm, act: Callable[[dict[str, Any]], Any]) -> Submitted:
    """Call a service with what was typed. Where it is wrong (422), or the service refuses or was
    overtaken (409), the form comes back as it was typed, and saying why."""
    if not form.is_valid():
        return Submitted(form, status=422)
    try:
        return Submitted(form, record=act(form.cleaned_data))
    except StaleVersion as stale:
        return _overtaken(form, stale.current)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return Submitted(form, status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return Submitted(form, status=422)


def _overtaken(form: forms.BaseForm, current: Any) -> Submitted:
    """Show both texts; saving again then says that yours shall stand."""
    bound = [form[name] for name in form.fields if hasattr(current, name) and name != "version"]
    both = [
        Difference(str(field.label), _words(getattr(current, field.name)), _words(mine))
        for field in bound
        for mine in [form.cleaned_data.get(field.name)]
        if _words(mine) != _words(getattr(current, field.name))
    ]
    typed: Any = form.data
    form.data = again = typed.copy()
    again[form.add_prefix("version")] = str(current.version)
    form.add_error(None, "Somebody else changed this while you were typing. Nothing is saved yet.")
    return Submitted(form, status=409, differences=tuple(both))


def _words(value: Any) -> str:
    """Return a field's value as a page compares it."""
    if isinstance(value, QuerySet):
        return ", ".join(map(str, value))
    if hasattr(value, "all"):
        return ", ".join(map(str, value.all()))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%-d %B %Y at %H:%M")
    return "" if value is None else str(value)


def version_field() -> forms.IntegerField:
    """The version that a form is based on."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False)
