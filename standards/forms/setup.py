"""Exercises, sessions, working groups and those who run them, as somebody fills them in."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from partnership.dates import PreciseDate
from partnership.forms import BaseForm, BaseModelForm, PreciseDatePartsField, RecordsField
from partnership.models import Group, Membership, Partnership, User
from partnership.roles import Permission, roles_with
from partnership.submitting import version_field

from ..analysis import Method
from ..models import Exercise, Session, WorkingGroup

NEW, NOBODY = "+", ("", "Nobody yet")


def _either(label: str, yes: str, no: str, help_text: str = "") -> forms.TypedChoiceField:
    """A choice between two ways, each in its own words."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[("True", yes), ("False", no)],
        coerce=lambda chosen: chosen == "True",
        widget=forms.RadioSelect,
    )


class ExerciseForm(BaseModelForm):
    """What an exercise is about, and the promises under which people will score in it."""

    purpose = forms.CharField(
        label="Purpose",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Why the partnership does this. Shown at the head of the exercise.",
    )
    date = PreciseDatePartsField(
        label="Date",
        required=False,
        help_text="As precise as you know it, for example 3 2027, or in words.",
    )
    is_scored = _either(
        "What groups give",
        "A score from 1 to 5 for each standard, and comments",
        "Comments only, without scores",
    )
    half_points = _either(
        "Agreed scores",
        "Whole and half points",
        "Whole points only",
        "Members always vote in whole points.",
    )
    votes_first = _either(
        "How groups score",
        "Everyone votes in private, then the group agrees",
        "The group records its agreed score only",
    )
    shows_names = _either(
        "After votes are revealed, a group sees",
        "How many voted what, and who",
        "How many voted what, without names",
        "People are told this before they vote. It cannot change after the first vote.",
    )
    averaging = forms.ChoiceField(
        label="How averages are made",
        choices=[(each.value, each.words) for each in Method if each != Method.RECORDED_FIGURES],
        widget=forms.RadioSelect,
        help_text="Printed beside the results and in the paper.",
    )
    previous = forms.ModelChoiceField(
        Exercise.objects.none(), label="The exercise before", required=False, empty_label="None"
    )
    shows_previous = _either(
        "While groups score",
        "Show the result of the exercise before",
        "Do not show earlier results",
    )
    version = version_field()
    submit_label = "Save the exercise"

    class Meta:
        model = Exercise
        fields = [
            "title",
            "purpose",
            "framework",
            "date",
            "is_scored",
            "half_points",
            "votes_first",
            "shows_names",
            "averaging",
            "previous",
            "shows_previous",
        ]

    def __init__(
        self, *args: Any, known: QuerySet[Exercise], partnership: Partnership, **kwargs: Any
    ) -> None:
        """`known` are the exercises of the partnership that the user may know of."""
        super().__init__(*args, **kwargs)
        self.others = Exercise.objects.filter(partnership=partnership).exclude(pk=self.instance.pk)
        before = Q(pk__in=known.values("pk")) | Q(pk=self.instance.previous_id)
        self.fields["previous"].queryset = self.others.filter(before)  # type: ignore[attr-defined]
        self.fields["framework"].empty_label = None  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        method = Method(self.instance.averaging)
        if method == Method.RECORDED_FIGURES:  # of an exercise known from its printed averages
            averaging: Any = self.fields["averaging"]
            averaging.choices = [*averaging.choices, (method.value, method.words)]

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if self.others.filter(title__iexact=title).exists():
            raise ValidationError("Another exercise of this partnership has this title")
        return title


class SessionForm(BaseModelForm):
    """One sitting of an exercise."""

    date = PreciseDatePartsField(
        label="Date",
        required=False,
        help_text="As precise as you know it, for example 8 2 2027, or in words.",
    )
    finishes = forms.TimeField(
        label="When the room must finish",
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        help_text="On the 24-hour clock, for example 16:30. The live board counts down to it.",
        error_messages={"invalid": "Enter a time on the 24-hour clock, for example 16:30"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    groups = RecordsField(label="Groups it is for", queryset=Group.objects.none(), required=False)
    is_joint = forms.BooleanField(label="The groups sit jointly", required=False)
    version = version_field()
    submit_label = "Save the session"

    class Meta:
        model = Session
        fields = ["title", "date", "finishes", "venue", "groups", "is_joint"]

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = partnership.groups.order_by("pk")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        if self.instance.ends_at:
            self.initial["finishes"] = timezone.localtime(self.instance.ends_at).strftime("%H:%M")

    def clean(self) -> dict[str, Any]:
        super().clean()
        date, finishes = self.cleaned_data.get("date"), self.cleaned_data.pop("finishes", None)
        day = date.first_day if isinstance(date, PreciseDate) and date.precision == "day" else None
        if finishes and not day and "date" not in self.errors:
            self.add_error("date", "Give the day of the session, for a time to finish")
        ends = datetime.combine(day, finishes) if finishes and day else None
        self.cleaned_data["ends_at"] = timezone.make_aware(ends) if ends else None
        return self.cleaned_data


class GroupForm(BaseForm):
    """A working group: its cohort is one of the exercise's, or a new one."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    cohort = forms.ChoiceField(
        label="Cohort", help_text="Groups of a cohort are compared with others."
    )
    new_cohort = forms.CharField(
        label="New cohort",
        max_length=120,
        required=False,
        help_text="For example Strategic, Operational or Young people.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    expected = forms.IntegerField(
        label="People expected",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    recorder = forms.ChoiceField(
        label="Recorder",
        required=False,
        help_text="Keeps the group’s record. You can also choose when people have joined.",
    )
    version = version_field()
    submit_label = "Save the working group"

    def __init__(
        self, *args: Any, session: Session, group: WorkingGroup | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.group = session, group
        cohorts = [(name, name) for name in session.exercise.cohorts.values_list("name", flat=True)]
        field: Any = self.fields["cohort"]
        field.choices = [*cohorts, (NEW, "A new one")]
        if not cohorts:
            del self.fields["cohort"]
        recorder: Any = self.fields["recorder"]
        recorder.choices = [NOBODY, *people_to_record(session, group)]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = self.session.working_groups.all()
        if self.group:
            others = others.exclude(pk=self.group.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("Another working group of this session has this name")
        return name

    def clean(self) -> dict[str, Any]:
        super().clean()
        new, chosen = (
            self.cleaned_data.pop("new_cohort", "").strip(),
            self.cleaned_data.get("cohort"),
        )
        self.cleaned_data["cohort"] = new or chosen
        if not new and chosen == (NEW if "cohort" in self.fields else None):
            self.add_error("new_cohort", "Enter the name of the new cohort")
        return self.cleaned_data


def people_to_record(session: Session, group: WorkingGroup | None) -> list[tuple[str, str]]:
    """Return who may keep a group's record: the partnership's members, and who has joined it."""
    members = Membership.objects.current().filter(
        partnership=session.exercise.partnership, role__in=roles_with(Permission.TAKE_PART)
    )
    known = User.objects.filter(pk__in=members.exclude(user__email=None).values("user"))
    if group:
        known |= User.objects.filter(pk__in=group.participants.values("user"))
    return [(user.identifier, user.name) for user in known.order_by("name", "pk")]


class FacilitatorForm(BaseForm):
    """Somebody, perhaps an outsider, to run this exercise until it closes."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="We write to them with the way in. No password is sent.",
    )
    submit_label = "Invite as facilitator"


class LevelForm(BaseForm):
    """What a level of the scale means, in the partnership's own words."""

    wording = forms.CharField(
        label="In your own words",
        max_length=200,
        required=False,
        help_text="Leave it empty to go back to the words it had.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = version_field()
    submit_label = "Save the wording"
