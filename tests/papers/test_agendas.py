"""The agenda of a meeting: items in order, papers on them, and what each reader is told."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from papers.models import AgendaItem, IssuedPaper, Paper
from papers.services import agendas as services
from papers.services.meetings import call_off
from partnership.models import Meeting, User
from partnership.rules import RuleBroken
from tests import factories as make
from tests.pages import assert_queries_stay, words


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Monday 23 November 2026, a week before the papers of `meeting` must be out."""
    be_on(monkeypatch, "2026-11-23")


def be_on(monkeypatch, day: str) -> None:
    noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


@pytest.fixture
def board(partnership):
    return make.group(partnership, name="Trust Board")


@pytest.fixture
def meeting(board) -> Meeting:
    return make.meeting(board, "2026-12-08", venue="Civic Centre")


@pytest.fixture
def paper(exercise) -> Paper:
    return make.paper(make.plan(exercise), title="Secret savings")


def address(meeting, name="agenda", *more) -> str:
    slug = meeting.group.partnership.slug
    return reverse(f"papers:{name}", args=[slug, meeting.identifier, *more])


def of_paper(paper) -> str:
    return reverse("papers:paper_agenda", args=[paper.partnership.slug, paper.identifier])


def add(meeting, title, by, **more) -> AgendaItem:
    return services.add_item(meeting=meeting, title=title, by=by, **more)


def issue(paper, item, number=1, **fields) -> None:
    Paper.objects.filter(pk=paper.pk).update(state="published")
    given = {"content": {}, "digest": str(number), "issued_by": User.objects.first()} | fields
    IssuedPaper.objects.create(paper=paper, number=number, agenda_item=item, **given)


def page(client, user, meeting) -> str:
    client.force_login(user)
    return words(client.get(address(meeting)))


def titles(meeting) -> list[str]:
    found = AgendaItem.objects.filter(meeting=meeting).order_by("number")
    assert [item.number for item in found] == list(range(1, len(found) + 1))
    return [item.title for item in found]


def press(client, item, name, **sent):
    return client.post(address(item.meeting, f"agenda_item_{name}", item.identifier), sent)


def test_officer_puts_an_agenda_together(client, officer, observer, meeting):
    client.force_login(officer)
    for title in ("Apologies", "Savings", "Minutes"):
        sent = {"title": title, "kind": "ordinary", "printed": "9a" if title == "Savings" else ""}
        assert client.post(address(meeting, "agenda_item_new"), sent).status_code == 302
    savings = AgendaItem.objects.get(title="Savings")
    assert press(client, savings, "move", to="3").status_code == 302
    assert titles(meeting) == ["Apologies", "Minutes", "Savings"]
    late = {"title": "Savings", "kind": "late", "printed": "9a", "version": 1}
    edit = address(meeting, "agenda_item_edit", savings.identifier)
    assert client.post(edit, late).status_code == 422
    assert client.post(edit, late | {"late_reason": "A court order."}).status_code == 302

    text = page(client, observer, meeting)
    assert (
        "Agenda Item 1 Apologies Item 2 Minutes Item 9a Savings Late item. The chair’s reason: "
        "A court order." in text
    )
    assert (
        "Papers out by Monday 30 November 2026, to give 5 clear days of notice 7 days left" in text
    )
    for his in ("Add an item", "Move up", "Put a paper here", "Remove"):
        assert his not in text


def test_item_is_removed_and_comes_back_to_its_place(client, officer, meeting):
    first, *_ = (add(meeting, title, officer) for title in ("One", "Two", "Three"))
    client.force_login(officer)
    assert press(client, first, "remove", version="7").status_code == 302
    assert titles(meeting) == ["One", "Two", "Three"]
    press(client, first, "remove", version="1")
    assert titles(meeting) == ["Two", "Three"]
    assert "Taken off the agenda One" in words(client.get(address(meeting)))
    press(client, first, "restore")
    assert titles(meeting) == ["One", "Two", "Three"]


def test_draft_is_to_follow_for_those_who_may_not_see_it(
    client, officer, board_member, observer, facilitator, meeting, paper
):
    item = add(meeting, "Savings", officer)
    services.place_paper(paper=paper, item=item, by=officer)
    for reader in (board_member, observer, facilitator):
        text = page(client, reader, meeting)
        assert "Item 1 Savings Paper to follow" in text
        assert "Secret" not in text
    text = page(client, officer, meeting)
    assert "Item 1 Savings Secret savings Draft Take off the agenda: Secret savings" in text
    assert "Paper to follow" not in text

    issue(paper, item)
    text = page(client, board_member, meeting)
    assert "Secret savings Issue 1 (PDF) of Secret savings, 23 November 2026" in text
    assert "to follow" not in text


def test_item_to_follow_says_so_until_its_paper_is_issued(
    client, officer, observer, meeting, paper
):
    item = add(meeting, "Savings", officer, kind="to_follow")
    assert "Savings Paper to follow" in page(client, observer, meeting)
    services.place_paper(paper=paper, item=item, by=officer)
    issue(paper, item)
    assert "to follow" not in page(client, observer, meeting)


def test_meeting_that_is_over_still_has_what_was_issued_for_it(
    client, officer, observer, board, meeting, paper, monkeypatch
):
    item = add(meeting, "Savings", officer)
    services.place_paper(paper=paper, item=item, by=officer)
    issue(paper, item)
    be_on(monkeypatch, "2026-12-09")
    later = add(make.meeting(board, "2027-03-09"), "Savings again", officer, printed="4b")
    services.place_paper(paper=paper, item=later, by=officer)

    text = page(client, observer, meeting)
    file = [paper.partnership.slug, paper.identifier, 1, "pdf"]
    href = reverse("papers:issue_download", args=file)
    assert f'href="{href}"' in client.get(address(meeting)).content.decode()
    assert "of Secret savings, 23 November 2026 Now item 4b on 9 March 2027" in text
    assert "Papers out" not in text
    assert "Secret savings" in page(client, observer, later.meeting)
    assert "Secret savings To be issued again" in page(client, officer, later.meeting)


def test_issue_that_came_in_with_the_history_says_no_day(client, officer, meeting, paper):
    item = add(meeting, "Savings", officer)
    issue(paper, item, issued_by=None)
    text = page(client, officer, meeting)
    assert "Issue 1 (PDF) of Secret savings" in text
    assert "23 November 2026" not in text


def test_standing_items_are_copied_from_the_last_meeting(client, officer, board, meeting):
    add(make.meeting(board, "2025-12-08"), "Long ago", officer, kind="standing")
    last = make.meeting(board, "2026-09-08")
    for title in ("Apologies", "Minutes", "Any other business"):
        add(last, title, officer, kind="standing")
    add(last, "Savings", officer)
    other = make.meeting(make.group(board.partnership), "2026-10-01")
    add(other, "Of another body", officer, kind="standing")
    off = make.meeting(board, "2026-11-01")
    add(off, "Called off", officer, kind="standing")
    call_off(meeting=off, reason="Snow.", version=1, by=officer)
    add(meeting, "apologies", officer)

    client.force_login(officer)
    assert "Copy the standing items" in words(client.get(address(meeting)))
    assert client.post(address(meeting, "agenda_standing")).status_code == 302
    assert titles(meeting) == ["apologies", "Minutes", "Any other business"]
    assert "Copy the standing items" not in words(client.get(address(meeting)))
    again = client.post(address(meeting, "agenda_standing"), follow=True)
    assert "No standing item of an earlier meeting is missing here." in words(again)
    assert len(titles(meeting)) == 3


def test_late_paper_is_warned_of_and_taken_with_the_chairs_reason(
    client, officer, observer, meeting, paper, monkeypatch
):
    item = add(meeting, "Savings", officer)
    place = address(meeting, "agenda_paper", item.identifier)
    client.force_login(officer)
    assert "The deadline has passed" not in words(client.get(place))
    be_on(monkeypatch, "2026-12-01")
    client.force_login(officer)
    assert "The deadline has passed" in words(client.get(place))
    assert client.post(place, {"paper": paper.identifier}).status_code == 302
    text = page(client, officer, meeting)
    assert "Papers had to be out by Monday 30 November 2026. Mark the item late" in text
    assert "Mark the item late" not in page(client, observer, meeting)

    sent = {"paper": make.paper(paper.plan).identifier, "late_reason": "A court order."}
    client.force_login(officer)
    assert client.post(place, sent).status_code == 302
    item.refresh_from_db()
    assert (item.kind, item.late_reason) == ("late", "A court order.")
    assert "Mark the item late" not in page(client, officer, meeting)
    assert "The chair’s reason: A court order." in page(client, observer, meeting)


def test_paper_issued_in_time_is_not_late_afterwards(client, officer, meeting, paper, monkeypatch):
    item = add(meeting, "Savings", officer)
    services.place_paper(paper=paper, item=item, by=officer)
    be_on(monkeypatch, "2026-11-30")
    issue(paper, item)
    be_on(monkeypatch, "2026-12-07")
    issue(paper, item, number=2)
    text = page(client, officer, meeting)
    assert "Issue 2 (PDF) of Secret savings, 7 December 2026" in text
    assert "Mark the item late" not in text


def test_paper_is_put_on_an_agenda_from_its_own_page(
    client, officer, board, meeting, paper, monkeypatch
):
    item = add(meeting, "Savings", officer)
    over = make.meeting(board, "2026-10-01")
    client.force_login(officer)
    shown = words(client.get(of_paper(paper)))
    assert "Trust Board, 8 December 2026" not in words(client.get(address(over)))
    assert "1 October 2026" not in shown
    assert client.post(of_paper(paper), {"place": item.identifier}).status_code == 302
    paper.refresh_from_db()
    assert (paper.agenda_item, paper.version) == (item, 2)
    assert paper.history.first().history_user == officer

    be_on(monkeypatch, "2026-12-01")
    client.force_login(officer)
    new = {"place": f"new-{meeting.identifier}"}
    warned = client.post(of_paper(paper), new)
    assert warned.status_code == 422
    assert "had to be out by Monday 30 November 2026" in warned.content.decode()
    assert titles(meeting) == ["Savings"]
    again = new | {"warned": meeting.identifier, "late_reason": "A court order."}
    assert client.post(of_paper(paper), again).status_code == 302
    paper.refresh_from_db()
    assert titles(meeting) == ["Savings", "Secret savings"]
    assert (paper.agenda_item.kind, paper.agenda_item.number) == ("late", 2)


def test_warning_is_given_once(client, officer, meeting, paper, monkeypatch):
    item = add(meeting, "Savings", officer)
    be_on(monkeypatch, "2026-12-01")
    client.force_login(officer)
    sent = {"place": item.identifier, "warned": meeting.identifier}
    assert client.post(of_paper(paper), sent).status_code == 302
    item.refresh_from_db()
    assert item.kind == "ordinary"


@pytest.mark.parametrize("place", ["", "nowhere", "new-nowhere", "\0"])
def test_place_that_is_not_offered_is_refused(client, officer, meeting, paper, place):
    client.force_login(officer)
    assert client.post(of_paper(paper), {"place": place}).status_code == 422


def test_item_with_papers_stays(client, officer, meeting, paper):
    item = add(meeting, "Savings", officer)
    services.place_paper(paper=paper, item=item, by=officer)
    client.force_login(officer)
    press(client, item, "remove", version="1")
    assert "Take them off first." in words(client.get(address(meeting)))
    off = address(meeting, "agenda_paper_off", item.identifier, paper.identifier)
    assert client.post(off).status_code == 302
    paper.refresh_from_db()
    assert paper.agenda_item is None
    issue(paper, item)
    press(client, item, "remove", version="1")
    assert titles(meeting) == ["Savings"]


def test_take_off_leaves_what_stands_elsewhere(officer, meeting, paper):
    first, second = add(meeting, "One", officer), add(meeting, "Two", officer)
    services.place_paper(paper=paper, item=second, by=officer)
    services.take_off(paper=paper, item=first, by=officer)
    paper.refresh_from_db()
    assert paper.agenda_item == second


def test_nothing_is_put_where_it_cannot_stand(officer, meeting, paper):
    theirs = make.meeting(make.group(make.partnership()), "2026-12-08")
    item = add(theirs, "Theirs", officer)
    with pytest.raises(RuleBroken, match="not a meeting of this partnership"):
        services.place_paper(paper=paper, item=item, by=officer)
    gone = services.remove_item(item=add(meeting, "Gone", officer), version=1, by=officer)
    with pytest.raises(RuleBroken, match="Somebody removed this item"):
        services.place_paper(paper=paper, item=gone, by=officer)
    call_off(meeting=meeting, reason="Snow.", version=1, by=officer)
    with pytest.raises(RuleBroken, match="called off"):
        services.place_anew(paper=paper, meeting=meeting, by=officer)
    assert titles(meeting) == []


def test_meeting_that_was_called_off_says_why_and_takes_no_items(
    client, officer, observer, meeting, paper
):
    item = add(meeting, "Savings", officer)
    services.place_paper(paper=paper, item=item, by=officer)
    call_off(meeting=meeting, reason="Snow on all roads.", version=1, by=officer)
    assert "Called off Snow on all roads. Agenda Item 1 Savings" in page(client, observer, meeting)
    assert "Add an item" not in page(client, officer, meeting)
    assert client.get(address(meeting, "agenda_item_new")).status_code == 404
    assert press(client, item, "move", to="1").status_code == 404


@pytest.mark.parametrize("who", ["board_member", "observer", "facilitator", "invited"])
def test_others_change_no_agenda(client, officer, meeting, paper, request, who):
    item = add(meeting, "Savings", officer)
    services.place_paper(paper=paper, item=item, by=officer)
    client.force_login(request.getfixturevalue(who))
    buttons = [press(client, item, name) for name in ("move", "remove", "restore")]
    buttons.append(client.post(address(meeting, "agenda_standing")))
    off = address(meeting, "agenda_paper_off", item.identifier, paper.identifier)
    buttons.append(client.post(off))
    assert [answer.status_code for answer in buttons] == [403] * 5
    paper.refresh_from_db()
    assert paper.agenda_item == item


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "\0"}, {"kind": "x"}, {"printed": "x" * 11}]
)
def test_wrong_item_comes_back(client, officer, meeting, wrong):
    client.force_login(officer)
    sent = {"title": "Savings", "kind": "ordinary"} | wrong
    assert client.post(address(meeting, "agenda_item_new"), sent).status_code == 422
    assert titles(meeting) == []


def test_agenda_takes_as_many_queries_for_ten_times_the_items(
    client, officer, meeting, board, paper
):
    add(make.meeting(board, "2026-09-08"), "Apologies", officer, kind="standing")

    def more(times: int) -> None:
        for _ in range(times):
            item = add(meeting, "Savings", officer)
            other = make.paper(paper.plan)
            services.place_paper(paper=other, item=item, by=officer)
            issue(other, item)
            gone = add(meeting, "Gone", officer)
            services.remove_item(item=gone, version=1, by=officer)

    more(1)
    client.force_login(officer)
    assert_queries_stay(client, [address(meeting), of_paper(paper)], lambda: more(10))
