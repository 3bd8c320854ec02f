"""The base forms: one helper, one error summary and one date widget for every form we own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from partnership.dates import PreciseDate
from partnership.text import clean_text

DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class ErrorLink:
    """One line of an error summary. `href` is "" when the error belongs to no single field."""

    href: str
    message: str


class ChoiceError(ValidationError):
    """That one of two texts of a field is to be chosen: mended at the choice, not in the field."""

    def __init__(self, message: str, field: BoundField) -> None:
        super().__init__(message)
        self.field = field


def choice_id(field: BoundField) -> str:
    """Return the id of the first button of the choice between two texts of a field."""
    return f"{field.auto_id}-theirs"


def error_links(form: "forms.BaseForm | forms.BaseFormSet[Any]") -> list[ErrorLink]:
    """Return the errors of a form or a formset, in the order in which its fields are shown."""
    if isinstance(form, forms.BaseFormSet):
        general = [ErrorLink("", str(message)) for message in form.non_form_errors()]
        return general + [link for part in form.forms for link in error_links(part)]
    general = [
        ErrorLink(f"#{choice_id(error.field)}" if isinstance(error, ChoiceError) else "", message)
        for error in form.non_field_errors().as_data()
        for message in error.messages
    ]
    return general + [
        ErrorLink(f"#{target}" if (target := first_control_id(field)) else "", message)
        for field in form
        for message in messages(field)
    ]


def messages(field: BoundField) -> list[str]:
    """Return a field's errors in words that name the field: Django's "This field is required"
    helps nobody in a summary of several."""
    return [_naming(field, str(message)) for message in field.errors]


def _naming(field: BoundField, message: str) -> str:
    if message != str(forms.Field.default_error_messages["required"]):
        return message
    label = str(field.label)
    if isinstance(field.field.widget, forms.CheckboxInput):
        return f"Tick the box: “{label}”"
    # "E-mail address" becomes "e-mail address"; "CSP days" stays.
    words = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    chosen = isinstance(field.field.widget, forms.widgets.ChoiceWidget | forms.FileInput)
    return f"{'Choose' if chosen else 'Enter'} {words}"


def first_control_id(field: BoundField) -> str:
    """Return the id of the first thing a person can focus in a field; "" when there is none."""
    if field.is_hidden:
        return ""
    if isinstance(field.field.widget, DateParts):
        return f"{field.auto_id}_0"
    if getattr(field.field.widget, "use_fieldset", False):
        return next((option.id_for_label for option in field.subwidgets), "")
    return field.id_for_label or ""


class DateParts(forms.MultiWidget):
    """Day, month and year in three text boxes: never a date picker."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(DATE_PARTS, forms.TextInput), attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DatePartsField(forms.Field):
    """A whole date typed in three parts. Cleans to a `date`, or None when empty and optional."""

    widget = DateParts

    def to_python(self, value: Iterable[str | None] | None) -> date | None:
        parts = [(part or "").strip() for part in value or ()]
        if not any(parts):
            return None
        missing = [name for name, part in zip(DATE_PARTS, parts, strict=True) if not part]
        if missing:
            raise ValidationError(
                f"{self.label or 'Date'} must include a {' and a '.join(missing)}"
            )
        try:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(f"{self.label or 'Date'} must be a real date") from None

    def has_changed(self, initial: date | None, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class PreciseDateParts(DateParts):
    """Day, month and year, of which a month or a year alone will do, or a date in words."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = (*DATE_PARTS, "words")
        forms.MultiWidget.__init__(self, dict.fromkeys(boxes, forms.TextInput), attrs)

    def decompress(self, value: Any) -> list[str]:
        if not isinstance(value, PreciseDate):
            return ["", "", "", ""]
        if value.precision == "words":
            return ["", "", "", value.stored]
        year, month, day = [*value.stored.split("-"), "", ""][:3]
        return [day.lstrip("0"), month.lstrip("0"), year, ""]


class PreciseDatePartsField(forms.Field):
    """A date as precise as it is known. Cleans to a `PreciseDate`, or None when left empty."""

    widget = PreciseDateParts

    def to_python(self, value: Iterable[str | None] | None) -> PreciseDate | None:
        parts = [(part or "").strip() for part in value or ()] or [""] * 4
        *figures, words = parts
        if words and any(figures):
            raise ValidationError("Give the date in figures or in words, not in both")
        try:
            return PreciseDate(words or self._stored(figures)) if any(parts) else None
        except ValueError:
            raise ValidationError(f"{self.label or 'Date'} must be a real date") from None

    def _stored(self, figures: list[str]) -> str:
        day, month, year = figures
        if not year or (day and not month):
            missing = "month" if year else "year"
            raise ValidationError(f"{self.label or 'Date'} must include a {missing}")
        widths = zip((year, month, day), (4, 2, 2), strict=True)
        return "-".join(f"{int(part):0{width}}" for part, width in widths if part)


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records, each in a box to tick."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": "Choose from what is offered"}

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:  # a key larger than SQLite's integers
            raise ValidationError(self.error_messages["invalid_choice"]) from None


class _Styled:
    """What both base forms share. `cancel_href` shows a Cancel link beside the button."""

    submit_label = "Save"
    cancel_href = ""
    form_id = ""  # by which a choice that stands outside the form belongs to it
    keeps_draft = False  # what is typed is kept while it is not saved: see partnership.drafts
    draft = None
    use_required_attribute = False
    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Pass every text through `clean_text`, the one door for text."""
        super().clean()  # type: ignore[misc]
        for name, value in self.cleaned_data.copy().items():
            if isinstance(value, str):
                self._clean_words(name, value)
        return self.cleaned_data

    def _clean_words(self, name: str, value: str) -> None:
        try:
            self.cleaned_data[name] = clean_text(value)
        except ValidationError as error:
            self.add_error(name, error)  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        """The one way our forms are drawn: `{% crispy form %}`. Override `layout` to group."""
        helper = FormHelper(self)
        helper.attrs = {"novalidate": True}
        if form_id := self.form_id or ("form" if "version" in self.fields else ""):
            helper.attrs["id"] = form_id
        if self.keeps_draft:
            helper.attrs["data-draft"] = ""
        helper.cancel_href = self.cancel_href
        helper.add_input(Submit("", self.submit_label))
        return helper


class BaseForm(_Styled, forms.Form):
    """The base of every form without a model."""


class BaseModelForm(_Styled, forms.ModelForm):
    """The base of every form with a model. Its `save` is not for views: they call a service."""
