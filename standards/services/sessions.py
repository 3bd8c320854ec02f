"""Opening and closing a session, its codes, and what the facilitator shows the room."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from partnership import records
from partnership.models import User
from partnership.rules import RuleBroken, checked_text

from ..models import Exercise, JoinFailures, Session, Standard
from .voting import take_turns

# Letters and digits that nobody mishears or misreads: no vowels, so no words either.
CODE_LETTERS = "346789CDFHJKMPRTWXY"
CODE_LENGTH = 8


def new_code() -> str:
    """Return a code to be read aloud, such as "C4KM-7TXR": 34 bits."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed; "" for what cannot be one."""
    letters = [letter for letter in typed.upper() if letter in CODE_LETTERS]
    kept = "".join(letters)
    return f"{kept[:4]}-{kept[4:]}" if len(kept) == CODE_LENGTH else ""


@transaction.atomic
def edit_session(
    *, session: Session, changes: Mapping[str, Any], version: int, by: User
) -> Session:
    """Change what a session is called, when and where it is and whom it is for.

    Raises RuleBroken once it has closed, StaleVersion when it was changed in between.
    """
    if session.state == Session.State.CLOSED:
        raise RuleBroken("This session is closed.")
    return _change(session, changes, version, by)


@transaction.atomic
def open_session(*, session: Session, version: int, by: User, reason: str = "") -> Session:
    """Let people join and vote, by a fresh code. Opens the exercise with its first session.

    Raises RuleBroken for a session without working groups, one that is open, one that was closed
    without a reason to open its scores again, or a closed exercise.
    """
    exercise = Exercise.objects.select_for_update().get(pk=session.exercise_id)
    if exercise.is_closed:
        raise RuleBroken("The exercise is closed.")
    if session.state == Session.State.OPEN:
        raise RuleBroken("This session is open already.")
    if session.state == Session.State.CLOSED and not reason.strip():
        raise RuleBroken("Say why the session is opened again: its scores can then change.")
    if not session.working_groups.exists():
        raise RuleBroken("Add a working group before you open the session.")
    changes = {"state": Session.State.OPEN} | _codes()
    opened = _change(session, changes, version, by, checked_text(reason))
    if exercise.state == Exercise.State.PLANNED:
        state = {"state": Exercise.State.OPEN}
        records.change(exercise, changes=state, version=exercise.version, by=by)
    return opened


@transaction.atomic
def close_session(*, session: Session, version: int, by: User) -> Session:
    """End a session: its code is void and its scores are locked."""
    if session.state != Session.State.OPEN:
        raise RuleBroken("This session is not open.")
    changes = {"state": Session.State.CLOSED, "join_code": None, "join_key": None, "offered": None}
    return _change(session, changes, version, by)


@transaction.atomic
def issue_code(*, session: Session, version: int, by: User) -> Session:
    """Give an open session a new code and key; the old ones are void, nobody leaves."""
    if session.state != Session.State.OPEN:
        raise RuleBroken("Only an open session has a code.")
    JoinFailures.objects.filter(session=session).delete()
    return _change(session, _codes(), version, by)


@transaction.atomic
def offer_standard(
    *, session: Session, standard: Standard | None, version: int, by: User
) -> Session:
    """Show the whole room a link to a standard; None takes the link away."""
    return _change(session, {"offered": standard}, version, by)


@transaction.atomic
def show_figures(*, session: Session, shown: bool, version: int, by: User) -> Session:
    """Show the figures on the projector, or hide them."""
    return _change(session, {"shows_figures": shown}, version, by)


def _codes() -> dict[str, str]:
    return {"join_code": new_code(), "join_key": secrets.token_urlsafe(24)}


def _change(
    session: Session, changes: Mapping[str, Any], version: int, by: User, reason: str = ""
) -> Session:
    """Change the session, and let the pages of all its groups know."""
    changed = records.change(session, changes=changes, version=version, by=by, reason=reason)
    take_turns(session.working_groups.values_list("pk", flat=True))
    return changed
