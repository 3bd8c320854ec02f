"""What officers fill in about who cleared a paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnership.forms import BaseForm, DatePartsField
from partnership.submitting import version_field


class ClearancesForm(BaseForm):
    """Who cleared the paper, and when: for each that is still missing, all at once."""

    cleared_on = DatePartsField(label="Cleared on", help_text="For example, 8 3 2027.")
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Anything said with it, such as the version that was read.",
    )
    keeps_draft = True
    submit_label = "Record what is cleared"

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"by_{number}": name for number, name in enumerate(names, 1)}
        asked: dict[str, forms.Field] = {field: _by(name) for field, name in self.names.items()}
        self.fields = asked | self.fields
        self.initial.setdefault("cleared_on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """Bring together, as `cleared_by`, who cleared what by its name."""
        given = super().clean()
        by = {name: given.pop(field, "") for field, name in self.names.items()}
        given["cleared_by"] = {name: who for name, who in by.items() if who}
        if not given["cleared_by"] and not self.errors:
            raise ValidationError("Say who cleared the paper, for one of them at least.")
        return given


def _by(name: str) -> forms.CharField:
    help_text = "A job title, not a name. Leave it empty while it is not cleared."
    label = f"{name}: cleared by"
    return forms.CharField(label=label, required=False, max_length=120, help_text=help_text)


class WithdrawalForm(BaseForm):
    """Why a clearance is taken back."""

    reason = forms.CharField(
        label="Why it is withdrawn", max_length=500, help_text="Kept with the clearance."
    )
    version = version_field()
    submit_label = "Withdraw the clearance"
