"""What is filled in while a paper is written: sections, paragraphs, blocks, recommendations."""

from typing import Any

from django import forms

from partnership import links
from partnership.forms import BaseForm, RecordsField
from partnership.markdown import MarkdownField
from partnership.models import Group
from partnership.submitting import version_field

from ..kinds import BlockKind, ExemptionParagraph, Implication
from ..models import Block, Paper, Recommendation, Section
from ..pages.offered import Offered
from ..placeholders import check

NUMBERED = [(BlockKind.PARAGRAPH, "With a number"), (BlockKind.PROSE, "Without a number")]
COUNTED = (BlockKind.STRONGEST, BlockKind.LOWEST)
MOST = 50  # standards in a list of the strongest
WHY_EXEMPT = "Say why keeping it private outweighs the public interest in reading it"


class Described(str):
    """The label of a choice, with a sentence below it."""

    hint: str

    def __new__(cls, label: str, hint: str) -> "Described":
        made = super().__new__(cls, label)
        made.hint = hint
        return made


class _Composed(BaseForm):
    """A form of a record of the paper, or of one to be added."""

    keeps_draft = True

    def __init__(self, *args: Any, record: Any = None, **kwargs: Any) -> None:
        if record:
            known = {n: getattr(record, n) for n in self.base_fields if hasattr(record, n)}
            kwargs["initial"] = known
        super().__init__(*args, **kwargs)


class SectionForm(_Composed):
    """A section of the paper's body."""

    heading = forms.CharField(label="Heading", max_length=200)
    is_numbered = forms.BooleanField(
        label="Number the section and its paragraphs", required=False, initial=True
    )
    implication = forms.ChoiceField(
        label="Implications that it speaks of", choices=Implication, required=False
    )
    version = version_field()

    def __init__(
        self, *args: Any, record: Section | None = None, implication: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, record=record, **kwargs)
        if implication in Implication and implication:
            self.initial = {"implication": implication, "heading": Implication(implication).label}


class AppendixForm(_Composed):
    """An appendix; an exempt one stays out of the public version."""

    heading = forms.CharField(label="Heading", max_length=200)
    is_exempt = forms.BooleanField(
        label="Not for publication: exempt from the public version", required=False
    )
    exempt_under = forms.ChoiceField(
        label="Exempt under paragraph",
        choices=[
            (value, label if value else "None") for value, label in ExemptionParagraph.choices
        ],
        required=False,
        help_text="Of Part 1 of Schedule 12A to the Local Government Act 1972.",
    )
    public_interest = MarkdownField(
        label="Public-interest test",
        rows=3,
        required=False,
        help_text="Why keeping it private outweighs the public interest in reading it.",
    )
    version = version_field()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("is_exempt"):
            if not given.get("exempt_under"):
                self.add_error("exempt_under", "Choose the paragraph that it is exempt under")
            if not given.get("public_interest", "").strip():
                self.add_error("public_interest", WHY_EXEMPT)
        return self.cleaned_data


class ParagraphForm(_Composed):
    """A paragraph of the paper."""

    text = MarkdownField(label="Text", rows=10, validators=[check])
    kind = forms.ChoiceField(
        label="How it is printed",
        choices=NUMBERED,
        initial=BlockKind.PARAGRAPH,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    version = version_field()
    takes_figures = True


class DataBlockForm(_Composed):
    """What is said around a block that shows data."""

    text = MarkdownField(
        label="Words that introduce it", rows=4, required=False, validators=[check]
    )
    count = forms.IntegerField(
        label="How many standards",
        min_value=1,
        max_value=MOST,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        help_text="For example 3. Those that tie with the last are listed too.",
    )
    version = version_field()
    takes_figures = True

    def __init__(self, *args: Any, record: Block, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        if record.kind not in COUNTED:
            del self.fields["count"]


class NewBlockForm(DataBlockForm):
    """A block that shows data, of a kind to be chosen."""

    kind = forms.ChoiceField(
        label="What it shows",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small app-kinds"}),
    )
    field_order = ("kind", "text", "count")

    def __init__(self, *args: Any, offered: tuple[Offered, ...], **kwargs: Any) -> None:
        super().__init__(*args, record=Block(kind=BlockKind.STRONGEST), **kwargs)
        choices: Any = self.fields["kind"]
        choices.choices = [(one.kind, Described(one.label, one.words)) for one in offered]
        self.initial.pop("kind", None)
        self.fields["count"].label = "How many, for the strongest or the lowest standards"


class RecommendationForm(_Composed):
    """What a body is asked to decide."""

    asked_of = forms.ModelChoiceField(queryset=Group.objects.none(), label="Who is asked")
    text = MarkdownField(
        label="What it is asked to do",
        rows=4,
        validators=[check],
        help_text="Begin with a verb: “approve the change plan”. The paper prints “The Board is "
        "asked to” before it.",
    )
    actions = RecordsField(queryset=None, label="Actions of the plan that it is about")
    approves_plan = forms.BooleanField(
        label="To approve this is to approve the change plan",
        required=False,
        help_text="Once the approval is confirmed, the version of the plan that the issued paper "
        "prints is approved too.",
    )
    version = version_field()
    takes_figures = True

    def __init__(
        self, *args: Any, paper: Paper, record: Recommendation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, record=record, **kwargs)
        if record is None:
            self.initial = {"asked_of": paper.addressed_to_id}
        else:
            self.initial["asked_of"] = record.asked_of_id
            self.initial["actions"] = links.keys(record, "actions")
        asked: Any = self.fields["asked_of"]
        asked.queryset = Group.objects.filter(partnership=paper.partnership_id).order_by("name")
        actions: Any = self.fields["actions"]
        actions.required = False
        if paper.plan is None:
            del self.fields["actions"], self.fields["approves_plan"]
        else:
            actions.queryset = paper.plan.actions.order_by("number")
