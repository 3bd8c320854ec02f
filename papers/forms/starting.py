"""What is filled in to start a paper, and to say what it is about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from changeplan.models import ChangePlan
from partnership.forms import BaseForm, BaseModelForm
from partnership.markdown import MarkdownField
from partnership.models import Group, Meeting, Partnership
from partnership.submitting import version_field
from standards.models import Exercise

from ..models import AgendaItem, FrontSheetField, Paper

KINDS = [
    (Paper.Kind.RESULTS, "Results: who scored, what came of it and what was said"),
    (Paper.Kind.CHANGE_PLAN, "Change plan: a summary, and the plan for the board to approve"),
    (Paper.Kind.EVALUATION, "Evaluation: what works well, priorities and what answers them"),
    (Paper.Kind.BLANK, "Report: headings alone, on anything"),
]


class ItemField(forms.ModelChoiceField):
    """An item of the agendas to come."""

    def label_from_instance(self, item: Any) -> str:
        return f"{item.meeting}, item {item}"


class StartForm(BaseForm):
    """Which kind of paper, and what it is made from."""

    kind = forms.ChoiceField(label="Kind of paper", choices=KINDS, widget=forms.RadioSelect)
    exercise = forms.ModelChoiceField(
        Exercise.objects.none(),
        label="Exercise",
        required=False,
        empty_label="None",
        help_text="Exercises that have closed. A change plan brings its own.",
    )
    plan = forms.ModelChoiceField(
        ChangePlan.objects.none(),
        label="Change plan",
        required=False,
        empty_label="None",
        help_text="For a change plan paper, and for what is to name its actions.",
    )
    addressed_to = forms.ModelChoiceField(
        Group.objects.none(),
        label="Body that it goes to",
        required=False,
        empty_label="Not said yet, or that of the meeting",
    )
    agenda_item = ItemField(
        AgendaItem.objects.none(),
        label="Agenda item",
        required=False,
        empty_label="Not on an agenda yet",
    )
    title = forms.CharField(
        label="Title",
        max_length=300,
        required=False,
        help_text="Left empty, the paper takes the usual one of its kind. You can change it later.",
    )
    submit_label = "Start the paper"
    keeps_draft = True

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["exercise"].queryset = Exercise.objects.filter(partnership=partnership).closed()
        plans = ChangePlan.objects.filter(partnership=partnership)
        fields["plan"].queryset = plans.order_by("-pk")
        fields["addressed_to"].queryset = bodies(partnership)
        fields["agenda_item"].queryset = AgendaItem.objects.filter(
            meeting__in=Meeting.objects.filter(group__partnership=partnership)
        ).select_related("meeting__group")
        fields["agenda_item"].queryset = fields["agenda_item"].queryset.order_by(
            "-meeting__date", "number"
        )

    def clean(self) -> dict[str, Any]:
        """Say beside its field what the kind of paper still needs; the service holds the rule."""
        given = super().clean()
        kind = given.get("kind")
        if kind == Paper.Kind.CHANGE_PLAN and not given.get("plan"):
            self.add_error("plan", ValidationError("Choose the change plan that it is about"))
        needs = kind in (Paper.Kind.RESULTS, Paper.Kind.EVALUATION)
        if needs and not (given.get("exercise") or given.get("plan")):
            self.add_error("exercise", ValidationError("Choose the exercise that it is about"))
        return given


class AboutForm(BaseModelForm):
    """What a paper says of itself."""

    version = version_field()
    keeps_draft = True

    class Meta:
        model = Paper
        fields = ["title", "purpose", "author", "addressed_to", "plan", "hides_contacts"]
        labels = {
            "purpose": "What it is for",
            "author": "Report of",
            "addressed_to": "Body that it goes to",
            "plan": "Change plan",
            "hides_contacts": "Leave contact details out of the public version",
        }
        help_texts = {
            "author": "A job title or a body, never a person’s name.",
            "hides_contacts": "",
        }
        widgets = {"purpose": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        paper: Paper = self.instance
        self.initial["version"] = paper.version
        fields["purpose"].choices = Paper.Purpose.choices
        fields["addressed_to"].queryset = bodies(paper.partnership)
        plans = ChangePlan.objects.filter(partnership=paper.partnership_id).order_by("-pk")
        fields["plan"].queryset = plans
        if paper.exercise_id:
            fields["plan"].queryset = plans.filter(exercise=paper.exercise_id)
        fields["plan"].required = paper.kind == Paper.Kind.CHANGE_PLAN

    def _post_clean(self) -> None:
        """The service checks what goes together."""


class LineForm(BaseModelForm):
    """A line of the front sheet."""

    value = MarkdownField(
        label="Text",
        rows=3,
        required=False,
        help_text="What the line says, where it shows a text of your own.",
    )
    version = version_field()
    submit_label = "Save the line"
    keeps_draft = True

    class Meta:
        model = FrontSheetField
        fields = ["label", "source", "value", "is_contact"]
        labels = {"source": "What it shows", "is_contact": "These are contact details"}
        help_texts = {"is_contact": "The public version may leave them out."}
        widgets = {"source": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        """The service leaves the text out where the line shows something else."""


def bodies(partnership: Partnership) -> Any:
    """Return the partnership's groups, its boards first, then by name."""
    return Group.objects.filter(partnership=partnership).order_by("kind", "name")
