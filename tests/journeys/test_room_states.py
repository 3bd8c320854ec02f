"""The room in every state that a member meets, in a browser: accessible, whole at every width,
with text at twice its size, and on paper."""

from collections.abc import Callable

import pypdfium2
import pytest

from partnership.models import Membership, User
from standards.models import Participant
from standards.services.joining import add_person
from standards.services.sessions import offer_standard
from tests import factories as make
from tests.journeys.test_every_page import LOST, faults_of
from tests.tables import Table

RECORDER, MEMBER = 0, 1
TWICE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% !important } ");
  document.adoptedStyleSheets = [sheet];
}"""


def nobody_voted(table: Table) -> None:
    pass


def some_voted(table: Table) -> None:
    make.vote(table.seats[MEMBER], None, kind="not_applicable", reason="We commission nothing.")
    make.vote(table.seats[2], "4")
    add_person(working_group=table.group, name="Dewi", by=table.by)


def revealed(table: Table) -> None:
    table.say("Regular **meetings**", seat=table.seats[2])
    table.say("https://example.org/a-very-long-address-of-a-report-without-any-space-in-it.pdf")
    some_voted(table)
    table.votes()


def voting_again(table: Table) -> None:
    revealed(table)
    make.vote(table.seats[MEMBER], "3", round=2)
    make.vote(table.seats[2], "3")  # late


def agreed(table: Table) -> None:
    revealed(table)
    table.agree("3.5", "Between the two, **as we said**.")


def reopened(table: Table) -> None:
    agreed(table)
    table.reopen()


def offered(table: Table) -> None:
    table.session.refresh_from_db()
    offer_standard(
        session=table.session,
        standard=table.standard(2),
        version=table.session.version,
        by=table.by,
    )


def without_recorder(table: Table) -> None:
    table.group.participants.update(is_recorder=False)


def closed(table: Table) -> None:
    agreed(table)
    table.close()


STATES = (
    nobody_voted,
    some_voted,
    revealed,
    voting_again,
    agreed,
    reopened,
    offered,
    without_recorder,
    closed,
)


@pytest.fixture
def table(live_server, partnership) -> Table:
    before = make.scored_exercise(partnership, framework=make.framework(12))
    return Table(
        partnership,
        framework=before.framework,
        previous=before,
        shows_previous=True,
        shows_names=True,
    )


def pages(table: Table, *names: str) -> list[str]:
    return [f"/room/{table.group.identifier}/{name}" for name in names]


@pytest.mark.parametrize("seat", [RECORDER, MEMBER])
@pytest.mark.parametrize("state", STATES)
def test_standard_is_accessible_and_whole_in_each_state(table, open_page, state, seat):
    state(table)
    page = open_page(table.seats[seat].user)
    found = {address: faults_of(page, address) for address in pages(table, "", "1/")}
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_other_pages_are_accessible_and_whole(table, open_page):
    agreed(table)
    recorder = open_page(table.seats[RECORDER].user)
    addresses = pages(table, "people/", "record/", "sheet/", "change/")
    found = {address: faults_of(recorder, address) for address in addresses}
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_record_of_a_closed_session_is_accessible_and_whole(table, open_page):
    closed(table)
    page = open_page(table.seats[RECORDER].user)
    assert faults_of(page, pages(table, "record/")[0]) == []


def test_joining_is_accessible_and_whole(table, open_page):
    key = table.session.join_key
    page = open_page()
    addresses = ["/join/", "/join/nothing/", f"/join/{key}/", f"/join/{key}/back/"]
    addresses.append(f"/join/?next=/room/{table.group.identifier}/")
    found = {address: faults_of(page, address) for address in addresses}
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_refusals_are_accessible_and_lead_to_their_place(table, open_page):
    guest = a_guest(table)
    page = open_page(guest.user, java_script_enabled=True)
    address = pages(table, "1/")[0]
    page.goto(address)
    page.evaluate("document.body.classList.remove('room-live')")
    page.locator("#answer-not-applicable").check()
    page.evaluate("document.querySelector('[data-unit=vote-1]').submit()")
    page.wait_for_load_state()
    assert page.get_by_role("alert").get_by_role("link").get_attribute("href") == "#your-answer"
    assert page.locator("#answer-not-applicable").is_checked()


def a_guest(table: Table) -> Participant:
    person = User.objects.create_user(None, "Gwen")
    partnership = table.session.exercise.partnership
    Membership.objects.create(user=person, partnership=partnership, role="guest")
    return make.seat(table.group, person, personal_code="H7KM9P")


@pytest.mark.parametrize("state", [some_voted, agreed])
def test_text_at_twice_its_size_loses_nothing_on_a_telephone(table, open_page, state):
    state(table)
    page = open_page(table.seats[RECORDER].user, viewport={"width": 390, "height": 844})
    for address in pages(table, "", "1/", "people/"):
        page.goto(address)
        page.evaluate(TWICE)
        assert page.evaluate(LOST) == []


def test_what_one_presses_is_large_enough_for_a_thumb(table, open_page):
    some_voted(table)
    page = open_page(table.seats[RECORDER].user, viewport={"width": 390, "height": 844})
    page.goto(pages(table, "1/")[0])
    small = page.evaluate(
        """() => [...document.querySelectorAll("#room button, #room .app-point, .app-where a")]
          .filter((e) => e.checkVisibility())
          .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 44 || box.width < 44).map(([words]) => words)"""
    )
    assert small == []


def test_score_sheet_fits_two_pages(table, open_page: Callable):
    page = open_page(table.seats[MEMBER].user)
    page.goto(pages(table, "sheet/")[0])
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert len(printed) <= 2
    texts = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    assert all(f"{number}. " in "".join(texts) for number in range(1, 13))
