"""What was carried over from the plan before, as it is changed and confirmed."""

from django import forms

from partnership.forms import BaseModelForm, PreciseDatePartsField
from partnership.submitting import version_field

from ..models import Action, StatusStatement


class CarriedForm(BaseModelForm):
    """What both kinds have."""

    version = version_field()
    submit_label = "Save and confirm"
    keeps_draft = True


class CarriedStatementForm(CarriedForm):
    """A statement of the current status."""

    class Meta:
        model = StatusStatement
        fields = ["text"]
        labels = {"text": "Current status"}
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}


class CarriedActionForm(CarriedForm):
    """What of an action changes most from one cycle to the next; the rest is on its own page."""

    due = PreciseDatePartsField(
        label="Due", required=False, help_text="As precise as you know it, or in words."
    )

    class Meta:
        model = Action
        fields = ["heading", "detail", "due", "status", "rating"]
        labels = {"rating": "Red, amber, green"}
        widgets = {"detail": forms.Textarea(attrs={"rows": 8})}
