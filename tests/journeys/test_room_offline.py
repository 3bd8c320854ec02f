"""What a real room does to a page: the line drops, tabs close, two people write at once."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session as Login
from playwright.sync_api import Page, Route, expect

from standards.models import Answer, Comment, Participant, Vote
from tests import factories as make
from tests.plugins.chromium import session_cookie
from tests.tables import Table

PHONE = {"viewport": {"width": 390, "height": 844}}
BACK = 20_000  # ms: the longest pause before an answer is sent again


@pytest.fixture
def table(live_server, partnership) -> Table:
    return Table(partnership)


@pytest.fixture
def open_at(open_page, table) -> Callable[..., Page]:
    """Open the first standard as the member in a seat, by its place."""

    def open_at(seat: int = 1, number: int = 1, **options) -> Page:
        page = open_page(table.seats[seat].user, **PHONE | options)
        return go(page, table, number)

    return open_at


def go(page: Page, table: Table, number: int = 1) -> Page:
    page.goto(f"/room/{table.group.identifier}/{number}/")
    return page


def choose(page: Page, value: str) -> None:
    page.locator(f"#answer-{value}").check()


def well(page: Page):
    return page.get_by_label("What is working well?")


def state_of(page: Page, unit: str):
    return page.locator(f"[data-unit={unit}] [data-status]")


def test_answers_given_offline_survive_a_closed_tab_and_are_sent_in_order_once(open_at, table):
    page = open_at()
    page.context.set_offline(True)
    choose(page, "2")
    choose(page, "4")
    well(page).fill("The forum is heard.")
    expect(state_of(page, "vote-1")).to_have_text("Not saved yet")
    expect(page.locator("#kept")).to_have_text("2 not saved yet")
    expect(page.get_by_role("alert")).to_contain_text("There is no connection.")
    context = page.context
    page.close()
    context.set_offline(False)
    again = go(context.new_page(), table)
    expect(state_of(again, "vote-1")).to_have_text("Saved", timeout=BACK)
    expect(again.locator("#kept")).to_have_text("All saved")
    expect(again.locator("#answer-4")).to_be_checked()
    assert Vote.objects.get().value == 4
    assert Comment.objects.get().text == "The forum is heard."
    kept = list(Answer.objects.order_by("pk"))
    assert (kept[-1].given["value"], kept[-1].fate) == ("4", "counted")
    assert len(kept) == Vote.objects.get().version


def test_an_answer_whose_receipt_was_lost_is_counted_once(open_at, table):
    page = open_at()
    lost = []

    def lose_the_receipt(route: Route) -> None:
        lost.append(route.fetch())
        route.abort()

    page.route(re.compile("/vote/"), lose_the_receipt, times=1)
    choose(page, "3")
    expect(state_of(page, "vote-1")).to_have_text("Not saved yet")
    choose(page, "5")
    expect(state_of(page, "vote-1")).to_have_text("Saved", timeout=BACK)
    assert len(lost) == 1
    assert (Vote.objects.get().value, Vote.objects.get().version) == (5, 2)
    assert list(Answer.objects.values_list("fate", flat=True)) == ["counted", "counted"]


def test_news_arrives_without_taking_the_cursor(open_at, table):
    page = open_at()
    well(page).press_sequentially("We are st")
    make.vote(table.seats[2])
    expect(page.locator("#where")).to_contain_text("One of three has voted.")
    page.keyboard.type("ill typing")
    expect(well(page)).to_be_focused()
    expect(well(page)).to_have_value("We are still typing")


def test_a_reveal_takes_nobody_from_what_they_are_typing(open_at, table):
    page = open_at()
    page.get_by_label("Not applicable to us").check()
    reason = page.get_by_label("Why is it not applicable?")
    reason.press_sequentially("We commiss")
    page.context.set_offline(True)  # so that it cannot be saved
    table.votes(None, None, "3")
    page.context.set_offline(False)
    expect(page.locator("#group")).to_contain_text("How we voted", timeout=BACK)
    expect(page.locator("#where")).to_contain_text("Votes revealed")
    expect(reason).to_have_value("We commiss")
    expect(page.locator("#your-answer")).to_contain_text("is kept, and shown to you alone")


def test_a_reveal_is_announced_and_opens_the_second_round(open_at, table):
    page = open_at()
    choose(page, "3")
    expect(state_of(page, "vote-1")).to_have_text("Saved")
    table.votes(None, None, "5")
    expect(page.locator("#news")).to_have_text("The votes are revealed.")
    page.get_by_text("Vote again").click()
    choose(page, "4")
    expect(state_of(page, "vote-2")).to_have_text("Saved")
    assert Vote.objects.get(round=2).value == 4


def test_two_devices_of_one_person_show_both_texts_and_lose_neither(open_at, table):
    one, two = open_at(), open_at()
    well(one).fill("First")
    well(one).blur()
    expect(state_of(one, "working_well")).to_have_text("Saved")
    well(two).fill("Second")
    well(two).blur()
    box = two.locator("[data-unit=working_well]")
    expect(box.locator("[data-theirs]")).to_contain_text("First")
    expect(well(two)).to_have_value("Second")
    well(two).fill("First and second")
    well(two).blur()
    expect(state_of(two, "working_well")).to_have_text("Saved")
    expect(box.locator("[data-theirs]")).to_be_hidden()
    assert Comment.objects.get().text == "First and second"


def test_who_is_signed_out_is_asked_to_sign_in_and_keeps_the_answer(open_at, table):
    page = open_at()
    Login.objects.all().delete()
    choose(page, "3")
    expect(page.get_by_role("alert")).to_contain_text("You are signed out on this device.")
    expect(state_of(page, "vote-1")).to_have_text("Not saved yet")
    assert page.get_by_role("link", name="sign in", exact=True).get_attribute("href")
    url = re.sub(r"(//[^/]+).*", r"\1", page.url)
    page.context.add_cookies([session_cookie(table.seats[1].user, url)])
    go(page, table)
    expect(state_of(page, "vote-1")).to_have_text("Saved", timeout=BACK)
    assert Vote.objects.get().value == 3


def test_answers_of_one_person_are_never_sent_as_anothers(open_at, table):
    page = open_at()
    page.context.set_offline(True)
    choose(page, "3")
    url = re.sub(r"(//[^/]+).*", r"\1", page.url)
    page.context.add_cookies([session_cookie(table.seats[2].user, url)])
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("Sign in again", timeout=BACK)
    go(page, table)
    expect(page.locator("#kept")).to_have_text("All saved")
    expect(page.locator("#answer-3")).not_to_be_checked()
    assert not Vote.objects.exists()


def test_leaving_with_unsent_answers_warns_and_then_forgets_them(open_at, table):
    page = open_at()
    page.route(re.compile("/vote/"), lambda route: route.abort())
    choose(page, "3")
    expect(state_of(page, "vote-1")).to_have_text("Not saved yet")
    warnings: list[str] = []
    page.once("dialog", lambda dialog: (warnings.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_timeout(4000)
    assert "One answer is not saved yet." in warnings[0]
    assert kept_on(page) == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert kept_on(page) == 0


def test_leaving_the_page_with_unsent_answers_warns(open_at, table):
    page = open_at()
    page.route(re.compile("/vote/"), lambda route: route.abort())
    choose(page, "3")
    expect(state_of(page, "vote-1")).to_have_text("Not saved yet")
    expect(page.get_by_role("alert")).to_contain_text("There is no connection.")
    warnings: list[str] = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.dismiss()))
    here = page.url
    page.get_by_role("banner").get_by_role("link").first.click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert (warnings, page.url) == (["beforeunload"], here)
    page.locator(".app-neighbours__link--next").click()  # the room itself is no way out
    page.wait_for_url("**/2/")
    assert warnings == ["beforeunload"]
    assert kept_on(page) == 1


def test_leaving_the_page_does_not_warn_once_all_is_sent(open_at, table):
    page = open_at()
    warnings: list[str] = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    choose(page, "3")
    expect(state_of(page, "vote-1")).to_have_text("Saved")
    here = page.url
    page.get_by_role("banner").get_by_role("link").first.click()
    expect(page).not_to_have_url(here)
    assert warnings == []


def kept_on(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('room.')).length")


def test_polls_never_stack_and_wait_longer_when_nothing_answers(open_at, table):
    page = open_at()
    asked: list[str] = []
    page.route(re.compile("/poll/"), lambda route: (asked.append(route.request.url), route.abort()))
    page.clock.install()
    page.reload()
    for _ in range(24):
        page.clock.run_for(500)  # ms, of the page's own clock
    assert 1 <= len(asked) <= 3
    page.unroute_all()
    make.vote(table.seats[2])
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#where")).to_contain_text("One of three has voted.")


def test_recorders_vote_given_just_before_the_reveal_counts(open_at, table):
    make.vote(table.seats[1])
    make.vote(table.seats[2])
    page = open_at(0)
    page.route(re.compile("/vote/"), lambda route: (page.wait_for_timeout(600), route.continue_()))
    choose(page, "2")
    page.get_by_role("button", name="Reveal the votes").click()
    expect(page.locator("#group")).to_contain_text("From 2 to 3.")
    assert not Answer.objects.exclude(fate=Answer.Fate.COUNTED).exists()


def test_the_record_saves_itself_and_shows_what_another_wrote(open_page, partnership):
    table = Table(partnership, votes_first=False)
    page = open_page(table.seats[0].user)
    page.goto(f"/room/{table.group.identifier}/record/")
    line = page.locator("#standard-1")
    line.get_by_label("3.5").check()
    expect(line.locator("[data-unit=score] [data-status]")).to_have_text("Saved")
    table.say("Theirs")
    line.get_by_label("What is working well?").fill("Mine")
    line.get_by_label("What is working well?").blur()
    expect(line.locator("[data-theirs]").first).to_contain_text("Theirs")
    expect(line.get_by_label("What is working well?")).to_have_value("Mine")
    assert Participant.objects.get(is_recorder=True).working_group.scores.get().value == 3.5


def test_a_keyboard_alone_votes_and_comments(open_at, table):
    page = open_at(viewport={"width": 1280, "height": 900})
    page.locator("#answer-1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#answer-3")).to_be_checked()
    expect(state_of(page, "vote-1")).to_have_text("Saved")
    page.keyboard.press("Tab")
    expect(well(page)).to_be_focused()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    expect(state_of(page, "working_well")).to_have_text("Saved")
    assert Vote.objects.get().value == 3
