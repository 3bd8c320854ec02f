"""Planning meetings in the browser: when, where, with whom, and when their papers must be out."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from papers.services import meetings as services
from partnership.models import Meeting
from partnership.rules import RuleBroken
from tests import factories as make
from tests.pages import assert_queries_stay, chosen, words


@pytest.fixture
def board(partnership):
    return make.group(partnership, name="Trust Board")


@pytest.fixture
def on_day(monkeypatch):
    def be(day: str) -> None:
        """Let it be noon of a day."""
        noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon)

    return be


def address(partnership, name="meetings", *more) -> str:
    room = "partnership" if name == "meetings" else "papers"
    return reverse(f"{room}:{name}", args=[partnership.slug, *more])


def page(client, user, partnership) -> str:
    client.force_login(user)
    return words(client.get(address(partnership)))


def typed(board, day="8", month="12", year="2026", **more) -> dict[str, object]:
    date = {"date_day": day, "date_month": month, "date_year": year, "date_words": ""}
    return {"group": board.pk, "is_special": "False", **date, **more}


def test_officer_plans_a_joint_special_meeting(
    client, officer, observer, partnership, board, on_day
):
    on_day("2026-11-01")
    forum = make.group(partnership, name="Providers’ Forum")
    client.force_login(officer)
    sent = typed(board, time="2.30pm", venue="Civic Centre", title="The plan", joint_with=forum.pk)
    answer = client.post(address(partnership, "meeting_new"), sent | {"is_special": "True"})

    meeting = Meeting.objects.get()
    assert answer["Location"] == f"{address(partnership)}#meeting-{meeting.identifier}"
    assert meeting.history.get().history_user == officer
    text = page(client, observer, partnership)
    assert (
        "8 December 2026, 14:30 Trust Board: The plan, 8 December 2026: agenda Special meeting, "
        "joint with Providers’ Forum Civic Centre Papers out by Monday 30 November 2026" in text
    )
    for hers in ("Plan a meeting", "Change:", "Call off", "Notice and quorum"):
        assert hers not in text


@pytest.mark.parametrize(
    ("date", "days", "deadline"),
    [
        ("2026-12-08", 5, "Monday 30 November 2026"),
        ("2027-01-05", 5, "Wednesday 23 December 2026"),  # over Christmas and New Year
        ("2027-04-02", 5, "Tuesday 23 March 2027"),  # over Good Friday and Easter Monday
        ("2026-12-08", 3, "Wednesday 2 December 2026"),
    ],
)
def test_page_says_by_when_papers_must_be_out(
    client, officer, partnership, board, on_day, date, days, deadline
):
    on_day("2026-11-02")
    make.meeting(board, date)
    client.force_login(officer)
    rules = {"notice_days": days, "quorum": "7", "version": 1}
    client.post(address(partnership, "meeting_rules", board.pk), rules)

    text = page(client, officer, partnership)
    assert f"Papers out by {deadline}" in text
    assert f"Trust Board {days} 7 Change" in text


@pytest.mark.parametrize(
    ("today", "tag"),
    [
        ("2026-11-22", "2026 Change"),
        ("2026-11-23", "7 days left"),
        ("2026-11-29", "1 day left"),
        ("2026-11-30", "Today"),
        ("2026-12-01", "Deadline passed"),
        ("2026-12-08", "Deadline passed"),
    ],
)
def test_page_warns_as_the_deadline_comes_near(
    client, officer, partnership, board, on_day, today, tag
):
    on_day(today)
    make.meeting(board, "2026-12-08")
    assert f"Papers out by Monday 30 November 2026 {tag}".replace("2026 2026", "2026") in page(
        client, officer, partnership
    )


@pytest.mark.parametrize("date", ["2026-12-07", "2027-01", "later this year"])
def test_no_deadline_where_the_day_is_over_or_not_known(
    client, officer, partnership, board, on_day, date
):
    on_day("2026-12-08")
    make.meeting(board, date)
    assert "Papers out" not in page(client, officer, partnership)


@pytest.mark.parametrize(
    ("wrong", "words_of_it"),
    [
        ({"date_day": "31", "date_month": "2"}, "Date must be a real date"),
        ({"date_day": "", "date_month": "", "date_year": ""}, "Enter date"),
        ({"time": "half past"}, "Enter a time, for example 14:00 or 2pm"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"title": "A\0"}, "Null characters are not allowed"),
        ({"joint_with": "itself"}, "does not meet jointly with itself"),
        ({"group": "99999999999999999999"}, "Select a valid choice"),
    ],
)
def test_wrong_meeting_comes_back_with_the_reason(
    client, officer, partnership, board, wrong, words_of_it
):
    make.group(partnership)
    if "joint_with" in wrong:
        wrong = {"joint_with": board.pk}
    client.force_login(officer)
    answer = client.post(address(partnership, "meeting_new"), typed(board) | wrong)
    assert answer.status_code in (409, 422)
    assert words_of_it in answer.content.decode()
    assert not Meeting.objects.exists()


def test_same_meeting_is_not_planned_twice(client, officer, partnership, board):
    client.force_login(officer)
    client.post(address(partnership, "meeting_new"), typed(board))
    again = client.post(address(partnership, "meeting_new"), typed(board))
    assert again.status_code == 422
    assert "This meeting is planned already." in again.content.decode()


def test_two_who_change_a_meeting_keep_both_changes(client, officer, manager, partnership, board):
    client.force_login(officer)
    client.post(address(partnership, "meeting_new"), typed(board))
    meeting = Meeting.objects.get()
    edit = address(partnership, "meeting_edit", meeting.identifier)
    other = Client()
    other.force_login(manager)
    assert other.post(edit, typed(board, venue="Town Hall", version=1)).status_code == 302
    assert client.post(edit, typed(board, time="14:00", version=1)).status_code == 302

    meeting.refresh_from_db()
    assert (meeting.venue, f"{meeting.time:%H:%M}", meeting.version) == ("Town Hall", "14:00", 3)
    mine = typed(board, time="15:00", venue="Library", version=1)
    clash = client.post(edit, mine)
    assert clash.status_code == 409
    assert "Town Hall" in clash.content.decode()
    saved = {each.field.name: each.saved.split(",")[0] for each in clash.context["differences"]}
    assert saved == {"time": "Officer", "venue": "Manager"}
    for _ in range(2):
        clash = client.post(edit, mine | chosen(clash, ""))
        assert clash.status_code == 409
        assert "Choose which text stands: Venue" in clash.content.decode()
    assert client.post(edit, mine | chosen(clash, "theirs")).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.venue, f"{meeting.time:%H:%M}") == ("Town Hall", "14:00")


def test_what_it_agreed_is_asked_for_once_it_is_over(client, officer, partnership, board, on_day):
    on_day("2026-12-07")
    meeting = make.meeting(board, "2026-12-08")
    edit = address(partnership, "meeting_edit", meeting.identifier)
    client.force_login(officer)
    assert "What it agreed" not in words(client.get(edit))
    on_day("2026-12-09")
    client.force_login(officer)
    assert "What it agreed" in words(client.get(edit))
    client.post(edit, typed(board, outcome="Agreed the **plan**.", version=1))
    assert "Agreed the plan." in page(client, officer, partnership)


def test_meeting_is_called_off_with_a_reason_and_comes_back(
    client, officer, observer, partnership, board, on_day
):
    on_day("2026-12-01")
    meeting = make.meeting(board, "2026-12-08")
    client.force_login(officer)
    off = address(partnership, "meeting_call_off", meeting.identifier)
    assert client.post(off, {"reason": " ", "version": 1}).status_code == 422
    assert client.post(off, {"reason": "Snow.", "version": 2}).status_code == 409
    assert client.post(off, {"reason": "Snow.", "version": 1}).status_code == 302

    text = page(client, observer, partnership)
    assert "No meeting is planned." in text
    assert "Called off 8 December 2026: Trust Board Snow. Called off on 1 December 2026" in text
    assert "Bring back" not in text
    assert client.get(off).status_code == 403
    client.force_login(officer)
    assert client.get(off).status_code == 404
    back = address(partnership, "meeting_bring_back", meeting.identifier)
    assert "Bring back" in words(client.get(address(partnership)))
    assert client.post(back).status_code == 302
    assert Meeting.objects.get().version == 3


def test_readers_are_not_told_of_what_was_called_off_long_ago(
    client, officer, observer, partnership, board
):
    meeting = make.meeting(board, "2009-05-01")
    services.call_off(meeting=meeting, reason="Typed twice", version=1, by=officer)
    assert "Typed twice" not in page(client, observer, partnership)
    assert "Typed twice" in page(client, officer, partnership)


def test_meeting_whose_place_is_taken_does_not_come_back(client, officer, partnership, board):
    meeting = make.meeting(board, "2026-12-08")
    services.call_off(meeting=meeting, reason="Snow.", version=1, by=officer)
    make.meeting(board, "2026-12-08")
    client.force_login(officer)
    back = address(partnership, "meeting_bring_back", meeting.identifier)
    assert "This meeting is planned already." in words(client.post(back, follow=True))
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("who", ["board_member", "observer", "facilitator", "invited"])
def test_others_plan_nothing(client, partnership, board, officer, request, who):
    meeting = make.meeting(board, "2026-12-08")
    services.call_off(meeting=meeting, reason="Snow.", version=1, by=officer)
    client.force_login(request.getfixturevalue(who))
    back = address(partnership, "meeting_bring_back", meeting.identifier)
    assert client.post(back).status_code == 403
    assert client.post(address(partnership, "meeting_new"), typed(board)).status_code == 403
    assert not Meeting.objects.exists()


def test_body_of_another_partnership_is_not_met_with(officer, board):
    theirs = make.group(make.partnership())
    values = {"date": "2026-12-08", "joint_with": [theirs]}
    with pytest.raises(RuleBroken, match="bodies of this partnership"):
        services.plan_meeting(group=board, values=values, by=officer)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("days", ["0", "61", "five", ""])
def test_notice_is_a_number_of_days(client, officer, partnership, board, days):
    client.force_login(officer)
    rules = address(partnership, "meeting_rules", board.pk)
    assert client.post(rules, {"notice_days": days, "version": 1}).status_code == 422
    board.refresh_from_db()
    assert board.notice_days == 5


def test_page_takes_as_many_queries_for_ten_times_the_meetings(client, officer, partnership, board):
    def more(times: int) -> None:
        for _ in range(times):
            group = make.group(partnership)
            meeting = make.meeting(group, "2999-03-14")
            meeting.joint_with.add(board)
            gone = make.meeting(group, "2999-03-15")
            services.call_off(meeting=gone, reason="Snow.", version=1, by=officer)

    more(1)
    client.force_login(officer)
    assert_queries_stay(client, [address(partnership)], lambda: more(10))
