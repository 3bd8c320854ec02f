"""A field for prose: stored as Markdown, pasted clean from Word, and shown before it is saved."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict

from .rules import LONGEST_TEXT

TOO_LONG = f"Enter no more than {LONGEST_TEXT:,} characters"


class MarkdownArea(forms.Textarea):
    """A text box whose pastes static/js/paste.js turns into Markdown."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__({"rows": rows, "data-markdown": ""})


class MarkdownField(forms.CharField):
    """Prose. A button below the box shows it as it will read: see `shows_preview`."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        preset: dict[str, Any] = {"widget": MarkdownArea(rows)}
        super().__init__(**(preset | options))
        self.validators.append(MaxLengthValidator(LONGEST_TEXT, TOO_LONG))


def shows_preview(form: Any, name: str) -> bool:
    """Whether `name`, which the pressed button sent, asks for a preview of one of the form's texts.
    The form then comes back as it was typed, neither checked nor saved."""
    if not form.is_bound or not isinstance(form.fields.get(name), MarkdownField):
        return False
    fill(form, form.data)
    form.is_bound, form.previewed = False, name
    return True


def fill(form: forms.BaseForm, typed: Mapping[str, Any]) -> None:
    """Let a form that is to be shown hold what somebody typed, right or wrong."""
    for name, field in form.fields.items():
        full = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(typed, MultiValueDict(), full):
            form.initial[name] = field.widget.value_from_datadict(typed, MultiValueDict(), full)
