"""Fields of the plan's forms: days in quarters, lines, and prose."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnership.markdown import MarkdownField
from partnership.numbers import days, plain
from partnership.text import clean_text

from ..allocation import AgreementProblem, read_days

MOST_DAYS = Decimal(1000)
MOST_LINES, LONGEST_LINE = 20, 200
BULLETS = "•·*-– \t"  # as lists come from Word


class DaysField(forms.Field):
    """Days as people write them (see `allocation.read_days`). Cleans to a Decimal, or None when
    empty and optional. `from_0` takes 0 too."""

    widget = forms.TextInput

    def __init__(self, *, from_0: bool = False, **options: Any) -> None:
        self.from_0 = from_0
        super().__init__(**options)
        self.widget.attrs.setdefault("class", "govuk-input--width-5")

    def to_python(self, value: Any) -> Decimal | None:
        words = str(value or "").strip()
        if not words:
            return None
        try:
            found = read_days(words)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if found > MOST_DAYS or not (found or self.from_0):
            raise ValidationError(
                f"Enter {plain(MOST_DAYS)} days or fewer" if found else "Enter more than 0 days"
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class AcknowledgedField(DaysField):
    """By how many days whoever agrees them knows that they are too many. Nothing is shown of it
    until `ask`."""

    is_asked = False

    def __init__(self) -> None:
        widget = forms.HiddenInput
        super().__init__(label="More days than there are", required=False, widget=widget)

    def ask(self, problem: AgreementProblem) -> None:
        """Show the box that says so."""
        words = f"I know that this is {days(problem.excess)} more than there are, approximately"
        box: Any = forms.CheckboxSelectMultiple(choices=[(plain(problem.excess), words)])
        self.widget, self.required, self.is_asked = box, True, True


class LinesField(forms.CharField):
    """Several short texts, one a line. Cleans to a list, without empty lines and bullets."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip(BULLETS) for line in clean_text(super().clean(value)).split("\n")]
        found = [line for line in lines if line]
        if len(found) > MOST_LINES or any(len(line) > LONGEST_LINE for line in found):
            raise ValidationError(
                f"Enter at most {MOST_LINES} lines, each of at most {LONGEST_LINE} characters"
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


def prose(label: str, help_text: str = "", rows: int = 4) -> MarkdownField:
    """Return a field for Markdown that may be left empty."""
    return MarkdownField(label=label, help_text=help_text, required=False, rows=rows)
