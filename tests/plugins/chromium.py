"""A real browser for tests: Debian's Chromium, driven by Playwright, seeing only the live server.

`page` is a desktop page; `open_page(user=None, **options)` opens others, signed in as a user and
with any option of Playwright's `new_context`. An error or a warning in the console fails the test.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"]
DESKTOP = {"width": 1280, "height": 900}
NO_NETWORK = (
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_FAILED",
    "htmx:sendError",
    "htmx:afterRequest",
)
REFUSED = "Failed to load resource: the server responded with a status of 4"
REFUSED_IN_PLACE = "Response Status Error Code 4"  # as htmx says it


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in getattr(item, "fixturenames", []):
            item.add_marker("browser")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "Chromium is missing: make test installs it"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop makes Django take this thread for asynchronous code.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    contexts, complaints = [], []

    def open_page(user=None, **options) -> Page:
        given = {"base_url": live_server.url, "viewport": DESKTOP, "locale": "en-GB"} | options
        context = chromium.new_context(**given)
        contexts.append(context)
        if user:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.extend(complaint(message)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def session_cookie(user, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def complaint(message: ConsoleMessage) -> list[str]:
    """The text of an error or warning, except that a page was refused (404, 409, 422 ...), or that
    the test itself took the network away."""
    if any(words in message.text for words in NO_NETWORK):
        return []
    if message.text.startswith(REFUSED) and "/static/" not in message.location["url"]:
        return []
    if message.text.startswith(REFUSED_IN_PLACE):
        return []
    return [message.text] if message.type in {"error", "warning"} else []
