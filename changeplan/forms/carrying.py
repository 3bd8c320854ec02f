"""What was carried over from the plan before, as it is changed and confirmed."""

from typing import Any

from partnership.forms import BaseModelForm, PreciseDatePartsField
from partnership.submitting import version_field

from ..models import Action, StatusStatement
from .fields import prose


class CarriedForm(BaseModelForm):
    """What both kinds have."""

    version = version_field()
    submit_label = "Save and confirm"
    keeps_draft = True


class CarriedStatementForm(CarriedForm):
    """A statement of the current status."""

    text = prose("Current status")

    class Meta:
        model = StatusStatement
        fields = ["text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True


class CarriedActionForm(CarriedForm):
    """What of an action changes most from one cycle to the next; the rest is on its own page."""

    detail = prose("Detail", rows=8)
    due = PreciseDatePartsField(
        label="Due", required=False, help_text="As precise as you know it, or in words."
    )

    class Meta:
        model = Action
        fields = ["heading", "detail", "due", "status", "rating"]
        labels = {"rating": "Red, amber, green"}
