"""Who is asking: the seat that a browser's session holds in a working group.

A poll may cost two queries, so a seat is found from the session alone, in one query, and never
through `request.user`.
"""

import time
from collections.abc import Mapping

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare

from partnership.models import Membership
from partnership.roles import Permission, roles_with

from .models import Participant, Session

STAYS = 60 * 60 * 12  # seconds for which an open session keeps people signed in, whatever they do
RENEWED, RENEWED_EVERY = "room_renewed", 60 * 10  # seconds: not a write for every page


class SignedOut(Exception):
    """Nobody is signed in, or no longer."""


class SeatElsewhere(Exception):
    """The person sits in another working group of this session. `group` is its identifier."""

    def __init__(self, group: str) -> None:
        super().__init__(group)
        self.group = group


def seat_of(session: SessionBase, group: str) -> Participant:
    """Return the caller's seat in the working group of this identifier, with its user, its group's
    pulse, its session and its exercise. One query beside that of the session.

    Raises SignedOut, SeatElsewhere, or Http404 for whoever has no seat in this session.
    """
    return seats_of(session, group)[0]


def seats_of(session: SessionBase, group: str, other: str = "") -> tuple[Participant, Participant]:
    """Return the caller's seat and, in the same query, the seat of this identifier in the same
    group; the caller's own twice where `other` is theirs or "". Raises Http404 where the group has
    no such seat, or as `seat_of` does."""
    user = _user_id(session)
    found = list(
        _seats().filter(Q(user=user) | Q(identifier=other), working_group__identifier=group)
    )
    mine = next((seat for seat in found if seat.user_id == user), None)
    if mine is None:
        raise _absence(user, group)
    if not constant_time_compare(
        session.get(HASH_SESSION_KEY, ""), mine.user.get_session_auth_hash()
    ):
        raise SignedOut
    named = next((seat for seat in found if seat.identifier == other), None)
    if other and named is None:
        raise Http404("There is nobody of this name in the working group.")
    return mine, named or mine


def seat_in_session(user_id: int, session: Session) -> Participant | None:
    """Return the person's seat in any working group of the session."""
    return _seats().filter(user=user_id, working_group__session=session).first()


def is_open(seat: Participant) -> bool:
    """Whether the session of the seat's working group is open."""
    return seat.working_group.session.state == Session.State.OPEN


def stay_signed_in(session: SessionBase, seat: Participant) -> None:
    """Begin the idle time anew while the group's session is open, and make it twelve hours."""
    now = int(time.time())
    if is_open(seat) and now - session.get(RENEWED, 0) > RENEWED_EVERY:
        session[RENEWED] = now
        session.set_expiry(STAYS)


def _user_id(session: Mapping[str, str] | SessionBase) -> int:
    try:
        return int(session.get(SESSION_KEY, ""))
    except ValueError:
        raise SignedOut from None


def _seats() -> QuerySet[Participant]:
    """Return the seats of people who may take part today, with all that a page asks of them."""
    belongs = Membership.objects.current().filter(
        user=OuterRef("user"),
        partnership=OuterRef("working_group__session__exercise__partnership"),
        role__in=roles_with(Permission.TAKE_PART),
    )
    return Participant.objects.filter(Exists(belongs), user__is_active=True).select_related(
        "user",
        "working_group__pulse",
        "working_group__cohort",
        "working_group__session__offered",
        "working_group__session__exercise",
    )


def _absence(user: int, group: str) -> Exception:
    session = Session.objects.filter(working_groups__identifier=group).first()
    seat = seat_in_session(user, session) if session else None
    if seat:
        return SeatElsewhere(seat.working_group.identifier)
    return Http404("You have no seat in this working group.")
