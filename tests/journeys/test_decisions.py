"""From what a meeting decided to the plan and the agenda that follow from it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from changeplan.models import ChangePlan
from changeplan.services.states import submit_plan
from papers.models import AgendaItem, Decision, Paper
from papers.services.agendas import place_anew
from papers.services.issuing import issue
from partnership.models import Meeting
from tests import factories as make


@pytest.fixture
def meetings(partnership) -> list[Meeting]:
    """The board's last meeting and its next."""
    board = make.group(partnership, name="The Board", kind="board", quorum=3)
    days = [timezone.localdate() + timedelta(days=days) for days in (-7, 60)]
    made = [make.meeting(board, day.isoformat()) for day in days]
    return list(Meeting.objects.filter(pk__in=[each.pk for each in made]).order_by("date"))


@pytest.fixture
def plan(live_server, exercise, manager) -> ChangePlan:
    plan = make.plan(exercise)
    make.action(plan, "Agree one plan", (1,))
    make.action(plan, "Train the managers", (2,), status="paused")
    submit_plan(plan=plan, by=manager)
    return plan


@pytest.fixture
def paper(plan, meetings, officer) -> Paper:
    """Before the board: to approve the plan, one action, and something that can wait."""
    paper = make.paper(plan)
    board = meetings[0].group
    for number, text in enumerate(("approve the plan", "begin the training", "agree a date"), 1):
        paper.recommendations.create(number=number, asked_of=board, text=text)
    paper.recommendations.filter(number=1).update(approves_plan=True)
    paper.recommendations.get(number=2).actions.add(plan.actions.get(number=2))
    place_anew(paper=paper, meeting=meetings[0], by=officer)
    issue(paper=paper, by=officer)
    return paper


def main(page: Page):
    return page.get_by_role("main")


def choose(page: Page, number: int, outcome: str):
    """Choose what was decided on a recommendation, and return its part of the page."""
    part = page.get_by_role("region", name=f"Recommendation {number}")
    part.get_by_label(outcome, exact=True).check()
    return part


def test_decisions_reach_the_plan_and_the_next_agenda(
    open_page, officer, manager, paper, plan, meetings
):
    page = open_page(officer)
    page.goto(f"/p/northshire/papers/{paper.identifier}/decisions/")
    record(page)
    propose(page)
    decide(open_page(manager))

    plan.refresh_from_db()
    first, second = plan.actions.order_by("number")
    version = plan.versions.get(number=2)
    assert (plan.state, version.outcome, first.heading) == (
        "approved",
        "approved",
        "Agree one plan by March",
    )
    assert (second.status, second.updates.count()) == ("not_started", 2)
    assert set(Decision.objects.values_list("confirmed_by", flat=True)) == {officer.pk}
    later = AgendaItem.objects.get(meeting=meetings[1])
    paper.refresh_from_db()
    assert paper.agenda_item == later


def record(page: Page) -> None:
    main(page).get_by_role("button", name="Record what the meeting decided").click()
    page.get_by_label("Minute", exact=False).first.fill("12")
    page.get_by_label("Who was present").fill("5")
    amended = choose(page, 1, "Approved as amended")
    amended.get_by_text("Amended words, a date").click()
    amended.get_by_label("the words as amended").fill("approve the plan, with a date")
    choose(page, 2, "Approved")
    deferred = choose(page, 3, "Deferred")
    deferred.get_by_text("Amended words, a date").click()
    deferred.get_by_label("Year").fill(str(timezone.localdate().year))
    page.get_by_label(re.compile("^This is as minuted")).check()
    main(page).get_by_role("button", name="Save the decisions").click()
    expect(page.get_by_role("status").first).to_contain_text("3 decisions recorded.")
    expect(page.locator("body")).to_contain_text("The paper is on the agenda of The Board")


def propose(page: Page) -> None:
    """Say what the board wants changed, and confirm that it does."""
    main(page).get_by_role("link", name="Say what is to change in the plan").click()
    page.get_by_label("Of which action").select_option(label="1. Agree one plan")
    main(page).get_by_role("button", name="Continue").click()
    page.get_by_label("What the board wants").fill("Agree one plan by March")
    main(page).get_by_role("button", name="Add the amendment").click()
    main(page).get_by_role("link", name="Back to the decisions, to confirm them").click()
    main(page).get_by_role("button", name=re.compile("^Confirm as minuted")).click()
    expect(main(page)).to_contain_text("Takes effect when the amendments are made (0 of 1).")


def decide(page: Page) -> None:
    """Make what the board wants, as a manager, and form the version that is approved by it."""
    page.goto("/")
    waiting = main(page).get_by_role("listitem").filter(has_text="The board wants 1 amendment")
    waiting.get_by_role("link").click()
    main(page).get_by_role("button", name=re.compile("^Make this change")).click()
    expect(page.locator("body")).to_contain_text("The change is made.")
    main(page).get_by_role("button", name="Form the amended version").click()
    expect(page.locator("body")).to_contain_text("Version 2 is formed, and approved as amended.")
