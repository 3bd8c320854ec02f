"""A partnership at a glance."""

import pytest
from django.urls import reverse

from partnership.models import Organisation
from standards.models import Finding
from tests import factories as make
from tests.pages import assert_queries_stay, words


def get(client, user, partnership):
    client.force_login(user)
    return client.get(reverse("overview", args=[partnership.slug]))


def test_overview_says_what_the_partnership_is(client, observer, partnership):
    partnership.about, partnership.is_fictional = "Bodies that **buy together**.", True
    partnership.save()
    Organisation.objects.create(partnership=partnership, name="The Council", is_lead=True)
    text = words(get(client, observer, partnership))
    for fact in ("Bodies that buy together.", "Invented partnership", "Lead partner The Council"):
        assert fact in text


def test_overview_shows_the_latest_exercise_with_its_ends(client, observer, exercise):
    exercise.date = "2024-02"
    exercise.save()
    make.exercise(exercise.partnership, title="The year before", date="2023-02")
    Finding.objects.create(exercise=exercise, kind="theme", number=1, text="Too slow.")
    text = words(get(client, observer, exercise.partnership))
    assert "Self-assessment February 2024, 3 working groups, 9 people" in text
    assert "Strongest Standard 3 Standard title 3 4.5" in text
    assert "Lowest Standard 1 We share one plan 2.5" in text
    assert "1 theme" in text
    assert "The year before" not in text


def test_overview_keeps_open_results_from_an_observer(client, observer, partnership):
    make.scored_exercise(partnership, state="open")
    text = words(get(client, observer, partnership))
    assert "Results are shown when the exercise closes." in text
    assert "Strongest" not in text


def test_overview_of_an_exercise_in_words_shows_no_figure(client, observer, partnership):
    exercise = make.exercise(partnership, is_scored=False)
    make.priority(exercise, "Say who decides")
    text = words(get(client, observer, partnership))
    assert "nothing was scored. 1 improvement priority" in text
    assert "Not scored" not in text


def test_overview_counts_the_plans_actions_and_what_is_overdue(client, observer, exercise):
    manager = make.user()
    plan = make.plan(exercise, title="The plan")
    make.action(plan, "Agree", status="complete", due="2020")
    make.action(plan, "Decide", status="in_progress", due="2020-01-31")
    make.action(plan, "Report", due="2999")
    plan.state, plan.approved_by, plan.approved_at = "approved", manager, exercise.closed_at
    plan.save()
    text = words(get(client, observer, exercise.partnership))
    assert "The plan Approved Actions 3 Not started 1 In progress 1 Complete 1 Overdue 1" in text


def test_overview_calls_nothing_overdue_that_nobody_approved(client, observer, exercise):
    make.action(make.plan(exercise, state="submitted"), "Decide", due="2020")
    assert "Overdue" not in words(get(client, observer, exercise.partnership))


@pytest.mark.parametrize(("who", "sees"), [("officer", True), ("board_member", False)])
def test_overview_shows_drafts_to_those_who_write_them(client, exercise, who, sees, request):
    plan = make.plan(exercise, title="Draft plan")
    make.paper(plan, title="Draft paper")
    text = words(get(client, request.getfixturevalue(who), exercise.partnership))
    assert ("Draft plan" in text, "Draft paper" in text) == (sees, sees)


def test_overview_shows_a_facilitator_no_plan_and_no_paper(client, facilitator, exercise):
    text = words(get(client, facilitator, exercise.partnership))
    assert "Self-assessment" in text
    assert "No change plan yet" not in text
    assert "Board papers" not in text


def test_overview_of_an_empty_partnership_says_what_will_come(client, manager, partnership):
    text = words(get(client, manager, partnership))
    for title in ("No exercise yet", "No change plan yet", "No paper yet"):
        assert title in text


def test_overview_takes_as_many_queries_for_ten_times_the_rows(client, manager, exercise):
    partnership = exercise.partnership
    plan = make.plan(exercise, state="submitted")
    make.paper(plan)
    board = make.group(partnership)

    def more() -> None:
        for place in range(1, 20):
            make.action(plan, f"Action {place}", due="2020")
            make.meeting(board, f"2024-03-{place:02}")
            make.paper(plan)
            make.scores(make.working_group(exercise, f"More {place}", people=2), "3", "4")
            make.priority(exercise, f"Priority {place}", place)

    client.force_login(manager)
    assert_queries_stay(client, [reverse("overview", args=[partnership.slug])], more)
