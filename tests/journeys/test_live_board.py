"""The facilitator's board and the projector in a browser, while a room votes."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from standards.models import Session
from tests import factories as make
from tests.journeys.test_every_page import AXE, LOST, WIDTHS, complaints
from tests.standards.running import of_session


@pytest.fixture
def room(transactional_db, partnership) -> Session:
    return make.open_room(partnership, groups=2)


def test_board_follows_the_room_and_leaves_the_focus_where_it_is(open_page, manager, room):
    page = open_page(manager)
    page.goto(of_session(room))
    button = page.get_by_role("button", name="Offer standard 2 to the room")
    button.focus()
    seat = room.working_groups.first().participants.first()
    make.vote(seat, "3")
    expect(page.locator("#board")).to_contain_text("Standard 1: 1 of 3 have voted.")
    expect(button).to_be_focused()
    make.scores(room.working_groups.last(), "3")
    make.vote(seat, "4", number=2)
    expect(page.locator("#board-news")).to_have_text("1 of 6 scores agreed.")


def test_projector_shows_figures_when_the_facilitator_does(open_page, manager, room):
    make.scores(room.working_groups.first(), "3", "4", "2")
    wall, desk = open_page(manager), open_page(manager)
    wall.goto(of_session(room, "session_projector"))
    expect(wall.locator("#projector")).to_contain_text("3 of 6 scores agreed")
    expect(wall.get_by_role("heading", name="Discuss first")).to_have_count(0)
    desk.goto(of_session(room))
    desk.get_by_role("button", name="Show figures on the projector").click()
    expect(wall.get_by_role("heading", name="The figures")).to_be_visible()


@pytest.mark.parametrize("name", ["session", "session_projector", "session_join", "session_cards"])
def test_pages_of_an_open_room_are_accessible_at_every_width(open_page, manager, room, name):
    make.scores(room.working_groups.first(), "3", "4", "2")
    make.vote(room.working_groups.last().participants.first(), "3")
    page = open_page(manager)
    for shown in (False, True):
        Session.objects.filter(pk=room.pk).update(shows_figures=shown, offered=None)
        page.goto(of_session(room, name))
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert complaints(page) + page.evaluate(LOST) == []


def test_six_table_cards_print_on_three_sheets(open_page, manager, partnership):
    room = make.open_room(partnership, groups=6)
    page = open_page(manager)
    page.goto(of_session(room, "session_cards"))
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    assert len(sheets) == 3
    assert [sheet.count(room.join_code) for sheet in sheets] == [2, 2, 2]
    assert "Sign out" not in "".join(sheets)
