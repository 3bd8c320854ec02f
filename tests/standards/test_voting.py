"""Private votes, and their reveal: what counts, what comes too late, what changes nothing."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.models import User
from partnership.rules import LONGEST_TEXT, RuleBroken
from standards.models import Answer, Participant, Pulse, Reveal, Session, Standard, Vote
from standards.models import WorkingGroup as Group
from standards.services.agreeing import Agreement, agree_score, reopen_score
from standards.services.joining import change_group
from standards.services.sessions import close_session
from standards.services.voting import Answered, Ballot, current_round, record_vote, reveal
from tests import factories as make


@pytest.fixture
def room(partnership) -> Session:
    return make.open_room(partnership, groups=2)


@pytest.fixture
def group(room: Session) -> Group:
    return room.working_groups.get(number=1)


@pytest.fixture
def standard(room: Session) -> Standard:
    return room.exercise.framework.standards.get(number=1)


@pytest.fixture
def voters(group: Group) -> list[Participant]:
    return list(group.participants.select_related("working_group__session__exercise", "user"))


@pytest.fixture
def voter(voters: list[Participant]) -> Participant:
    return voters[1]


def beats(group: Group) -> int:
    return Pulse.objects.get(working_group=group).beat


def send(voter: Participant, ballot: Ballot) -> Answered:
    return record_vote(participant=voter, ballot=ballot, by=voter.user)


def show(group: Group, standard: Standard, **given) -> Reveal:
    given = {"acknowledged": True} | given
    return reveal(working_group=group, standard=standard, by=recorder(group), **given)


def agree(group: Group, standard: Standard, value: str = "3", version: int = 0):
    agreement = Agreement(Decimal(value), "So we agreed.", version=version)
    return agree_score(
        working_group=group, standard=standard, agreement=agreement, by=recorder(group)
    )


def recorder(group: Group) -> User:
    return group.participants.get(is_recorder=True).user


def standing(voter: Participant) -> list[tuple]:
    votes = Vote.objects.filter(participant=voter).order_by("standard", "round")
    return list(votes.values_list("standard__number", "round", "kind", "value", "version"))


def test_a_vote_is_counted_and_kept_as_it_came(voter):
    answered = make.vote(voter, "4", reason="We do\r\nmost of it")

    assert answered == Answered("counted", 1)
    assert standing(voter) == [(1, 1, "score", 4, 1)]
    kept = Answer.objects.get()
    assert (kept.participant, kept.by, kept.fate, kept.round) == (voter, voter.user, "counted", 1)
    assert kept.given == {"kind": "score", "value": "4", "reason": "We do\nmost of it"}


def test_a_vote_is_changed_before_the_reveal_and_every_answer_kept(voter):
    make.vote(voter, "4")

    assert make.vote(voter, "2", base_version=1) == Answered("counted", 2)
    assert make.vote(voter, None, kind="pass", base_version=2) == Answered("counted", 3)
    assert standing(voter) == [(1, 1, "pass", None, 3)]
    assert [answer.given["value"] for answer in Answer.objects.all()] == ["4", "2", None]


def test_an_answer_sent_again_changes_nothing(voter, group):
    ballot = make.ballot("4")
    send(voter, ballot)
    make.vote(voter, "2", base_version=1)
    before, beat = standing(voter), beats(group)

    assert send(voter, ballot) == Answered("counted", 2)
    assert (standing(voter), beats(group), Answer.objects.count()) == (before, beat, 2)


def test_an_answer_under_the_id_of_another_is_not_taken_for_kept(voter, voters):
    ballot = make.ballot("4")
    send(voter, ballot)

    for other in (replace(ballot, value=Decimal(2)), replace(ballot, standard=2)):
        with pytest.raises(RuleBroken, match="number of another"):
            send(voter, other)
    assert send(voters[2], ballot).counted  # ids are each person's own


def test_a_replay_says_what_became_of_the_answer_when_it_came(voter, group, standard):
    make.vote(voter, "4")
    show(group, standard)
    late = make.ballot("1", base_version=1)

    assert send(voter, late) == send(voter, late) == Answered("revealed", 1)
    assert Answer.objects.filter(fate="revealed").count() == 1


def test_of_two_devices_the_second_learns_that_it_was_behind(voter):
    make.vote(voter, "4")

    assert make.vote(voter, "2", base_version=0) == Answered("outdated", 1)
    assert standing(voter) == [(1, 1, "score", 4, 1)]
    assert Answer.objects.get(fate="outdated").given["value"] == "2"


def test_answers_that_arrive_out_of_order_leave_the_latest(voter):
    first, second, third = (make.ballot(str(n + 1), base_version=n) for n in range(3))

    assert [send(voter, each).fate for each in (second, first, third)] == [
        "counted",
        "outdated",
        "counted",
    ]
    assert standing(voter) == [(1, 1, "score", 3, 3)]


def test_a_vote_after_the_reveal_is_kept_and_not_counted(voter, voters, group, standard):
    make.vote(voter, "4")
    show(group, standard)

    assert make.vote(voter, "1", base_version=1).fate == "revealed"
    assert make.vote(voters[2], "1").fate == "revealed"
    assert standing(voter) == [(1, 1, "score", 4, 1)]
    assert standing(voters[2]) == []


def test_a_vote_after_the_agreement_or_the_closing_is_kept_and_not_counted(
    voter, group, standard, room
):
    make.vote(voter, "4")
    show(group, standard)
    agree(group, standard)
    assert make.vote(voter, "1", round=2).fate == "closed"

    close_session(session=room, version=room.version, by=voter.user)
    assert make.vote(voter, "1", number=2).fate == "closed"
    assert standing(voter) == [(1, 1, "score", 4, 1)]
    assert Answer.objects.filter(fate="closed").count() == 2


def test_both_rounds_are_kept(voter, group, standard):
    make.vote(voter, "2")
    show(group, standard)
    make.vote(voter, "4", round=2)

    assert [(row[1], row[3]) for row in standing(voter)] == [(1, 2), (2, 4)]


@pytest.mark.parametrize("round", [2, 3, 0, -1, 100, 40_000])
def test_a_round_that_has_not_begun_takes_no_vote(voter, round):
    with pytest.raises(RuleBroken, match="has not begun"):
        make.vote(voter, "3", round=round)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"value": "0"}, "whole points from 1 to 5"),
        ({"value": "6"}, "whole points from 1 to 5"),
        ({"value": "3.5"}, "whole points"),
        ({"value": "-3"}, "whole points"),
        ({"value": "NaN"}, "whole points"),
        ({"value": "sNaN"}, "whole points"),
        ({"value": "Infinity"}, "whole points"),
        ({"value": "1E+999999"}, "whole points"),
        ({"value": "3.0000000000000000000000000001"}, "whole points"),
        ({"value": None}, "whole points"),
        ({"kind": "pass"}, "has no score"),
        ({"kind": "not_applicable", "reason": "Not ours"}, "has no score"),
        ({"kind": "not_applicable", "value": None}, "Say why"),
        ({"kind": "not_applicable", "value": None, "reason": " \n"}, "Say why"),
        ({"kind": "abstain"}, "Choose"),
        ({"reason": "a\x00b"}, "cannot be stored"),
        ({"reason": "a\ud800b"}, "cannot be stored"),
        ({"reason": "x" * 1_000_000}, "longer than"),
        ({"mutation": ""}, "number of its own"),
        ({"mutation": "x" * 37}, "number of its own"),
        ({"mutation": "a\x00b"}, "number of its own"),
        ({"mutation": "a\ud800b"}, "number of its own"),
        ({"mutation": "id\n"}, "number of its own"),
        ({"base_version": -1}, "has not begun"),
        ({"base_version": 10**10}, "has not begun"),
        ({"number": 4}, "no standard 4"),
        ({"number": 0}, "no standard 0"),
        ({"number": 10**30}, "no standard"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_not_kept(voter, group, given, says):
    before = beats(group)

    with pytest.raises(RuleBroken, match=says):
        make.vote(voter, **given)
    assert (Vote.objects.count(), Answer.objects.count(), beats(group)) == (0, 0, before)


@pytest.mark.parametrize("value", ["1", "5", "3.0", "30E-1"])
def test_a_whole_point_is_one_however_it_is_written(voter, value):
    assert make.vote(voter, value).counted
    assert Vote.objects.get().value == Decimal(value)


def test_the_longest_reason_is_kept_whole(voter):
    make.vote(voter, "3", reason="ü" * LONGEST_TEXT)

    assert Vote.objects.get().reason == "ü" * LONGEST_TEXT


def test_an_exercise_without_scores_takes_no_votes(partnership):
    room = make.open_room(partnership, is_scored=False)
    seat = make.seat(room.working_groups.get())

    with pytest.raises(RuleBroken, match="vote on"):
        make.vote(seat)


def test_who_has_moved_does_not_vote_from_the_old_table(voter, room):
    stale = Participant.objects.select_related("working_group__session__exercise").get(pk=voter.pk)
    change_group(participant=voter, working_group=room.working_groups.get(number=2), by=voter.user)

    with pytest.raises(RuleBroken, match="moved"):
        make.vote(stale)
    assert make.vote(voter).counted


def test_the_beat_moves_when_somebody_first_votes_in_a_round_and_never_otherwise(
    voter, voters, group, standard
):
    said = [beats(group)]
    make.vote(voter, "4")
    said.append(beats(group))
    make.vote(voter, "1", base_version=1)
    make.vote(voter, "5", base_version=0)
    said.append(beats(group))
    show(group, standard)
    said.append(beats(group))
    make.vote(voters[2], "2")
    said.append(beats(group))
    make.vote(voter, "2", round=2)
    said.append(beats(group))

    assert [after - before for before, after in pairwise(said)] == [1, 0, 1, 0, 1]


def test_a_vote_too_late_for_an_agreed_standard_is_not_announced(voter, voters, group, standard):
    make.vote(voter, "4")
    show(group, standard)
    agree(group, standard)
    before = beats(group)

    make.vote(voters[2], "2", round=2)
    assert beats(group) == before


def test_a_group_without_a_pulse_gets_one(voter, group, standard):
    Pulse.objects.all().delete()
    assert make.vote(voter).counted
    assert beats(group) > 1

    Pulse.objects.all().delete()
    show(group, standard)
    assert beats(group) > 1


def test_a_vote_takes_four_queries_and_its_replay_two(voter):
    ballot = make.ballot()
    taken = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            send(voter, ballot)
        taken.append([q["sql"].split()[0] for q in queries if "SAVEPOINT" not in q["sql"]])

    assert taken == [["SELECT", "UPDATE", "INSERT", "INSERT"], ["SELECT", "SELECT"]]


def test_a_reveal_shows_one_round_and_closes_it(voter, group, standard):
    make.vote(voter)

    assert current_round(group, standard) == 1
    assert show(group, standard).round == 1
    assert current_round(group, standard) == 2


def test_a_second_press_does_not_reveal_the_next_round(voter, group, standard):
    make.vote(voter)
    first = show(group, standard, round=1)
    make.vote(voter, round=2)

    assert show(group, standard, round=1) == first
    assert current_round(group, standard) == 2


def test_nothing_is_revealed_that_nobody_voted_on(voter, group, standard):
    for given in ({}, {"round": 1}, {"round": 2}):
        with pytest.raises(RuleBroken, match="Nobody has voted"):
            show(group, standard, **given)
    make.vote(voter, number=2)
    with pytest.raises(RuleBroken, match="Nobody has voted"):
        show(group, standard)


def test_nothing_is_revealed_once_agreed_or_closed(voter, group, standard, room):
    make.vote(voter)
    show(group, standard)
    score = agree(group, standard)
    with pytest.raises(RuleBroken, match="is agreed"):
        show(group, standard)
    reopen_score(score=score, reason="We forgot the schools", by=voter.user)
    make.vote(voter, round=2)
    assert show(group, standard).round == 2

    make.vote(voter, number=2)
    close_session(session=room, version=room.version, by=voter.user)
    with pytest.raises(RuleBroken, match="not open"):
        show(group, room.exercise.framework.standards.get(number=2))
