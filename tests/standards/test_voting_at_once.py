"""Votes, reveals and the closing of a session, all at the same moment."""

from decimal import Decimal
from functools import partial

import pytest

from partnership.models import User
from standards.models import Answer, Participant, Pulse, Reveal, Standard, Vote
from standards.models import WorkingGroup as Group
from standards.services.sessions import close_session
from standards.services.voting import Answered, Ballot, record_vote, reveal
from tests import factories as make
from tests.races import at_once


def beats(group: Group) -> int:
    return Pulse.objects.get(working_group=group).beat


def send(voter: Participant, ballot: Ballot) -> Answered:
    return record_vote(participant=voter, ballot=ballot, by=voter.user)


def show(group: Group, standard: Standard) -> Reveal:
    return reveal(working_group=group, standard=standard, by=recorder(group), acknowledged=True)


def recorder(group: Group) -> User:
    return group.participants.get(is_recorder=True).user


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_of_a_vote_and_a_reveal_at_once_either_the_vote_is_shown_or_it_is_late(
    partnership, soak: bool
):
    for _ in range(100 if soak else 5):
        room = make.open_room(partnership)
        group = room.working_groups.get()
        one, two, three = group.participants.select_related("working_group__session__exercise")
        standard = room.exercise.framework.standards.get(number=1)
        make.vote(one)

        late, shown, other = at_once(
            partial(make.vote, two), partial(show, group, standard), partial(make.vote, three)
        )
        assert shown.round == 1
        counted = {seat.pk for seat, a in ((two, late), (three, other)) if a.counted}
        assert {late.fate, other.fate} <= {"counted", "revealed"}
        voted = Vote.objects.filter(participant__working_group=group, standard=standard)
        assert set(voted.values_list("participant", flat=True)) == counted | {one.pk}
        assert beats(group) == 3 + len(counted) + 1  # opened, the first vote, these, the reveal


@pytest.mark.django_db(transaction=True)
def test_the_same_answer_sent_many_times_at_once_counts_once(partnership):
    room = make.open_room(partnership)
    voter = make.seat(room.working_groups.get())
    ballot = make.ballot("4")

    found = at_once(*[partial(send, voter, ballot)] * 6)

    assert found == [Answered("counted", 1)] * 6
    assert (Vote.objects.count(), Answer.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_devices_at_once_one_vote_counts_and_both_answers_are_kept(partnership):
    room = make.open_room(partnership)
    voter = make.seat(room.working_groups.get())
    before = beats(voter.working_group)

    found = at_once(*[partial(make.vote, voter, str(n)) for n in range(1, 6)])

    assert sorted(a.fate for a in found) == ["counted"] + ["outdated"] * 4
    assert Vote.objects.get().value == Decimal(Answer.objects.get(fate="counted").given["value"])
    assert (Answer.objects.count(), beats(voter.working_group)) == (5, before + 1)


@pytest.mark.django_db(transaction=True)
def test_a_group_without_a_pulse_loses_no_turn(partnership):
    room = make.open_room(partnership, people=6)
    seats = room.working_groups.get().participants.select_related(
        "working_group__session__exercise"
    )
    Pulse.objects.all().delete()

    assert all(a.counted for a in at_once(*[partial(make.vote, seat) for seat in seats]))
    assert Vote.objects.count() == 6
    assert Pulse.objects.get().beat == 1 + 6


@pytest.mark.django_db(transaction=True)
def test_a_vote_and_the_closing_at_once_leave_nothing_counted_after_it(partnership):
    for _ in range(5):
        room = make.open_room(partnership)
        seats = room.working_groups.get().participants.all()
        one, two, three = seats.select_related("working_group__session__exercise")
        close = partial(close_session, session=room, version=room.version, by=one.user)

        *answers, closed = at_once(partial(make.vote, one), partial(make.vote, two), close)
        assert closed.state == "closed"
        assert {a.fate for a in answers} <= {"counted", "closed"}
        assert make.vote(three).fate == "closed"
        counted = Vote.objects.filter(participant__working_group__session=room).count()
        assert counted == sum(a.counted for a in answers)
