"""A form's words, ids and errors, as a person and a screen reader meet them."""

from datetime import date
from html.parser import HTMLParser

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from partnership.forms import DATE_PARTS, BaseForm, DatePartsField, error_links, first_control_id

SCALE = [("1", "1 – Not begun"), ("2", "2 – Begun to move forward")]


class ActionForm(BaseForm):
    heading = forms.CharField(
        label="Heading <b>", max_length=40, help_text="In a few words & no more"
    )
    score = forms.ChoiceField(
        choices=SCALE,
        help_text="Choose one",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    raisers = forms.MultipleChoiceField(choices=SCALE, widget=forms.CheckboxSelectMultiple)
    due = DatePartsField(label="Due date")
    body = forms.ChoiceField(choices=[("", "Choose"), *SCALE])
    reason = forms.CharField(widget=forms.Textarea, max_length=200)
    evidence = forms.FileField()
    sure = forms.BooleanField(label="I understand")
    note = forms.CharField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submit_label = "Save the action"
    cancel_href = "/plan/"


class Elements(HTMLParser):
    """Every start tag of a page, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def ids(self, *tags: str) -> list[str]:
        return [a["id"] for tag, a in self.found if a.get("id") and (not tags or tag in tags)]


CONTROLS = ("input", "select", "textarea")


def drawn(form: forms.Form) -> str:
    return render_crispy_form(form)


def test_every_error_link_lands_on_a_control_of_its_field():
    form = ActionForm({})
    controls = Elements(drawn(form)).ids(*CONTROLS)
    links = error_links(form)
    assert len(links) == 8
    assert [link.href[1:] for link in links if link.href[1:] not in controls] == []


def test_radios_checkboxes_and_dates_are_reached_at_their_first_control():
    form = ActionForm({})
    assert first_control_id(form["score"]) == "id_score_0"
    assert first_control_id(form["raisers"]) == "id_raisers_0"
    assert first_control_id(form["due"]) == "id_due_0"


def test_error_links_of_a_formset_name_each_form():
    formset = forms.formset_factory(ActionForm, extra=2)
    posted = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    hrefs = [link.href for link in error_links(formset(posted))]
    assert {"#id_form-0-heading", "#id_form-1-heading"} <= set(hrefs)
    assert len(hrefs) == len(set(hrefs)) == 16


def test_an_error_of_the_whole_form_is_said_first_and_links_nowhere():
    form = ActionForm({})
    form.add_error(None, "Somebody else has changed this")
    first = error_links(form)[0]
    assert (first.href, first.message) == ("", "Somebody else has changed this")


def test_errors_say_which_field_they_mean():
    messages = [link.message for link in error_links(ActionForm({}))]
    assert messages[:4] == [
        "Enter heading <b>", "Choose score", "Choose raisers", "Enter due date"
    ]  # fmt: skip
    assert messages[-1] == "Tick the box: “I understand”"


def test_the_summary_and_the_field_use_the_same_words():
    form = ActionForm({})
    summary = render_to_string("components/error_summary.html", {"form": form})
    for wording in ("Enter heading &lt;b&gt;", "Choose score", "Enter due date"):
        assert wording in summary
        assert wording in drawn(form)


def test_a_form_without_errors_has_no_summary():
    assert "error" not in render_to_string("components/error_summary.html", {"form": ActionForm()})
    assert "error" not in render_to_string("components/error_summary.html", {})


def test_every_description_exists_and_every_id_is_used_once():
    page = Elements(drawn(ActionForm({})))
    ids = page.ids()
    assert len(ids) == len(set(ids))
    described = [a["aria-describedby"] for _, a in page.found if a.get("aria-describedby")]
    assert [name for names in described for name in names.split() if name not in ids] == []
    assert any("id_score_helptext id_score_error" in names for names in described)


def test_every_control_has_a_label():
    page = Elements(drawn(ActionForm()))
    labelled = {a["for"] for tag, a in page.found if tag == "label"}
    hidden = {a.get("id") for _, a in page.found if a.get("type") == "hidden"}
    assert set(page.ids(*CONTROLS)) - hidden == labelled


def test_labels_and_hints_are_escaped():
    html = drawn(ActionForm())
    assert "Heading &lt;b&gt;" in html
    assert "In a few words &amp; no more" in html


def test_only_what_may_be_left_out_is_marked():
    html = drawn(ActionForm())
    assert html.count("(optional)") == 1
    assert "*" not in html


def test_what_was_typed_comes_back():
    typed = {
        "heading": "A <heading>",
        "score": "2",
        "due_day": "31",
        "due_month": "2",
        "due_year": "2010",
    }
    page = Elements(drawn(ActionForm(typed))).found
    values = {a.get("id"): a for tag, a in page if tag == "input"}
    assert values["id_heading"]["value"] == "A <heading>"
    assert "checked" in values["id_score_1"]
    assert "checked" not in values["id_score_0"]
    assert [values[f"id_due_{part}"]["value"] for part in range(3)] == ["31", "2", "2010"]


def test_the_form_has_its_button_its_way_out_and_no_inline_anything():
    html = drawn(ActionForm())
    assert ">Save the action</button>" in html
    assert '<a class="govuk-link" href="/plan/">Cancel</a>' in html
    assert "style=" not in html
    assert "<script" not in html


def test_a_long_text_counts_its_characters_and_is_not_cut_off_while_pasting():
    html = drawn(ActionForm())
    assert 'data-maxlength="200"' in html
    assert not [a for tag, a in Elements(html).found if tag == "textarea" and "maxlength" in a]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["31", "", "2010"], "Due date must include a month"),
        (["31", "", ""], "Due date must include a month and a year"),
        (["31", "2", "2010"], "Due date must be a real date"),
        (["one", "2", "2010"], "Due date must be a real date"),
        (["1", "2", "9" * 40], "Due date must be a real date"),
        (["", "", ""], "Enter due date"),
    ],
)
def test_a_date_says_what_is_wrong_with_it(parts, message):
    form = ActionForm({f"due_{name}": part for name, part in zip(DATE_PARTS, parts, strict=True)})
    assert message in [link.message for link in error_links(form)]


@given(st.dates())
def test_a_date_comes_back_as_it_went(day):
    widget = DatePartsField().widget
    assert DatePartsField().clean(widget.decompress(day)) == day
    assert not DatePartsField().has_changed(day, widget.decompress(day))


def test_an_optional_date_may_be_left_out():
    assert DatePartsField(required=False).clean(["", " ", ""]) is None
    assert DatePartsField(required=False).has_changed(date(2010, 5, 17), ["", "", ""])


def test_text_passes_the_one_door_for_text():
    form = ActionForm({"heading": "bell\x07", "reason": "one\r\ntwo"})
    assert "heading" in form.errors
    assert form.cleaned_data["reason"] == "one\ntwo"
