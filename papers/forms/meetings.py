"""What officers fill in about meetings, and about the bodies that meet."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from partnership.forms import BaseForm, BaseModelForm, PreciseDatePartsField, RecordsField
from partnership.markdown import MarkdownField
from partnership.models import Group, Meeting, Partnership
from partnership.submitting import version_field

TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I.%M %p", "%I %p"]
MOST_DAYS = 60  # clear days, three months: more is a slip of the pen


class MeetingForm(BaseModelForm):
    """A meeting of a body, to come or over. What it agreed is asked for once it is over."""

    group = forms.ModelChoiceField(
        label="Body", queryset=Group.objects.none(), empty_label="Choose a body"
    )
    date = PreciseDatePartsField(
        label="Date", help_text="For example 8 12 2026. A month or a year alone will do."
    )
    time = forms.TimeField(
        label="Time",
        required=False,
        input_formats=[*TIMES, "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        help_text="For example 14:00 or 2pm.",
        error_messages={"invalid": "Enter a time, for example 14:00 or 2pm"},
    )
    is_special = forms.TypedChoiceField(
        label="Kind of meeting",
        choices=[("False", "Ordinary"), ("True", "Special")],
        initial=False,
        coerce=lambda chosen: chosen == "True",
        widget=forms.RadioSelect,
    )
    joint_with = RecordsField(label="Joint with", queryset=Group.objects.none(), required=False)
    outcome = MarkdownField(
        label="What it agreed",
        required=False,
        rows=6,
        help_text="In your own words. Everybody in the partnership reads this.",
    )
    version = version_field()
    keeps_draft = True
    submit_label = "Save the meeting"

    class Meta:
        model = Meeting
        fields = ["group", "date", "time", "venue", "is_special", "title", "joint_with", "outcome"]
        labels = {"venue": "Venue", "title": "Title"}
        help_texts = {"title": "Where it has one, for example “Self-assessment 2026”."}

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = partnership.groups.order_by("pk")
        for name in ("group", "joint_with"):
            field: Any = self.fields[name]
            field.queryset = bodies
        if not bodies[1:]:
            del self.fields["joint_with"]
        if not (self.instance.pk and _has_begun(self.instance)):
            del self.fields["outcome"]
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        """The service checks the values, and the database whether they stand there already."""


class CallOffForm(BaseForm):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label="Why it is called off",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody in the partnership reads this.",
    )
    version = version_field()
    submit_label = "Call the meeting off"


class RulesForm(BaseModelForm):
    """What a body asks of its meetings."""

    notice_days = forms.IntegerField(
        label="Clear days of notice",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        help_text="Between the day on which papers are published and the day of the meeting. "
        "Neither of these counts, nor do weekends and English bank holidays. Councils have 5.",
    )
    quorum = forms.IntegerField(
        label="Quorum",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        help_text="How many must be present to decide. Leave it empty where there is no rule.",
    )
    version = version_field()

    class Meta:
        model = Group
        fields = ["notice_days", "quorum"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        """The service checks the values."""


def _has_begun(meeting: Meeting) -> bool:
    first = meeting.date.first_day
    return first is None or first <= localdate()
