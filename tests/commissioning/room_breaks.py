"""What to do to a world so that a rule about the room is broken, and what is then said."""

from collections.abc import Callable

from standards.models import Participant, Vote
from tests import factories as make
from tests.commissioning.worlds import World, put

NOT_BEFORE = "and the one before was not revealed."
FOREIGN = "standard 1 of another framework."
OPEN = {"state": "open", "join_code": "a code", "join_key": "a key"}

ROOM_BREAKS: list[tuple[str, Callable[[World, World], object]]] = [
    (
        f"Here exercise: an answer in Table one is on {FOREIGN}",
        lambda here, there: put(here.answer, standard=there.standard),
    ),
    (
        f"Here exercise: a reveal in Table one is of {FOREIGN}",
        lambda here, there: put(here.reveal, standard=there.standard),
    ),
    (
        f"Here exercise: First session offers {FOREIGN}",
        lambda here, there: put(here.session, offered=there.standard),
    ),
    (
        "Here exercise: a comment of Managers is by somebody in Table one.",
        lambda here, there: put(
            make.comment(here.session.working_groups.get(name="Managers"), 1, "Ours"),
            participant=here.vote.participant,
        ),
    ),
    (
        "Here exercise: an answer in Table one on standard 1 was counted, and there is no vote.",
        lambda here, there: Vote.objects.filter(pk=here.vote.pk).delete(),
    ),
    (
        "Here exercise: a vote in Table one on standard 1 is not what its voter last answered.",
        lambda here, there: put(here.vote, value=4),
    ),
    (
        "Here exercise: a vote in Table one on standard 1 is not what its voter last answered.",
        lambda here, there: put(here.vote, reason="Another"),
    ),
    (
        f"Here exercise: a vote in Table one on standard 1 is of round 3, {NOT_BEFORE}",
        lambda here, there: put(here.vote, round=3),
    ),
    (
        "Here exercise: Table one revealed round 2 of standard 1, and not the round before.",
        lambda here, there: put(here.reveal, round=2),
    ),
    (
        "Here exercise: somebody in Managers has another seat in the session.",
        lambda here, there: Participant.objects.create(
            working_group=here.session.working_groups.get(name="Managers"),
            user=here.vote.participant.user,
        ),
    ),
    (
        "Here exercise: Table one has no pulse for its pages to follow.",
        lambda here, there: put(here.session, **OPEN),
    ),
    (
        "Here exercise: First session is open, and the exercise is closed.",
        lambda here, there: put(here.session, **OPEN),
    ),
]
