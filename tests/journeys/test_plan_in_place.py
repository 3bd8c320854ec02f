"""A manager in the plan with a browser: in place, by keyboard, with pastes, previews and drafts."""

import re

import pytest
from playwright.sync_api import Page, expect

from changeplan.models import ChangePlan, StatusStatement
from changeplan.services import entries
from partnership.models import Draft
from tests import factories as make
from tests.journeys.test_every_page import faults_at_widths
from tests.writing import address

# As Word puts it on the clipboard: its own styles, list items that are paragraphs, empty marks.
FROM_WORD = """<html><head><style>p.MsoNormal {mso-style-parent:""}</style></head><body>
<!--StartFragment--><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Needs
assessment<o:p></o:p></b></p><p class=MsoNormal>The <i>first</i> draft, see <a
href="https://board.example.org/needs">the&nbsp;needs</a>, 3*4 and snake_case.</p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;
</span></span></span><![endif]>One<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>
</span></span>Within</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>
</span></span>First <span style='font-weight:bold'>step</span></p>
<h2>After</h2><ol><li>Alpha</li><li>Beta<ul><li>Below</li></ul></li></ol>
<table><tr><td>Cell</td><td>Next</td></tr></table><script>alert(1)</script>
<!--EndFragment--></body></html>"""
CLEAN = """**Needs assessment**

The *first* draft, see [the needs](<https://board.example.org/needs>), 3\\*4 and snake_case.

- One
   - Within
1. First **step**

**After**

1. Alpha
2. Beta
   - Below

Cell – Next"""
PASTE = """(area, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "plain");
  area.focus();
  area.select();
  const options = { clipboardData, bubbles: true, cancelable: true };
  area.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def plan(live_server, exercise) -> ChangePlan:
    plan = make.plan(exercise)
    make.status(plan, 1, "A plan is in place.")
    make.action(plan, "Agree the priorities", (1, 2))
    make.action(plan, "Draw up a strategy", (1,))
    return plan


@pytest.fixture
def writer(open_page, manager, plan) -> Page:
    page = open_page(manager)
    page.goto(address(plan))
    return page


def change(page: Page, about: str) -> None:
    press(page, re.compile(f"^Change .*{about}"))


def press(page: Page, name: "str | re.Pattern[str]") -> None:
    """Press a link that opens a form, and wait until the form has taken the focus."""
    page.get_by_role("link", name=name).click()
    expect(page.locator(".app-place__heading:focus")).to_be_visible()


def text(page: Page):
    return page.get_by_label("What is in place, and what is not")


def test_a_statement_is_changed_where_it_stands(writer, plan):
    change(writer, "statement 1 on standard 1")
    expect(writer.get_by_role("heading", name="Current status of standard 1")).to_be_focused()
    text(writer).fill("A *new* plan.")
    writer.get_by_role("button", name="Preview").click()
    expect(writer.locator(".app-preview__text em")).to_have_text("new")
    writer.get_by_role("button", name="Save").click()

    expect(writer.locator("#standard-1 .app-statement em")).to_have_text("new")
    expect(writer.locator("#said")).to_contain_text("Saved.")
    expect(writer.locator("#said")).to_be_in_viewport()
    expect(writer.locator("#standard-1 h3")).to_be_focused()
    assert writer.url.endswith(address(plan))


def test_an_error_takes_the_focus_and_cancel_gives_it_back(writer):
    change(writer, "statement 1 on standard 1")
    text(writer).fill("")
    writer.get_by_role("button", name="Save").click()
    expect(writer.locator(".govuk-error-summary")).to_be_focused()
    writer.get_by_role("link", name="Enter what is in place").click()
    expect(text(writer)).to_be_focused()
    writer.get_by_role("link", name="Cancel").click()
    link = writer.get_by_role("link", name=re.compile("^Change .*statement 1 on standard 1"))
    expect(link).to_be_focused()
    expect(writer.locator(".app-place")).to_have_count(0)


def test_two_in_one_statement_see_both_texts_and_one_chooses(writer, plan, officer):
    found = StatusStatement.objects.get()
    change(writer, "statement 1 on standard 1")
    entries.edit_statement(statement=found, text="Theirs.", version=1, by=officer)
    text(writer).fill("Mine.")
    writer.get_by_role("button", name="Save").click()
    expect(writer.locator(".govuk-error-summary")).to_be_focused()
    expect(writer.locator(".app-place")).to_contain_text("Theirs.")
    expect(writer.locator(".app-both")).to_contain_text("By Officer, ")
    writer.wait_for_timeout(1100)  # a double click saves once
    writer.get_by_role("button", name="Save").click()
    writer.get_by_role("link", name="Choose which text stands").click()
    expect(writer.get_by_label(re.compile("Take theirs"))).to_be_focused()
    expect(writer.get_by_role("cell", name="Mine. Keep mine")).to_be_visible()
    writer.wait_for_timeout(1100)
    writer.get_by_label(re.compile("Take theirs")).check()
    writer.get_by_role("button", name="Save").click()
    expect(writer.locator("#standard-1 .app-statement")).to_contain_text("Theirs.")


def test_what_is_typed_in_one_row_stays_while_another_is_saved(writer, plan):
    change(writer, "Agree the priorities")
    writer.get_by_label("Headline").fill("Half typed")
    change(writer, "statement 1 on standard 1")
    text(writer).fill("Saved beside it.")
    writer.locator("#standard-1 .app-statement").get_by_role("button", name="Save").click()
    expect(writer.locator("#standard-1 .app-statement")).to_contain_text("Saved beside it.")
    expect(writer.get_by_label("Headline")).to_have_value("Half typed")
    writer.get_by_role("button", name="Save").click()
    expect(writer.get_by_role("link", name="Half typed").first).to_be_visible()
    assert plan.actions.get(number=1).heading == "Half typed"


def test_a_row_is_changed_by_keyboard_alone(writer, plan):
    link = writer.get_by_role("link", name=re.compile("^Change .*Draw up a strategy"))
    link.focus()
    writer.keyboard.press("Tab")
    writer.keyboard.press("Enter")  # More
    writer.keyboard.press("Tab")
    writer.keyboard.press("Enter")  # Move up
    expect(writer.locator("#said")).to_contain_text("Moved.")
    assert plan.actions.get(heading="Draw up a strategy").number == 1
    expect(writer.locator("h4:focus")).to_contain_text("Draw up a strategy")


def test_what_comes_from_word_arrives_clean(writer):
    press(writer, "Add a statement on standard 2")
    text(writer).evaluate(PASTE, FROM_WORD)
    expect(text(writer)).to_have_value(CLEAN)
    writer.get_by_role("button", name="Preview").click()
    shown = writer.locator(".app-preview__text")
    expect(shown.locator("strong")).to_have_text(["Needs assessment", "step", "After"])
    expect(shown.locator("a")).to_have_attribute("href", "https://board.example.org/needs")
    expect(shown).to_contain_text("3*4 and snake_case.")
    expect(shown.locator("ul ul li, ol ul li")).to_have_text(["Within", "Below"])


def test_a_closed_tab_loses_nothing_and_a_draft_can_be_discarded(writer, plan):
    context = writer.context
    press(writer, "Add a statement on standard 2")
    text(writer).fill("Half a thought")
    writer.close(run_before_unload=True)
    again = context.new_page()
    again.goto(address(plan))
    press(again, "Add a statement on standard 2")
    expect(text(again)).to_have_value("Half a thought")
    again.get_by_role("button", name="Discard it").click()
    expect(text(again)).to_have_value("")
    assert not Draft.objects.exists()
    text(again).fill("A whole one")
    expect(again.locator("[data-draft-status]")).to_contain_text("Draft kept")
    again.get_by_role("button", name="Save").click()
    expect(again.locator("#standard-2")).to_contain_text("A whole one")
    assert not Draft.objects.exists()


def test_everything_works_without_javascript(open_page, manager, plan):
    page = open_page(manager, java_script_enabled=False)
    page.goto(address(plan))
    page.get_by_role("link", name=re.compile("^Change .*statement 1 on standard 1")).click()
    text(page).fill("So **bold**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".app-preview__text strong")).to_have_text("bold")
    page.get_by_role("button", name="Save").click()
    assert page.url.endswith(f"{address(plan)}#standard-1")
    expect(page.locator("#standard-1 strong").last).to_be_visible()
    page.locator("#standard-1 summary").first.click()
    page.get_by_role("button", name="Move down").first.click()
    assert plan.actions.get(heading="Agree the priorities").number == 2


def test_the_plan_is_accessible_and_whole_with_forms_open(writer):
    change(writer, "statement 1 on standard 1")
    change(writer, "Agree the priorities")
    press(writer, "Add an action for standard 3")
    expect(writer.locator(".app-place")).to_have_count(3)
    writer.locator(".app-quiet__more summary:visible").first.click()
    assert faults_at_widths(writer) == []
