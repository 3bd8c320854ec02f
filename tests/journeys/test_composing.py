"""An officer writes a paper by keyboard alone, beside the page that its readers will see; and the
page is whole and accessible with its forms open, and works without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from papers.models import Paper
from papers.services import composing
from tests import factories as make
from tests.journeys.test_every_page import faults_at_widths
from tests.papers.test_composing_pages import address


@pytest.fixture
def paper(live_server, exercise, officer) -> Paper:
    """A draft of two sections and an appendix."""
    paper = make.paper(make.plan(exercise))
    paper.sections.get(is_appendix=False).blocks.all().delete()
    first = paper.sections.get(is_appendix=False)
    for text in ("The groups met in May.", "They agreed on most."):
        composing.add_block(section=first, text=text, by=officer)
    composing.add_section(paper=paper, heading="Next steps", by=officer)
    return paper


@pytest.fixture
def writer(open_page, officer, paper) -> Page:
    page = open_page(officer)
    page.goto(address(paper))
    expect(preview(page).get_by_text("The groups met in May.")).to_be_visible()
    return page


def preview(page: Page):
    return page.frame_locator("[data-preview-frame] iframe")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Go to a link, a button or a summary and press a key on it."""
    ways = page.locator("a:visible, button:visible, summary:visible").filter(has_text=name)
    ways.first.focus()
    page.keyboard.press(key)


def write(page: Page, words: str) -> None:
    """Write in the form that has opened and taken the focus."""
    expect(page.locator(".app-place__heading:focus")).to_be_visible()
    page.locator(".app-place textarea").last.focus()
    page.keyboard.type(words)


def test_a_paper_is_written_by_keyboard_beside_its_preview(writer, paper):
    press(writer, "Change “The groups met in May.”")
    write(writer, "In {{ number of standards }} matters: ")
    expect(preview(writer).locator(".app-draft__here")).to_contain_text("The groups met in May.")
    press(writer, "Save")
    row = writer.locator("[data-opens]").filter(has_text="In {{ number of standards }} matters")
    expect(row).to_be_focused()
    shown = preview(writer).locator("#section-1")
    expect(shown).to_contain_text("In 3 matters: The groups met in May.")

    writer.keyboard.press("Enter")  # opens it again
    expect(writer.locator(".app-place__heading:focus")).to_be_visible()
    press(writer, "Cancel")
    press(writer, "More for “In {{")
    press(writer, "Move down")
    expect(writer.get_by_role("button", name="Move down")).to_be_focused()  # to go on with
    expect(shown.locator(".paper-numbered").first).to_contain_text("They agreed on most.")
    writer.keyboard.press("Enter")  # into the next section
    expect(preview(writer).locator("#section-2")).to_contain_text("The groups met in May.")

    press(writer, "Remove")
    expect(preview(writer).locator("body")).not_to_contain_text("The groups met in May.")
    expect(writer.locator(".app-compose__gone")).to_be_focused()
    press(writer, "Undo")
    expect(row).to_be_focused()
    expect(preview(writer).locator("#section-2")).to_contain_text("The groups met in May.")


def test_figures_are_put_in_at_the_cursor_and_other_forms_stay_open(writer, paper):
    writer.get_by_text("They agreed on most.").first.click()
    write(writer, "Half typed")
    writer.get_by_role("link", name="Add a paragraph to “Next steps”").click()
    write(writer, "Seen by .")
    writer.keyboard.press("ArrowLeft")
    new = writer.locator(".app-place").filter(has_text="Add a paragraph")
    new.get_by_text("Live figures").click()
    new.get_by_role("button", name=re.compile("Put in.* number of groups$")).click()
    expect(new.locator("textarea")).to_have_value("Seen by {{ number of groups }}.")
    new.get_by_role("button", name="Save").click()

    expect(preview(writer).locator("#section-2")).to_contain_text(re.compile(r"Seen by \w+\."))
    expect(writer.locator(".app-place textarea")).to_have_value("Half typedThey agreed on most.")


def test_the_page_is_whole_and_accessible_with_forms_open(writer, paper):
    writer.get_by_text("They agreed on most.").first.click()
    write(writer, "")
    writer.get_by_text("Live figures").click()
    press(writer, "Add a block to “Next steps”")
    write(writer, "")
    press(writer, "Add an appendix")
    expect(writer.locator(".app-place")).to_have_count(3)
    press(writer, "More for “The groups met")
    assert faults_at_widths(writer) == []


def test_everything_works_without_a_script(open_page, officer, paper):
    page = open_page(officer, java_script_enabled=False)
    page.goto(address(paper))
    page.get_by_role("link", name="Change “They agreed on most.”").click()
    page.get_by_label("Text").fill("They **all** agreed.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".app-preview__text strong")).to_have_text("all")
    page.get_by_role("button", name="Save").click()
    expect(preview(page).locator("#section-1 strong")).to_have_text("all")
    page.locator("li.app-compose__item summary").first.click()
    page.get_by_role("button", name="Move down").click()
    page.locator("li.app-compose__item summary").first.click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator(".app-compose__gone")).to_contain_text("Removed: “They all agreed.”")
    page.get_by_role("button", name="Undo removing").click()
    assert paper.sections.get(heading="Findings").blocks.count() == 2
