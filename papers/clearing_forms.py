"""What officers fill in about who cleared a paper."""

from typing import Any

from django import forms
from django.utils import timezone

from partnership.forms import BaseForm, DatePartsField
from partnership.submitting import version_field


class ClearanceForm(BaseForm):
    """Who cleared the paper, for what, and when."""

    name = forms.ChoiceField(label="What is cleared", widget=forms.RadioSelect)
    cleared_by = forms.CharField(
        label="Cleared by", max_length=120, help_text="A job title, not a name."
    )
    cleared_on = DatePartsField(label="Cleared on", help_text="For example, 8 3 2027.")
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Anything said with it, such as the version that was read.",
    )
    keeps_draft = True
    submit_label = "Record the clearance"

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: Any = self.fields["name"]
        name.choices = [(each, each) for each in names]
        self.initial.setdefault("cleared_on", timezone.localdate())


class WithdrawalForm(BaseForm):
    """Why a clearance is taken back."""

    reason = forms.CharField(
        label="Why it is withdrawn", max_length=500, help_text="Kept with the clearance."
    )
    version = version_field()
    submit_label = "Withdraw the clearance"
