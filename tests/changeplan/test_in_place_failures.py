"""What cannot be saved in place says so where it was typed, and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from changeplan.models import Action, ChangePlan
from changeplan.services import actions
from partnership.models import Draft
from tests import factories as make
from tests.writing import address

TYPED = "A heading of my own"


@pytest.fixture
def plan(live_server, exercise) -> ChangePlan:
    plan = make.plan(exercise)
    make.status(plan, 1, "A plan is in place.")
    make.action(plan, "Agree the priorities", (1, 2))
    make.action(plan, "Draw up a strategy", (1,))
    return plan


@pytest.fixture
def writer(open_page, manager, plan) -> Page:
    """Somebody who is writing in an action."""
    page = open_page(manager)
    page.goto(address(plan))
    opened(page, re.compile("^Change .*Draw up a strategy"))
    page.get_by_label("Headline").fill(TYPED)
    return page


def opened(page: Page, name: "str | re.Pattern[str]") -> None:
    page.get_by_role("link", name=name).first.click()
    expect(page.locator(".app-place__heading:focus")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).last.click()


def assert_refused(page: Page, *words: str) -> None:
    """The form says why, has the focus, and holds what was typed."""
    summary = page.locator(".app-place .govuk-error-summary")
    expect(summary).to_be_focused()
    for each in ("Not saved", *words):
        expect(summary).to_contain_text(each)
    expect(page.get_by_label("Headline")).to_have_value(TYPED)


def test_a_plan_submitted_meanwhile_keeps_the_words_as_a_draft(writer, plan):
    ChangePlan.objects.filter(pk=plan.pk).update(state="submitted")
    save(writer)
    assert_refused(writer, "it was put to the board", "Your words are kept as a draft.")
    assert Draft.objects.get().fields["heading"] == [TYPED]
    writer.get_by_role("link", name="Add an action for standard 2").click()
    expect(writer.locator("#said")).to_contain_text("Not opened")


def test_an_action_that_was_retired_meanwhile_can_be_copied_from(writer, plan, officer):
    action = plan.actions.get(number=2)
    actions.retire_action(action=action, version=1, by=officer, reason="Done")
    save(writer)
    assert_refused(writer, "This was removed meanwhile.", "copy what you need")


def test_whoever_was_signed_out_meanwhile_is_told(writer):
    writer.context.clear_cookies(name="sessionid")
    save(writer)
    assert_refused(writer, "You are signed out", "What you typed is still here.")
    expect(writer.locator("#plan-rows tr[id=standard-1]")).to_be_visible()
    writer.get_by_label("Headline").press("End")
    writer.get_by_label("Headline").press_sequentially(".")
    expect(writer.locator("[data-draft-status]")).to_have_text("Not kept: sign in again.")


def test_without_a_connection_it_is_saved_once_there_is_one(writer, plan):
    writer.context.set_offline(True)
    save(writer)
    assert_refused(writer, "There is no connection.", "What you typed is still here.")
    writer.context.set_offline(False)
    writer.wait_for_timeout(1100)  # a double click saves once
    save(writer)
    expect(writer.locator(".app-place")).to_have_count(0)
    assert plan.actions.get(number=2).heading == TYPED


def test_any_other_failure_says_to_try_again(writer):
    writer.route("**/edit/", lambda route: route.fulfill(status=429, body="Busy"))
    save(writer)
    assert_refused(writer, "try again", "Your words are kept as a draft.")


def test_retiring_an_action_leaves_other_forms_and_the_place_as_they_were(writer, plan):
    opened(writer, "Add an action for standard 3")
    headline = writer.locator("#standard-3").get_by_label("Headline")
    headline.fill("Half typed")
    row = writer.locator(f"#action-{plan.actions.get(number=1).identifier}")
    row.locator("summary").first.click()
    row.get_by_role("link", name="Retire").click()
    expect(row.locator(".app-place__heading")).to_be_focused()
    row.get_by_label("Why is it retired?").fill("Done")
    row.get_by_role("button", name="Retire the action").click()

    expect(writer.locator("#said")).to_contain_text("The action is retired.")
    expect(headline).to_have_value("Half typed")
    expect(writer.locator("#standard-1").get_by_label("Headline")).to_have_value(TYPED)
    expect(writer.locator("#standard-1 h3")).to_be_focused()
    expect(writer.locator("#standard-1 h3")).to_be_in_viewport()
    assert not Action.objects.filter(heading="Agree the priorities").exists()
    places = Draft.objects.values_list("place", flat=True)
    assert sum("standards/3" in place or "edit" in place for place in places) == 2


def test_a_form_whose_action_somebody_retired_stays_to_be_copied(writer, plan, officer):
    actions.retire_action(action=plan.actions.get(number=2), version=1, by=officer, reason="Done")
    opened(writer, re.compile("^Change .*statement 1 on standard 1"))
    writer.get_by_label("What is in place, and what is not").fill("A new plan.")
    writer.locator(".app-place", has_text="What is in place").get_by_role(
        "button", name="Save"
    ).click()

    expect(writer.locator("#standard-1 .app-statement")).to_contain_text("A new plan.")
    expect(writer.get_by_label("Headline")).to_have_value(TYPED)
