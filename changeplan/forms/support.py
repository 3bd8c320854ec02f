"""What is filled in about days: programmes, what is asked of them, agreed, approved, delivered."""

import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnership import links
from partnership.forms import BaseForm, BaseModelForm, DatePartsField
from partnership.models import Meeting, Versioned
from partnership.submitting import version_field

from ..models import ChangePlan, SupportAllocation, SupportDelivery, SupportEntitlement
from .fields import AcknowledgedField, DaysField, LinesField, prose
from .offered import ManyOf, Offers, OneOf, without_unchanged

# What a browser's form has of these names itself, a field would hide from scripts.
SENT_AS = {"form": "takes_form", "action": "asked_by"}
IN_QUARTERS = "In quarters, for example 2, 2.5 or 2¼."


def _not_to_come(day: datetime.date | None) -> datetime.date | None:
    if day and day > timezone.localdate():
        raise ValidationError("Enter a date that is not still to come")
    return day


class _VersionedForm(BaseModelForm):
    """A form that is based on a version of its record, where there is one already."""

    version = version_field()
    keeps_draft = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record: Versioned = self.instance
        if record.pk:
            self.initial["version"] = record.version

    def _post_clean(self) -> None:
        """Leave the record as it is. `records` checks it when it is saved, and asks the database
        about each rule, with a query for each, only where one is broken."""


class EntitlementForm(_VersionedForm):
    """What a support programme offers."""

    programme = forms.CharField(label="Name of the programme", max_length=200)
    short_name = forms.CharField(
        label="Short name",
        max_length=60,
        required=False,
        help_text="As tables and warnings call it, for example CSP.",
    )
    provider = forms.CharField(
        label="From whom", max_length=200, required=False, help_text="The body that provides it."
    )
    days = DaysField(
        label="Days available",
        required=False,
        help_text=f"{IN_QUARTERS} Leave it empty if no number is known.",
    )
    is_approximate = forms.TypedChoiceField(
        label="How certain the number is",
        choices=[("False", "Confirmed"), ("True", "Approximate")],
        coerce=lambda chosen: chosen == "True",
        widget=forms.RadioSelect,
        help_text="More days than confirmed cannot be agreed. More than approximately available "
        "can, once you say that you know.",
    )
    condition = prose("Conditional on", "What the days depend on.", rows=3)
    period = forms.CharField(
        label="Period",
        max_length=120,
        required=False,
        help_text="For example April 2026 to March 2027.",
    )
    submit_label = "Save the programme"

    class Meta:
        model = SupportEntitlement
        fields = [
            "programme", "short_name", "provider", "days", "is_approximate", "condition", "period",
        ]  # fmt: skip


class AllocationForm(_VersionedForm):
    """Support asked of a programme for one purpose, which comes from `links.known`. The standards
    that it serves and goes on to serve are not in the cleaned data."""

    purpose = forms.CharField(
        label="What the support is for",
        max_length=300,
        help_text="For example two workshops on the map of decisions.",
    )
    form = forms.ChoiceField(
        label="Form",
        choices=SupportAllocation.Form.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={"required": "Choose the form of the support"},
    )
    events = forms.IntegerField(
        label="Number of events",
        min_value=1,
        max_value=999,
        error_messages={"invalid": "The number of events must be a whole number, such as 2"},
        required=False,
        help_text="How many workshops, sessions or the like.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    focus_areas = LinesField(
        label="Focus areas",
        required=False,
        help_text="One a line.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    detail = prose("Detail")
    estimated = DaysField(
        label="Estimated days",
        required=False,
        help_text=f"{IN_QUARTERS} Leave it empty if nobody has put a figure to it: that is not 0.",
    )
    entitlement = OneOf(label="Programme", required=True)
    action = OneOf(
        label="The action that asks for it",
        none="None: it is for the plan as a whole, or for standards",
    )
    standards = ManyOf(
        label="Standards it serves",
        help_text="Leave all empty where it serves the standards of its action.",
    )
    submit_label = "Save the support"

    class Meta:
        model = SupportAllocation
        fields = [
            "entitlement", "purpose", "form", "events", "focus_areas", "detail", "estimated",
            "action",
        ]  # fmt: skip

    def __init__(self, *args: Any, plan: ChangePlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = Offers(plan)
        standing: dict[str, Any] = {}
        if self.instance.pk:
            served = links.keys(self.instance, "standards")
            self.initial["standards"] = sorted(served)
            standing = {name: getattr(self.instance, name) for name in ("entitlement", "action")}
            standing["standards"] = frozenset(served)
        known = {"entitlement": "programmes", "action": "actions", "standards": "standards"}
        fields: Any = self.fields
        for name, kind in known.items():
            fields[name].offer(partial(self.offers.of, kind), standing.get(name))

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(SENT_AS.get(field_name, field_name))

    def clean(self) -> dict[str, Any]:
        return without_unchanged(super().clean())


class AgreementForm(_VersionedForm):
    """Days agreed with the provider. `acknowledged` is asked for where they are more than an
    approximate entitlement has."""

    agreed = DaysField(label="Days agreed", from_0=True, help_text=IN_QUARTERS)
    confirmed_for_provider_by = forms.CharField(
        label="Confirmed for the provider by",
        error_messages={"required": "Say who confirmed the days for the provider"},
        max_length=120,
        help_text="A job title and a body, for example Programme Lead, Regional Alliance.",
    )
    confirmed_on = DatePartsField(
        label="Confirmed on",
        help_text="The day on which they confirmed it.",
        error_messages={"required": "Enter the day on which they confirmed it"},
    )
    acknowledged = AcknowledgedField()
    submit_label = "Agree the days"
    keeps_draft = False

    class Meta:
        model = SupportAllocation
        fields = ["agreed", "confirmed_for_provider_by", "confirmed_on"]

    @property
    def proposed(self) -> Decimal | None:
        """The days that the form holds, right or refused; None where it holds no number."""
        try:
            found: Decimal | None = self.fields["agreed"].clean(self["agreed"].value())
        except ValidationError:
            return None
        return found

    def clean_confirmed_on(self) -> datetime.date | None:
        return _not_to_come(self.cleaned_data["confirmed_on"])


class AreaForm(_VersionedForm):
    """That the board approved the area of the support: another thing than its days."""

    area_approved_at = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Meeting that approved the area",
        required=False,
        empty_label="Not approved yet",
    )
    area_minute = forms.CharField(
        label="Minute", max_length=60, required=False, help_text="For example 9.2."
    )
    submit_label = "Save the approval"
    keeps_draft = False

    class Meta:
        model = SupportAllocation
        fields = ["area_approved_at", "area_minute"]

    def __init__(self, *args: Any, plan: ChangePlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Meeting.objects.filter(group__partnership=plan.partnership).select_related("group")
        self.fields["area_approved_at"].queryset = held.order_by("-date", "-pk")  # type: ignore[attr-defined]


class DeliveryForm(_VersionedForm):
    """Days delivered on a date."""

    date = DatePartsField(
        label="Date", error_messages={"required": "Enter the date of the delivery"}
    )
    days = DaysField(label="Days delivered", help_text=IN_QUARTERS)
    delivered_by = forms.CharField(
        label="Delivered by",
        max_length=120,
        help_text="A body or a job title.",
        error_messages={"required": "Say who delivered the days"},
    )
    note = prose("Note", rows=3)
    submit_label = "Save the delivery"

    class Meta:
        model = SupportDelivery
        fields = ["date", "days", "delivered_by", "note"]

    def clean_date(self) -> datetime.date | None:
        return _not_to_come(self.cleaned_data["date"])


class RemovalForm(BaseForm):
    """Why something is taken away."""

    reason = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        widget=forms.TextInput,
        help_text="Kept in the history.",
    )
    version = version_field()
