"""Sessions and working groups: set up, opened, joined by a code, closed."""

import re

import pytest
from django.utils import timezone

from partnership.models import User
from partnership.roles import Role
from standards.models import Exercise, Participant, Session, WorkingGroup
from standards.services.joining import CodeUnknown, session_by_code, session_by_key
from tests import factories as make
from tests.pages import words
from tests.standards.running import RUNNERS, of_exercise, of_session, press


@pytest.fixture
def planned(partnership, invited) -> Session:
    """The only session of a planned exercise, with one empty working group."""
    made = make.exercise(partnership, state="planned")
    made.facilitators.add(invited)
    make.working_group(made, "Table one")
    return made.sessions.get()


@pytest.fixture
def room(partnership, invited) -> Session:
    """An open session with one working group of three."""
    made = make.open_room(partnership)
    made.exercise.facilitators.add(invited)
    return made


@pytest.fixture
def invited_elsewhere(partnership) -> User:
    return make.member(partnership, Role.INVITED_FACILITATOR, "Invited elsewhere")


def typed(**more) -> dict[str, object]:
    """The form of a session as somebody fills it in."""
    given = {"title": "Second day", "date_day": "8", "date_month": "2", "date_year": "2027"}
    return given | {"finishes": "16:30", "venue": "Town hall", "is_joint": "on"} | more


def test_session_new_adds_a_session_behind_the_others(client, facilitator, planned):
    board = make.group(planned.exercise.partnership)
    make.group(make.partnership())
    client.force_login(facilitator)
    address = of_exercise(planned.exercise, "session_new")
    response = client.post(address, typed(groups=[board.pk]))
    made = planned.exercise.sessions.get(number=2)
    assert response["Location"] == of_session(made, "session_groups")
    assert (made.title, str(made.date), made.venue) == (
        "Second day",
        "8 February 2027",
        "Town hall",
    )
    assert (made.is_joint, list(made.groups.all()), made.state) == (True, [board], "planned")
    assert timezone.localtime(made.ends_at).isoformat() == "2027-02-08T16:30:00+00:00"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Enter title"),
        ({"finishes": "half past four"}, "on the 24-hour clock"),
        ({"date_day": ""}, "Give the day of the session"),
        ({"date_day": "31"}, "must be a real date"),
        ({"groups": ["0"]}, "Choose from what is offered"),
    ],
)
def test_session_new_keeps_what_was_typed(client, manager, planned, wrong, says):
    client.force_login(manager)
    response = client.post(of_exercise(planned.exercise, "session_new"), typed(**wrong))
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert "Town hall" in page
    assert planned.exercise.sessions.count() == 1


@pytest.mark.parametrize("key", ["9" * 30, "x", "-1"])
def test_session_new_takes_no_group_that_is_not_offered(client, manager, planned, key):
    client.force_login(manager)
    response = client.post(of_exercise(planned.exercise, "session_new"), typed(groups=[key]))
    assert response.status_code == 422
    assert response.content.decode().count("Choose from what is offered") >= 1 or key == "x"


def test_session_new_is_refused_once_the_exercise_has_closed(client, manager, exercise):
    client.force_login(manager)
    response = client.post(of_exercise(exercise, "session_new"), typed())
    assert response.status_code == 409
    assert exercise.sessions.count() == 1


def test_session_edit_shows_both_texts_where_somebody_was_faster(client, manager, planned):
    client.force_login(manager)
    address = of_session(planned, "session_edit")
    assert client.post(address, typed(title="Theirs", version=1)).status_code == 302
    response = client.post(address, typed(title="Mine", venue="My hall", version=1))
    assert response.status_code == 409
    assert all(text in response.content.decode() for text in ("Theirs", "Mine", "My hall"))
    planned.refresh_from_db()
    assert planned.title == "Theirs"


def test_session_groups_adds_a_group_its_cohort_and_its_recorder(client, facilitator, planned):
    member = make.member(planned.exercise.partnership, Role.BOARD_MEMBER, "Ada")
    client.force_login(facilitator)
    given = {"name": "Table two", "cohort": "+", "new_cohort": "Young people", "expected": "6"}
    address = of_session(planned, "session_groups")
    response = client.post(address, given | {"recorder": member.identifier})
    assert response["Location"] == address
    made = planned.working_groups.get(name="Table two")
    assert (made.number, made.cohort.name, made.expected) == (2, "Young people", 6)
    seat = made.participants.get()
    assert (seat.user, seat.is_recorder) == (member, True)
    assert "Table two Young people 6 Ada" in words(client.get(address))


def test_session_groups_takes_a_cohort_that_is_there(client, manager, planned):
    client.force_login(manager)
    given = {"name": "Table two", "cohort": "Strategic"}
    client.post(of_session(planned, "session_groups"), given)
    assert planned.exercise.cohorts.count() == 1
    assert planned.working_groups.get(name="Table two").cohort.name == "Strategic"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Enter name"),
        ({"name": "table ONE"}, "Another working group of this session has this name"),
        ({"cohort": "+", "new_cohort": " "}, "Enter the name of the new cohort"),
        ({"cohort": "", "new_cohort": ""}, "Choose cohort"),
        ({"expected": "many"}, "Enter a whole number"),
        ({"recorder": "stranger"}, "Select a valid choice"),
    ],
)
def test_session_groups_keeps_what_was_typed(client, manager, planned, wrong, says):
    client.force_login(manager)
    given = {"name": "Table two", "cohort": "+", "new_cohort": "Young people", "expected": "6"}
    response = client.post(of_session(planned, "session_groups"), given | wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert "Young people" in page or "Table two" in page
    assert planned.working_groups.count() == 1


def test_session_group_changes_name_cohort_and_recorder(client, manager, planned):
    group = planned.working_groups.get()
    first = make.seat(group, is_recorder=True)
    second = make.seat(group)
    client.force_login(manager)
    address = of_session(planned, "session_group", group.identifier)
    assert f'value="{first.user.identifier}" selected' in client.get(address).content.decode()
    given = {"name": "Window table", "cohort": "Strategic", "version": "1"}
    client.post(address, given | {"recorder": second.user.identifier})
    group.refresh_from_db()
    assert (group.name, group.version) == ("Window table", 2)
    assert group.participants.get(is_recorder=True) == second
    assert client.post(address, given).status_code == 409


def test_session_group_takes_the_record_from_everybody(client, manager, planned):
    group = planned.working_groups.get()
    make.seat(group, is_recorder=True)
    client.force_login(manager)
    given = {"name": "Table one", "cohort": "Strategic", "version": "1", "recorder": ""}
    client.post(of_session(planned, "session_group", group.identifier), given)
    assert not group.participants.filter(is_recorder=True).exists()


def test_group_remove_takes_an_empty_group_alone(client, manager, room):
    client.force_login(manager)
    make.working_group(room.exercise, "Empty table")
    full, empty = room.working_groups.order_by("number")
    make.scores(full, "3")
    assert client.post(of_session(room, "group_remove", empty.identifier)).status_code == 302
    refused = client.post(of_session(room, "group_remove", full.identifier))
    assert refused.status_code == 409
    assert list(room.working_groups.all()) == [full]


def test_session_remove_takes_a_session_that_was_never_opened(client, manager, planned, room):
    client.force_login(manager)
    response = client.post(of_session(planned, "session_remove"))
    assert response["Location"] == of_exercise(planned.exercise, "exercise")
    assert not Session.objects.filter(pk=planned.pk).exists()
    assert client.post(of_session(room, "session_remove")).status_code == 409
    assert Session.objects.filter(pk=room.pk).exists()


def test_session_says_what_is_missing_before_it_is_opened(client, manager, planned):
    client.force_login(manager)
    page = words(client.get(of_session(planned)))
    assert "Say when the room must finish" in page
    assert "No recorder yet: Table one." in page
    assert "Open the session" in page
    WorkingGroup.objects.all().delete()
    page = words(client.get(of_session(planned)))
    assert "Add the working groups: without one, nobody can join." in page
    assert "Open the session" not in page


BUTTONS = {
    "session_open": {},
    "session_close": {},
    "session_code": {},
    "session_offer": {"standard": "2"},
    "session_figures": {"shown": "yes"},
}


@pytest.mark.parametrize("who", RUNNERS)
@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_are_for_who_runs_the_exercise(client, name, who, planned, room, request):
    session = planned if name == "session_open" else room
    session.refresh_from_db()
    client.force_login(request.getfixturevalue(who))
    before = session.version
    assert press(session, name, client, **BUTTONS[name]).status_code == RUNNERS[who]
    session.refresh_from_db()
    assert (session.version > before) is (RUNNERS[who] == 302)


@pytest.mark.parametrize("who", RUNNERS)
@pytest.mark.parametrize("name", ["session_remove", "group_remove"])
def test_removing_is_for_who_runs_the_exercise(client, name, who, planned, request):
    client.force_login(request.getfixturevalue(who))
    group = planned.working_groups.get()
    more = [group.identifier] if name == "group_remove" else []
    assert client.post(of_session(planned, name, *more)).status_code == RUNNERS[who]
    assert WorkingGroup.objects.filter(pk=group.pk).exists() is (RUNNERS[who] != 302)


@pytest.mark.parametrize("name", [*BUTTONS, "session_remove"])
def test_buttons_do_nothing_when_followed_as_links(client, manager, planned, room, name):
    client.force_login(manager)
    session = planned if name == "session_open" else room
    assert client.get(of_session(session, name)).status_code == 405


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_of_a_page_out_of_date_are_refused(client, manager, planned, room, name):
    client.force_login(manager)
    session = planned if name == "session_open" else room
    Session.objects.filter(pk=session.pk).update(version=7)
    response = client.post(of_session(session, name), BUTTONS[name] | {"version": "6"})
    assert response.status_code == 409
    assert "Back to the session" in response.content.decode()


def test_session_open_gives_the_room_a_code_and_opens_the_exercise(client, manager, planned):
    client.force_login(manager)
    press(planned, "session_open", client)
    planned.refresh_from_db()
    assert planned.state == "open"
    assert session_by_code(planned.join_code.lower().replace("-", " ")) == planned
    assert Exercise.objects.get(pk=planned.exercise_id).state == "open"
    assert press(planned, "session_open", client).status_code == 409


def test_session_close_voids_the_code_and_the_key(client, manager, room):
    client.force_login(manager)
    code, key = room.join_code, room.join_key
    press(room, "session_close", client)
    for find, given in ((session_by_code, code), (session_by_key, key)):
        with pytest.raises(CodeUnknown):
            find(given)
    assert press(room, "session_close", client).status_code == 409
    assert "nobody can join it" in words(client.get(of_session(room, "session_join")))


def test_session_code_voids_the_old_code_and_moves_nobody(client, manager, room):
    client.force_login(manager)
    code, key = room.join_code, room.join_key
    press(room, "session_code", client)
    room.refresh_from_db()
    assert session_by_code(room.join_code) == session_by_key(room.join_key) == room
    for find, given in ((session_by_code, code), (session_by_key, key)):
        with pytest.raises(CodeUnknown):
            find(given)
    assert Participant.objects.filter(working_group__session=room).count() == 3


def test_session_offer_offers_a_standard_and_takes_it_away(client, manager, room):
    client.force_login(manager)
    press(room, "session_offer", client, standard="2")
    room.refresh_from_db()
    assert room.offered.number == 2
    assert "Take the offer away of standard 2" in words(client.get(of_session(room)))
    press(room, "session_offer", client, standard="")
    room.refresh_from_db()
    assert room.offered is None
    assert press(room, "session_offer", client, standard="99").status_code == 404


def test_session_join_shows_the_code_the_address_and_the_same_as_a_picture(client, manager, room):
    client.force_login(manager)
    response = client.get(of_session(room, "session_join"))
    page = words(response)
    assert room.join_code in page
    assert "testserver/join" in page
    assert "without names" in page
    (picture,) = re.findall(r'<div class="app-qr" aria-hidden="true">(.*?)</div>', response.text)
    assert picture.startswith("<svg")
    assert "style=" not in picture


def test_session_join_says_where_names_will_be_seen(client, manager, room):
    Exercise.objects.filter(pk=room.exercise_id).update(shows_names=True)
    client.force_login(manager)
    page = words(client.get(of_session(room, "session_join")))
    assert "how many voted what, and who." in page


def test_session_cards_holds_one_card_for_each_working_group(client, manager, room):
    make.working_group(room.exercise, "Table of managers")
    client.force_login(manager)
    response = client.get(of_session(room, "session_cards"))
    page = words(response)
    assert all(name in page for name in ("Table 1", "Table of managers"))
    assert page.count(room.join_code) == 2
    assert response.text.count('class="app-printcard__steps"') == 2
    press(room, "session_close", client)
    assert "only while it is open" in words(client.get(of_session(room, "session_cards")))
