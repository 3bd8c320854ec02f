"""Rules about what happens while a session is open: answers, votes, reveals, seats and pulses."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q

from standards.models import Answer, Comment, Participant, Reveal, Session, Vote, WorkingGroup
from standards.services.voting import Ballot

from .rules import Rule, same

EXERCISE = "{participant__working_group__session__exercise__title}"
VOTE = Vote.objects.filter(
    participant=OuterRef("participant"), standard=OuterRef("standard"), round=OuterRef("round")
)
EARLIER_SEAT = Participant.objects.filter(
    user=OuterRef("user"),
    working_group__session=OuterRef("working_group__session"),
    pk__lt=OuterRef("pk"),
)


def _not_revealed_before(group: str) -> Q:
    """Return the condition that a round is not the first, and the one before was not revealed."""
    before = Reveal.objects.filter(
        working_group=OuterRef(group), standard=OuterRef("standard"), round=OuterRef("round") - 1
    )
    return Q(~Exists(before), round__gt=1)


ROOMS = [
    same(
        Answer,
        "standard__framework",
        "participant__working_group__session__exercise__framework",
        f"{EXERCISE}: an answer in {{participant__working_group__name}} is on standard"
        " {standard__number} of another framework.",
    ),
    same(
        Reveal,
        "standard__framework",
        "working_group__session__exercise__framework",
        "{working_group__session__exercise__title}: a reveal in {working_group__name} is of"
        " standard {standard__number} of another framework.",
    ),
    same(
        Session,
        "offered__framework",
        "exercise__framework",
        "{exercise__title}: {title} offers standard {offered__number} of another framework.",
    ),
    same(
        Comment,
        "participant__working_group",
        "working_group",
        "{working_group__session__exercise__title}: a comment of {working_group__name} is by"
        " somebody in {participant__working_group__name}.",
    ),
    Rule(
        Answer,
        Q(~Exists(VOTE), fate=Answer.Fate.COUNTED),
        f"{EXERCISE}: an answer in {{participant__working_group__name}} on standard"
        " {standard__number} was counted, and there is no vote.",
    ),
    Rule(
        Vote,
        _not_revealed_before("participant__working_group"),
        f"{EXERCISE}: a vote in {{participant__working_group__name}} on standard"
        " {standard__number} is of round {round}, and the one before was not revealed.",
    ),
    Rule(
        Reveal,
        _not_revealed_before("working_group"),
        "{working_group__session__exercise__title}: {working_group__name} revealed round {round}"
        " of standard {standard__number}, and not the round before.",
    ),
    Rule(
        Participant,
        Q(Exists(EARLIER_SEAT)),
        "{working_group__session__exercise__title}: somebody in {working_group__name} has another"
        " seat in the session.",
    ),
    Rule(
        WorkingGroup,
        Q(session__state=Session.State.OPEN, pulse=None),
        "{session__exercise__title}: {name} has no pulse for its pages to follow.",
    ),
    Rule(
        Session,
        Q(state=Session.State.OPEN, exercise__state="closed"),
        "{exercise__title}: {title} is open, and the exercise is closed.",
    ),
]


def votes_unlike_their_answers() -> Iterator[str]:
    """Yield the votes that are not what their voter last answered in time, in two queries. A vote
    without any answer was taken over from elsewhere."""
    place = ("participant", "standard", "round")
    counted = Answer.objects.filter(fate=Answer.Fate.COUNTED).order_by("pk")
    last = {tuple(key): given for *key, given in counted.values_list(*place, "given")}
    votes = Vote.objects.order_by("pk").annotate(
        group=F("participant__working_group__name"),
        title=F("participant__working_group__session__exercise__title"),
        number=F("standard__number"),
    )
    for vote in votes:
        given = last.get((vote.participant_id, vote.standard_id, vote.round))
        ballot = Ballot(vote.number, vote.round, vote.kind, vote.value, vote.reason)
        if given and _plain(given) != _plain(ballot.given):
            yield (
                f"{vote.title}: a vote in {vote.group} on standard {vote.number} is not what its"
                " voter last answered."
            )


def _plain(given: dict[str, str | None]) -> tuple[str | None, int | None, str | None]:
    """Return what was given with its points as a number: "3.0" and "3" are the same."""
    value = given["value"]
    return given["kind"], None if value is None else int(Decimal(value)), given["reason"]
