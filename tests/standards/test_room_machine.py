"""A room that anything may happen in, in any order: what must hold all the same.

A model beside the database says what each vote, score and beat should be. `make soak` runs it long.
"""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from commissioning.integrity import problems
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from standards.models import (
    Answer,
    Exercise,
    Participant,
    Pulse,
    Reveal,
    Score,
    Session,
    Standard,
    Vote,
)
from standards.models import WorkingGroup as Group
from standards.results import results_for
from standards.room import on_standard
from standards.services.agreeing import Agreement, agree_score, correct_score, reopen_score
from standards.services.joining import add_person, change_group, join_as_guest
from standards.services.results import close_exercise, latest_version
from standards.services.sessions import close_session, open_session
from standards.services.voting import Ballot, record_vote, reveal
from tests import factories as make

STANDARDS = 1  # so that much happens to it
NUMBERS, TABLES = st.integers(1, STANDARDS), st.integers(0, 1)
VALUES, PLACES = st.sampled_from(["1", "2", "3", "4", "5"]), st.integers(0, 20)
AGREED = st.sampled_from(["1", "2", "3", "4", "5", "3", "3.5", "1.5", "0.5", "2.25", "5.5", "NaN"])
REASONS = st.sampled_from(["The schools say so", "The schools say so", ""])
LATER = st.sampled_from([1, 1, 1, 0])  # the round in hand, or the one before
STALE, BASES = st.sampled_from([False] * 3 + [True]), st.sampled_from(["none", "now", "ahead"])


class Room(RuleBasedStateMachine):
    """What people do. `votes` are those that should stand, by seat, standard and round."""

    half_points: bool

    @initialize(half_points=st.booleans(), shows_names=st.booleans())
    def open(self, half_points: bool, shows_names: bool) -> None:
        fields = {"half_points": half_points, "shows_names": shows_names}
        session = make.open_room(make.partnership(), 2, 2, STANDARDS, **fields)
        self.session_pk, self.half_points, self.by = session.pk, half_points, make.user()
        self.votes: dict[tuple[int, int, int], Ballot] = {}
        self.sent: list[tuple[int, Ballot, str]] = []
        self.beats = self._beats()
        self.locked: dict[int, tuple] = {}
        self.looked = 0

    def teardown(self) -> None:
        assert list(problems()) == []

    # What there is

    @property
    def session(self) -> Session:
        return Session.objects.select_related("exercise__framework").get(pk=self.session_pk)

    @property
    def groups(self) -> list[Group]:
        return list(Group.objects.filter(session=self.session_pk).order_by("number"))

    def seat(self, place: int) -> Participant:
        seats = Participant.objects.filter(working_group__session=self.session_pk).order_by("pk")
        found = seats.select_related("working_group__session__exercise", "user")
        return found[place % len(found)]

    def standard(self, number: int) -> Standard:
        return self.session.exercise.framework.standards.get(number=number)

    def revealed(self, group: int, number: int) -> int:
        return Reveal.objects.filter(working_group=group, standard__number=number).count()

    def is_agreed(self, group: int, number: int) -> bool:
        scores = Score.objects.agreed().filter(working_group=group, standard__number=number)
        return scores.exists()

    def _beats(self) -> dict[int, int]:
        pulses = Pulse.objects.filter(working_group__session=self.session_pk)
        return dict(pulses.values_list("working_group", "beat"))

    def _scores(self) -> dict[int, tuple]:
        scores = Score.objects.filter(working_group__session=self.session_pk)
        fields = ("value", "not_applicable", "reason", "is_agreed")
        return {score.pk: tuple(getattr(score, name) for name in fields) for score in scores}

    # What people do

    @rule(
        place=PLACES,
        number=NUMBERS,
        answers=st.lists(st.tuples(VALUES, BASES, LATER), min_size=1, max_size=4),
    )
    def vote(self, place: int, number: int, answers: list[tuple[str, str, int]]) -> None:
        for given in answers:
            self._vote(place, number, *given)

    @rule(table=TABLES, number=NUMBERS, value=VALUES, agrees=st.booleans())
    def settle(self, table: int, number: int, value: str, agrees: bool) -> None:
        """What most groups do: all vote, they reveal, they agree."""
        group = self.groups[table]
        for seat in group.participants.order_by("pk"):
            places = Participant.objects.filter(working_group__session=self.session_pk)
            place = list(places.order_by("pk")).index(seat)
            self._vote(place, number, value, "now", 1)
        self.reveal(table, number, again=False)
        if agrees:
            self.agree(table, number, value, "So we agreed", is_stale=False)

    def _vote(self, place: int, number: int, value: str, base: str, later: int) -> None:
        seat = self.seat(place)
        group = seat.working_group_id
        round = self.revealed(group, number) + later
        here = (seat.pk, number, round)
        before = self.votes.get(here)
        version = before.base_version + 1 if before else 0
        given = {"none": 0, "now": version, "ahead": version + 2}[base]
        ballot = make.ballot(value, number, round=round, base_version=given)
        if not round:
            return
        answered = record_vote(participant=seat, ballot=ballot, by=seat.user)
        self.sent.append((seat.pk, ballot, answered.fate))
        is_late = self.session.state != "open" or self.is_agreed(group, number) or not later
        assert answered.counted == (not is_late and given >= version)
        if answered.counted:
            self.votes[here] = ballot
        self._beat_moved(group, by=int(answered.counted and before is None))

    def _beat_moved(self, group: int, by: int) -> None:
        now = self._beats()
        assert now == self.beats | {group: self.beats[group] + by}
        self.beats = now

    @precondition(lambda self: self.sent)
    @rule(place=PLACES)
    def send_again(self, place: int) -> None:
        pk, ballot, fate = self.sent[place % len(self.sent)]
        seats = Participant.objects.select_related("working_group__session__exercise", "user")
        seat = seats.get(pk=pk)
        before = self._everything()
        assert record_vote(participant=seat, ballot=ballot, by=seat.user).fate == fate
        other = replace(ballot, value=Decimal(1) if ballot.value != 1 else Decimal(2))
        with pytest.raises(RuleBroken):
            record_vote(participant=seat, ballot=other, by=seat.user)
        assert self._everything() == before

    def _everything(self) -> list:
        models = (Answer, Vote, Score, Reveal, Pulse, Participant)
        return [list(model.objects.order_by("pk").values()) for model in models]

    def has_voted(self) -> bool:
        """Whether a vote waits for its reveal somewhere."""
        return any(key[2] > self.revealed(self._group_of(key[0]), key[1]) for key in self.votes)

    @precondition(has_voted)
    @rule(table=TABLES, number=NUMBERS, again=st.booleans())
    def reveal(self, table: int, number: int, again: bool) -> None:
        group, standard = self.groups[table], self.standard(number)
        shown = self.revealed(group.pk, number)
        voted = any(
            key[1:] == (number, shown + 1) and self._group_of(key[0]) == group.pk
            for key in self.votes
        )
        may = self.session.state == "open" and not self.is_agreed(group.pk, number) and voted
        given = {"working_group": group, "standard": standard, "by": self.by}
        try:
            made = reveal(**given, round=shown + 1, acknowledged=True)
        except RuleBroken:
            assert not may
            return
        assert may
        if again:
            assert reveal(**given, round=made.round) == made
        assert self.revealed(group.pk, number) == shown + 1
        self.beats = self._beats()

    @staticmethod
    def _group_of(seat: int) -> int:
        return Participant.objects.values_list("working_group", flat=True).get(pk=seat)

    def has_revealed(self) -> bool:
        return Reveal.objects.filter(working_group__session=self.session_pk).exists()

    def has_scores(self) -> bool:
        return bool(self._scores())

    @precondition(has_revealed)
    @rule(table=TABLES, number=NUMBERS, value=AGREED, reason=REASONS, is_stale=STALE)
    def agree(self, table: int, number: int, value: str, reason: str, is_stale: bool) -> None:
        group, standard = self.groups[table], self.standard(number)
        current = Score.objects.filter(working_group=group, standard=standard).first()
        version = (current.version if current else 0) + (5 if is_stale else 0)
        agreement = Agreement(Decimal(value), reason, version=version)
        given = {"working_group": group, "standard": standard, "agreement": agreement}
        try:
            agree_score(**given, by=self.by)
        except (RuleBroken, StaleVersion):
            return
        assert self.session.state == "open"
        assert self.revealed(group.pk, number)
        self.beats = self._beats()

    @precondition(has_scores)
    @rule(table=TABLES, number=NUMBERS, reason=REASONS)
    def reopen(self, table: int, number: int, reason: str) -> None:
        score = Score.objects.filter(
            working_group=self.groups[table], standard__number=number
        ).first()
        if score is None:
            return
        may = score.is_agreed and self.session.state == "open" and reason
        try:
            reopen_score(score=score, reason=reason, by=self.by)
        except RuleBroken:
            assert not may
            return
        assert may
        self.beats = self._beats()

    @rule(place=PLACES, table=TABLES)
    def move(self, place: int, table: int) -> None:
        seat, to = self.seat(place), self.groups[table]
        has_voted = any(key[0] == seat.pk for key in self.votes)
        try:
            change_group(participant=seat, working_group=to, by=seat.user)
        except RuleBroken:
            assert has_voted or self.session.state != "open"
            return
        assert self._group_of(seat.pk) == to.pk
        self.beats = self._beats()

    @rule(table=TABLES, has_device=st.booleans())
    def join(self, table: int, has_device: bool) -> None:
        group = self.groups[table]
        if group.participants.count() > 3:
            return
        given = {"working_group": group, "name": "Guest"}
        try:
            if has_device:
                join_as_guest(session=self.session, organisation="", **given)
            else:
                add_person(by=self.by, **given)
        except RuleBroken:
            assert self.session.state != "open"
        self.beats = self._beats()

    @precondition(lambda self: self.session.state == "open")
    @rule(lots=st.sampled_from([0, 0, 1]))
    def close(self, lots: int) -> None:
        if lots:
            session = self.session
            close_session(session=session, version=session.version, by=self.by)
            self.locked, self.beats = self._scores(), self._beats()

    @precondition(lambda self: self.session.state == "closed")
    @rule(reason=REASONS)
    def open_again(self, reason: str) -> None:
        session = self.session
        try:
            open_session(session=session, version=session.version, by=self.by, reason=reason)
        except RuleBroken:
            assert not reason or session.exercise.is_closed
            return
        assert reason
        self.beats = self._beats()

    @precondition(lambda self: self.session.state == "closed")
    @rule(table=TABLES, number=NUMBERS, value=AGREED, reason=REASONS)
    def correct(self, table: int, number: int, value: str, reason: str) -> None:
        group, standard = self.groups[table], self.standard(number)
        current = Score.objects.filter(working_group=group, standard=standard).first()
        agreement = Agreement(Decimal(value), version=current.version if current else 0)
        given = {"working_group": group, "standard": standard, "agreement": agreement}
        try:
            correct_score(**given, correction=reason, by=self.by)
        except RuleBroken:
            return
        assert reason
        self.locked, self.beats = self._scores(), self._beats()

    @precondition(lambda self: self.session.state == "closed")
    @rule()
    def end(self) -> None:
        exercise = self.session.exercise
        if not exercise.is_closed:
            close_exercise(exercise=exercise, version=exercise.version, by=self.by)

    # What must hold

    @invariant()
    def the_votes_are_those_that_were_counted(self) -> None:
        here = Vote.objects.filter(participant__working_group__session=self.session_pk)
        rows = here.values_list("participant", "standard__number", "round", "value", "version")
        stored = {(seat, number, round): tuple(rest) for seat, number, round, *rest in rows}
        expected = {key: (b.value, b.base_version + 1) for key, b in self.votes.items()}
        assert stored == expected

    @invariant()
    def every_acknowledged_answer_is_kept(self) -> None:
        here = Answer.objects.filter(participant__working_group__session=self.session_pk)
        kept = {(a.participant_id, a.mutation, a.given["value"], a.fate) for a in here}
        assert kept == {(pk, b.mutation, str(b.value), fate) for pk, b, fate in self.sent}
        assert here.count() == len(self.sent)

    @invariant()
    def a_group_sees_who_has_voted_and_the_votes_of_revealed_rounds_alone(self) -> None:
        self.looked += 1  # at each group and standard in turn
        group, number = self.groups[self.looked % 2], self.looked // 2 % STANDARDS + 1
        seats = group.participants.select_related("working_group__session__exercise", "user")
        if seat := seats.first():
            self._sees_no_more_than_it_may(seat, number)

    def _sees_no_more_than_it_may(self, seat: Participant, number: int) -> None:
        here = set(
            Participant.objects.filter(working_group=seat.working_group_id).values_list(
                "pk", flat=True
            )
        )
        seen = on_standard(seat, number)
        assert seen is not None
        shown = self.revealed(seat.working_group_id, number)
        cast: dict[int, list[Ballot]] = defaultdict(list)
        for (voter, standard, round), ballot in self.votes.items():
            if standard == number and voter in here:
                cast[round].append(ballot)
        assert [round.number for round in seen.rounds] == list(range(1, shown + 1))
        for round in seen.rounds:
            counts = [sum(b.value == point for b in cast[round.number]) for point in range(1, 6)]
            assert [tally.count for tally in round.points] == counts
            if not self.session.exercise.shows_names:
                assert not any(tally.names for tally in round.points)
        assert len(seen.step.voters) == len(cast[shown + 1])

    @invariant()
    def an_agreed_score_is_on_the_scale_and_its_step(self) -> None:
        step = Decimal("0.5") if self.half_points else 1
        for value, *_ in self._scores().values():
            assert value is None or (1 <= value <= 5 and value % step == 0)

    @invariant()
    def no_score_changes_after_the_closing_without_a_reason(self) -> None:
        if self.session.state == "closed":
            assert self._scores() == self.locked

    @invariant()
    def no_beat_moved_unasked(self) -> None:
        assert self._beats() == self.beats

    @invariant()
    def results_are_what_a_recomputation_gives(self) -> None:
        exercise = Exercise.objects.get(pk=self.session.exercise_id)
        results = {a.standard: a.displayed for a in results_for(exercise).averages}
        agreed: dict[int, list[Decimal]] = {n: [] for n in range(1, STANDARDS + 1)}
        for score in Score.objects.agreed().for_exercise(exercise).select_related("standard"):
            if score.value is not None:
                agreed[score.standard.number].append(score.value)
        assert results == {n: self._rounded(values) for n, values in agreed.items()}
        frozen = latest_version(exercise)
        if frozen:
            shown = {str(n): None if v is None else str(v) for n, v in results.items()}
            assert frozen.averages == shown

    @staticmethod
    def _rounded(values: list[Decimal]) -> Decimal | None:
        """Their mean to one place, half up, by whole numbers alone."""
        halves, count = sum(int(value * 2) for value in values), len(values)
        return Decimal((halves * 10 + count) // (2 * count)) / 10 if count else None


@pytest.mark.soak
@pytest.mark.hypothesis
def test_whatever_happens_in_a_room_its_promises_hold(db, soak: bool):
    # PostgreSQL keeps every row that was rolled back until the test ends, and slows down.
    long = 100 if connection.vendor == "sqlite" else 30
    run(
        Room,
        settings=settings(
            max_examples=long if soak else 12,
            stateful_step_count=60 if soak else 30,
            phases=[Phase.generate],  # to make a failure shorter would take minutes
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
