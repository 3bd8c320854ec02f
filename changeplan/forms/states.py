"""What is said when a plan goes to the board, and when it comes back."""

from typing import Any

from django import forms

from partnership.forms import BaseForm
from partnership.models import Meeting, Partnership


class StepForm(BaseForm):
    """A step that needs no words. `number`: the version before the board that it is about."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership


class SubmitForm(StepForm):
    """Submitting: what the board should know of the changes."""

    note = forms.CharField(
        label="What changed",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kept with this version: what is new since the last one. Leave it empty for the "
        "first.",
    )
    keeps_draft = True


class ApproveForm(StepForm):
    """An approval: by which meeting, under which minute."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Meeting that approved it",
        required=False,
        empty_label="Not in this list",
    )
    minute_reference = forms.CharField(
        label="Minute",
        required=False,
        max_length=60,
        help_text="Its number or reference, for example 9.2. Needed where the meeting is not in "
        "the list.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Meeting.objects.filter(group__partnership=self.partnership).select_related("group")
        self.fields["meeting"].queryset = held.order_by("-date", "pk")  # type: ignore[attr-defined]


class ReasonForm(StepForm):
    """Why a plan comes back, or is taken out of force."""

    reason = forms.CharField(label="Why", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    keeps_draft = True


class ReturnForm(ReasonForm):
    """Why the board sent the plan back."""

    reason = forms.CharField(
        label="Why the board returned it", widget=forms.Textarea(attrs={"rows": 4})
    )
