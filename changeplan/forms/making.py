"""Making a change plan."""

from typing import Any

from django import forms

from partnership.forms import BaseForm
from partnership.models import Partnership
from standards.models import Exercise

from ..models import ChangePlan


class MakePlanForm(BaseForm):
    """From which exercise, how it is arranged, and whether it starts from the plan before."""

    exercise = forms.ModelChoiceField(
        Exercise.objects.none(),
        label="Exercise",
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="Only exercises that have closed: a plan follows from results that stand.",
    )
    title = forms.CharField(
        label="Title", max_length=200, help_text="For example “Change plan 2026”."
    )
    arrangement = forms.ChoiceField(
        label="How the plan is arranged",
        choices=[
            ("by_standard", "By standard: a row for each, with its score, status and actions"),
            ("by_priority", "By improvement priority: what answers each of them"),
        ],
        widget=forms.RadioSelect,
        initial="by_standard",
    )
    previous = forms.ModelChoiceField(
        ChangePlan.objects.none(),
        label="What it starts from",
        required=False,
        blank=True,
        empty_label="An empty plan",
        widget=forms.RadioSelect,
        help_text="From the last cycle’s plan, the current status and the actions that are not "
        "complete are carried over. You then confirm, change or drop them one by one.",
    )
    submit_label = "Make the plan"
    keeps_draft = True

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["exercise"].queryset = Exercise.objects.filter(partnership=partnership).closed()
        plans = ChangePlan.objects.filter(partnership=partnership).order_by("-pk")
        fields["previous"].queryset = plans.select_related("exercise")
