"""An officer at work: from the results of an exercise to an issued paper, and what the board
decided on it back into the plan."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from changeplan.models import ChangePlan
from changeplan.services.states import submit_plan
from papers.models import IssuedPaper, Paper
from papers.services.agendas import add_item
from partnership.models import Meeting
from tests import factories as make
from tests.working import worker

MOST = 20  # interactions, from results to an issued paper


class Hands:
    """What an officer does on a page, counted: a click, a choice, a field filled in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.done = 0

    def click(self, name: str, role: str = "link") -> None:
        self.done += 1
        self.page.get_by_role("main").get_by_role(role, name=re.compile(name)).first.click()

    def check(self, label: str) -> None:
        self.done += 1
        self.page.get_by_label(re.compile(label)).first.check()

    def choose(self, label: str, option: str) -> None:
        self.done += 1
        select = self.page.locator("select").and_(self.page.get_by_label(re.compile(label)))
        select.select_option(label=option)

    def fill(self, field: Locator, words: str) -> None:
        self.done += 1
        field.fill(words)


@pytest.fixture
def meeting(partnership, officer) -> Meeting:
    """The board meets today, and has the plan on its agenda."""
    board = make.group(partnership, name="The Board", kind="board")
    made = make.meeting(board, timezone.localdate().isoformat())
    meeting = Meeting.objects.get(pk=made.pk)
    add_item(meeting=meeting, title="Change plan", by=officer)
    return meeting


@pytest.fixture
def plan(live_server, partnership, manager) -> ChangePlan:
    """Made from a closed exercise, and before the board."""
    exercise = make.scored_exercise(partnership)
    plan = make.plan(exercise, title="Plan of the year", state=ChangePlan.State.DRAFT)
    make.action(plan, "Agree one plan", (1,))
    submit_plan(plan=plan, by=manager)
    return plan


def test_from_results_to_a_paper_to_a_decision_to_the_plan(open_page, officer, plan, meeting):
    page = open_page(officer)
    hands = Hands(page)
    page.goto(f"/p/northshire/exercises/{plan.exercise.identifier}/results/")
    start(hands, meeting)
    write(hands, "Financial", "It costs nothing beyond what is agreed.")
    write(hands, "Legal", "It asks for no new agreement.")
    clear(hands)
    hands.click("^Go on to issue", "button")
    hands.click("^Issue the paper$", "button")
    expect(page.get_by_role("main")).to_contain_text("The paper is issued.")
    assert hands.done <= MOST, hands.done
    assert hands.done == 19  # as the notes and the README say

    paper = Paper.objects.get()
    with page.expect_download() as download, worker():
        hands.click("For the agenda pack")
        assert download.value.path().read_bytes().startswith(b"%PDF")
    page.goto(f"/p/northshire/papers/{paper.identifier}/decisions/")
    decide(hands)

    plan.refresh_from_db()
    issued = IssuedPaper.objects.get()
    assert (plan.state, issued.plan_version.outcome) == ("approved", "approved")
    told = plan.actions.get().updates.get().text
    assert told.startswith("Approved by The Board")
    page.goto(f"/p/northshire/plans/{plan.identifier}/")
    expect(page.get_by_role("main")).to_contain_text("Approved")


def start(hands: Hands, meeting: Meeting) -> None:
    hands.click("^Write a board paper about these results")
    hands.check("^Change plan: ")
    hands.choose("^Change plan", "Plan of the year")
    hands.choose("^Agenda item", f"{meeting}, item 1. Change plan")
    hands.click("^Start the paper$", "button")


def write(hands: Hands, about: str, words: str) -> None:
    """Say what it means, where the paper has an empty section for it."""
    hands.click(f"^Add a paragraph.*{about}")
    field = hands.page.get_by_label("Text", exact=True)
    expect(field).to_be_visible()
    hands.fill(field, words)
    hands.click("^Save$", "button")
    expect(field).to_have_count(0)
    expect(hands.page.locator("#compose-rows")).to_contain_text(words)


def clear(hands: Hands) -> None:
    hands.click("^Before issue$")
    hands.click("^Record clearances$")
    for name in ("Finance", "Legal", "Chair"):
        hands.fill(hands.page.get_by_label(re.compile(f"^{name}: cleared by")), f"Head: {name}")
    hands.click("^Record what is cleared$", "button")


def decide(hands: Hands) -> None:
    """Record on one page what the board decided on every recommendation, and confirm it."""
    page = hands.page
    hands.click("^Record what the meeting decided$", "button")
    page.get_by_label("Minute", exact=False).first.fill("12")
    for part in page.get_by_role("region", name=re.compile("^Recommendation")).all():
        part.get_by_label("Approved", exact=True).check()
    page.get_by_label(re.compile("^This is as minuted")).check()
    hands.click("^Save the decisions$", "button")
    expect(page.get_by_role("main")).to_contain_text("Confirmed")
