"""What a voter alone may see: their own answers, also those of a round that is not revealed."""

from collections.abc import Sequence

from partnership.numbers import plain

from ..models import Answer, Comment, Participant, Standard, Vote
from .values import OnStandard, OwnAnswer, Person, Step, vote_words

LATE = {
    Answer.Fate.REVEALED: "It came after the votes were revealed, so it does not count.",
    Answer.Fate.CLOSED: "It came after the score was agreed or the session closed, so it does not "
    "count.",
    Answer.Fate.OUTDATED: "You had answered differently on another device, and that answer stands.",
}


def own_answer(voter: Participant, step: Step) -> OwnAnswer:
    """Return the voter's own answers. Two queries. Nobody else may see what this returns."""
    votes = {vote.round: vote for vote in voter.votes.filter(standard=step.standard)}
    now = votes.pop(step.revealed + 1, None)
    answers = voter.answers.filter(standard=step.standard, by=voter.user_id)
    return OwnAnswer(
        step.revealed + 1,
        _choice(now) if now else "",
        now.reason if now else "",
        now.version if now else 0,
        tuple((number, vote_words(vote)) for number, vote in sorted(votes.items())),
        tuple(_late(list(answers))),
    )


def own_comments(seat: Participant, standard: Standard) -> dict[str, Comment]:
    """Return the member's own comments by side. One query."""
    return {each.side: each for each in seat.comments.filter(standard=standard)}


def vote_versions(people: Sequence[Person], on: OnStandard) -> dict[str, int]:
    """Return which version the votes of these people have in the round in hand, by identifier:
    for whoever enters the votes of members without a device."""
    votes = Vote.objects.filter(
        participant__identifier__in=[person.identifier for person in people],
        participant__working_group=on.room.group,
        standard=on.standard,
        round=on.round,
    )
    return dict(votes.values_list("participant__identifier", "version"))


def _choice(vote: Vote) -> str:
    """Return the answer as its form names it."""
    return vote.kind if vote.value is None else plain(vote.value)


def _late(answers: list[Answer]) -> list[tuple[str, str]]:
    """Return what came too late: the answer in words, and why it does not count."""
    counted = max((a.pk for a in answers if a.fate == Answer.Fate.COUNTED), default=0)
    return [
        (_given_words(answer.given), LATE[Answer.Fate(answer.fate)])
        for answer in answers
        if answer.fate != Answer.Fate.COUNTED
        if answer.fate != Answer.Fate.OUTDATED or answer.pk > counted
    ]


def _given_words(given: dict[str, str]) -> str:
    return given["value"] or Vote.Kind(given["kind"]).label
