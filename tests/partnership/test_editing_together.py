"""Two people in the same record: nothing typed is lost, nothing overwritten in silence."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from changeplan.models import Action
from partnership import records
from partnership.forms import BaseModelForm, PreciseDatePartsField, error_links
from partnership.models import User
from partnership.rules import RuleBroken
from partnership.submitting import Submitted, submit, version_field
from standards.models import Exercise, Standard
from tests import factories as make


class ActionForm(BaseModelForm):
    due = PreciseDatePartsField(label="Due", required=False)
    version = version_field()

    class Meta:
        model = Action
        fields = ["heading", "detail", "standards"]


@pytest.fixture
def action(exercise: Exercise, manager: User) -> Action:
    plan = make.plan(exercise)
    standards = [exercise.framework.standards.get(number=1)]
    values = {"plan": plan, "number": 1, "heading": "Draw up a strategy", "standards": standards}
    return records.create(Action, by=manager, **values)


def typed(action: Action, **changes: Any) -> QueryDict:
    """What a browser sends of the form as it was first shown, with what its writer changed."""
    form = QueryDict(mutable=True)
    served = [str(each.pk) for each in action.standards.all()]
    shown = {"heading": action.heading, "detail": action.detail, "version": str(action.version)}
    for name, value in (shown | changes).items():
        form[name] = value
    form.setlist("standards", changes.get("standards", served))
    return form


def send(action: Action, data: QueryDict, by: User) -> Submitted:
    form = ActionForm(data, instance=Action.everything.get(pk=action.pk))

    def act(given: dict[str, Any]) -> Action:
        version = given.pop("version")
        return records.change(action, changes=given, version=version, by=by)

    return submit(form, act)


def test_changes_of_different_fields_are_both_kept(action, manager, officer):
    shown = typed(action, detail="Mine")
    due = {"due_month": "5", "due_year": "2027"}
    send(action, typed(action, heading="Theirs", **due), officer)

    sent = send(action, shown, manager)

    action.refresh_from_db()
    assert (action.heading, action.detail, str(action.due)) == ("Theirs", "Mine", "May 2027")
    assert set(sent.merged) == {"Heading", "Due"}
    assert action.history.first().history_user == manager


def test_changes_of_the_same_field_come_back_side_by_side(action, manager, officer):
    shown = typed(action, heading="Mine")
    send(action, typed(action, heading="Theirs"), officer)

    sent = send(action, shown, manager)

    assert (sent.status, sent.record) == (409, None)
    both = [(each.label, each.theirs, each.yours) for each in sent.differences]
    assert both == [("Heading", "Theirs", "Mine")]
    action.refresh_from_db()
    assert action.heading == "Theirs"


def test_the_form_comes_back_with_what_only_the_other_changed(action, manager, officer, exercise):
    shown = typed(action, heading="Mine")
    two = [str(pk) for pk in exercise.framework.standards.values_list("pk", flat=True)[:2]]
    theirs = {"heading": "Theirs", "detail": "Theirs too", "standards": two, "due_words": "soon"}
    send(action, typed(action, **theirs), officer)

    sent = send(action, shown, manager)

    form: Any = sent.form
    assert form["heading"].value() == "Mine"
    assert form["detail"].value() == "Theirs too"
    assert form["standards"].value() == two
    assert form["due"].value()[3] == "soon"
    assert form["version"].value() == "1"  # until the heading is chosen


def choosing(refused: Submitted, **choices: str) -> QueryDict:
    """What a browser sends of the form that came back, with what its writer chose, by field."""
    again: Any = refused.form.data.copy()
    for each in refused.differences:
        for name in dict(each.sent):
            again.setlist(name, [])
    for each in refused.differences:
        for name, value in each.sent:
            again.appendlist(name, value)
        if choice := choices.get(each.field.name):
            again[each.name] = choice
    return again


@pytest.mark.parametrize(("choice", "stands"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_the_second_chooses_which_text_stands(action, manager, officer, choice, stands):
    shown = typed(action, heading="Mine", detail="Mine alone")
    send(action, typed(action, heading="Theirs"), officer)
    refused = send(action, shown, manager)

    assert send(action, choosing(refused, heading=choice), manager).record

    action.refresh_from_db()
    assert (action.heading, action.detail) == (stands, "Mine alone")


@pytest.mark.parametrize("choice", ["", "both"])
def test_nothing_is_saved_until_all_is_chosen(action, manager, officer, choice):
    shown = typed(action, heading="Mine", detail="My detail")
    send(action, typed(action, heading="Theirs", detail="Their detail"), officer)
    refused = send(action, shown, manager)
    assert [each.taken for each in refused.differences] == ["", ""]

    again = send(action, choosing(refused, heading="theirs", detail=choice), manager)

    assert (again.status, again.record) == (409, None)
    both = [(each.theirs, each.yours, each.taken) for each in again.differences]
    assert both == [("Theirs", "Mine", "theirs"), ("Their detail", "My detail", "")]
    links = [(link.href, link.message) for link in error_links(again.form)]
    assert links == [("#id_detail-theirs", "Choose which text stands: Detail")]
    action.refresh_from_db()
    assert (action.heading, action.detail, action.version) == ("Theirs", "Their detail", 2)
    assert send(action, choosing(again, heading="theirs", detail="mine"), manager).record
    action.refresh_from_db()
    assert (action.heading, action.detail) == ("Theirs", "My detail")


def test_each_text_says_who_saved_it_and_when(action, manager, officer):
    shown = typed(action, heading="Mine", detail="My detail")
    send(action, typed(action, heading="Theirs"), officer)
    Action.history.filter(version=2).update(history_date=datetime(2027, 3, 1, 14, 5, tzinfo=UTC))
    action.refresh_from_db()
    send(action, typed(action, detail="A detail"), manager)
    Action.history.filter(version=3).update(history_user=None)

    heading, detail = send(action, shown, manager).differences

    assert heading.saved == "Officer, 1 March 2027 at 14:05"
    assert detail.saved.startswith("Somebody, ")


def test_what_a_third_saved_meanwhile_is_chosen_anew(action, manager, officer):
    shown = typed(action, heading="Mine")
    send(action, typed(action, heading="Theirs"), officer)
    refused = send(action, shown, manager)
    action.refresh_from_db()
    send(action, typed(action, heading="A third"), officer)

    again = send(action, choosing(refused, heading="mine"), manager)

    assert [(each.theirs, each.taken) for each in again.differences] == [("A third", "")]
    assert "Officer changed this on" in str(again.form.errors)
    assert send(action, choosing(again, heading="mine"), manager).record


def test_theirs_is_taken_also_where_it_is_nothing(action, manager, officer, exercise):
    second, third = exercise.framework.standards.filter(number__in=(2, 3)).order_by("number")
    one = {"standards": [str(second.pk)], "due_words": "soon"}
    send(action, typed(action, **one), officer)
    action.refresh_from_db()
    shown = typed(action, standards=[str(third.pk)], due_words="later")
    send(action, typed(action, standards=[], due_words=""), officer)
    refused = send(action, shown, manager)
    assert [each.field.name for each in refused.differences] == ["standards", "due"]

    assert send(action, choosing(refused, standards="theirs", due="theirs"), manager).record

    action.refresh_from_db()
    assert (list(action.standards.all()), action.due) == ([], None)


def test_the_same_change_by_both_is_no_difference(action, manager, officer):
    shown = typed(action, heading="The same")
    send(action, typed(action, heading="The same"), officer)

    sent = send(action, shown, manager)

    assert (sent.status, sent.differences) == (200, ())


def test_what_was_removed_meanwhile_is_not_written_to(action, manager, officer):
    shown = typed(action, heading="Mine")
    records.remove(action, version=1, by=officer, reason="Done already")

    sent = send(action, shown, manager)

    assert sent.status == 409
    assert "removed" in str(sent.form.non_field_errors())
    assert sent.form.data["heading"] == "Mine"


def test_a_refusal_and_a_wrong_value_keep_what_was_typed(action, manager):
    def refuse(given: dict[str, Any]) -> None:
        raise RuleBroken("The plan is before the board.")

    form = ActionForm(typed(action, heading="Mine"), instance=action)
    refused = submit(form, refuse)
    wrong = send(action, typed(action, heading=""), manager)

    assert (refused.status, wrong.status) == (409, 422)
    assert "The plan is before the board." in str(refused.form.errors)
    assert isinstance(wrong.form, forms.BaseForm)


def test_a_record_is_known_as_it_was_at_each_version(action, manager, exercise):
    served = set(exercise.framework.standards.values_list("pk", flat=True)[:2])
    changes = {"heading": "Later", "standards": list(Standard.objects.filter(pk__in=served))}
    records.change(action, changes=changes, version=1, by=manager)
    action.refresh_from_db()

    first, second = records.as_of(action, 1), records.as_of(action, 2)

    assert (first["heading"], second["heading"]) == ("Draw up a strategy", "Later")
    assert (len(first["standards"]), second["standards"]) == (1, served)
    assert records.as_of(action, 3) == {}
