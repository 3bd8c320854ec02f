"""Progress on an action, as its owner or a manager reports it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnership.forms import BaseForm, DatePartsField
from partnership.markdown import MarkdownField

from ..models import Action


class ProgressForm(BaseForm):
    """How an action stands on a day."""

    on = DatePartsField(label="As it stood on")
    status = forms.ChoiceField(
        label="Status", choices=Action.Status.choices, widget=forms.RadioSelect
    )
    rating = forms.ChoiceField(
        label="Rating", choices=Action.Rating.choices, required=False, widget=forms.RadioSelect
    )
    text = MarkdownField(
        label="What has happened", rows=5, help_text="What was done, what is in the way, what next."
    )
    keeps_draft = True
    submit_label = "Report progress"

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        now = {"on": timezone.localdate(), "status": action.status, "rating": action.rating}
        super().__init__(*args, initial=now, **kwargs)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError("As it stood on must be today or a day before")
        return day
