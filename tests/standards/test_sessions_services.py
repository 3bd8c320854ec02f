"""Opening and closing sessions and exercises, and what the first vote settles."""

from functools import partial

import pytest

from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from standards.models import Exercise, Pulse, ResultsVersion, Session, WorkingGroup
from standards.services.results import close_exercise, digest, latest_version, results_for
from standards.services.sessions import (
    CODE_LETTERS,
    close_session,
    issue_code,
    new_code,
    offer_standard,
    open_session,
    show_figures,
)
from standards.services.setup import SETTLED, edit_exercise
from tests import factories as make
from tests.races import at_once


@pytest.fixture
def room(partnership) -> Session:
    return make.open_room(partnership, groups=2)


def beats(session: Session) -> int:
    return sum(pulse.beat for pulse in Pulse.objects.filter(working_group__session=session))


def close(session: Session) -> Session:
    session.refresh_from_db()
    return close_session(session=session, version=session.version, by=make.user())


def end(exercise: Exercise) -> Exercise:
    exercise.refresh_from_db()
    return close_exercise(exercise=exercise, version=exercise.version, by=make.user())


def test_codes_are_unlike_each_other_and_cannot_be_misread():
    codes = {new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert not set("".join(codes)) - set(CODE_LETTERS) - {"-"}
    assert not set("AEIOU0125BGLNQSVZ") & set(CODE_LETTERS)
    assert len(CODE_LETTERS) ** 8 > 2**33


def test_an_opened_session_has_a_code_and_opens_its_exercise(room):
    assert room.state == "open"
    assert room.join_code
    assert room.join_key
    assert Exercise.objects.get(pk=room.exercise_id).state == "open"
    assert Pulse.objects.filter(working_group__session=room).count() == 2


def test_a_session_is_opened_once_with_groups_and_in_an_open_exercise(partnership, room):
    by = make.user()
    with pytest.raises(RuleBroken, match="open already"):
        open_session(session=room, version=room.version, by=by)
    empty = make.exercise(partnership, state="planned").sessions.get()
    with pytest.raises(RuleBroken, match="Add a working group"):
        open_session(session=empty, version=1, by=by)
    late = make.exercise(partnership)
    make.working_group(late, "Table")
    with pytest.raises(RuleBroken, match="exercise is closed"):
        open_session(session=late.sessions.get(), version=1, by=by)


def test_what_the_facilitator_does_is_told_to_every_group_and_kept(room):
    by, standard = make.user("Facilitator"), room.exercise.framework.standards.get(number=2)
    steps = [
        partial(offer_standard, standard=standard),
        partial(show_figures, shown=True),
        issue_code,
        close_session,
    ]
    for step in steps:
        before = beats(room)
        room = step(session=room, version=room.version, by=by)
        assert beats(room) == before + 2
    assert (room.state, room.offered, room.join_code) == ("closed", None, None)
    assert [line.history_user for line in room.history.all()][:4] == [by] * 4


def test_a_facilitator_who_was_overtaken_is_told(room):
    show_figures(session=room, shown=True, version=room.version, by=make.user())

    with pytest.raises(StaleVersion):
        close_session(session=room, version=room.version, by=make.user())


def test_only_an_open_session_closes_or_gets_a_new_code(room):
    closed = close(room)

    for step in (close_session, issue_code):
        with pytest.raises(RuleBroken, match=r"(?i)open"):
            step(session=closed, version=closed.version, by=make.user())


@pytest.mark.parametrize("name", sorted(SETTLED - {"framework"}))
def test_what_the_first_vote_settles_does_not_change_after_it(room, name):
    exercise = Exercise.objects.get(pk=room.exercise_id)
    edit = partial(edit_exercise, changes={name: not getattr(exercise, name)}, by=make.user())
    exercise = edit(exercise=exercise, version=exercise.version)
    edit_exercise(
        exercise=exercise,
        changes={name: not getattr(exercise, name)},
        version=exercise.version,
        by=make.user(),
    )
    make.vote(make.seat(room.working_groups.get(number=1)))
    exercise.refresh_from_db()

    with pytest.raises(RuleBroken, match="People have voted"):
        edit_exercise(
            exercise=exercise,
            changes={name: not getattr(exercise, name)},
            version=exercise.version,
            by=make.user(),
        )
    title = edit_exercise(
        exercise=exercise, changes={"title": "New"}, version=exercise.version, by=make.user()
    )
    assert title.title == "New"


def test_closing_an_exercise_closes_its_sessions_and_freezes_what_was_agreed(room):
    make.scores(room.working_groups.get(number=1), "3", "4", None)
    make.scores(room.working_groups.get(number=2), "4", None, make.NOT_APPLICABLE)
    closed = end(room.exercise)

    assert Session.objects.get(pk=room.pk).state == "closed"
    frozen = latest_version(closed)
    assert (frozen.number, frozen.averages) == (1, {"1": "3.5", "2": "4.0", "3": None})
    assert frozen.digest == digest(closed, results_for(closed))
    with pytest.raises(RuleBroken, match="closed already"):
        end(closed)


def test_an_open_exercise_has_no_results_version(room):
    assert latest_version(room.exercise) is None


@pytest.mark.django_db(transaction=True)
def test_an_exercise_that_closes_while_a_session_opens_has_none_open(partnership):
    for _ in range(5):
        room = make.open_room(partnership)
        make.working_group(room.exercise, "Another")
        late = Session.objects.create(exercise=room.exercise, number=2, title="Late")
        WorkingGroup.objects.filter(name="Another", session=room).update(session=late)
        opened, closed = at_once(
            partial(open_session, session=late, version=1, by=make.user()),
            partial(end, Exercise.objects.get(pk=room.exercise_id)),
        )
        assert isinstance(opened, Session | RuleBroken), opened
        assert isinstance(closed, Exercise | StaleVersion), closed
        if isinstance(closed, Exercise):
            assert not room.exercise.sessions.filter(state="open").exists()


@pytest.mark.django_db(transaction=True)
def test_a_first_vote_and_a_change_of_what_it_settles_do_not_both_happen(partnership):
    for _ in range(5):
        room = make.open_room(partnership, people=1)
        seats = room.working_groups.get().participants
        voter = seats.select_related("working_group__session__exercise", "user").get()
        exercise = Exercise.objects.get(pk=room.exercise_id)
        edit = partial(edit_exercise, changes={"shows_names": True}, by=make.user())

        voted, edited = at_once(
            partial(make.vote, voter), partial(edit, exercise=exercise, version=exercise.version)
        )
        assert voted.counted
        assert isinstance(edited, Exercise | RuleBroken)  # before the vote, or not at all
        exercise.refresh_from_db()
        assert exercise.shows_names == isinstance(edited, Exercise)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_an_exercise_at_once_one_does(partnership):
    exercise = Exercise.objects.get(pk=make.open_room(partnership, groups=3).exercise_id)
    close = partial(close_exercise, exercise=exercise, version=exercise.version, by=make.user())
    found = at_once(*[close] * 4)

    assert sorted(type(each).__name__ for each in found) == ["Exercise"] + ["StaleVersion"] * 3
    assert ResultsVersion.objects.count() == 1
