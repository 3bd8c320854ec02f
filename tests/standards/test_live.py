"""The facilitator's board and the projector: what a room tells, and what it keeps to itself."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partnership.models import User
from standards.live import Board, board, counter_of, screen
from standards.models import Answer, Participant, Score, Session
from standards.services.agreeing import Agreement, agree_score
from standards.services.voting import reveal
from tests import factories as make
from tests.pages import assert_queries_stay, words
from tests.standards.running import of_exercise, of_session, press


@pytest.fixture
def room(partnership) -> Session:
    """An open session of two working groups of three, and three standards."""
    return make.open_room(partnership, groups=2)


def seats(room: Session, name: str = "Table 1") -> list[Participant]:
    found = Participant.objects.filter(working_group__session=room, working_group__name=name)
    return list(found.select_related("working_group__session__exercise", "user").order_by("pk"))


def revealed(room: Session, number: int = 1, name: str = "Table 1") -> None:
    recorder = seats(room, name)[0]
    standard = room.exercise.framework.standards.get(number=number)
    reveal(
        working_group=recorder.working_group, standard=standard, by=recorder.user, acknowledged=True
    )


def agreed(room: Session, value: str, number: int = 1, name: str = "Table 1") -> Score:
    recorder = seats(room, name)[0]
    standard = room.exercise.framework.standards.get(number=number)
    given = Agreement(make.Decimal(value), reason="We talked.")
    return agree_score(
        working_group=recorder.working_group, standard=standard, agreement=given, by=recorder.user
    )


def seen(room: Session, after: timedelta = timedelta(0)) -> Board:
    """The board of the room, some time from now."""
    return board(Session.objects.get(pk=room.pk), timezone.now() + after)


def states(room: Session) -> list[list[str]]:
    return [[cell.words for cell in table.cells] for table in seen(room).tables]


def test_board_follows_a_group_through_a_standard(room):
    nothing = ["not begun"] * 3
    assert states(room) == [nothing, nothing]
    one, two, three = seats(room)
    make.vote(one, "2")
    make.vote(two, "5")
    assert states(room)[0][0] == "2 of 3 have voted"
    assert seen(room).tables[0].unheard == (three.user.name,)
    revealed(room)
    assert states(room)[0][0] == "votes revealed, not agreed yet"
    make.vote(three, "4", round=2)
    assert states(room)[0][0] == "1 of 3 have voted again"
    revealed(room)
    agreed(room, "3.5")
    assert states(room) == [["agreed 3.5", "not begun", "not begun"], nothing]
    assert (seen(room).agreed, seen(room).total) == (1, 6)
    assert seen(room).tables[0].now.standard.number == 2


def test_board_says_who_has_joined_and_how_many_are_expected(client, facilitator, room):
    room.working_groups.filter(name="Table 1").update(expected=5)
    client.force_login(facilitator)
    page = words(client.get(of_session(room)))
    assert "Joined: 3 of 5 expected." in page
    assert "Joined: 3." in page
    assert f"{seats(room)[0].user.name} (recorder)" in page


def test_board_says_where_a_group_has_stalled_and_not_where_all_rest(room):
    Participant.objects.update(joined_at=timezone.now() - timedelta(minutes=20))
    assert [table.stalled for table in seen(room).tables] == ["", ""]
    make.vote(seats(room)[0], "3")
    told = [table.stalled for table in seen(room).tables]
    assert told == ["", "Nothing new for 20 minutes, while others moved on."]
    later = seen(room, after=timedelta(minutes=30)).tables
    assert [table.stalled for table in later] == ["", ""]


def test_board_does_not_tell_that_somebody_changed_a_vote(room):
    quiet, other = seats(room)[0], seats(room, "Table 2")[0]
    make.vote(quiet, "3")
    past = timezone.now() - timedelta(minutes=20)
    Participant.objects.update(joined_at=past)
    Answer.objects.update(arrived_at=past)
    make.vote(other, "3")
    before = seen(room).tables[0]
    make.vote(quiet, "4", base_version=1)
    assert seen(room).tables[0] == before
    assert "20 minutes" in before.stalled


@pytest.mark.parametrize(
    ("minutes", "time_left", "pace"),
    [
        (80, "1 hour 20 minutes left", "26 minutes for each."),
        (60, "1 hour left", "20 minutes for each."),
        (2, "2 minutes left", "less than a minute for each."),
        (-5, "5 minutes over", "left in a group."),
    ],
)
def test_board_sets_the_time_left_against_the_standards_left(room, minutes, time_left, pace):
    now = timezone.now()
    room.ends_at = now + timedelta(minutes=minutes)
    shown = board(room, now)
    assert shown.time_left == time_left
    assert shown.pace.startswith("At most 3 standards left in a group")
    assert shown.pace.endswith(pace)
    assert shown.is_over is (minutes < 0)


def test_board_says_nothing_of_time_where_no_end_is_set(room):
    assert (seen(room).time_left, seen(room).is_over) == ("", False)


def played(client, room: Session, values: list[str]) -> list[str]:
    """All that facilitator, projector and polls say after the group voted these values."""
    for seat, value in zip(seats(room), values, strict=True):
        make.vote(seat, value)
    told = []
    for name in ("session", "session_board", "session_projector", "projector_poll"):
        response = client.get(of_session(room, name))
        headers = [f"{key}: {value}" for key, value in response.items() if key != "Set-Cookie"]
        told.append(response.text + "".join(headers))
    told.append(client.get(of_exercise(room.exercise, "results")).text)
    told.append(client.get(of_exercise(room.exercise, "exercise")).text)
    return told


def test_nothing_tells_a_vote_before_its_reveal(client, administrator, partnership):
    """The same room twice, with other votes: every page is the same but for names of the room."""
    told = []
    for values in (["1", "5", "2"], ["4", "3", "3"]):
        room = make.open_room(partnership, title=f"Exercise of {values[0]}")
        Session.objects.filter(pk=room.pk).update(join_code=f"C{values[0]}", join_key=values[0])
        Session.objects.filter(pk=room.pk).update(shows_figures=True)
        client.force_login(administrator)
        names = [str(seat.user) for seat in seats(room)]
        hide = [room.identifier, room.exercise.identifier, room.exercise.title, *names]
        hide += [seat.working_group.identifier for seat in seats(room)]
        told.append([_without(page, hide) for page in played(client, room, values)])
    assert told[0] == told[1]
    assert "3 of 3 have voted" in told[0][0]


def _without(page: str, hide: list[str]) -> str:
    """The page without what differs between two rooms that are otherwise alike."""
    for word in hide:
        page = page.replace(word, "…")
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    page = re.sub(r"seen=(\d+)-\d+", r"seen=\1", page)
    return re.sub(r"\bC\d\b", "", page)


def test_the_projector_hides_agreed_scores_until_they_are_shown(client, facilitator, room):
    make.scores(room.working_groups.get(name="Table 1"), "3.5", "2")
    make.scores(room.working_groups.get(name="Table 2"), "4.5", "2")
    client.force_login(facilitator)
    for name in ("session_projector", "projector_poll"):
        page = words(client.get(of_session(room, name)))
        assert "4 of 6 scores agreed" in page
        assert "We share one plan All groups agreed" in page
        assert not re.search(r"3\.5|4\.5|4\.0", page)
    assert screen(Session.objects.get(pk=room.pk), timezone.now()).results is None
    press(room, "session_figures", client, shown="yes")
    page = words(client.get(of_session(room, "session_projector")))
    assert "Discuss first" in page
    assert re.search(r"We share one plan\s+4\.0\s+2", page)
    press(room, "session_figures", client, shown="no")
    assert "Discuss first" not in words(client.get(of_session(room, "session_projector")))


def test_the_projector_says_so_while_there_is_nothing_to_show(client, facilitator, room):
    client.force_login(facilitator)
    press(room, "session_figures", client, shown="yes")
    assert "No score is agreed yet." in words(client.get(of_session(room, "session_projector")))


POLLS = ("session_board", "projector_poll")


def counter(page: str) -> str:
    return re.search(r"seen=([\d-]+)", page).group(1)


@pytest.mark.parametrize("name", POLLS)
def test_an_unchanged_poll_says_nothing_in_two_queries(client, facilitator, room, name, frozen):
    client.force_login(facilitator)
    last = counter(client.get(of_session(room, name)).text)
    with CaptureQueriesContext(connection) as taken:
        response = client.get(of_session(room, name), {"seen": last})
    assert (response.status_code, response.content) == (204, b"")
    assert len(taken) <= 2


@pytest.mark.parametrize("name", POLLS)
def test_a_poll_answers_when_the_room_has_news_and_not_for_a_changed_vote(
    client, facilitator, room, name, frozen
):
    client.force_login(facilitator)
    first = counter(client.get(of_session(room, name)).text)
    make.vote(seats(room)[0], "3")
    response = client.get(of_session(room, name), {"seen": first})
    assert response.status_code == 200
    assert 'hx-swap-oob="innerHTML"' in response.text
    last = counter(response.text)
    make.vote(seats(room)[0], "4", base_version=1)
    assert client.get(of_session(room, name), {"seen": last}).status_code == 204


@pytest.fixture
def frozen(monkeypatch):
    """The clock stands still, so that no minute turns in the middle of a test."""
    now = timezone.now()
    monkeypatch.setattr("standards.views.live.timezone.now", lambda: now)


def test_a_poll_answers_when_a_minute_has_passed(room, manager):
    now = timezone.now()
    place = room.exercise.partnership.slug, room.identifier, manager.pk
    assert counter_of(*place, now) != counter_of(*place, now + timedelta(minutes=1))


def test_a_poll_ends_with_the_right_to_run_the_exercise(client, facilitator, room):
    client.force_login(facilitator)
    assert client.get(of_session(room, "session_board")).status_code == 200
    User.objects.filter(pk=facilitator.pk).update(is_active=False)
    assert client.get(of_session(room, "session_board")).status_code == 404


def test_a_closed_session_no_longer_polls(client, facilitator, room):
    client.force_login(facilitator)
    assert "hx-trigger" in client.get(of_session(room)).text
    press(room, "session_close", client)
    for name in ("session", "session_board", "session_projector", "projector_poll"):
        assert "hx-trigger" not in client.get(of_session(room, name)).text


def test_recorder_replaces_the_recorder_by_somebody_in_the_group(client, facilitator, room):
    client.force_login(facilitator)
    first, second, _ = seats(room)
    address = of_session(room, "recorder", first.working_group.identifier)
    stranger = seats(room, "Table 2")[0]
    refused = client.post(address, {"recorder": stranger.identifier})
    assert refused.status_code == 422
    client.post(address, {"recorder": second.identifier})
    assert first.working_group.participants.get(is_recorder=True) == second


def test_score_reopen_needs_a_reason_and_keeps_it(client, facilitator, room):
    client.force_login(facilitator)
    make.vote(seats(room)[0], "3")
    revealed(room)
    score = agreed(room, "3")
    address = of_session(room, "score_reopen", score.working_group.identifier, 1)
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "They misheard."}).status_code == 302
    score.refresh_from_db()
    assert not score.is_agreed
    line = score.history.first()
    assert (line.history_change_reason, line.history_user) == ("They misheard.", facilitator)
    assert states(room)[0][0] == "reopened"
    assert client.get(address).status_code == 404


def corrected(client, room: Session, **more):
    group = room.working_groups.get(name="Table 1")
    given = {"answer": "4", "reason": "They said so.", "correction": "Typed wrongly."}
    address = of_session(room, "score_correct", group.identifier, 1)
    return client.post(address, given | {"version": "1"} | more)


def test_score_correct_waits_for_the_session_to_close(client, manager, room):
    client.force_login(manager)
    make.scores(room.working_groups.get(name="Table 1"), "3")
    assert corrected(client, room).status_code == 409
    press(room, "session_close", client)
    assert corrected(client, room).status_code == 302
    score = Score.objects.get()
    assert (score.value, score.reason) == (4, "They said so.")
    assert score.history.first().history_change_reason == "Typed wrongly."


def test_score_correct_after_the_exercise_makes_a_new_version_of_the_results(client, manager, room):
    client.force_login(manager)
    make.scores(room.working_groups.get(name="Table 1"), "3")
    room.exercise.refresh_from_db()
    client.post(of_exercise(room.exercise, "exercise_close"), {"version": room.exercise.version})
    assert corrected(client, room).status_code == 302
    frozen = room.exercise.frozen.order_by("number")
    versions = [(each.number, each.reason, each.averages["1"]) for each in frozen]
    assert versions == [(1, "", "3.0"), (2, "Typed wrongly.", "4.0")]


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        ({"correction": ""}, 422, "Enter why it is corrected"),
        ({"answer": "9"}, 422, "Select a valid choice"),
        ({"answer": "not_applicable", "reason": ""}, 409, "Say why the standard is not applicable"),
        ({"version": "7"}, 409, "changed this"),
    ],
)
def test_score_correct_keeps_what_was_typed(client, manager, room, wrong, status, says):
    client.force_login(manager)
    make.scores(room.working_groups.get(name="Table 1"), "3")
    press(room, "session_close", client)
    response = corrected(client, room, **wrong)
    assert response.status_code == status
    assert says in response.text
    assert "They said so." in response.text or "Typed wrongly." in response.text
    assert Score.objects.get().value == 3


def test_the_board_and_the_projector_cost_the_same_for_ten_times_the_groups(
    client, facilitator, room
):
    client.force_login(facilitator)
    make.scores(room.working_groups.get(name="Table 1"), "3.5", "2")
    Session.objects.filter(pk=room.pk).update(shows_figures=True)

    def grow() -> None:
        for number in range(3, 21):
            group = make.working_group(room.exercise, f"Table {number}", people=4)
            make.scores(group, "3", "4")
            make.vote(group.participants.first(), "3", 3)

    pages = ("session", "session_board", "session_projector", "session_cards", "session_groups")
    assert_queries_stay(client, [of_session(room, name) for name in pages], grow)
