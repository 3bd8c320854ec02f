"""What a confirmed decision sets off: in the plan, on its actions, on the next agenda."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from changeplan.models import Action, ChangePlan
from changeplan.services.progress import report_progress
from changeplan.services.states import submit_plan
from papers.models import AgendaItem, Decision
from papers.services.agendas import place_anew
from papers.services.deciding import change_decision, confirm_decision, record_decision
from papers.services.issuing import issue
from papers.services.meetings import bring_back, call_off, change_meeting, plan_meeting
from partnership.dates import PreciseDate
from partnership.models import Meeting
from tests import factories as make
from tests import pages
from tests.papers.deciding import APPROVED, DEFERRED, address, met
from tests.races import at_once


def test_approval_reaches_the_version_that_was_printed(exercise, manager, officer, board, meeting):
    plan = make.plan(exercise, state=ChangePlan.State.DRAFT)
    version = submit_plan(plan=plan, by=manager)
    paper = make.paper(plan)
    asked = paper.recommendations.create(
        number=1, asked_of=board, text="approve the plan", approves_plan=True
    )
    issued = issue(paper=paper, by=officer)
    assert issued.plan_version == version
    made = record_decision(recommendation=asked, meeting=meeting, values=APPROVED, by=officer)
    plan.refresh_from_db()
    assert plan.state == ChangePlan.State.SUBMITTED

    confirm_decision(decision=made, version=1, by=officer)

    plan.refresh_from_db()
    version.refresh_from_db()
    assert (plan.state, plan.approved_meeting, plan.minute_reference) == ("approved", meeting, "12")
    assert (version.outcome, version.meeting) == ("approved", meeting)


def test_approval_moves_the_actions_on(exercise, officer, manager, board, meeting):
    plan = make.plan(exercise, state=ChangePlan.State.DRAFT)
    waits, begun, free = (make.action(plan, status=s) for s in ("paused", "paused", "not_started"))
    Action.objects.filter(pk=begun.pk).update(rating="amber")
    report = {"status": "in_progress", "rating": "amber", "text": "Begun."}
    report_progress(action=begun, on=meeting.date.first_day, by=manager, **report)
    report_progress(
        action=begun, on=timezone.localdate(), by=manager, **report | {"status": "paused"}
    )
    submit_plan(plan=plan, by=manager)
    paper = make.paper(plan)
    asked = paper.recommendations.create(
        number=1, asked_of=board, text="approve the plan", approves_plan=True
    )
    issue(paper=paper, by=officer)
    made = record_decision(recommendation=asked, meeting=meeting, values=APPROVED, by=officer)

    confirm_decision(decision=made, version=1, by=officer)

    for action in (waits, begun, free):
        action.refresh_from_db()
        told = action.updates.filter(text__startswith="Approved by").get()
        assert told.text == f"Approved by {board.name}, 14 March 2024, minute 12."
        assert (told.date, told.reported_by) == (meeting.date.first_day, officer)
    assert [a.status for a in (waits, begun, free)] == ["not_started", "paused", "not_started"]
    made.refresh_from_db()
    assert made.plan_version == plan.versions.get()


def test_approval_of_single_actions_moves_those_on(paper, asked, decision, meeting, officer):
    named, other = make.action(paper.plan, status="paused"), make.action(paper.plan)
    asked.actions.add(named)
    confirm_decision(decision=decision, version=1, by=officer)
    named.refresh_from_db()
    assert (named.status, named.updates.count(), other.updates.count()) == ("not_started", 1, 0)

    later = met(meeting.group, "2024-06-13")
    values = {"outcome": "rejected", "minute_reference": "4"}
    second = record_decision(recommendation=asked, meeting=later, values=values, by=officer)
    confirm_decision(decision=second, version=1, by=officer)

    named.refresh_from_db()
    told = named.updates.first().text
    board = meeting.group.name
    assert told.startswith(f"Rejected by {board}, 13 June 2024, minute 4.")
    assert f"Before: Approved by {board}, 14 March 2024, minute 12." in told
    assert (named.status, named.updates.count()) == ("not_started", 2)


def test_actions_are_told_of_a_slip_of_the_pen(paper, asked, decision, meeting, officer, manager):
    named, later = make.action(paper.plan), make.action(paper.plan)
    asked.actions.add(named)
    confirmed = confirm_decision(decision=decision, version=1, by=officer)
    asked.actions.add(later)

    change_decision(
        decision=confirmed,
        changes={"minute_reference": "13"},
        version=2,
        by=manager,
        reason="The minutes say 13.",
    )

    board = meeting.group.name
    assert [update.text for update in named.updates.order_by("pk")] == [
        f"Approved by {board}, 14 March 2024, minute 12.",
        f"Corrected: Approved by {board}, 14 March 2024, minute 13.\n\nThe minutes say 13.",
    ]
    assert not later.updates.exists()


def test_a_plan_that_the_board_rejects_goes_back_to_its_managers(
    exercise, manager, officer, board, meeting
):
    plan = make.plan(exercise, state=ChangePlan.State.DRAFT)
    submit_plan(plan=plan, by=manager)
    paper = make.paper(plan)
    asked = paper.recommendations.create(
        number=1, asked_of=board, text="approve the plan", approves_plan=True
    )
    issue(paper=paper, by=officer)
    values = {"outcome": "rejected", "minute_reference": "4"}
    made = record_decision(recommendation=asked, meeting=meeting, values=values, by=officer)

    confirm_decision(decision=made, version=1, by=officer)

    plan.refresh_from_db()
    reason = plan.versions.get().reason
    assert (plan.state, reason) == (
        "returned",
        f"Rejected by {board.name}, 14 March 2024, minute 4.",
    )


@pytest.mark.parametrize("how", ["planned", "moved", "brought back"])
def test_what_was_deferred_goes_on_the_agenda_of_a_meeting_as_it_is_planned(
    exercise, officer, board, meeting, how
):
    paper = make.paper(make.plan(exercise))
    asked = paper.recommendations.create(number=1, asked_of=board, text="approve the plan")
    place_anew(paper=paper, meeting=meeting, by=officer)
    issue(paper=paper, by=officer)
    elsewhere = make.group(paper.partnership)
    gone = met(board, "2024-09-19")
    call_off(meeting=gone, reason="Half-term.", version=1, by=officer)
    values = {"outcome": "deferred", "deferred_to": PreciseDate("2024-09")}
    made = record_decision(recommendation=asked, meeting=meeting, values=values, by=officer)
    confirm_decision(decision=made, version=1, by=officer)

    plan = partial(plan_meeting, group=board, by=officer)
    plan(values={"date": PreciseDate("2024-06-13")})
    plan_meeting(group=elsewhere, values={"date": PreciseDate("2024-10-10")}, by=officer)
    paper.refresh_from_db()
    assert paper.agenda_item.meeting == meeting
    if how == "planned":
        came = plan(values={"date": PreciseDate("2024-09-12")})
    elif how == "moved":
        early = Meeting.objects.get(date="2024-06-13")
        changes = {"date": PreciseDate("2024-09-12")}
        came = change_meeting(meeting=early, changes=changes, version=1, by=officer)
    else:
        came = bring_back(meeting=gone, by=officer)

    paper.refresh_from_db()
    assert (paper.agenda_item.meeting, paper.agenda_item.title) == (came, paper.title)
    plan(values={"date": PreciseDate("2024-12-12")})
    paper.refresh_from_db()
    assert paper.agenda_item.meeting == came


def test_what_is_deferred_goes_on_the_next_agenda(client, officer, exercise, board, meeting):
    client.force_login(officer)
    paper = make.paper(make.plan(exercise))
    asked = paper.recommendations.create(number=1, asked_of=board, text="approve the plan")
    first = place_anew(paper=paper, meeting=meeting, by=officer).agenda_item
    issue(paper=paper, by=officer)
    values = {"outcome": "deferred", "deferred_to": PreciseDate("2024-09")}
    made = record_decision(recommendation=asked, meeting=meeting, values=values, by=officer)
    met(board, "2024-06-13")
    confirm = address(paper, "decision_confirm", made.identifier)
    said = pages.words(client.post(confirm, {"version": 1}, follow=True))
    assert f"No meeting of {board.name} is planned for September 2024 or after." in said
    home = reverse("home")
    assert "Waits for a place on the next agenda" in pages.words(client.get(home))
    place = address(paper, "decision_place", made.identifier)
    assert "is planned for September" in pages.words(client.post(place, follow=True))
    later = met(board, "2024-09-12")
    met(board, "2024-12-12")

    said = pages.words(client.post(place, follow=True))

    assert f"The paper is on the agenda of {later}." in said
    client.post(place)
    paper.refresh_from_db()
    assert (paper.agenda_item.meeting, paper.agenda_item.title) == (later, paper.title)
    assert AgendaItem.objects.filter(meeting=later).count() == 1
    assert paper.issues.get().agenda_item == first
    assert "Waits for a place" not in pages.words(client.get(home))


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_move_an_action_on_once(asked, paper, decision, officer, manager):
    action = make.action(paper.plan, status="paused")
    asked.actions.add(action)

    at_once(
        *(
            lambda by=by: confirm_decision(decision=decision, version=1, by=by)
            for by in (officer, manager)
        )
    )

    action.refresh_from_db()
    assert (action.status, action.version, action.updates.count()) == ("not_started", 2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_deferrals_at_once_put_a_paper_on_one_agenda_item(three, board, meeting, officer):
    later = met(board, "2024-10-01")
    made = [
        record_decision(recommendation=asked, meeting=meeting, values=DEFERRED, by=officer)
        for asked in three.recommendations.all()[:2]
    ]

    results = at_once(
        *(lambda d=d: confirm_decision(decision=d, version=1, by=officer) for d in made)
    )

    assert all(isinstance(each, Decision) for each in results), results
    assert AgendaItem.objects.filter(meeting=later).count() == 1
