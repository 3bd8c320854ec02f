"""What a form that opens in place shows at each width: nothing ticked is hidden, nothing cut."""

import re

import pytest
from playwright.sync_api import Page, expect

from changeplan.models import ChangePlan, StatusStatement
from changeplan.services import entries
from tests import factories as make
from tests.journeys.test_every_page import faults_at_widths
from tests.writing import address

WIDTHS = (390, 820, 1280)
SCROLLS = "list => list.scrollHeight > list.clientHeight"
COUNT = "list => getComputedStyle(list, '::after').content"


@pytest.fixture
def plan(live_server, exercise) -> ChangePlan:
    for number in range(4, 13):
        title = f"We know what the families of our area need, standard {number}"
        exercise.framework.standards.create(number=number, marked_title=title)
    plan = make.plan(exercise)
    make.status(plan, 1, "A plan is in place.")
    make.action(plan, "Agree the priorities", tuple(range(1, 13)))
    return plan


def opened(open_page, manager, plan, width: int, name: str) -> Page:
    page = open_page(manager, viewport={"width": width, "height": 900})
    page.goto(address(plan))
    page.get_by_role("link", name=re.compile(name)).click()
    expect(page.locator(".app-place__heading:focus")).to_be_visible()
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_every_ticked_standard_is_in_sight(open_page, manager, plan, width):
    page = opened(open_page, manager, plan, width, "^Change .*Agree the priorities")
    served = page.locator(".govuk-checkboxes:has([name=standards])")
    expect(served.locator(":checked")).to_have_count(12)
    assert not served.evaluate(SCROLLS)


def test_a_long_list_scrolls_in_a_frame_that_says_how_many_are_ticked(open_page, manager, plan):
    for number in range(14):
        make.action(plan, f"Action {number} more", (1,))
    page = opened(open_page, manager, plan, 820, "^Change .*Agree the priorities")
    page.get_by_text("How it repeats, and what it waits for").click()
    others = page.locator(".govuk-checkboxes:has([name=depends_on])")
    assert others.evaluate(SCROLLS)
    assert others.evaluate("list => getComputedStyle(list).borderTopStyle") == "solid"
    others.get_by_role("checkbox").last.check()
    assert "ticked" in others.evaluate(COUNT)


@pytest.mark.parametrize("width", WIDTHS)
def test_both_texts_are_read_whole(open_page, manager, officer, plan, width):
    page = opened(open_page, manager, plan, width, "^Change .*statement 1 on standard 1")
    found = StatusStatement.objects.get()
    entries.edit_statement(statement=found, text="Theirs, in words.", version=1, by=officer)
    page.get_by_label("What is in place, and what is not").fill("Mine, in other words.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".app-both")).to_be_visible()

    theirs, mine = (cell.bounding_box() for cell in page.locator(".app-both td").all())
    assert (theirs["y"] < mine["y"]) == (width == 390)
    assert theirs["width"] > 0.3 * page.locator(".app-place .app-callout").bounding_box()["width"]
    for label in page.locator(".app-both .govuk-radios__label").all():
        assert label.bounding_box()["height"] < 40  # one line
    page.wait_for_timeout(1100)  # a double click saves once
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".app-both .govuk-error-message")).to_be_visible()
    assert width != 390 or faults_at_widths(page) == []
