"""What a member of a working group sends."""

import secrets
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partnership.forms import BaseForm
from partnership.rules import LONGEST_TEXT

from .models import Comment, Vote, WorkingGroup
from .scale import SCALE_HIGH, SCALE_LOW
from .services.agreeing import Agreement
from .services.voting import Ballot

POINTS = [str(point) for point in range(SCALE_LOW, SCALE_HIGH + 1)]
HALVES = [f"{point}.5" for point in range(SCALE_LOW, SCALE_HIGH)]
NOT_APPLICABLE = Vote.Kind.NOT_APPLICABLE.value


class CodeInput(forms.TextInput):
    """For a code that is read from a screen or a card: no device is to complete or mend it."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "class": "govuk-input--width-10 app-code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        )


class CodeForm(BaseForm):
    """The code of a session, however it is typed."""

    submit_label = "Continue"
    code = forms.CharField(
        label="Code of your session",
        max_length=40,
        help_text="Eight letters and digits, as shown on the screen, for example C4KM 7TXR.",
        widget=CodeInput,
    )


class SeatForm(BaseForm):
    """A working group of a session."""

    submit_label = "Join"
    working_group = forms.ModelChoiceField(
        WorkingGroup.objects.none(),
        to_field_name="identifier",
        empty_label=None,
        widget=forms.RadioSelect,
        label="Your working group",
    )

    def __init__(self, groups: Any, labels: dict[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["working_group"]
        field.queryset = groups
        field.label_from_instance = lambda group: labels.get(group.pk, group.name)
        if len(labels) == 1:
            field.initial = groups.get().identifier


class MoveForm(SeatForm):
    """Another working group of the same session."""

    submit_label = "Move to this group"


class GuestForm(SeatForm):
    """A guest without an account: a name, whom they come from, and a working group."""

    field_order = ["name", "organisation", "working_group"]
    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    organisation = forms.CharField(
        label="Your organisation",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "spellcheck": "false"}),
    )
    token = forms.RegexField(
        r"\A[0-9A-Za-z_-]{1,40}\Z", required=False, widget=forms.HiddenInput, strip=False
    )


class BackForm(BaseForm):
    """A guest's personal code."""

    submit_label = "Go back to my place"
    personal_code = forms.CharField(
        label="Your personal code",
        max_length=40,
        help_text="Six letters and digits. It was shown to you when you joined.",
        widget=CodeInput,
    )


class PersonForm(BaseForm):
    """Somebody without a device."""

    submit_label = "Add this person"
    name = forms.CharField(label="Name", max_length=120)


class ReasonForm(BaseForm):
    """Why something is done over."""

    reason = forms.CharField(
        label="Reason", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )


class VersionField(forms.IntegerField):
    """The version that somebody saw when they wrote; 0 where there was none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=9999, required=False, **options)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class BallotForm(BaseForm):
    """One person's answer in one round: a point, a pass, or not applicable with its reason."""

    answer = forms.ChoiceField(
        label="Your score",
        choices=[(each, each) for each in (*POINTS, Vote.Kind.PASS.value, NOT_APPLICABLE)],
        error_messages={
            "required": "Choose a score, or pass",
            "invalid_choice": "Choose a score from 1 to 5, or pass",
        },
    )
    reason = forms.CharField(max_length=LONGEST_TEXT, required=False)
    round = forms.IntegerField(min_value=1, max_value=99)
    version = VersionField()
    mutation = forms.RegexField(r"\A[0-9A-Za-z-]{1,36}\Z", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("answer") != NOT_APPLICABLE:
            given["reason"] = ""  # typed before the answer was changed
        elif not given.get("reason", "").strip():
            raise ValidationError({"reason": "Say why the standard is not applicable."})
        return given

    def ballot(self, standard: int) -> Ballot:
        """Return the answer as its service takes it, for the standard of this number."""
        given = self.cleaned_data
        is_score = given["answer"] in POINTS
        return Ballot(
            standard=standard,
            round=given["round"],
            kind=Vote.Kind.SCORE.value if is_score else given["answer"],
            value=Decimal(given["answer"]) if is_score else None,
            reason=given["reason"],
            mutation=given["mutation"] or secrets.token_hex(16),
            base_version=given["version"],
        )


class CommentForm(BaseForm):
    """What is said of one standard: any of the three sides, each with the version it changes."""

    working_well = forms.CharField(max_length=LONGEST_TEXT, required=False)
    working_well_version = VersionField()
    to_improve = forms.CharField(max_length=LONGEST_TEXT, required=False)
    to_improve_version = VersionField()
    evidence = forms.CharField(max_length=LONGEST_TEXT, required=False)
    evidence_version = VersionField()

    @property
    def remarks(self) -> list[tuple[str, str, int]]:
        """The sides that were sent, each with its text and version."""
        return [
            (side, self.cleaned_data[side], self.cleaned_data[f"{side}_version"])
            for side in Comment.Side.values
            if side in self.data
        ]


class AgreementForm(BaseForm):
    """What a group agreed."""

    agreed = forms.ChoiceField(
        label="Agreed score",
        choices=[(each, each) for each in (*sorted(POINTS + HALVES), NOT_APPLICABLE)],
        error_messages={
            "required": "Choose the agreed score, or say that the standard is not applicable",
            "invalid_choice": "Choose a score from 1 to 5",
        },
    )
    reason = forms.CharField(max_length=LONGEST_TEXT, required=False)
    score_version = VersionField()
    correction = forms.CharField(max_length=LONGEST_TEXT, required=False)

    @property
    def agreement(self) -> Agreement:
        """What was agreed, as its service takes it."""
        given = self.cleaned_data
        not_applicable = given["agreed"] == NOT_APPLICABLE
        return Agreement(
            value=None if not_applicable else Decimal(given["agreed"]),
            reason=given["reason"],
            not_applicable=not_applicable,
            version=given["score_version"],
        )
