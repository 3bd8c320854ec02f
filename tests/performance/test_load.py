"""A room full of people against a real server, of which `make bench` and `make soak` take the
full size: two hundred in thirty groups."""

from dataclasses import replace

import pytest

from commissioning.load.measuring import Load, measure
from commissioning.load.people import Kept
from commissioning.load.rooms import Check, check, make_room
from standards.models import Answer, Participant, Vote
from standards.services.voting import record_vote
from tests import factories as make
from tests.conftest import SOAK


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kill", [False, True] if SOAK else [True])
def test_no_acknowledged_answer_is_lost_or_doubled(kill: bool, soak: bool):
    """The server is killed on the way; in the long form, a run goes undisturbed as well."""
    size = (200, 30, 90) if soak else (12, 3, 4)
    found = measure(Load(*size, kill=kill))

    assert found.log.errors == []
    assert (found.check.lost, found.check.doubled) == (0, 0)
    assert found.check.acknowledged == size[0] * 12
    assert found.is_sound
    assert bool(found.log.resent) == kill


def test_the_comparison_sees_what_was_lost_changed_or_doubled(db):
    places, session = make_room(2, 1)
    seats = Participant.objects.select_related("working_group__session__exercise", "user")
    kept = []
    for place in places:
        ballot = make.ballot("4")
        seat = seats.get(pk=place.participant)
        record_vote(participant=seat, ballot=ballot, by=seat.user)
        kept.append(Kept(seat.pk, ballot.mutation, "4"))
    assert check(session, kept) == Check(acknowledged=2, lost=0, doubled=0)

    never = Kept(places[0].participant, "never-came", "4")
    assert check(session, [*kept, never]).lost == 1
    assert check(session, [replace(kept[0], value="5"), kept[1]]).lost == 1
    Vote.objects.filter(participant=places[0].participant).update(value=2)
    assert check(session, kept).lost == 1
    Vote.objects.filter(participant=places[1].participant).update(version=2)
    assert check(session, kept).doubled == 1
    Answer.objects.filter(participant=places[1].participant).delete()
    assert check(session, kept) == Check(acknowledged=2, lost=2, doubled=1)
