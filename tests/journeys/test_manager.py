"""A commissioning manager at work: from what groups said to a plan before the board."""

import re

import pytest
from playwright.sync_api import Page, expect

from changeplan.models import ChangePlan, PlanVersion
from partnership.models import User
from standards.models import Exercise, Finding

MANAGER = "manager@exampleshire.example.org"
HOME = "/p/exampleshire/"


@pytest.fixture
def manager(demo) -> User:
    return User.objects.get(email=MANAGER)


@pytest.fixture
def exercise(demo) -> Exercise:
    return Exercise.objects.get(title="Commissioning self-assessment 2025")


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile(name)).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=re.compile(name)).last.click()


def test_from_results_to_a_plan_before_the_board(open_page, manager, exercise):
    page = open_page(manager)
    page.goto(f"{HOME}exercises/{exercise.identifier}/results/")
    find_a_priority(page)
    make_a_plan(page)
    fill_standard_one(page)
    offer_and_agree_days(page)
    plan = ChangePlan.objects.get(title="Plan of the journey")
    page.goto(f"{HOME}plans/{plan.identifier}/completeness/")
    expect(page.get_by_role("main")).to_contain_text("Standards without a current status")

    page.goto(f"{HOME}plans/{plan.identifier}/")
    press(page, "^Submit to the board")
    page.get_by_label("What changed").fill("The first version.")
    press(page, "^Submit to the board")

    expect(page.get_by_role("main")).to_contain_text("Submitted to the board")
    version = PlanVersion.objects.get(plan=plan)
    assert (version.number, version.note, version.outcome) == (1, "The first version.", "pending")
    assert page.get_by_role("main").get_by_role("link", name="Add an action").count() == 0


def find_a_priority(page: Page) -> None:
    """Pick two comments, and write the improvement priority that they speak for."""
    follow(page, "^Comments$")
    boxes = page.locator("input[name=comments]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    press(page, "^Make a finding of them")
    page.get_by_label("Improvement priority").check()
    page.get_by_label(re.compile("^Title")).fill("Decide together, and say so")
    page.get_by_label(re.compile("^3. ")).check()
    press(page, "^Save the finding")
    expect(page.get_by_role("main")).to_contain_text("Decide together, and say so")
    made = Finding.objects.get(title="Decide together, and say so")
    assert (made.kind, made.comments.count()) == ("priority", 2)


def make_a_plan(page: Page) -> None:
    follow(page, "^The exercise$")
    follow(page, "^Make a change plan")
    page.get_by_label("Title").fill("Plan of the journey")
    page.get_by_label(re.compile("^By standard")).check()
    page.get_by_label("An empty plan").check()
    press(page, "^Make the plan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan of the journey")


def fill_standard_one(page: Page) -> None:
    """Write a status and an action for standard 1 where they stand in the table."""
    row = page.locator("#standard-1")
    row.get_by_role("link", name=re.compile("^Add a statement")).click()
    row.get_by_label(re.compile("^What is in place")).fill("Five outcomes are **known**.")
    row.get_by_role("button", name="Save", exact=True).click()
    expect(row).to_contain_text("Five outcomes are known.")
    row.get_by_role("link", name=re.compile("^Add an action")).click()
    page.get_by_label("Headline").fill("Set a figure for each outcome")
    page.get_by_label("Decide together, and say so").check()
    page.get_by_label("Or a job title").fill("Head of Strategy")
    due = page.get_by_role("group", name="Due")
    due.get_by_label("Month").fill("3")
    due.get_by_label("Year").fill("2027")
    page.get_by_role("button", name="Save", exact=True).last.click()
    row = page.locator("#standard-1")
    expect(row).to_contain_text("Set a figure for each outcome")
    expect(row).to_contain_text("March 2027")


def offer_and_agree_days(page: Page) -> None:
    """Write down a programme of approximately 20 days, ask it for two and agree them."""
    page.get_by_role("link", name="Consultancy days").first.click()
    press(page, "^Add a support programme")
    page.get_by_label("Name of the programme").fill("Support Programme")
    page.get_by_label("Days available").fill("20")
    page.get_by_label("Approximate").check()
    press(page, "^Save the programme")
    follow(page, "^Ask for support")
    page.get_by_label("What the support is for").fill("Two workshops")
    page.get_by_label("Workshop", exact=True).check()
    page.get_by_label("Estimated days").fill("2½")
    page.get_by_label("The action that asks for it").select_option(index=1)
    press(page, "^Save the support")
    page.get_by_role("link", name="Consultancy days").first.click()
    follow(page, "^Agree days for Two workshops")
    page.get_by_label(re.compile("^Days agreed|^Agreed days")).fill("2.5")
    page.get_by_label(re.compile("[Cc]onfirmed")).first.fill("Programme lead")
    press(page, "^(Agree|Save|Record)")
    expect(page.get_by_role("main")).to_contain_text("17.5")


def test_two_managers_in_one_action_lose_nothing(open_page, demo, manager):
    plan = ChangePlan.objects.get(partnership__slug="exampleshire")
    action = plan.actions.get(number=2)
    other = User.objects.get(email="administrator@exampleshire.example.org")
    first, second = open_page(manager), open_page(other)
    address = f"{HOME}plans/{plan.identifier}/actions/{action.identifier}/edit/"
    for page in (first, second):
        page.goto(address)
    second.get_by_label("Headline").fill("The second headline")
    second.get_by_label(re.compile("^Detail")).fill("Detail of the second alone.")
    first.get_by_label("Headline").fill("The first headline")
    first.get_by_role("button", name="Save", exact=True).last.click()
    expect(first.get_by_role("main")).to_contain_text("The first headline")

    second.get_by_role("button", name="Save", exact=True).last.click()

    expect(second.get_by_role("main")).to_contain_text("Nothing is saved yet")
    expect(second.get_by_role("cell", name="The first headline")).to_be_visible()
    expect(second.get_by_role("cell", name="The second headline")).to_be_visible()
    second.get_by_label(re.compile("^Take theirs")).check()
    second.get_by_role("button", name="Save", exact=True).last.click()
    expect(second.get_by_role("main")).to_contain_text("Detail of the second alone.")
    action.refresh_from_db()
    assert action.heading == "The first headline"
    assert action.detail == "Detail of the second alone."


def test_a_plan_is_worked_in_by_keyboard_alone(open_page, demo, manager):
    plan = ChangePlan.objects.get(partnership__slug="exampleshire")
    first = plan.actions.order_by("number")[0]
    page = open_page(manager)
    page.goto(f"{HOME}plans/{plan.identifier}/")
    reach(page, "Add a statement")
    page.keyboard.press("Enter")
    expect(page.locator("#standard-1 textarea")).to_be_visible()
    while not page.locator("textarea:focus").count():
        page.keyboard.press("Tab")
    page.keyboard.type("Typed without a mouse.")
    reach(page, "Save")
    page.keyboard.press("Enter")
    expect(page.locator("#standard-1")).to_contain_text("Typed without a mouse.")

    page.goto(f"{HOME}plans/{plan.identifier}/actions/{first.identifier}/edit/")
    page.get_by_label("Headline").focus()
    page.keyboard.press("End")
    page.keyboard.type(", soon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text(f"{first.heading}, soon")
    page.goto(f"{HOME}plans/{plan.identifier}/")
    reach(page, "Submit to the board")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Submit to the board")
    reach(page, "Submit to the board")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Submitted to the board")
    assert plan.versions.order_by("-number").first().outcome == "pending"


def reach(page: Page, name: str) -> None:
    """Press Tab until what is so called has the focus."""
    said = "() => (document.activeElement.innerText || '').trim().split('\\n')[0]"
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(said).startswith(name):
            return
    raise AssertionError(f"Tab never reached {name}.")
