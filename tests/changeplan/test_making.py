"""Making a change plan of an exercise."""

import pytest
from django.urls import reverse

from changeplan.models import ChangePlan
from changeplan.services.making import make_plan
from partnership.rules import RuleBroken
from standards.services.results import freeze_results
from tests import factories as make
from tests.changeplan.boards import full_plan
from tests.pages import MOST_QUERIES, queries, words


def address(partnership) -> str:
    return reverse("changeplan:make", args=[partnership.slug])


def typed(exercise, **fields) -> dict:
    given = {"exercise": exercise.pk, "title": "Change plan 2026", "arrangement": "by_standard"}
    return given | {"previous": ""} | fields


def test_plan_has_an_entry_for_every_standard_and_knows_its_results(client, manager, exercise):
    frozen = freeze_results(exercise=exercise, reason="", by=manager)
    client.force_login(manager)
    said = words(client.post(address(exercise.partnership), typed(exercise), follow=True))
    plan = ChangePlan.objects.get()
    assert "Change plan 2026 is made, with a place for every standard." in said
    assert [entry.standard.number for entry in plan.entries.all()] == [1, 2, 3]
    assert (plan.state, plan.results_version) == ("draft", frozen)
    assert "Made from results version 1." in said
    assert "2.5" in said


def test_plan_is_arranged_by_improvement_priority_where_asked(client, manager, exercise):
    client.force_login(manager)
    given = typed(exercise, arrangement="by_priority")
    said = words(client.post(address(exercise.partnership), given, follow=True))
    assert "Change plan 2026 is made, with a place for every improvement priority." in said
    plan = ChangePlan.objects.get()
    assert plan.arrangement == "by_priority"
    assert plan.entries.count() == 3


def test_exercise_that_has_not_closed_makes_no_plan(client, manager, partnership):
    still_open = make.scored_exercise(partnership, state="open")
    client.force_login(manager)
    assert "No exercise has closed yet" in words(client.get(address(partnership)))
    assert client.post(address(partnership), typed(still_open)).status_code == 422
    with pytest.raises(RuleBroken, match="has not closed"):
        make_plan(exercise=still_open, title="Early", arrangement="by_standard", by=manager)
    assert not ChangePlan.objects.exists()


def test_second_press_of_the_button_is_refused_in_words(client, manager, exercise):
    client.force_login(manager)
    client.post(address(exercise.partnership), typed(exercise))
    again = client.post(address(exercise.partnership), typed(exercise))
    assert again.status_code == 409
    assert "There is a plan of this title already." in again.content.decode()
    assert ChangePlan.objects.count() == 1


@pytest.mark.parametrize("title", ["", "a" * 201, "a\x00b"])
def test_title_that_will_not_do_is_refused(client, manager, exercise, title):
    client.force_login(manager)
    refused = client.post(address(exercise.partnership), typed(exercise, title=title))
    assert refused.status_code == 422
    assert not ChangePlan.objects.exists()


def test_exercise_and_plan_of_another_partnership_cannot_be_chosen(client, manager, exercise):
    elsewhere = make.scored_exercise(make.partnership())
    client.force_login(manager)
    there = typed(elsewhere)
    assert client.post(address(exercise.partnership), there).status_code == 422
    theirs = typed(exercise, previous=full_plan(elsewhere).pk)
    assert client.post(address(exercise.partnership), theirs).status_code == 422


def test_page_starts_from_the_exercise_that_led_to_it(client, manager, exercise):
    client.force_login(manager)
    here = reverse("standards:exercise", args=[exercise.partnership.slug, exercise.identifier])
    assert f"{address(exercise.partnership)}?exercise={exercise.identifier}" in (
        client.get(here).content.decode()
    )
    page = client.get(f"{address(exercise.partnership)}?exercise={exercise.identifier}")
    assert 'value="Change plan: Self-assessment"' in page.content.decode()
    for strange in ("nosuch", "%00", "é" * 400, ""):
        assert client.get(f"{address(exercise.partnership)}?exercise={strange}").status_code == 200


def test_only_who_may_write_plans_is_shown_the_way(client, officer, manager, exercise):
    here = reverse("standards:exercise", args=[exercise.partnership.slug, exercise.identifier])
    plans = reverse("changeplan:plans", args=[exercise.partnership.slug])
    for person, shown in ((manager, True), (officer, False)):
        client.force_login(person)
        for page in (here, plans):
            assert ("Make a change plan" in words(client.get(page))) == shown
    assert client.get(address(exercise.partnership)).status_code == 403


def test_page_takes_few_queries(client, manager, exercise):
    client.force_login(manager)
    assert queries(client, address(exercise.partnership)) <= MOST_QUERIES
