"""What a body decided moves the actions on: each is told so, and what waited for it may begin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from partnership import records
from partnership.models import User

from ..models import Action, ChangePlan, ProgressUpdate
from .holding import hold

Status = Action.Status
BEGUN = (Status.IN_PROGRESS, Status.COMPLETE)


@dataclass(frozen=True)
class Standing:
    """How an action stood on a day."""

    status: str
    rating: str


@transaction.atomic
def move_on(*, actions: Iterable[Action], said: str, on: date, by: User) -> None:
    """Enter on each action that a body approved it on a day, in these words (Markdown). What was
    paused then and never begun had waited for it: it is not started from now on.

    The same words of the same day are entered once. An action of a plan that another has replaced
    keeps its status."""
    fresh = _held(actions, said, on)
    stood, begun = _standing(fresh, on), _begun(fresh)
    for action in fresh:
        waited = action.status == stood[action.pk].status == Status.PAUSED
        if waited and action.pk not in begun and _counts(action.plan):
            stood[action.pk] = Standing(Status.NOT_STARTED, action.rating)
            changes = {"status": Status.NOT_STARTED}
            records.change(action, changes=changes, version=action.version, by=by, reason=said)
    _enter(fresh, stood, said, on, by)


@transaction.atomic
def enter_decision(*, actions: Iterable[Action], said: str, on: date, by: User) -> None:
    """Enter on each action what a body decided on a day, and change nothing else."""
    fresh = _held(actions, said, on)
    _enter(fresh, _standing(fresh, on), said, on, by)


@transaction.atomic
def correct_entry(*, actions: Iterable[Action], before: str, said: str, on: date, by: User) -> None:
    """Enter today's correction on those of the actions that were told otherwise on a day."""
    told = ProgressUpdate.objects.filter(action__in=list(actions), date=on, text=before)
    wrong = Action.objects.filter(pk__in=told.values("action"))
    enter_decision(actions=wrong, said=said, on=timezone.localdate(), by=by)


def _held(actions: Iterable[Action], said: str, on: date) -> list[Action]:
    """Hold the plans of the actions, and return those that were not told yet, as they are now."""
    wanted = list(actions)
    plans = {action.plan_id for action in wanted}
    held = {pk: hold(ChangePlan(pk=pk)) for pk in sorted(plans)}
    told = ProgressUpdate.objects.filter(action__in=wanted, date=on, text=said).values("action")
    fresh = list(Action.objects.filter(pk__in=[a.pk for a in wanted]).exclude(pk__in=told))
    for action in fresh:
        action.plan = held[action.plan_id]
    return fresh


def _standing(actions: list[Action], on: date) -> dict[int, Standing]:
    """Return how each stood at the end of the day; one written down later, as it was then. One
    query."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    rows = Action.history.filter(id__in=[action.pk for action in actions])
    found: dict[int, Standing] = {}
    for key, status, rating, at in rows.order_by("history_date", "history_id").values_list(
        "id", "status", "rating", "history_date"
    ):
        if key not in found or at < end:
            found[key] = Standing(status, rating)
    return {a.pk: found.get(a.pk, Standing(a.status, a.rating)) for a in actions}


def _begun(actions: list[Action]) -> set[int]:
    keys = [action.pk for action in actions]
    written = Action.history.filter(id__in=keys, status__in=BEGUN).order_by()
    reported = ProgressUpdate.objects.filter(action__in=keys, status__in=BEGUN).order_by()
    return set(written.values_list("id", flat=True)) | set(
        reported.values_list("action", flat=True)
    )


def _counts(plan: ChangePlan) -> bool:
    return plan.state != ChangePlan.State.SUPERSEDED


def _enter(
    actions: list[Action], stood: Mapping[int, Standing], said: str, on: date, by: User
) -> None:
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            action=action,
            date=on,
            status=stood[action.pk].status,
            rating=stood[action.pk].rating,
            text=said,
            reported_by=by,
        )
        for action in actions
    )
