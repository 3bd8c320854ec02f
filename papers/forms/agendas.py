"""What officers fill in about agendas."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate

from partnership.forms import BaseForm, BaseModelForm
from partnership.models import Meeting, Partnership
from partnership.pages import due
from partnership.submitting import version_field

from ..models import AgendaItem, Paper
from ..pages.agendas import is_short

NEW = "new"  # before a meeting's identifier: a new item at the end of its agenda


class ItemForm(BaseModelForm):
    """An item of an agenda."""

    late_reason = forms.CharField(
        label="The chair’s reason for taking it late",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For a late item. It is read out, and printed on the agenda.",
    )
    version = version_field()

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "late_reason", "printed"]
        labels = {"title": "Title", "kind": "Kind of item", "printed": "Number as printed"}
        help_texts = {
            "kind": "A standing item can be copied to the next meeting.",
            "printed": "Only where it is another than its place, for example 9a.",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "printed": forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = AgendaItem.Kind.choices
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("kind") == AgendaItem.Kind.LATE and not given.get("late_reason"):
            self.add_error("late_reason", "Give the chair’s reason for taking the item late")
        return given

    def _post_clean(self) -> None:
        """The service checks the values, and drops a reason that the kind has no use for."""


class _Late(BaseForm):
    """A paper that comes to stand on an agenda, whose deadline may have passed."""

    late_reason = forms.CharField(
        label="The chair’s reason for taking it late",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="With a reason, the item becomes a late one.",
    )
    submit_label = "Put it on the agenda"


class PlacePaperForm(_Late):
    """The paper to put on an item."""

    paper = forms.ModelChoiceField(
        label="Paper",
        queryset=Paper.objects.none(),
        to_field_name="identifier",
        empty_label="Choose a paper",
    )
    field_order = ["paper", "late_reason"]

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        paper: Any = self.fields["paper"]
        others = Paper.objects.filter(partnership=item.meeting.group.partnership_id)
        others = others.exclude(agenda_item=item).select_related("agenda_item__meeting__group")
        paper.queryset = others.order_by("state", "-pk")  # drafts before what was put to a meeting
        paper.label_from_instance = _with_place
        if item.kind == AgendaItem.Kind.LATE or not is_short(item.meeting):
            del self.fields["late_reason"]


class OnAgendaForm(_Late):
    """The agenda that a paper comes to stand on: an item there, or a new one at its end. Where its
    deadline has passed, the form warns once: `warned` is the meeting of which it did."""

    place = forms.ChoiceField(label="Agenda item")
    warned = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["place", "late_reason"]

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = _places(paper.partnership)
        place: Any = self.fields["place"]
        place.choices = [("", "Choose an item"), *self._choices()]
        if paper.agenda_item:
            self.initial["place"] = paper.agenda_item.identifier

    def _choices(self) -> Iterable[tuple[str, list[tuple[str, str]]]]:
        for meeting, items in self.places:
            known = [(item.identifier, str(item)) for item in items]
            yield str(meeting), [*known, (f"{NEW}-{meeting.identifier}", "A new item at the end")]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "place" in self.cleaned_data:
            meeting, item = self.chosen()
            if item is None or item.kind != AgendaItem.Kind.LATE:
                self._warn(meeting)
        return self.cleaned_data

    def _warn(self, meeting: Meeting) -> None:
        asked = due(meeting, localdate())
        told = {meeting.identifier} & {self.cleaned_data.get("warned")}
        if asked is None or not asked.is_past or told or self.cleaned_data.get("late_reason"):
            return
        self.data: Any = self.data.copy()
        self.data["warned"] = meeting.identifier
        self.add_error(
            "late_reason",
            f"Papers for this meeting had to be out by {date_format(asked.deadline, 'l j F Y')}. "
            "Give the chair’s reason, or send this again to put the paper there without one",
        )

    def chosen(self) -> tuple[Meeting, AgendaItem | None]:
        """Return the meeting that was chosen, and the item, None for a new one."""
        place = self.cleaned_data["place"]
        for meeting, items in self.places:
            if place == f"{NEW}-{meeting.identifier}":
                return meeting, None
            for item in items:
                if item.identifier == place:
                    return meeting, item
        raise LookupError(place)


def _places(partnership: Partnership) -> list[tuple[Meeting, list[AgendaItem]]]:
    """Return the meetings that are not over, in order, with their items. Two queries."""
    known = Meeting.objects.filter(group__partnership=partnership).select_related("group")
    today = localdate()
    coming = sorted(
        (each for each in known if not each.date.is_past(today)),
        key=lambda each: (each.date.sort_key, each.pk),
    )
    items = list(AgendaItem.objects.filter(meeting__in=coming).order_by("number"))
    return [(each, [i for i in items if i.meeting_id == each.pk]) for each in coming]


def _with_place(paper: Paper) -> str:
    """Return a paper's title, and where it stands now."""
    if (item := paper.agenda_item) is None:
        return paper.title
    return f"{paper.title} (now item {item.mark} of {item.meeting})"
