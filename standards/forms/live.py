"""What is put right in a room: its recorder, a score to be reopened or corrected."""

from decimal import Decimal
from typing import Any

from django import forms

from partnership.forms import BaseForm
from partnership.numbers import plain
from partnership.submitting import version_field

from ..models import Exercise, WorkingGroup
from ..scale import SCALE_HIGH, SCALE_LOW

NOT_APPLICABLE = "not_applicable"


class RecorderForm(BaseForm):
    """Who of those in the group keeps its record from now on."""

    recorder = forms.ChoiceField(label="Recorder", widget=forms.RadioSelect)
    submit_label = "Let this person keep the record"

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.identifier: seat for seat in group.participants.select_related("user")}
        field: Any = self.fields["recorder"]
        field.choices = [(key, seat.user.name) for key, seat in self.seats.items()]


class ReopenForm(BaseForm):
    """Why an agreed score is opened again."""

    reason = forms.CharField(
        label="Why it is reopened",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the history of the score.",
    )
    submit_label = "Reopen the score"


class CorrectionForm(BaseForm):
    """An agreed score as it should have been, and why it is corrected."""

    answer = forms.ChoiceField(
        label="Agreed score", widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"})
    )
    reason = forms.CharField(
        label="The group’s reason", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    correction = forms.CharField(
        label="Why it is corrected",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the history of the score.",
    )
    version = version_field()
    submit_label = "Correct the score"

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["answer"]
        steps = 2 if exercise.half_points else 1
        field.choices = [
            *((value, value) for value in _steps(steps)),
            (NOT_APPLICABLE, "Not applicable"),
        ]


def _steps(per_one: int) -> list[str]:
    halves = range(SCALE_LOW * per_one, SCALE_HIGH * per_one + 1)
    return [plain(Decimal(each) / per_one) for each in halves]
