"""Signing in as a person does: by keyboard, wrongly first, and at one click."""

import re

from playwright.sync_api import expect

from partnership.models import User
from tests.working import worker


def test_every_error_leads_to_its_field(demo, page):
    for address in ("/accounts/login/", "/accounts/password/reset/"):
        page.goto(address)
        page.locator("form").first.evaluate("form => { form.noValidate = true; form.submit() }")
        summary = page.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        expect(page).to_have_title(re.compile(r"^Error: "))
        for link in summary.get_by_role("link").all():
            link.click()
            target = (link.get_attribute("href") or "").removeprefix("#")
            expect(page.locator(f"[id='{target}']")).to_be_focused()
        assert summary.get_by_role("link").count() >= 1


def test_a_person_signs_in_by_keyboard_and_out_again(demo, page):
    user = User.objects.get(email="manager@exampleshire.example.org")
    user.set_password("a long pass phrase")
    user.save()
    page.goto("/accounts/login/")
    page.get_by_label("Email").focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("a long pass phrase")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your partnerships")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.get_by_role("button", name="Sign out").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_main_job_from_sign_in_to_the_files_of_a_paper(demo, page, settings):
    """One click in, and the paper is there to read, as a PDF and as a Word file."""
    settings.DEMO = True
    page.goto("/")
    page.get_by_role("button", name=re.compile("Bromley officer")).click()
    page.get_by_role("link", name="Bromley Children and Young People Trust").first.click()
    page.get_by_role("link", name="Commissioning – Change Plan").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Commissioning – Change Plan")
    reading = page.url
    with worker():
        for words, start in (("For the agenda pack", b"%PDF-1.7"), (r"Word file \(", b"PK")):
            page.goto(reading)
            with page.expect_download() as download:
                page.get_by_role("link", name=re.compile(words)).click()
            assert download.value.path().read_bytes().startswith(start)
