"""The room that is put under load, made and checked in the database."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from partnership.models import Membership, Partnership, User
from partnership.roles import Role
from standards.models import (
    Answer,
    Cohort,
    Domain,
    Exercise,
    Framework,
    Participant,
    Session,
    Standard,
    Vote,
    WorkingGroup,
)
from standards.services.sessions import open_session

from .people import Kept, Place

STANDARDS = 12
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Check:
    """What became of acknowledged answers: kept once, lost, or kept otherwise than given."""

    acknowledged: int
    lost: int
    doubled: int

    @property
    def is_sound(self) -> bool:
        return not (self.lost or self.doubled)


@transaction.atomic
def make_room(participants: int, groups: int) -> tuple[list[Place], int]:
    """Make an open session, seat people in its working groups and sign each of them in. Returns
    where each sits, and the session's primary key."""
    mark = secrets.token_hex(4)
    partnership = Partnership.objects.create(
        name=f"Load {mark}", short_name=f"Load {mark}", slug=f"load-{mark}"
    )
    exercise = Exercise.objects.create(
        partnership=partnership, framework=_framework(mark), title="Load", half_points=True
    )
    session = Session.objects.create(exercise=exercise, number=1, title="Load")
    cohort = Cohort.objects.create(exercise=exercise, number=1, name="Everybody")
    tables = [
        WorkingGroup.objects.create(session=session, cohort=cohort, number=n, name=f"Table {n}")
        for n in range(1, groups + 1)
    ]
    places = [_seat(tables[n % groups], partnership, n) for n in range(participants)]
    open_session(session=session, version=1, by=User.objects.create_user(None, "Facilitator"))
    return places, session.pk


def check(session: int, kept: Iterable[Kept]) -> Check:
    """Compare what the server acknowledged with what the database holds of a session."""
    said = {(each.participant, each.mutation): each for each in kept}
    here = {"participant__working_group__session": session}
    stored = {
        (answer.participant_id, answer.mutation): answer for answer in Answer.objects.filter(**here)
    }
    lost = sum(not _same(each, stored.get(key)) for key, each in said.items())
    counted = Counter(
        (answer.participant_id, answer.standard_id, answer.round)
        for answer in stored.values()
        if answer.fate == Answer.Fate.COUNTED
    )
    # A vote's version counts the answers that made it: one more is one counted twice.
    versions = Vote.objects.filter(**here).values_list(
        "participant", "standard", "round", "version"
    )
    votes = {(person, standard, number): version for person, standard, number, version in versions}
    doubled = sum(votes.get(key, 0) != counted[key] for key in votes.keys() | counted.keys())
    return Check(len(said), lost, doubled)


def _same(said: Kept, stored: Answer | None) -> bool:
    if stored is None or stored.given["value"] != said.value:
        return False
    if stored.fate != Answer.Fate.COUNTED:
        return False
    votes = Vote.objects.filter(participant=said.participant, standard=stored.standard_id)
    return [str(vote.value) for vote in votes.filter(round=stored.round)] == [said.value]


def _framework(mark: str) -> Framework:
    framework = Framework.objects.create(
        slug=f"load-{mark}", name=f"Load {mark}", publisher="Nobody"
    )
    domain = Domain.objects.create(framework=framework, number=1, title="All")
    for number in range(1, STANDARDS + 1):
        Standard.objects.create(
            framework=framework, domain=domain, number=number, marked_title=f"Standard {number}"
        )
    return framework


def _seat(table: WorkingGroup, partnership: Partnership, number: int) -> Place:
    user = User.objects.create_user(None, f"Person {number}")
    Membership.objects.create(user=user, partnership=partnership, role=Role.GUEST)
    is_first = not table.participants.exists()
    seat = Participant.objects.create(working_group=table, user=user, is_recorder=is_first)
    return Place(seat.pk, table.identifier, _signed_in(user))


def _signed_in(user: User) -> str:
    """Return the key of a session that holds this user, as signing in would have left it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key or ""
