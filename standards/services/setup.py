"""Setting an exercise up: its sessions, cohorts and working groups."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from partnership import records
from partnership.models import Membership, Partnership, User
from partnership.roles import Role
from partnership.rules import RuleBroken
from partnership.text import clean_text

from ..models import (
    Answer,
    Cohort,
    Exercise,
    Facilitator,
    Pulse,
    ScaleLevel,
    ScaleWording,
    Session,
    Vote,
    WorkingGroup,
)
from .joining import name_recorder
from .voting import take_turns

# What the first vote settles, so that nobody votes under one promise and is counted under another.
SETTLED = {"framework", "half_points", "votes_first", "shows_names", "is_scored"}


@transaction.atomic
def create_exercise(*, partnership: Partnership, values: Mapping[str, Any], by: User) -> Exercise:
    """Make a planned exercise."""
    return records.create(Exercise, by=by, partnership=partnership, **values)


@transaction.atomic
def edit_exercise(
    *, exercise: Exercise, changes: Mapping[str, Any], version: int, by: User
) -> Exercise:
    """Change an exercise. Raises RuleBroken for what the first vote has settled, or once closed."""
    if Exercise.objects.select_for_update().get(pk=exercise.pk).is_closed:
        raise RuleBroken("This exercise is closed.")
    moved = {name for name in SETTLED & changes.keys() if changes[name] != getattr(exercise, name)}
    groups = WorkingGroup.objects.filter(session__exercise=exercise) if moved else ()
    take_turns([group.pk for group in groups])  # so that no first vote slips in between
    votes = Vote.objects.filter(participant__working_group__session__exercise=exercise)
    if moved and votes.exists():
        raise RuleBroken(
            "People have voted, so the framework, the points, how votes are taken and whether "
            "names are shown can no longer change."
        )
    return records.change(exercise, changes=changes, version=version, by=by)


@transaction.atomic
def add_session(*, exercise: Exercise, values: Mapping[str, Any], by: User) -> Session:
    """Add a session behind the others."""
    number = _next(exercise.sessions.aggregate(last=Max("number")))
    return records.create(Session, by=by, exercise=exercise, number=number, **values)


@transaction.atomic
def add_working_group(
    *,
    session: Session,
    cohort: str,
    values: Mapping[str, Any],
    by: User,
    recorder: User | None = None,
) -> WorkingGroup:
    """Add a working group to a session, in a cohort of this name, made if it is new."""
    if session.state == Session.State.CLOSED:
        raise RuleBroken("This session is closed.")
    number = _next(session.working_groups.aggregate(last=Max("number")))
    group = records.create(
        WorkingGroup,
        by=by,
        session=session,
        number=number,
        cohort=cohort_named(session.exercise, cohort),
        **values,
    )
    Pulse.objects.create(working_group=group)
    if recorder:
        name_recorder(working_group=group, user=recorder, by=by)
    return group


@transaction.atomic
def edit_working_group(
    *,
    working_group: WorkingGroup,
    cohort: str,
    changes: Mapping[str, Any],
    recorder: User | None,
    version: int,
    by: User,
) -> WorkingGroup:
    """Change a working group, its cohort and who keeps its record.

    Raises RuleBroken once its session has closed, StaleVersion when it was changed in between.
    """
    session = working_group.session
    if session.state == Session.State.CLOSED:
        raise RuleBroken("This session is closed.")
    moved = dict(changes) | {"cohort": cohort_named(session.exercise, cohort)}
    changed = records.change(working_group, changes=moved, version=version, by=by)
    before = changed.participants.filter(is_recorder=True).first()
    if (before.user_id if before else None) != (recorder.pk if recorder else None):
        name_recorder(working_group=changed, user=recorder, by=by)
    return changed


@transaction.atomic
def remove_working_group(*, working_group: WorkingGroup, by: User) -> None:
    """Take away a working group in which nobody has scored or said anything."""
    said = (
        Vote.objects.filter(participant__working_group=working_group),
        Answer.objects.filter(participant__working_group=working_group),
        working_group.scores.all(),
        working_group.comments.all(),
    )
    if any(rows.exists() for rows in said):
        raise RuleBroken(f"{working_group} has answered already, so it stays.")
    _remove(working_group, by)


@transaction.atomic
def remove_session(*, session: Session, by: User) -> None:
    """Take away a session that was never opened, with its working groups."""
    if session.state != Session.State.PLANNED:
        raise RuleBroken("Only a session that was never opened can be removed.")
    for group in session.working_groups.all():
        remove_working_group(working_group=group, by=by)
    _remove(session, by)


@transaction.atomic
def word_level(
    *, partnership: Partnership, level: ScaleLevel, wording: str, version: int, by: User
) -> None:
    """Say what a level means in the partnership's own words; "" goes back to those it had.

    Raises StaleVersion when somebody else worded it in between.
    """
    place = {"partnership": partnership, "level": level}
    current = ScaleWording.objects.select_for_update().filter(**place).first()
    if current and current.version != version:
        raise records.StaleVersion(current)
    if current and not wording.strip():
        _remove(current, by)
    elif current:
        records.change(current, changes={"wording": wording.strip()}, version=version, by=by)
    elif wording.strip():
        records.create(ScaleWording, by=by, wording=wording.strip(), **place)


def _remove(record: Any, by: User) -> None:
    """Delete a record, and say in its history who did."""
    record._history_user = by
    record.delete()


def cohort_named(exercise: Exercise, name: str) -> Cohort:
    """Return the exercise's cohort of this name, made if it is new."""
    number = _next(exercise.cohorts.aggregate(last=Max("number")))
    found, _ = exercise.cohorts.get_or_create(name=name.strip(), defaults={"number": number})
    return found


@transaction.atomic
def copy_structure(*, exercise: Exercise, source: Exercise, by: User) -> Exercise:
    """Give the exercise the sessions, cohorts and working groups of another, without its dates,
    people and answers. Raises RuleBroken where it has sessions of its own."""
    if exercise.sessions.exists():
        raise RuleBroken("This exercise has sessions already. Remove them to copy others.")
    for old in source.sessions.prefetch_related("groups", "working_groups__cohort"):
        kept = {"title": old.title, "venue": old.venue, "is_joint": old.is_joint}
        session = add_session(
            exercise=exercise, values=kept | {"groups": list(old.groups.all())}, by=by
        )
        for group in old.working_groups.all():
            own = {"name": group.name, "expected": group.expected}
            add_working_group(session=session, cohort=group.cohort.name, values=own, by=by)
    return exercise


@transaction.atomic
def invite_facilitator(*, exercise: Exercise, email: str, name: str, by: User) -> User:
    """Name somebody, perhaps an outsider, to run this exercise until it closes. Who is a member
    keeps their role."""
    if exercise.is_closed:
        raise RuleBroken("This exercise is closed.")
    user = User.objects.filter(email=email.strip().lower()).first()
    user = user or User.objects.create_user(email, clean_text(name).strip())
    here: dict[str, Any] = {"user": user, "partnership": exercise.partnership}
    given = {"role": Role.INVITED_FACILITATOR, "expires_on": None}
    kept = Membership.objects.current().filter(**here).exclude(role=Role.GUEST)
    if not kept.exists():
        Membership.objects.update_or_create(**here, defaults=given)
    Facilitator.objects.get_or_create(exercise=exercise, user=user)
    return user


@transaction.atomic
def remove_facilitator(*, exercise: Exercise, user: User, by: User) -> None:
    """Take back the invitation to run this exercise."""
    Facilitator.objects.filter(exercise=exercise, user=user).delete()


def _next(last: Mapping[str, int | None]) -> int:
    return (last["last"] or 0) + 1
