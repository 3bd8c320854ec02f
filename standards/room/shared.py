"""What the whole group may see.

Of a round that is not revealed this asks who has voted, and never how.
"""

from collections import Counter
from dataclasses import replace

from partnership.numbers import display, in_words, plain

from ..analysis import spread
from ..material import levels_for
from ..models import (
    Comment,
    Exercise,
    Participant,
    Reveal,
    ScaleLevel,
    Score,
    Standard,
    Vote,
    WorkingGroup,
)
from ..results import averages_of
from .values import OnStandard, Person, Remark, Room, Round, Stage, Step, Tally


def room_of(seat: Participant) -> Room:
    """Return the working group for the member in this seat. Five queries."""
    group = seat.working_group
    people = group.participants.select_related("user").order_by("joined_at", "pk")
    persons = tuple(_person(each, seat) for each in people)
    return Room(seat, pulse_of(group), persons, steps_of(group, seat.pk))


def steps_of(group: WorkingGroup, member: int | None = None) -> tuple[Step, ...]:
    """Return the group's standards in order, each as far as it has come, for the member in the
    seat of this key or for none. Four queries."""
    revealed = Counter(
        Reveal.objects.filter(working_group=group).values_list("standard_id", flat=True)
    )
    scores = {score.standard_id: score for score in group.scores.order_by("pk")}
    cast: dict[tuple[int, int], set[int]] = {}
    voters = Vote.objects.filter(participant__working_group=group)
    for voted_on, number, person in voters.values_list("standard", "round", "participant"):
        cast.setdefault((voted_on, number), set()).add(person)
    exercise = group.session.exercise
    steps = []
    for standard in Standard.objects.filter(framework=exercise.framework_id).order_by("number"):
        rounds, score = revealed[standard.pk], scores.get(standard.pk)
        here = frozenset(cast.get((standard.pk, rounds + 1), ()))
        stage = _stage(exercise, rounds, score, member in here)
        steps.append(Step(standard, stage, here, rounds, score))
    return tuple(steps)


def on_standard(seat: Participant, number: int) -> OnStandard | None:
    """Return the group at the standard of this number, None where there is none. Up to nine
    queries."""
    room = room_of(seat)
    step = next((step for step in room.steps if step.number == number), None)
    if step is None:
        return None
    people = tuple(replace(each, has_voted=each.key in step.voters) for each in room.people)
    levels = levels_for(room.exercise.framework_id, room.exercise.partnership_id)
    return OnStandard(room, step, people, _rounds(room, step, levels), _said(room, step), levels)


def record_of(group: WorkingGroup) -> dict[tuple[int, str], Comment]:
    """Return the group's own comments, by standard (primary key) and side. One query."""
    said = Comment.objects.filter(working_group=group, participant=None, standard__isnull=False)
    # The first of a side counts, as it does for whoever changes it.
    return {(each.standard_id or 0, each.side): each for each in said.order_by("-pk")}


def last_time(exercise: Exercise, standard: Standard) -> str:
    """Return the average of the exercise before, "" where it is not shown or not known."""
    previous = exercise.previous if exercise.shows_previous else None
    if previous is None or previous.framework_id != exercise.framework_id:
        return ""
    averages = averages_of([previous])[previous.pk]
    found = next((each for each in averages if each.standard == standard.number), None)
    return display(found.value) if found else ""


def pulse_of(group: WorkingGroup) -> int:
    """Return the group's beat, 0 before its session was first opened."""
    return group.pulse.beat if hasattr(group, "pulse") else 0


def _person(each: Participant, seat: Participant) -> Person:
    return Person(
        each.pk,
        each.identifier,
        each.user.name,
        each.is_recorder,
        each.has_device,
        each.pk == seat.pk,
        each.user.email is None,
    )


def _stage(exercise: Exercise, revealed: int, score: Score | None, has_voted: bool) -> Stage:
    if score and score.is_agreed:
        return Stage.AGREED
    if not exercise.is_scored:
        return Stage.TO_DISCUSS
    if not exercise.votes_first:
        return Stage.TO_AGREE
    if revealed:
        return Stage.REVEALED
    return Stage.VOTED if has_voted else Stage.TO_VOTE


def _rounds(room: Room, step: Step, levels: tuple[ScaleLevel, ...]) -> tuple[Round, ...]:
    if not step.revealed:
        return ()
    votes = Vote.objects.filter(
        participant__working_group=room.group, standard=step.standard, round__lte=step.revealed
    )
    cast = list(votes.select_related("participant__user").order_by("participant__user__name"))
    return tuple(
        _round(number, [vote for vote in cast if vote.round == number], levels, room.exercise)
        for number in range(1, step.revealed + 1)
    )


def _round(
    number: int, votes: list[Vote], levels: tuple[ScaleLevel, ...], exercise: Exercise
) -> Round:
    def tally(label: str, wording: str, given: list[Vote]) -> Tally:
        names = tuple(v.participant.user.name for v in given) if exercise.shows_names else ()
        return Tally(label, wording, len(given), names)

    points = (
        tally(plain(level.value), level.wording, [v for v in votes if v.value == level.value])
        for level in levels
    )
    others = (
        tally(str(kind.label), "", [v for v in votes if v.kind == kind])
        for kind in (Vote.Kind.PASS, Vote.Kind.NOT_APPLICABLE)
    )
    # In the order of the alphabet, which says nothing of who gave them.
    reasons = sorted(v.reason for v in votes if v.kind == Vote.Kind.NOT_APPLICABLE)
    shown = tuple(each for each in others if each.count)
    return Round(number, tuple(points), shown, tuple(reasons), _summary(votes))


def _summary(votes: list[Vote]) -> str:
    """Return "From 2 to 4." or what else a group would say first of its votes."""
    found = spread(vote.value for vote in votes if vote.value is not None)
    if found is None:
        return "Nobody gave a score."
    if not found.comparable:
        return f"One score: {plain(found.low)}."
    if not found.range:
        return f"All {in_words(found.n)} said {plain(found.low)}."
    return f"From {plain(found.low)} to {plain(found.high)}."


def _said(room: Room, step: Step) -> tuple[tuple[str, tuple[Remark, ...]], ...]:
    """Return what the group may read of what others said, by side."""
    told = Comment.objects.told().filter(working_group=room.group, standard=step.standard)
    told = told.select_related("participant__user").order_by("pk")
    remarks = [
        Remark(each.side, each.text, _author(each, room))
        for each in told
        if each.participant_id != room.seat.pk
    ]
    by_side = ((side.label, tuple(r for r in remarks if r.side == side)) for side in Comment.Side)
    return tuple((label, found) for label, found in by_side if found)


def _author(comment: Comment, room: Room) -> str:
    if comment.participant is None:
        return "The group’s record"
    return comment.participant.user.name if room.exercise.shows_names else ""
