"""Closing an exercise freezes its results; a correction afterwards makes a new version."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from partnership import records
from partnership.models import User
from partnership.rules import RuleBroken

from ..models import Exercise, ResultsVersion, Score, Session
from ..results import Results, results_for
from .sessions import close_session


@transaction.atomic
def close_exercise(*, exercise: Exercise, version: int, by: User) -> Exercise:
    """Close the exercise and those of its sessions that are open, and freeze its results.

    Raises RuleBroken when it is closed already, records.StaleVersion when it was changed in
    between.
    """
    if exercise.is_closed:
        raise RuleBroken("This exercise is closed already.")
    # The exercise first, then its sessions: whoever opens one waits, and finds it closed.
    changes = {"state": Exercise.State.CLOSED, "closed_at": timezone.now(), "closed_by": by}
    closed = records.change(exercise, changes=changes, version=version, by=by)
    still_open = exercise.sessions.filter(state=Session.State.OPEN).order_by("pk")
    for session in still_open.select_for_update():
        close_session(session=session, version=session.version, by=by)
    freeze_results(exercise=closed, reason="", by=by)
    return closed


def results_changed(*, exercise: Exercise, reason: str, by: User) -> ResultsVersion | None:
    """Keep a new version of a closed exercise's results if a correction changed them."""
    return freeze_results(exercise=exercise, reason=reason, by=by) if exercise.is_closed else None


def latest_version(exercise: Exercise) -> ResultsVersion | None:
    """Return the results as they stand, None before the exercise has closed."""
    return exercise.frozen.order_by("-number").first()


@transaction.atomic
def freeze_results(*, exercise: Exercise, reason: str, by: User) -> ResultsVersion:
    """Keep the results of a closed exercise, unless the last version says exactly the same."""
    Exercise.objects.select_for_update().get(pk=exercise.pk)  # two groups may be corrected at once
    results = results_for(exercise)
    print_of = digest(exercise, results)
    last = latest_version(exercise)
    if last and last.digest == print_of:
        return last
    return ResultsVersion.objects.create(
        exercise=exercise,
        number=last.number + 1 if last else 1,
        averages={
            str(a.standard): None if a.displayed is None else str(a.displayed)
            for a in results.averages
        },
        digest=print_of,
        reason=reason if last else "",
        by=by,
    )


def digest(exercise: Exercise, results: Results) -> str:
    """Return the SHA-256 of everything that was scored and of the averages made of it."""
    scores = Score.objects.agreed().for_exercise(exercise).order_by("working_group", "standard")
    rows = [[str(cell) for cell in row] for row in scores.values_list(*SCORED)]
    averages = [[a.standard, str(a.value)] for a in results.averages]
    return hashlib.sha256(json.dumps([rows, averages]).encode()).hexdigest()


SCORED = ("working_group", "standard", "value", "not_applicable", "reason")
