"""Coming into a working group: codes, guests, one seat for each person, and back again."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from partnership.models import Membership
from partnership.roles import Role
from partnership.rules import RuleBroken
from standards.models import JoinFailures, Participant, Pulse, Session
from standards.models import WorkingGroup as Group
from standards.services import joining
from standards.services.joining import (
    MOST_FAILURES,
    CodeUnknown,
    TooManyWrongCodes,
    add_person,
    change_group,
    come_back,
    join_as_guest,
    join_as_member,
    renew_personal_code,
    replace_recorder,
    session_by_code,
    session_by_key,
)
from standards.services.sessions import close_session, issue_code
from tests import factories as make
from tests.races import at_once


@pytest.fixture
def room(partnership) -> Session:
    return make.open_room(partnership, groups=2)


@pytest.fixture
def tables(room: Session) -> tuple[Group, Group]:
    one, two = room.working_groups.order_by("number")
    return one, two


def guest(room: Session, group: Group, name: str = "Guest") -> Participant:
    return join_as_guest(session=room, working_group=group, name=name, organisation="A charity")


def wrong(code: str) -> str:
    """A code that begins as this one does, and is another."""
    return code[:-1] + ("3" if code[-1] != "3" else "4")


def close(room: Session) -> None:
    close_session(session=room, version=room.version, by=make.user())


def test_a_code_is_found_however_it_is_typed(room):
    plain = room.join_code.replace("-", "")
    for typed in (room.join_code, plain, plain.lower(), f"  {plain[:2]} {plain[2:]}. "):
        assert session_by_code(typed) == room
    assert session_by_key(room.join_key) == room


@pytest.mark.parametrize("typed", ["", "C4KM", "not a code", "\x00", "C4KM-7TXR-9", "3" * 10**6])
def test_what_is_no_code_finds_nothing_and_counts_against_nobody(room, typed):
    with pytest.raises(CodeUnknown):
        session_by_code(typed)
    with pytest.raises(CodeUnknown):
        session_by_key(typed)
    assert not JoinFailures.objects.exists()


def test_two_sessions_whose_codes_begin_alike_are_both_found(partnership):
    one, two = make.open_room(partnership), make.open_room(partnership)
    alike = wrong(one.join_code)
    Session.objects.filter(pk=two.pk).update(join_code=alike)

    assert session_by_code(one.join_code) == one
    assert session_by_code(alike) == two


def test_guessing_stops_at_the_session_it_aims_at_until_a_new_code(partnership, room):
    other = make.open_room(partnership)
    for _ in range(MOST_FAILURES):
        with pytest.raises(CodeUnknown):
            session_by_code(wrong(room.join_code))

    with pytest.raises(TooManyWrongCodes):
        session_by_code(room.join_code)
    assert session_by_key(room.join_key) == room
    assert session_by_code(other.join_code) == other
    renewed = issue_code(session=room, version=room.version, by=make.user())
    assert session_by_code(renewed.join_code) == renewed


def test_wrong_codes_are_forgotten_after_ten_minutes(room):
    for _ in range(MOST_FAILURES):
        joining.count_failure(room)
    earlier = timezone.now() - timedelta(minutes=11)
    JoinFailures.objects.update(since=earlier)

    assert session_by_code(room.join_code) == room
    joining.count_failure(room)
    assert JoinFailures.objects.get().count == 1


def test_a_void_code_and_that_of_a_closed_session_find_nothing(room):
    code, key = room.join_code, room.join_key
    renewed = issue_code(session=room, version=room.version, by=make.user())
    for old in (partial(session_by_code, code), partial(session_by_key, key)):
        with pytest.raises(CodeUnknown):
            old()
    close(renewed)
    with pytest.raises(CodeUnknown):
        session_by_code(renewed.join_code)


def test_a_member_takes_one_seat_and_keeps_it(room, tables, manager):
    seat = join_as_member(session=room, working_group=tables[0], user=manager)

    assert join_as_member(session=room, working_group=tables[0], user=manager) == seat
    assert seat.personal_code == ""
    assert manager.memberships.get().role == Role.MANAGER


def test_a_member_at_the_wrong_table_moves_until_they_have_answered(room, tables, manager):
    seat = join_as_member(session=room, working_group=tables[0], user=manager)
    moved = join_as_member(session=room, working_group=tables[1], user=manager)
    assert (moved, moved.working_group) == (seat, tables[1])

    make.vote(moved)
    with pytest.raises(RuleBroken, match="voted or commented"):
        join_as_member(session=room, working_group=tables[0], user=manager)


def test_who_looks_on_takes_no_seat_and_who_comes_from_elsewhere_is_a_guest(
    room, tables, observer, outsider, partnership
):
    with pytest.raises(RuleBroken, match="looks on"):
        join_as_member(session=room, working_group=tables[0], user=observer)
    seat = join_as_member(session=room, working_group=tables[0], user=outsider)

    here = outsider.memberships.get(partnership=partnership)
    assert (here.role, seat.personal_code) == (Role.GUEST, "")
    assert outsider.memberships.exclude(pk=here.pk).get().role == Role.MANAGER


def test_a_guest_has_a_name_a_code_and_an_end(room, tables):
    seat = guest(room, tables[0], " Ann\r\nLee ")

    assert (seat.user.name, seat.user.email, len(seat.personal_code)) == ("Ann\nLee", None, 6)
    membership = seat.user.memberships.get()
    assert (membership.role, membership.job_title) == (Role.GUEST, "A charity")
    assert membership.expires_on > timezone.localdate()
    for name in ("", "  "):
        with pytest.raises(RuleBroken, match="Enter a name"):
            guest(room, tables[0], name)


def test_nobody_takes_a_seat_in_a_closed_session_or_another_one(partnership, room, tables, manager):
    elsewhere = make.open_room(partnership).working_groups.get()
    with pytest.raises(RuleBroken, match="not part of"):
        join_as_member(session=room, working_group=elsewhere, user=manager)
    seat = guest(room, tables[0])
    with pytest.raises(RuleBroken, match="not part of"):
        change_group(participant=seat, working_group=elsewhere, by=seat.user)
    close(room)

    for seek in (
        partial(join_as_member, session=room, working_group=tables[0], user=manager),
        partial(guest, room, tables[0]),
        partial(add_person, working_group=tables[0], name="Ann", by=manager),
        partial(change_group, participant=seat, working_group=tables[1], by=seat.user),
    ):
        with pytest.raises(RuleBroken, match="not open"):
            seek()


def test_a_guest_comes_back_by_the_personal_code_alone(room, tables, manager):
    seat = guest(room, tables[0])
    member = join_as_member(session=room, working_group=tables[0], user=manager)

    assert come_back(session=room, personal_code=f" {seat.personal_code.lower()} ") == seat
    for code in ("", "Guest", wrong(seat.personal_code), member.personal_code):
        with pytest.raises(CodeUnknown):
            come_back(session=room, personal_code=code)
    old = seat.personal_code
    renew_personal_code(participant=seat, by=manager)
    with pytest.raises(CodeUnknown):
        come_back(session=room, personal_code=old)


def test_personal_codes_cannot_be_guessed(room, tables):
    seat = guest(room, tables[0])
    for _ in range(MOST_FAILURES):
        with pytest.raises(CodeUnknown):
            come_back(session=room, personal_code=wrong(seat.personal_code))

    with pytest.raises(TooManyWrongCodes):
        come_back(session=room, personal_code=seat.personal_code)


def test_a_person_without_a_device_votes_by_the_recorder(room, tables):
    recorder = tables[0].participants.get(is_recorder=True)
    seat = add_person(working_group=tables[0], name="Bo", by=recorder.user)

    assert not seat.has_device
    assert make.record_vote(participant=seat, ballot=make.ballot(), by=recorder.user).counted


def test_one_person_keeps_the_record(tables):
    before = tables[0].participants.get(is_recorder=True)
    other = tables[0].participants.exclude(pk=before.pk).first()
    beat = Pulse.objects.get(working_group=tables[0]).beat
    replace_recorder(participant=other, by=before.user)
    replace_recorder(participant=other, by=before.user)

    assert tables[0].participants.get(is_recorder=True) == other
    assert Pulse.objects.get(working_group=tables[0]).beat > beat


def test_a_recorder_who_moves_keeps_no_record(tables):
    seat = tables[0].participants.get(is_recorder=True)
    change_group(participant=seat, working_group=tables[1], by=seat.user)

    assert not tables[0].participants.filter(is_recorder=True).exists()
    assert tables[1].participants.filter(is_recorder=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_joins_on_two_devices_at_once_has_one_seat(partnership, manager):
    room = make.open_room(partnership, groups=2, people=0)
    tables = list(room.working_groups.all()) * 3
    join = [partial(join_as_member, session=room, working_group=g, user=manager) for g in tables]

    assert {type(seat) for seat in at_once(*join)} == {Participant}
    assert Participant.objects.filter(user=manager).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_seats_one_guest(partnership):
    room = make.open_room(partnership, people=0)
    given = {"name": "Gwen", "organisation": "A charity", "token": "one-form"}
    join = partial(join_as_guest, session=room, working_group=room.working_groups.get(), **given)

    assert len({seat.pk for seat in at_once(*[join] * 6)}) == 1
    assert Participant.objects.filter(working_group__session=room).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_change_places_at_once_both_arrive(partnership):
    room = make.open_room(partnership, groups=2)
    one, two = room.working_groups.order_by("number")
    for _ in range(5):
        here, there = (
            group.participants.select_related("working_group")[0] for group in (one, two)
        )
        found = at_once(
            partial(change_group, participant=here, working_group=two, by=here.user),
            partial(change_group, participant=there, working_group=one, by=there.user),
        )
        assert [seat.working_group for seat in found] == [two, one]


@pytest.mark.django_db(transaction=True)
def test_nobody_votes_in_one_group_and_sits_in_another(partnership):
    for _ in range(5):
        room = make.open_room(partnership, groups=2)
        one, two = room.working_groups.order_by("number")
        seats = one.participants.select_related("working_group__session__exercise", "user")
        voting, moving = seats.get(is_recorder=True), seats.get(is_recorder=True)
        voted, moved = at_once(
            partial(make.vote, voting),
            partial(change_group, participant=moving, working_group=two, by=moving.user),
        )
        assert isinstance(voted, RuleBroken) != isinstance(moved, RuleBroken)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_are_made_recorder_at_once_one_is(partnership):
    group = make.open_room(partnership, people=4).working_groups.get()
    seats = list(group.participants.select_related("working_group", "user"))
    found = at_once(*[partial(replace_recorder, participant=s, by=s.user) for s in seats])

    assert found == seats
    assert group.participants.filter(is_recorder=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_tried_at_once_are_all_counted(partnership):
    room = make.open_room(partnership)
    found = at_once(*[partial(session_by_code, wrong(room.join_code))] * 8)

    assert {type(each) for each in found} == {CodeUnknown}
    assert JoinFailures.objects.get().count == 8
    assert Membership.objects.filter(role=Role.GUEST).count() == 0
