"""Recording who cleared a paper, and taking that back."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import order, records
from partnership.models import User
from partnership.rules import RuleBroken

from ..clearances import asked_of
from ..models import Clearance, Paper


@transaction.atomic
def record_clearance(
    *, paper: Paper, name: str, cleared_by: str, cleared_on: date, by: User, note: str = ""
) -> Clearance:
    """Record that somebody, named by their job title, cleared the paper for `name` ("Finance").

    Raises RuleBroken for a clearance that the partnership does not ask for, one recorded already
    and a day to come; ValidationError, by field, for wrong values.
    """
    order.hold(paper)  # two may record the same at once
    if name not in asked_of(paper):
        raise RuleBroken(f"“{name}” is not among the clearances that this partnership asks for.")
    if paper.clearances.filter(name=name).exists():
        raise RuleBroken(f"“{name}” is recorded already. Withdraw that first if it was wrong.")
    if cleared_on > timezone.localdate():
        raise RuleBroken("That day is still to come.")
    return records.create(
        Clearance,
        by=by,
        paper=paper,
        name=name,
        cleared_by=cleared_by,
        cleared_on=cleared_on,
        note=note,
    )


@transaction.atomic
def record_clearances(
    *, paper: Paper, cleared_by: Mapping[str, str], cleared_on: date, by: User, note: str = ""
) -> list[Clearance]:
    """Record several clearances of a day, by what each is for; all or none.

    Raises like `record_clearance`.
    """
    return [
        record_clearance(
            paper=paper, name=name, cleared_by=who, cleared_on=cleared_on, by=by, note=note
        )
        for name, who in cleared_by.items()
    ]


@transaction.atomic
def withdraw_clearance(*, clearance: Clearance, version: int, reason: str, by: User) -> Clearance:
    """Take a clearance back; it stays on record with the reason.

    Raises RuleBroken without a reason, StaleVersion where somebody was faster.
    """
    if not reason.strip():
        raise RuleBroken("Say why the clearance is withdrawn.")
    return records.remove(clearance, version=version, by=by, reason=reason)
