"""Findings and who raised them, as an officer writes them; and the comments picked for one."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import RadioSelect

from partnership.forms import BaseForm, BaseModelForm, RecordsField
from partnership.markdown import MarkdownField
from partnership.submitting import version_field

from ..comments import comments_of
from ..models import Attribution, Cohort, Comment, Exercise, Finding, Standard, WorkingGroup

GENERAL = "general"


class FilterForm(BaseForm):
    """Which of an exercise's comments are shown. What it does not know, it does not ask for."""

    standard = forms.ChoiceField(label="Standard", required=False)
    side = forms.ChoiceField(
        label="Side", required=False, choices=[("", "Every side"), *Comment.Side.choices]
    )
    group = forms.ChoiceField(label="Working group", required=False)

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standards = exercise.framework.standards.order_by("number")
        groups = WorkingGroup.objects.filter(session__exercise=exercise)
        known = groups.select_related("cohort").order_by("session__number", "number")
        listed: dict[str, list[tuple[str, str]]] = {
            "standard": [
                ("", "Every standard"),
                *((str(each.number), str(each)) for each in standards),
                (GENERAL, "In general"),
            ],
            "group": [
                ("", "Every group"),
                *((g.identifier, f"{g.name}, {g.cohort.name}") for g in known),
            ],
        }
        for name, choices in listed.items():
            field: Any = self.fields[name]
            field.choices = choices

    def chosen(self) -> dict[str, str]:
        """Return what was chosen, by field; a choice that there is not counts for none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self) -> dict[str, object]:
        """Return the same as conditions on comments."""
        by = {"group": "working_group__identifier", "standard": "standard__number"}
        found: dict[str, object] = {by.get(n, n): value for n, value in self.chosen().items()}
        if found.get("standard__number") == GENERAL:
            del found["standard__number"]
            found["standard"] = None
        return found


class PickForm(BaseForm):
    """Comments picked on their page, and a finding to add them to."""

    comments = RecordsField(
        label="Comments",
        queryset=Comment.objects.none(),
        error_messages={"required": "Pick the comments first"},
    )
    finding = forms.ModelChoiceField(
        label="Add to", queryset=Finding.objects.none(), required=False, empty_label="A finding …"
    )
    keeps_draft = True

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "comments", comments_of(exercise))
        _choose(self, "finding", exercise.findings.order_by("kind", "number"))
        finding: Any = self.fields["finding"]
        finding.to_field_name = "identifier"
        finding.label_from_instance = _named

    def clean(self) -> dict[str, Any]:
        super().clean()
        wants = self.data.get("do") == "add" and "finding" not in self.errors
        if wants and not self.cleaned_data.get("finding"):
            self.add_error("finding", "Choose the finding to add them to")
        return self.cleaned_data

    def picked(self) -> set[str]:
        """Return the keys of the comments that are ticked in the form as it is shown."""
        return {str(key) for key in self["comments"].value() or ()}


class FindingForm(BaseModelForm):
    """A strength, a theme or an improvement priority. `kind` is chosen once, when it is made."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind.value, kind.label) for kind in Finding.Kind],
        widget=RadioSelect,
    )
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=300,
        help_text="An improvement priority must have one; a strength or a theme a title or a "
        "description.",
    )
    text = MarkdownField(label="Description", required=False, rows=6)
    standards = RecordsField(
        label="Standards it concerns", queryset=Standard.objects.none(), required=False
    )
    comments = RecordsField(
        label="What it rests on", queryset=Comment.objects.none(), required=False
    )
    version = version_field()
    keeps_draft = True

    class Meta:
        model = Finding
        fields = ["title", "text", "standards", "comments"]

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = comments_of(exercise)
        _choose(self, "comments", self.sources)
        _choose(self, "standards", exercise.framework.standards.order_by("number"))
        self.order_fields(["kind", "title", "text", "standards", "comments", "version"])
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            del self.fields["kind"]

    @property
    def shown_sources(self) -> list[tuple[Comment, bool]]:
        """The comments that it rests on, or did when it was opened, and which are ticked."""
        ticked = {str(getattr(key, "pk", key)) for key in self["comments"].value() or ()}
        saved = self.instance.comments.values_list("pk", flat=True) if self.instance.pk else ()
        keys = {key for key in ticked if key.isascii() and key.isdigit()} | set(map(str, saved))
        shown = self.sources.filter(pk__in=keys) if keys else ()
        return [(comment, str(comment.pk) in ticked) for comment in shown]

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        kind = given.get("kind") or self.instance.kind
        if not given.get("title") and "title" not in self.errors:
            if kind == Finding.Kind.PRIORITY:
                self.add_error("title", "Enter a title: an improvement priority has one")
            elif not given.get("text") and "text" not in self.errors:
                self.add_error("text", "Enter a title or a description")
        return self.cleaned_data


class AttributionForm(BaseModelForm):
    """Who raised a finding: one body at most, or nobody who is named."""

    category = forms.CharField(
        label="Or somebody else",
        required=False,
        max_length=120,
        help_text="Outside the exercise’s groups, for example Head teachers.",
    )
    named_as = forms.CharField(
        label="Printed as",
        required=False,
        max_length=120,
        help_text="Where the group’s own name will not do, for example “Board members”.",
    )
    strength = forms.ChoiceField(
        label="How strongly",
        required=False,
        choices=[
            ("", "They raised it"),
            ("all", "All of them did"),
            ("many", "Many of them did"),
            ("particularly", "They did particularly"),
            ("some", "Some of them did"),
        ],
        widget=RadioSelect,
    )
    point = MarkdownField(
        label="In their words",
        required=False,
        rows=3,
        help_text="What they said, where it differs from the description.",
    )
    reservation = MarkdownField(label="With a reservation", required=False, rows=2)
    version = version_field()
    keeps_draft = True

    class Meta:
        model = Attribution
        fields = [
            "working_group", "cohort", "category", "named_as", "strength", "point", "reservation",
        ]  # fmt: skip
        labels = {"working_group": "A working group", "cohort": "Or a whole cohort"}

    def __init__(self, *args: Any, exercise: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = WorkingGroup.objects.filter(session__exercise=exercise)
        known = groups.select_related("cohort").order_by("session__number", "number")
        _choose(self, "working_group", known, "None")
        _choose(self, "cohort", Cohort.objects.filter(exercise=exercise).order_by("number"), "None")
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        named = [n for n in ("working_group", "cohort", "category") if given.get(n)]
        if len(named) > 1:
            self.add_error(named[-1], "Name one of the three: a group, a cohort or somebody else")
        elif not named and not given.get("point") and "point" not in self.errors:
            self.add_error("point", "Name who raised it, or enter what was said")
        return given


def _choose(form: Any, name: str, known: "QuerySet[Any]", none: str | None = None) -> None:
    """Offer these records; `none` is what the choice of none of them is called."""
    form.fields[name].empty_label = none or getattr(form.fields[name], "empty_label", None)
    form.fields[name].queryset = known


def _named(finding: Finding) -> str:
    return f"{finding.get_kind_display()} {finding.number}: {str(finding)[:80]}"
