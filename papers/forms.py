"""What officers fill in about papers."""

from typing import Any

from django import forms

from partnership.forms import BaseForm, BaseModelForm, PreciseDatePartsField
from partnership.models import Meeting
from partnership.submitting import version_field

from .models import Decision, IssuedPaper, Paper

QUORUM = [("", "Not said"), ("True", "Yes"), ("False", "No")]


class IssueForm(BaseForm):
    """Putting a paper to its meeting; a second time it has to say what changed."""

    note = forms.CharField(
        label="What changed since it was last issued",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers see this beside the corrected paper.",
    )

    def __init__(self, *args: Any, last: IssuedPaper | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = last is not None
        if last is None:
            self.fields["note"].widget = forms.HiddenInput()

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return "Issue the correction" if self.fields["note"].required else "Issue the paper"


class DecisionForm(BaseModelForm):
    """What a meeting decided on a recommendation."""

    deferred_to = PreciseDatePartsField(
        label="Deferred to", required=False, help_text="For what was deferred, for example 9 2027."
    )
    was_quorate = forms.TypedChoiceField(
        label="Was there a quorum?",
        choices=QUORUM,
        required=False,
        coerce=lambda chosen: chosen == "True",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why the record is corrected",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept with the correction.",
    )
    version = version_field()
    keeps_draft = True
    submit_label = "Save the decision"

    class Meta:
        model = Decision
        fields = [
            "meeting",
            "outcome",
            "amended",
            "deferred_to",
            "conditions",
            "minute_reference",
            "present",
            "was_quorate",
        ]
        labels = {
            "outcome": "What was decided",
            "amended": "The words as amended",
            "conditions": "Conditions",
            "minute_reference": "Minute",
            "present": "Who was present",
        }
        help_texts = {
            "amended": "For what was approved as amended: the recommendation in its new words.",
            "conditions": "What the decision depends on, if anything.",
            "present": "One a line.",
        }
        widgets = {
            "outcome": forms.RadioSelect,
            "amended": forms.Textarea(attrs={"rows": 3}),
            "conditions": forms.Textarea(attrs={"rows": 2}),
            "present": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings: Any = self.fields["meeting"]
        known = Meeting.objects.filter(group__partnership=paper.partnership_id)
        meetings.queryset = known.select_related("group").order_by("-date", "-pk")
        if paper.agenda_item and not self.instance.pk:
            self.initial.setdefault("meeting", paper.agenda_item.meeting_id)
        outcome: Any = self.fields["outcome"]
        outcome.choices = Decision.Outcome.choices
        if not self.instance.is_confirmed:
            self.fields["reason"].widget = forms.HiddenInput()

    def _post_clean(self) -> None:
        """The service checks what goes together: it leaves out what the outcome has no use for."""
