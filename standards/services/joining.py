"""Coming into a working group: by code or key, as a member or as a named guest, and back again."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from partnership.models import Membership, User
from partnership.roles import ROLES, Permission, Role
from partnership.rules import RuleBroken
from partnership.text import clean_text

from ..models import Comment, JoinFailures, Participant, Session, Vote, WorkingGroup
from .sessions import CODE_LETTERS, plain_code
from .voting import beat, require_open, take_turns

WINDOW, MOST_FAILURES = timedelta(minutes=10), 30
GUEST_DAYS = 2  # so that a session past midnight does not end a guest's evening


class CodeUnknown(RuleBroken):
    """No open session has this code or key."""


class TooManyWrongCodes(RuleBroken):
    """Codes of this session were guessed at; the QR code still works, and a new code would."""


def session_by_key(key: str) -> Session:
    """Return the open session whose QR code holds this key. Raises CodeUnknown."""
    found = _open_sessions().filter(join_key=key).first() if key and key.isprintable() else None
    if found is None:
        raise CodeUnknown("This link is no longer in use. Ask for the code of your session.")
    return found


def session_by_code(typed: str) -> Session:
    """Return the open session of a code as somebody typed it.

    A wrong code counts against the session whose code begins alike, so that guessing is stopped
    where it happens and forty people at one address are not. Raises CodeUnknown or
    TooManyWrongCodes. Not to be called inside a transaction, which could undo the count.
    """
    code = plain_code(typed)
    alike = _open_sessions().filter(join_code__startswith=code[:5])
    near = (alike.filter(join_code=code).first() or alike.first()) if code else None
    if near is None:
        raise CodeUnknown("That is not the code of an open session. Check it and try again.")
    _refuse_guessing(near)
    if near.join_code != code:
        count_failure(near)
        raise CodeUnknown("That is not the code of an open session. Check it and try again.")
    return near


@transaction.atomic
def join_as_member(*, session: Session, working_group: WorkingGroup, user: User) -> Participant:
    """Seat a signed-in person. Somebody seated in the session already keeps that seat, and moves
    if it is in another group. Who is not a member of the partnership becomes its guest.

    Raises RuleBroken when the session has closed, or the person's role only looks on.
    """
    _require_seat(session, working_group)
    seated = Participant.objects.filter(working_group__session=session, user=user).first()
    if seated:
        return change_group(participant=seated, working_group=working_group, by=user)
    partnership = session.exercise.partnership
    member = Membership.objects.current().filter(user=user, partnership=partnership).first()
    if member is None:
        _welcome(user, session, "")
    elif Permission.TAKE_PART not in ROLES[Role(member.role)]:
        raise RuleBroken("An observer looks on, and does not take part in a working group.")
    return _seat(working_group, user)


@transaction.atomic
def join_as_guest(
    *, session: Session, working_group: WorkingGroup, name: str, organisation: str, token: str = ""
) -> Participant:
    """Seat somebody without an account, as a user without an address who can do nothing else.

    `token` names the form that was sent: sent twice, it leads to the one seat. Who has left with
    their device is not found by it any more.
    """
    _require_seat(session, working_group)
    before = Participant.objects.filter(joined_with=token).first() if token else None
    if before:
        return before
    return _seat(working_group, _new_guest(session, name, organisation), token=token)


@transaction.atomic
def leave_device(*, participant: Participant) -> None:
    """Let whoever has this device next join as somebody else. The seat stays."""
    Participant.objects.filter(pk=participant.pk).update(joined_with=None)


@transaction.atomic
def add_person(*, working_group: WorkingGroup, name: str, by: User) -> Participant:
    """Seat somebody without a device, for whom the recorder enters the votes."""
    require_open(working_group)
    guest = _new_guest(working_group.session, name, "")
    return _seat(working_group, guest, has_device=False)


@transaction.atomic
def change_group(*, participant: Participant, working_group: WorkingGroup, by: User) -> Participant:
    """Move somebody who sits at the wrong table. Raises RuleBroken once they have voted or
    commented."""
    if participant.working_group_id == working_group.pk:
        return participant
    require_open(working_group)
    return _move(participant, working_group)


def _move(participant: Participant, working_group: WorkingGroup) -> Participant:
    here = participant.working_group
    if here.session_id != working_group.session_id:
        raise RuleBroken("That working group is not part of this session.")
    take_turns([here.pk, working_group.pk])
    _require_still_in(here, participant)
    if has_answered(participant):
        raise RuleBroken(
            f"You have voted or commented in {here}, so your place is there. "
            "If that is wrong, tell the facilitator."
        )
    participant.working_group, participant.is_recorder = working_group, False
    participant.save(update_fields=["working_group", "is_recorder"])
    return participant


def has_answered(participant: Participant) -> bool:
    """Whether the person has voted or commented, so that their place is in their group. One
    query."""
    votes, comments = (m.objects.filter(participant=OuterRef("pk")) for m in (Vote, Comment))
    seat = Participant.objects.filter(pk=participant.pk)
    return seat.filter(Exists(votes) | Exists(comments)).exists()


def _require_still_in(working_group: WorkingGroup, participant: Participant) -> None:
    """Raise RuleBroken where somebody else moved the person before this turn was taken."""
    seat = Participant.objects.filter(pk=participant.pk, working_group=working_group)
    if not seat.exists():
        raise RuleBroken(f"{participant.user} has moved to another working group. Reload the page.")


def come_back(*, session: Session, personal_code: str) -> Participant:
    """Return the guest whose personal code this is, to go on with on another device.

    Raises CodeUnknown or TooManyWrongCodes. Not to be called inside a transaction.
    """
    _refuse_guessing(session)
    code = "".join(letter for letter in personal_code.upper() if letter in CODE_LETTERS)
    seats = Participant.objects.filter(working_group__session=session, user__email=None)
    found = seats.filter(personal_code=code).first() if code else None
    if found is None:
        count_failure(session)
        raise CodeUnknown("That is not a personal code of this session. Ask your recorder for it.")
    return _on_a_device(found)


@transaction.atomic
def _on_a_device(seat: Participant) -> Participant:
    """Let somebody for whom the recorder voted answer for themselves from now on."""
    if not seat.has_device:
        beat(seat.working_group)
        seat.has_device = True
        seat.save(update_fields=["has_device"])
    return seat


@transaction.atomic
def replace_recorder(*, participant: Participant, by: User) -> Participant:
    """Let this person keep their group's record from now on."""
    group = participant.working_group
    beat(group)
    _require_still_in(group, participant)
    Participant.objects.filter(working_group=group, is_recorder=True).update(is_recorder=False)
    participant.is_recorder = True
    participant.save(update_fields=["is_recorder"])
    return participant


@transaction.atomic
def claim_record(*, participant: Participant, by: User) -> Participant:
    """Let this person keep their group's record, where nobody does. Raises RuleBroken where
    somebody else does."""
    beat(participant.working_group)
    keeper = participant.working_group.participants.filter(is_recorder=True)
    if keeper.exclude(pk=participant.pk).exists():
        raise RuleBroken("Somebody else keeps this group’s record. Ask them to hand it over.")
    return replace_recorder(participant=participant, by=by)


@transaction.atomic
def name_recorder(*, working_group: WorkingGroup, user: User | None, by: User) -> None:
    """Let this person keep the group's record, None: nobody yet. They get their seat with it,
    also before the session opens. Raises RuleBroken for who has voted in another group."""
    if user is None:
        beat(working_group)
        keeper = {"working_group": working_group, "is_recorder": True}
        Participant.objects.filter(**keeper).update(is_recorder=False)
        return
    seats = Participant.objects.filter(working_group__session=working_group.session_id, user=user)
    seat = seats.select_related("working_group").first() or _seat(working_group, user)
    if seat.working_group_id != working_group.pk:
        seat = _move(seat, working_group)
    replace_recorder(participant=seat, by=by)


@transaction.atomic
def renew_personal_code(*, participant: Participant, by: User) -> Participant:
    """Give a guest a new personal code, by the recorder's word; the old one is void."""
    participant.personal_code = _personal_code()
    participant.save(update_fields=["personal_code"])
    return participant


def count_failure(session: Session) -> None:
    """Count a wrong code against the session; the count starts again after ten minutes."""
    now = timezone.now()
    _, is_first = JoinFailures.objects.get_or_create(session=session, defaults={"since": now})
    old = {"session": session, "since__lt": now - WINDOW}
    if not is_first and not JoinFailures.objects.filter(**old).update(since=now, count=1):
        JoinFailures.objects.filter(session=session).update(count=F("count") + 1)


def _refuse_guessing(session: Session) -> None:
    recent = JoinFailures.objects.filter(session=session, since__gte=timezone.now() - WINDOW)
    if recent.filter(count__gte=MOST_FAILURES).exists():
        raise TooManyWrongCodes(
            "Wrong codes have been entered too often. Use the QR code, ask the facilitator for a "
            "new code, or wait ten minutes."
        )


def _open_sessions() -> QuerySet[Session]:
    return Session.objects.filter(state=Session.State.OPEN).select_related("exercise__partnership")


def _require_seat(session: Session, working_group: WorkingGroup) -> None:
    if working_group.session_id != session.pk:
        raise RuleBroken("That working group is not part of this session.")
    # Held: who joins on two devices at once gets one seat, and nobody one in a closed session.
    Session.objects.select_for_update().get(pk=session.pk)
    require_open(working_group)


def _seat(
    working_group: WorkingGroup, user: User, *, has_device: bool = True, token: str = ""
) -> Participant:
    beat(working_group)
    return Participant.objects.create(
        working_group=working_group,
        user=user,
        has_device=has_device,
        personal_code="" if user.email else _personal_code(),
        joined_with=token or None,
    )


def _new_guest(session: Session, name: str, organisation: str) -> User:
    name = clean_text(name).strip()
    if not name:
        raise RuleBroken("Enter a name.")
    guest = User.objects.create_user(None, name[:120])
    _welcome(guest, session, organisation)
    return guest


def _welcome(user: User, session: Session, organisation: str) -> None:
    """Make the user a guest of the partnership until the session is surely over."""
    Membership.objects.update_or_create(
        user=user,
        partnership=session.exercise.partnership,
        defaults={
            "role": Role.GUEST,
            "job_title": clean_text(organisation).strip()[:120],
            "expires_on": timezone.localdate() + timedelta(days=GUEST_DAYS),
        },
    )


def _personal_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))
