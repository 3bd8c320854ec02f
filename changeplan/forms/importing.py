"""What is asked of somebody who sends a file in: the file, and which column is which."""

from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from partnership.forms import BaseForm

from ..exchange.correcting import (
    MOST_CORRECTED,
    Corrected,
    Corrections,
    Doubtful,
    corrected,
    doubtful,
)
from ..exchange.current import CurrentPlan
from ..exchange.fields import BY_KEY, FIELDS, Kind, Part
from ..exchange.proposal import Proposal
from ..exchange.sheet import LARGEST_FILE, Sheet
from ..exchange.taking import nameable
from .fields import AcknowledgedField

LONGEST_EXAMPLE = 160  # characters
NOT_READ = ("", "Not read")
SORTS = {
    Part.STANDARD: "The standard",
    Part.ACTION: "The action",
    Part.SUPPORT: "The support asked for",
}
TELLING = {field.key for field in FIELDS if field.kind != Kind.SHOWN} - {"standard"}
MEGABYTE = 1024 * 1024


class UploadForm(BaseForm):
    """The file."""

    file = forms.FileField(
        label="File with the plan",
        help_text="Word (.docx), Excel (.xlsx) or CSV, up to "
        f"{LARGEST_FILE // MEGABYTE} MB. The plan stands in one table, a heading above each "
        "column.",
        max_length=200,
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another"},
    )
    submit_label = "Continue"

    def clean_file(self) -> UploadedFile:
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST_FILE:
            raise ValidationError(
                f"The file is larger than {LARGEST_FILE // MEGABYTE} MB. Copy the plan’s table "
                "into a new file and send that"
            )
        return sent


class ColumnsForm(BaseForm):
    """What each column of the file holds. `columns` maps a field's key to a column's place."""

    submit_label = "Continue"

    def __init__(self, *args: Any, sheet: Sheet, columns: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guessed = {place: key for key, place in columns.items()}
        for place, heading in enumerate(sheet.headings):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading or f"Column {place + 1}, without a heading",
                choices=[NOT_READ, *_choices()],
                required=False,
                initial=guessed.get(place, ""),
            )
        self.sheet = sheet

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row for each column: its field, and what its first cells say."""
        return [
            {
                "field": self[f"column-{place}"],
                "examples": [_shortened(words) for words in self.sheet.examples(place)],
            }
            for place in range(len(self.sheet.headings))
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        taken: dict[str, str] = {}
        for name, key in self.cleaned_data.copy().items():
            if key in taken:
                said = f"Two columns cannot both hold “{BY_KEY[key].heading}”"
                self.add_error(name, f"{said}: see “{self.fields[taken[key]].label}”")
            elif key:
                taken[key] = name
        if not self.errors and not TELLING & taken.keys():
            raise ValidationError(
                "Say which column holds the actions, the current status or the support"
            )
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, int]:
        """What was chosen."""
        return {
            key: int(name.removeprefix("column-")) for name, key in self.cleaned_data.items() if key
        }


class CheckForm(BaseForm):
    """Which rows are left out, and the words for values that are doubtful. `acknowledged` is asked
    for where the file says that more days are agreed than approximate entitlements have."""

    acknowledged = AcknowledgedField()

    def __init__(
        self, *args: Any, proposal: Proposal, plan: CurrentPlan, kept: Corrections, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposal, self.plan, self.corrections = proposal, plan, kept
        for row in range(len(proposal.rows)):
            self.fields[f"skip-{row}"] = forms.BooleanField(
                label="Leave this row out", required=False, initial=row in kept.skipped
            )
        for doubt in islice(doubtful(proposal), MOST_CORRECTED):
            words = kept.values.get(doubt.name, doubt.words)
            self.fields[doubt.name] = _correction(doubt, words, plan)

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        skipped = {name.removeprefix("skip-") for name in given if name.startswith("skip-")}
        self.corrections = Corrections(
            frozenset(int(row) for row in skipped if given[f"skip-{row}"]),
            {name: words for name, words in given.items() if name.startswith("value-")},
        )
        for name, problem in self.corrected.problems.items():
            self.add_error(name, problem)
        return self.cleaned_data

    @property
    def corrected(self) -> Corrected:
        """The proposal as it is corrected so far."""
        return corrected(self.proposal, self.corrections, self.plan)


def _correction(doubt: Doubtful, words: str, plan: CurrentPlan) -> forms.Field:
    """Return the field in which a doubtful value is corrected: a choice where there is one."""
    known = doubt.field
    options: dict[str, Any] = {"label": known.heading, "required": False, "initial": words}
    choices = [meant[0] for meant in known.choices.values()]
    if known.kind == Kind.BODY:
        given = [doubt.words, words] if known.key == "programme" else [""]
        names = (body.names[0] for body in nameable(known, plan))
        choices = list(dict.fromkeys([*given, *names]))
    if choices:
        shown = [(each, each or "Nobody") for each in choices]
        return forms.ChoiceField(choices=shown, **options)
    return forms.CharField(max_length=known.longest, **options)


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (words, [(field.key, field.heading) for field in FIELDS if field.part == part])
        for part, words in SORTS.items()
    ]


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_EXAMPLE else f"{words[: LONGEST_EXAMPLE - 1]}…"
