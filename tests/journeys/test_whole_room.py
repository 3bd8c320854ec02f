"""A whole room, in a browser: a facilitator, a recorder and three voters come to twelve scores.

One voter is a guest, one has no JavaScript, and the network of one drops in the middle.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from partnership.models import Partnership, User
from partnership.roles import Role
from standards.models import Answer, Comment, Exercise, Score, Session, Vote, WorkingGroup
from standards.services.sessions import CODE_LETTERS
from tests import factories as make

PHONE = {"viewport": {"width": 390, "height": 844}}
STANDARDS = 12
CODE = re.compile(f"[{CODE_LETTERS}]{{4}}-[{CODE_LETTERS}]{{4}}")


@pytest.fixture
def exercise(partnership: Partnership) -> Exercise:
    made = make.exercise(partnership, STANDARDS, state=Exercise.State.PLANNED, title="The day")
    make.working_group(made, "Table 1")
    make.working_group(made, "Managers", "Operational")
    return made


def test_a_room_comes_to_twelve_scores(live_server, open_page, partnership, exercise, manager):
    session = exercise.sessions.get()
    facilitator = open_page(manager)
    code = opened(facilitator, partnership, session)

    recorder = joined(open_page(make.member(partnership, Role.BOARD_MEMBER, "Rhys"), **PHONE), code)
    recorder.get_by_role("button", name="I will keep the record").click()
    table = WorkingGroup.objects.get(name="Table 1")
    guest = joined(open_page(**PHONE), code, name="Gwen")
    plain = open_page(make.member(partnership, Role.BOARD_MEMBER, "Pia"), java_script_enabled=False)
    joined(plain, code)
    shaky = joined(open_page(make.member(partnership, Role.BOARD_MEMBER, "Sam"), **PHONE), code)

    for number in range(1, STANDARDS + 1):
        for page in (recorder, guest, shaky, plain):
            page.goto(f"/room/{table.identifier}/{number}/")
        everybody_votes(recorder, guest, plain, shaky, table, number)
        if number == 1:
            says(guest, "What is working well?", "The forum is heard.")
            nobody_sees_a_vote(guest, facilitator, partnership, session)
        reveal(recorder)
        if number == 1:
            expect(guest.locator("main").first).to_contain_text("How we voted")
            second_round(guest, recorder, table)
        agree(recorder, "3")

    assert Score.objects.filter(working_group=table, is_agreed=True).count() == STANDARDS
    assert Vote.objects.filter(participant__working_group=table, round=1).count() == 4 * STANDARDS
    assert not Answer.objects.exclude(fate=Answer.Fate.COUNTED).exists()
    assert Comment.objects.get(text="The forum is heard.").participant.user.name == "Gwen"
    closed(facilitator, partnership, exercise)
    facilitator.goto(f"/p/{partnership.slug}/exercises/{exercise.identifier}/results/")
    expect(facilitator.get_by_role("heading", level=1)).to_have_text("Results")
    expect(facilitator.locator("main")).to_contain_text("3.0")


def opened(page: Page, partnership: Partnership, session: Session) -> str:
    """Open the session as its facilitator, and return the code on the join page."""
    page.goto(f"/p/{partnership.slug}/sessions/{session.identifier}/")
    page.get_by_role("button", name=re.compile("^Open")).click()
    page.get_by_role("link", name="Join page for the projector").click()
    found = CODE.search(page.locator("body").inner_text())
    assert found
    return found.group()


def joined(page: Page, code: str, name: str = "") -> Page:
    """Join Table 1 by the code as it is typed on a telephone; with a name, as a guest."""
    page.goto("/join/")
    page.get_by_label("Code of your session").fill(code.replace("-", " ").lower())
    page.get_by_role("button", name="Continue").click()
    if name:
        page.get_by_label("Your name").fill(name)
        page.get_by_label("Your organisation").fill("Parents’ forum")
    page.get_by_label(re.compile("Table 1")).check()
    page.get_by_role("button", name=re.compile("^Join")).click()
    expect(page).to_have_url(re.compile(r"/room/[a-z0-9]+/$"))
    return page


def everybody_votes(
    recorder: Page, guest: Page, plain: Page, shaky: Page, table: WorkingGroup, number: int
) -> None:
    """Four votes; at the second standard one of them while the network is gone."""
    if number == 2:
        drops_and_comes_back(shaky, table, number)
    else:
        vote(shaky, "3")
    vote(recorder, "3")
    vote(guest, "4")
    vote_plainly(plain, "2")


def vote(page: Page, value: str) -> None:
    page.locator(f"#answer-{value}").check(force=True)
    expect(page.locator("#vote [data-status], form [data-status]").first).to_contain_text("Saved")


def vote_plainly(page: Page, value: str) -> None:
    page.locator(f"#answer-{value}").check(force=True)
    page.get_by_role("button", name="Save my vote").click()
    expect(page.locator(f"#answer-{value}")).to_be_checked()


def drops_and_comes_back(page: Page, table: WorkingGroup, number: int) -> None:
    """Vote without a network: kept on the device, said so, and sent once when the line is back."""
    page.context.set_offline(True)
    page.locator("#answer-3").check(force=True)
    expect(page.locator("body")).to_contain_text("Not saved yet")
    mine = Vote.objects.filter(standard__number=number, participant__user__name="Sam")
    assert not mine.exists()
    page.context.set_offline(False)
    expect(page.locator("[data-status]").first).to_contain_text("Saved", timeout=20_000)
    assert mine.get().value == 3


def says(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).fill(text)
    page.keyboard.press("Tab")
    expect(page.locator("#comments")).to_contain_text("Saved")


def nobody_sees_a_vote(guest: Page, facilitator: Page, partnership: Partnership, session) -> None:
    facilitator.goto(f"/p/{partnership.slug}/sessions/{session.identifier}/")
    for page in (guest, facilitator):
        assert "How we voted" not in page.locator("body").inner_text()
        assert "The forum is heard" not in facilitator.locator("body").inner_text()


def reveal(recorder: Page) -> None:
    recorder.get_by_role("button", name="Reveal the votes").click()
    expect(recorder.locator("main")).to_contain_text("How we voted")


def second_round(guest: Page, recorder: Page, table: WorkingGroup) -> None:
    """Somebody changes their mind after the reveal; both rounds are kept."""
    guest.reload()
    guest.get_by_text("Vote again").click()
    vote(guest, "3")
    recorder.reload()
    recorder.get_by_role("button", name="Reveal the votes").click()
    expect(recorder.locator("main")).to_contain_text("Only one person has voted.")
    recorder.get_by_role("button", name="Reveal all the same").click()
    expect(recorder.locator("main")).to_contain_text("round 2")
    rounds = Vote.objects.filter(participant__user__name="Gwen", standard__number=1)
    assert [int(v.value) for v in rounds.order_by("round")] == [4, 3]


def agree(recorder: Page, value: str) -> None:
    agreeing = recorder.locator("#agreeing")
    agreeing.locator(f'input[name="agreed"][value="{value}"]').check(force=True)
    agreeing.get_by_role("button", name="Save the agreed score").click()
    expect(recorder.locator("#where")).to_contain_text("Agreed: 3")


def closed(page: Page, partnership: Partnership, exercise: Exercise) -> None:
    """Close the exercise, and its open session with it."""
    page.goto(f"/p/{partnership.slug}/exercises/{exercise.identifier}/close/")
    page.get_by_role("button", name=re.compile("^Close")).click()
    expect(page.locator("body")).to_contain_text("closed")
    exercise.refresh_from_db()
    assert exercise.is_closed
    assert exercise.sessions.get().state == Session.State.CLOSED
    assert User.objects.filter(email=None).count() == 1
