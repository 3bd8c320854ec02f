"""What officers fill in about what a meeting decided, and managers about what it wants changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from partnership.forms import BaseForm, BaseModelForm, PreciseDatePartsField
from partnership.markdown import MarkdownField
from partnership.models import Group, Meeting
from partnership.numbers import listing
from partnership.submitting import version_field

from ..models import Decision, Paper, Recommendation

QUORUM = [("", "Not said"), ("True", "Yes"), ("False", "No")]
PRESENT = "Who was present"
NOT_NOW = ("", "Not recorded now")
OF_ONE = ("outcome", "amended", "deferred_to", "conditions", "minute_reference")
DAY = timedelta(days=1)
LAST = "9999"  # before any date in words
SMALL = forms.RadioSelect(attrs={"class": "govuk-radios--small"})


@dataclass(frozen=True)
class Row:
    """A recommendation on the page of all: `more` is what few decisions need, `is_open` where
    something stands in it."""

    recommendation: Recommendation
    outcome: BoundField
    more: tuple[BoundField, ...]

    @property
    def is_open(self) -> bool:
        return any(field.errors or field.value() for field in self.more)


def present_help(groups: Iterable[Group]) -> str:
    """Return what to give as present, with the quorum of each body that has one."""
    known = {group.pk: group for group in groups if group.quorum}
    quorums = listing(f"{group.name} {group.quorum}" for group in known.values())
    said = f" Quorum: {quorums}." if known else ""
    return f"Names, one a line, or only how many.{said}"


def offer_meetings(form: Any, paper: Paper) -> None:
    """Offer the partnership's meetings that are not to come, the latest first, and choose that of
    the paper's agenda, for a form on a decision that is not recorded yet."""
    known = Meeting.objects.filter(group__partnership=paper.partnership_id)
    tomorrow = (timezone.localdate() + DAY).isoformat()
    known = known.exclude(date__range=(tomorrow, LAST))
    form.fields["meeting"].queryset = known.select_related("group").order_by("-date", "-pk")
    if paper.agenda_item and not getattr(getattr(form, "instance", None), "pk", None):
        form.initial.setdefault("meeting", paper.agenda_item.meeting_id)


class AllDecisionsForm(BaseForm):
    """What a meeting decided on every recommendation of a paper, with what goes for all of them
    given once. `rows` are the recommendations with their own fields."""

    meeting = forms.ModelChoiceField(queryset=Meeting.objects.none())
    minute_reference = forms.CharField(label="Minute", required=False, max_length=60)
    present = forms.CharField(
        label=PRESENT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    confirm = forms.BooleanField(
        label="This is as minuted: confirm it now",
        required=False,
        help_text="What is approved as amended stays open until you have said what is to change "
        "in the plan, and all of it where there was no quorum.",
    )
    keeps_draft = True
    submit_label = "Save the decisions"

    def __init__(
        self, *args: Any, paper: Paper, recommendations: Iterable[Recommendation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recommendations = list(recommendations)
        offer_meetings(self, paper)
        asked = (each.asked_of for each in self.recommendations)
        self.fields["present"].help_text = present_help(asked)
        for each in self.recommendations:
            self.fields |= _fields_of(each.number)

    @property
    def shared(self) -> list[BoundField]:
        return [self["meeting"], self["minute_reference"], self["present"]]

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                each,
                self[f"outcome-{each.number}"],
                tuple(self[f"{name}-{each.number}"] for name in OF_ONE[1:]),
            )
            for each in self.recommendations
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for number in self._decided(given):
            outcome = given[f"outcome-{number}"]
            if outcome == Decision.Outcome.AMENDED and not given.get(f"amended-{number}"):
                self.add_error(f"amended-{number}", "Give the words as amended")
            if outcome == Decision.Outcome.DEFERRED and not given.get(f"deferred_to-{number}"):
                self.add_error(f"deferred_to-{number}", "Say to when it was deferred")
        return given

    def outcomes(self, given: dict[str, Any]) -> dict[int, dict[str, Any]]:
        """Return what was decided, by the number of its recommendation. A minute of its own
        comes before that of all."""
        found = {}
        for number in self._decided(given):
            values = {name: given.get(f"{name}-{number}") for name in OF_ONE}
            if not values["minute_reference"]:
                del values["minute_reference"]
            found[number] = values
        return found

    def _decided(self, given: dict[str, Any]) -> list[int]:
        known = (each.number for each in self.recommendations)
        return [number for number in known if given.get(f"outcome-{number}")]


def _fields_of(number: int) -> dict[str, forms.Field]:
    """Return the fields of one recommendation, each named with its number."""
    of = f"Recommendation {number}: "
    choices = [*Decision.Outcome.choices, NOT_NOW]
    area = forms.Textarea(attrs={"rows": 3})
    return {
        f"outcome-{number}": forms.ChoiceField(
            label="What was decided", choices=choices, required=False, widget=SMALL
        ),
        f"amended-{number}": forms.CharField(
            label=f"{of}the words as amended", required=False, widget=area
        ),
        f"deferred_to-{number}": PreciseDatePartsField(label=f"{of}deferred to", required=False),
        f"conditions-{number}": forms.CharField(
            label=f"{of}conditions", required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
        f"minute_reference-{number}": forms.CharField(
            label=f"{of}a minute of its own", required=False, max_length=60
        ),
    }


class AmendmentForm(BaseForm):
    """What the board wants changed: a field of an action, in its new words, or in words alone."""

    text = MarkdownField(label="What the board wants", rows=5)
    submit_label = "Add the amendment"


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
            "present": PRESENT,
        }
        help_texts = {
            "amended": "For what was approved as amended: the recommendation in its new words.",
            "conditions": "What the decision depends on, if anything.",
        }
        widgets = {
            "outcome": forms.RadioSelect,
            "amended": forms.Textarea(attrs={"rows": 3}),
            "conditions": forms.Textarea(attrs={"rows": 2}),
            "present": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, paper: Paper, asked_of: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_meetings(self, paper)
        self.fields["present"].help_text = present_help([asked_of])
        outcome: Any = self.fields["outcome"]
        outcome.choices = Decision.Outcome.choices
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        if not self.instance.is_confirmed:
            self.fields["reason"].widget = forms.HiddenInput()

    def _post_clean(self) -> None:
        """The service checks what goes together: it leaves out what the outcome has no use for."""
