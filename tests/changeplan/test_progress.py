"""Progress on an action: who may report it, when, and what the action then says."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from changeplan.models import Action, ChangePlan, ProgressUpdate
from changeplan.services import actions
from changeplan.services.progress import report_progress
from partnership.rules import RuleBroken
from tests import factories as make
from tests.pages import MOST_QUERIES, queries, words
from tests.races import at_once
from tests.writing import MOST_TO_SAVE, address, cost

TODAY = timezone.localdate()


@pytest.fixture
def plan(exercise, manager) -> ChangePlan:
    """A plan that the board approved."""
    decided = {"approved_at": timezone.now(), "approved_by": manager}
    return make.plan(exercise, state="approved", **decided)


@pytest.fixture
def action(plan: ChangePlan, board_member) -> Action:
    """An action that a board member owns."""
    return make.action(plan, "Agree the priorities", owner=board_member.memberships.get())


def report(on=TODAY, **changes) -> dict:
    parts = {"on_day": on.day, "on_month": on.month, "on_year": on.year}
    return parts | {"status": "in_progress", "rating": "amber", "text": "Two **held**."} | changes


@pytest.mark.parametrize("who", ["manager", "administrator", "board_member"])
def test_a_report_sets_the_status_and_rating_of_an_approved_plan(
    client, plan, action, request, who
):
    reporter = request.getfixturevalue(who)
    client.force_login(reporter)
    page = address(plan, "action", action.identifier)
    progress = address(plan, "progress", action.identifier)
    assert progress in client.get(page).content.decode()

    answer = client.post(progress, report())

    assert answer["Location"] == page
    action.refresh_from_db()
    assert (action.status, action.rating, action.version) == ("in_progress", "amber", 2)
    assert ProgressUpdate.objects.get().reported_by == reporter
    said = words(client.get(page))
    assert "Your report is recorded." in said
    assert "Two held." in said


@pytest.mark.parametrize("who", ["officer", "observer"])
def test_others_read_reports_and_write_none(client, plan, action, request, who):
    client.force_login(request.getfixturevalue(who))
    progress = address(plan, "progress", action.identifier)
    shown = client.get(address(plan, "action", action.identifier)).content.decode()
    assert progress not in shown
    assert client.post(progress, report()).status_code == 403
    assert not ProgressUpdate.objects.exists()


def test_a_report_of_an_earlier_day_does_not_undo_a_later_one(plan, action, manager):
    say = partial(report_progress, action=action, by=manager)
    say(on=TODAY, status="complete", rating="green", text="Done.")
    say(on=TODAY - timedelta(30), status="paused", rating="red", text="It was late then.")
    action.refresh_from_db()
    assert (action.status, action.rating) == ("complete", "green")
    assert action.updates.count() == 2


def test_the_same_report_sent_twice_counts_once(client, manager, plan, action):
    client.force_login(manager)
    for _ in range(2):
        client.post(address(plan, "progress", action.identifier), report())
    assert ProgressUpdate.objects.count() == 1
    action.refresh_from_db()
    assert action.version == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "Enter what has happened"),
        ({"text": "bell\x07"}, "cannot be stored"),
        ({"status": "done"}, "valid choice"),
        ({"on_day": "31", "on_month": "2"}, "must be a real date"),
        ({"on_year": str(TODAY.year + 1)}, "must be today or a day before"),
    ],
)
def test_what_is_wrong_with_a_report_is_said(client, manager, plan, action, changes, said):
    client.force_login(manager)
    answer = client.post(address(plan, "progress", action.identifier), report() | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ProgressUpdate.objects.exists()


def test_the_service_refuses_what_no_form_would_send(plan, action, manager):
    say = partial(
        report_progress, action=action, status="paused", rating="", text="Held.", by=manager
    )
    with pytest.raises(RuleBroken, match="today or a day before"):
        say(on=TODAY + timedelta(1))
    ChangePlan.objects.filter(pk=plan.pk).update(state="superseded")
    with pytest.raises(RuleBroken, match="has taken the place"):
        say(on=TODAY)
    ChangePlan.objects.filter(pk=plan.pk).update(state="draft")
    plan.refresh_from_db()
    actions.retire_action(action=action, reason="Done.", version=1, by=manager)
    with pytest.raises(RuleBroken, match="retired this action"):
        say(on=TODAY)
    assert not ProgressUpdate.objects.exists()


def test_a_report_is_saved_in_few_queries(client, manager, plan, action):
    client.force_login(manager)
    progress = address(plan, "progress", action.identifier)
    assert queries(client, progress) <= MOST_QUERIES
    assert cost(client, progress, report()) <= MOST_TO_SAVE


@pytest.mark.django_db(transaction=True)
def test_of_eight_reports_at_once_none_is_lost(plan, action, manager):
    say = partial(report_progress, action=action, on=TODAY, rating="green", by=manager)
    came = at_once(*(partial(say, status="in_progress", text=f"Report {n}.") for n in range(8)))
    assert [each for each in came if isinstance(each, Exception)] == []
    assert action.updates.count() == 8
    action.refresh_from_db()
    assert action.version == 9


def test_an_action_is_overdue_while_its_plan_is_in_force(plan, action):
    action.due = "2024-03"
    action.save()
    late = Action.objects.select_related("plan").get(pk=action.pk)
    assert late.is_overdue(TODAY)
    for state, expected in {"draft": True, "submitted": True, "superseded": False}.items():
        late.plan.state = state  # while a new version is in work, the approved one is in force
        assert late.is_overdue(TODAY) is expected
    late.plan.state, late.status = "approved", "complete"
    assert not late.is_overdue(TODAY)
    late.status, late.plan.approved_at = "paused", None
    assert not late.is_overdue(TODAY)
