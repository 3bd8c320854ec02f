"""An action, as somebody writes it: what, who, when, and how it is measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from partnership import links
from partnership.forms import BaseForm, PreciseDatePartsField
from partnership.markdown import MarkdownField
from partnership.submitting import version_field
from standards.scale import SCALE_HIGH, SCALE_LOW

from ..models import Action, ChangePlan
from ..services.actions import BODIES, LONGEST_HEADING, RELATIONS
from .offered import ManyOf, Offer, Offers, OneOf, without_unchanged

BOTH_LEADS = "Choose a group or an organisation as the lead, not both"
ENDS_FIRST = "The action is due before it starts: change one of the two dates"
BOTH_OWNERS = "Choose a member or enter a job title as the owner, not both"
SMALL = forms.RadioSelect(attrs={"class": "govuk-radios--small"})
OF_ITS_OWN = {
    *("heading", "detail", "success", "owner_title", "start", "due", "recurrence"),
    *("target_score", "status", "rating", "relied_on_support", "version"),
}


# Legend, its fields, the words for what is folded below them, and that.
GROUPS = (
    ("What is to be done", ("heading", "detail", "standards", "priorities"), "", ()),
    (
        "Who does it",
        ("lead_group", "lead_organisation", "owner", "owner_title"),
        "Who watches over it",
        ("monitored_by", "reports_to"),
    ),
    (
        "When",
        ("start", "due"),
        "How it repeats, and what it waits for",
        ("recurrence", "depends_on"),
    ),
    (
        "How it is measured",
        ("success", "status", "rating"),
        "Target score, and support it relies on",
        ("target_score", "relied_on_support"),
    ),
)


@dataclass(frozen=True)
class FieldGroup:
    """Fields under one legend. Those `folded` are used less; they stand open where one of them
    holds something already, or something wrong."""

    legend: str
    fields: tuple[BoundField, ...]
    more: str
    folded: tuple[BoundField, ...]

    @property
    def is_open(self) -> bool:
        return any(field.errors or field.value() for field in self.folded)


class ActionForm(BaseForm):
    """Everything that a plan says of an action, which comes from `links.known`. What the action is
    linked with and stays is not in the cleaned data."""

    heading = forms.CharField(
        label="Headline",
        max_length=LONGEST_HEADING,
        error_messages={"required": "Enter a headline"},
    )
    detail = MarkdownField(label="Detail", required=False, rows=5)
    standards = ManyOf(label="Standards it serves")
    priorities = ManyOf(label="Improvement priorities it answers")
    lead_group = OneOf(label="Lead: a group")
    lead_organisation = OneOf(label="Or an organisation")
    owner = OneOf(label="Owner: a member of the partnership")
    owner_title = forms.CharField(
        label="Or a job title",
        required=False,
        max_length=120,
        help_text="For somebody who has no account here.",
    )
    monitored_by = OneOf(label="Monitored by")
    reports_to = OneOf(label="Reports to")
    start = PreciseDatePartsField(label="Start", required=False)
    due = PreciseDatePartsField(
        label="Due",
        required=False,
        help_text="As precise as you know it: a day, a month, a year, or in words.",
    )
    recurrence = forms.CharField(
        label="Repeats", required=False, max_length=120, help_text="For example: every quarter."
    )
    depends_on = ManyOf(label="Waits for")
    success = MarkdownField(label="What success means for children and families", required=False)
    target_score = forms.TypedChoiceField(label="Target score", required=False, empty_value=None)
    status = forms.ChoiceField(label="Status", choices=Action.Status.choices, widget=SMALL)
    rating = forms.ChoiceField(
        label="Rating", choices=Action.Rating.choices, required=False, widget=SMALL
    )
    relied_on_support = MarkdownField(
        label="Support it relies on",
        required=False,
        rows=3,
        help_text="Support that this action counts on but does not ask for.",
    )
    version = version_field()
    keeps_draft = True

    def __init__(
        self,
        *args: Any,
        plan: ChangePlan,
        action: Action | None = None,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        fresh = {"status": Action.Status.NOT_STARTED, "rating": ""} | (initial or {})
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial = _said(action) if action else fresh
        self._offer(Offers(plan), action)
        points: Any = self.fields["target_score"]
        points.choices = [("", "None set"), *target_scores(half=plan.exercise.half_points)]
        points.coerce = Action._meta.get_field("target_score").to_python

    def _offer(self, offers: Offers, action: Action | None) -> None:
        groups = partial(offers.of, "groups")
        known: dict[str, Offer] = {
            "standards": partial(offers.of, "standards"),
            "priorities": partial(offers.of, "priorities"),
            "depends_on": lambda: [each for each in offers.of("actions") if each != action],
            "lead_organisation": partial(offers.of, "organisations"),
            "owner": partial(offers.of, "members"),
            **dict.fromkeys(("lead_group", "monitored_by", "reports_to"), groups),
        }
        fields: Any = self.fields
        for name, records in known.items():
            fields[name].offer(records, _standing(action, name) if action else None)

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields as they are shown, without those that have nothing to choose from."""
        return [
            FieldGroup(legend, self._shown(fields), more, self._shown(folded))
            for legend, fields, more, folded in GROUPS
        ]

    def _shown(self, names: Iterable[str]) -> tuple[BoundField, ...]:
        found = (self[name] for name in names)
        return tuple(f for f in found if not isinstance(f.field, ManyOf) or f.field.offered())

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("lead_group") and given.get("lead_organisation"):
            self.add_error("lead_organisation", BOTH_LEADS)
        if given.get("owner") and given.get("owner_title"):
            self.add_error("owner_title", BOTH_OWNERS)
        start, due = given.get("start"), given.get("due")
        if start and due and due.is_before(start):
            self.add_error("due", ENDS_FIRST)
        return without_unchanged(given)


def target_scores(*, half: bool) -> list[tuple[str, str]]:
    """Return the points of the scale, and the half points where an exercise allows them."""
    steps = range(SCALE_LOW * 2, SCALE_HIGH * 2 + 1, 1 if half else 2)
    words = [f"{step // 2}.5" if step % 2 else str(step // 2) for step in steps]
    return [(point, point) for point in words]


def _said(action: Action) -> dict[str, Any]:
    """Return what the action says, by field."""
    said = {name: getattr(action, name) for name in OF_ITS_OWN}
    said |= {name: getattr(action, f"{name}_id") for name in BODIES}
    return said | {name: sorted(links.keys(action, name)) for name in RELATIONS}


def _standing(action: Action, name: str) -> Any:
    return frozenset(links.keys(action, name)) if name in RELATIONS else getattr(action, name)


class RetiringForm(BaseForm):
    """Why an action leaves the plan."""

    reason = forms.CharField(
        label="Why is it retired?",
        error_messages={"required": "Say why it is retired"},
        max_length=500,
        help_text="Kept in the history of the plan. The action can be brought back.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = version_field()
    submit_label = "Retire the action"

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": action.version}, **kwargs)
