"""What is filled in about a partnership's papers: their looks, and what they must have."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError

from partnership.forms import BaseForm
from partnership.rules import RuleBroken
from partnership.submitting import version_field

from ..kinds import FrontSheetSource, Implication
from ..models import PaperSettings
from ..services.house import LARGEST_FILE, require_readable

MOST_LINES, SPARE_LINES, MOST_CLEARANCES = 14, 3, 12
LONGEST_LABEL, LONGEST_CLEARANCE = 120, 60
PARTS = ("place", "label", "source", "is_contact")
IMPLICATIONS = [(each.value, each.label) for each in Implication if each.value]


class FrontLines(forms.MultiWidget):
    """The lines of a front sheet: of each its place, its label, what it shows, whether it names a
    contact. Works as plain boxes, so a line is added by filling in an empty one."""

    def __init__(self) -> None:
        line: dict[str, forms.Widget] = {
            "place": forms.TextInput(),
            "label": forms.TextInput(),
            "source": forms.Select(choices=FrontSheetSource.choices),
            "is_contact": forms.CheckboxInput(),
        }
        super().__init__({f"{n}_{p}": line[p] for n in range(1, MOST_LINES + 1) for p in PARTS})

    def decompress(self, value: Any) -> list[Any]:
        """Return what stands in the boxes for these lines."""
        rows: list[Iterable[Any]] = [
            (place, line["label"], line["source"], bool(line.get("is_contact")))
            for place, line in enumerate(value or (), 1)
        ]
        empty = [("", "", FrontSheetSource.TEXT.value, False)] * (MOST_LINES - len(rows))
        return list(chain(*rows, *empty))


class FrontLinesField(forms.Field):
    """Cleans to the lines in the order of their places: label, source, is_contact."""

    widget = FrontLines

    def prepare_value(self, value: Any) -> Any:
        is_lines = not value or isinstance(value[0], dict)
        return FrontLines().decompress(value) if is_lines else value

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        rows = [dict(zip(PARTS, part, strict=True)) for part in batched(value)]
        kept = [row for row in rows if str(row["label"] or "").strip()]
        kept.sort(key=lambda row: _place(row["place"]))
        return [_line(row) for row in kept]


class SettingsForm(BaseForm):
    """All the settings of a partnership's papers."""

    house_name = forms.CharField(
        label="House name",
        max_length=200,
        required=False,
        help_text="Printed at the head of every paper, above the body that it goes to. Leave it "
        "empty where the logo says it.",
    )
    colour = forms.CharField(
        label="Colour",
        max_length=7,
        help_text="Of titles, rules and the heads of tables: # and six figures or letters, for "
        "example #1d4e6b. It must be readable on white.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    picture = forms.FileField(
        label="Logo",
        required=False,
        max_length=200,
        help_text=f"A PNG or JPEG picture of at most {LARGEST_FILE // 1024 // 1024} MB and 4,000 "
        "pixels a side. Drafts show it from now on; issued papers keep theirs.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"empty": "The logo’s file is empty. Choose another"},
    )
    logo_alternative = forms.CharField(
        label="What the logo shows",
        max_length=200,
        required=False,
        help_text="Read out in place of the picture: the name of the partnership will do.",
    )
    front_sheet = FrontLinesField(
        label="Lines of the front sheet",
        required=False,
        help_text="New papers begin with these, in the order of their places. Empty a label to "
        "leave its line out. The public version may leave contacts out.",
    )
    implications = forms.MultipleChoiceField(
        label="Implications that every paper speaks of",
        choices=IMPLICATIONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A new paper gets a section for each.",
    )
    clearances = forms.CharField(
        label="Who clears a paper before it is issued",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line, for example Finance.",
    )
    version = version_field()
    submit_label = "Save the settings"

    def __init__(self, *args: Any, settings: PaperSettings, **kwargs: Any) -> None:
        known = {n: getattr(settings, n) for n in self.base_fields if hasattr(settings, n)}
        known["clearances"] = "\n".join(settings.clearances)
        super().__init__(*args, initial=known, **kwargs)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        lines = Field("front_sheet", template="papers/house_lines.html")
        fields = [lines if name == "front_sheet" else name for name in self.fields]
        helper.layout = Layout(*fields)
        return helper

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The boxes of the front sheet, line by line: those that are filled in, and a few more."""
        field: Any = self["front_sheet"]
        drawn = field.field.widget.get_context(
            field.html_name, field.value(), {"id": field.auto_id}
        )
        boxes = batched(drawn["widget"]["subwidgets"])
        rows = [dict(zip(PARTS, line, strict=True)) for line in boxes]
        filled = max((n for n, row in enumerate(rows, 1) if row["label"]["value"]), default=0)
        return rows[: filled + SPARE_LINES]

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"].strip().lower()
        colour = colour if colour.startswith("#") else f"#{colour}"
        if not _is_colour(colour):
            raise ValidationError("Write the colour as # and six figures or letters from a to f")
        try:
            require_readable(colour)
        except RuleBroken as broken:
            raise ValidationError(str(broken)) from None
        return colour

    def clean_clearances(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["clearances"].splitlines()]
        names = list(dict.fromkeys(filter(None, lines)))
        if len(names) > MOST_CLEARANCES or any(len(name) > LONGEST_CLEARANCE for name in names):
            raise ValidationError(
                f"Name at most {MOST_CLEARANCES}, each in at most {LONGEST_CLEARANCE} characters"
            )
        return names


def batched(values: list[Any]) -> list[list[Any]]:
    """Return the values of the boxes, line by line."""
    return [values[at : at + len(PARTS)] for at in range(0, len(values), len(PARTS))]


def _place(typed: Any) -> int:
    """Return the place that somebody typed; a line without one comes last."""
    words = str(typed or "").strip()
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 5 else 10_000


def _line(row: dict[str, Any]) -> dict[str, Any]:
    label = str(row["label"]).strip()
    if len(label) > LONGEST_LABEL:
        raise ValidationError(f"Write a label in at most {LONGEST_LABEL} characters")
    if row["source"] not in FrontSheetSource.values:
        raise ValidationError("Choose what the line shows from what is offered")
    line = {"label": label, "source": str(row["source"])}
    return line | ({"is_contact": True} if row["is_contact"] else {})


def _is_colour(words: str) -> bool:
    return len(words) == 7 and words[0] == "#" and set(words[1:]) <= set("0123456789abcdef")
