"""A file that is not there yet: waited for on a page, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from papers.models import Paper
from tests import factories as make
from tests.working import worker


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_a_click_on_a_draft_ends_in_its_file(
    transactional_db, exercise, officer, open_page, scripted
):
    paper: Paper = make.paper(make.plan(exercise))
    page = open_page(officer, java_script_enabled=scripted)
    page.goto(f"/p/{paper.partnership.slug}/papers/{paper.identifier}/")
    page.get_by_role("link", name=re.compile("Word file")).click()
    expect(page.get_by_role("status")).to_contain_text("It is next.")

    with page.expect_download() as download, worker():
        file = download.value

    assert file.suggested_filename == f"{paper.slug}.docx"
    assert file.path().read_bytes().startswith(b"PK")
    expect(page.get_by_role("status")).to_contain_text("Your file is ready.")
    page.get_by_role("link", name="Back to the paper").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(paper.title)
