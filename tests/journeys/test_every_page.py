"""Every page in a real browser: accessible, whole at every width, silent under the policy."""

import re
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from partnership.models import User
from tests.journeys.walk import FILES, kind_of, walk

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
AXE = Axe().axe_script
READERS = (
    "board.member@bromley.example.org",
    "observer@medway.example.org",
    "manager@exampleshire.example.org",
)
OF_A_KIND = 3  # pages of each kind that are visited to find one of every kind
WIDTHS = (390, 820, 1280)
PUBLIC = ("/accounts/login/", "/accounts/password/reset/", "/nowhere/")
# WCAG 1.4.12: text spacing that a reader may set without losing anything. As a constructed style
# sheet, since the site's policy allows no style element.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# A frame's page is looked at by itself; without this, axe waits for an answer from within.
RUN = """rules => axe.run({ runOnly: rules, resultTypes: ['violations'], iframes: false })
  .then(results => results.violations)"""
LOST = (Path(__file__).parent / "lost.js").read_text()


@cache
def addresses_of(email: str) -> list[str]:
    """One address for each kind of page that the reader can reach."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    found = {}
    for address, status, _ in walk(client, most=OF_A_KIND):
        if status == 200 and not FILES.search(address):
            found.setdefault(kind_of(address), address)
    return sorted(found.values())


def complaints(page, rules: list | dict = RULES) -> list[str]:
    """What axe, which the page has run already, finds. To bring out what it passes takes long."""
    found = page.evaluate(
        RUN,
        rules,
    )
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}"
        for v in found
        for node in v["nodes"]
    ]


def faults_at_widths(page) -> list[str]:
    """What is wrong with a page as it stands, at any width."""
    page.evaluate(AXE)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in complaints(page) + page.evaluate(LOST)]
    return found


def faults_of(page, address: str) -> list[str]:
    """What is wrong with a page at any width, in forced colours, and at 320 pixels: 1280 at 400%
    (WCAG 1.4.10)."""
    page.goto(address)
    found = faults_at_widths(page)
    page.emulate_media(forced_colors="active")
    found += [f"forced colours: {fault}" for fault in complaints(page, CONTRAST)]
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 256})
    found += [f"320: {fault}" for fault in page.evaluate(LOST)]
    page.evaluate(SPACING)
    return found + [f"320, spaced: {fault}" for fault in page.evaluate(LOST)]


@pytest.mark.parametrize("email", READERS)
def test_page_is_accessible_and_whole_at_every_width(demo, open_page, email: str):
    user, client, found = User.objects.get(email=email), Client(), {}
    client.force_login(user)
    page = open_page(user)
    for address in addresses_of(email):
        sent = client.get(address)
        found[address] = faults_of(page, address)
        if words(page) != words_as_sent(sent):
            found[address].append("says something else without JavaScript")
        if not forbids_everything(sent["Content-Security-Policy"]):
            found[address].append("lets something in from elsewhere")
    assert {address: faults for address, faults in found.items() if faults} == {}
    assert len(found) > 9


def test_public_page_is_accessible_and_whole_at_every_width(demo, open_page, settings):
    settings.DEMO = True
    page = open_page()
    found = {address: faults_of(page, address) for address in PUBLIC}
    assert {address: faults for address, faults in found.items() if faults} == {}


WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("noscript, [data-fetched]").forEach((part) => part.remove());
  return main.textContent;
}"""


def words(page) -> str:
    """What the page says: the text of its main part, whatever is folded included. What a script
    fetches into it has a page of its own, which noscript leads to."""
    return _counted_apart(page.evaluate(WORDS))


def forbids_everything(policy: str) -> bool:
    return "default-src 'none'" in policy and "unsafe" not in policy


def words_as_sent(response) -> str:
    """What the page says before any script has touched it."""
    main = lxml.html.fromstring(response.content.decode()).find(".//main")
    for part in main.findall(".//noscript"):
        part.drop_tree()
    return _counted_apart(main.text_content())


def _counted_apart(said: str) -> str:
    """Leave out how many characters are left, which only a script can count."""
    said = re.sub(r"\s+", " ", said)
    return re.sub(
        r"(You (can enter up to|have) [\d,]+ characters( remaining)?\W*)+", "", said
    ).strip()
