"""Progress on an action. It is no change of the plan, so it is reported on an approved one too."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership import records
from partnership.models import User
from partnership.rules import RuleBroken, checked_text

from ..models import Action, ChangePlan, ProgressUpdate


@transaction.atomic
def report_progress(
    *, action: Action, on: date, status: str, rating: str, text: str, by: User
) -> ProgressUpdate:
    """Record how an action stands on a day, and let the action say so, unless something was
    reported for a later day. The same report sent twice counts once.

    Raises RuleBroken for a day to come, in a plan that another has replaced, and for an action
    that was retired meanwhile.
    """
    current = records.hold(action, within="plan")
    if current.plan.state == ChangePlan.State.SUPERSEDED:
        raise RuleBroken("Another plan has taken the place of this one. Report progress there.")
    if on > timezone.localdate():
        raise RuleBroken("Progress is reported for today or a day before.")
    if current.removed_at:
        raise RuleBroken("Somebody retired this action while you were typing.")
    said: dict[str, Any] = {"date": on, "status": status, "rating": rating}
    said["text"] = checked_text(text)
    update, is_new = ProgressUpdate.objects.get_or_create(action=action, reported_by=by, **said)
    if is_new and not action.updates.filter(date__gt=on).exists():
        changes = {"status": status, "rating": rating}
        records.change(
            current,
            changes=changes,
            version=current.version,
            by=by,
            reason="Progress",
            held=True,
        )
    return update
