"""The order of records that are numbered 1, 2, 3 within a parent.

Whoever adds, moves, removes or restores one holds the parent first, so that the numbers stay a
permutation. A move counts no version: what people are writing in a record is not disturbed.
"""

from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F, Max

from . import records
from .models import Removable, User, Versioned

Kept = TypeVar("Kept", bound=Removable)

PARKED = 20_000  # beyond any number in use, within a small integer


def hold(parent: models.Model) -> None:
    """Lock the parent until the transaction ends."""
    type(parent)._base_manager.select_for_update().get(pk=parent.pk)


def next_number(siblings: "models.QuerySet[Any]") -> int:
    """Return the number behind the last. Hold the parent first."""
    return (siblings.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def move(
    record: Versioned, *, within: models.Model, siblings: "models.QuerySet[Any]", to: int, by: User
) -> None:
    """Put the record at the place `to` (from 1; beyond the end is the end) among its siblings, and
    number them anew. A record that is no longer among them stays away."""
    hold(within)
    rows = list(siblings.select_for_update(of=("self",)).order_by("number"))
    kept = [row for row in rows if row.pk != record.pk]
    if len(kept) == len(rows):
        return
    place = min(max(to, 1), len(rows)) - 1
    mine = next(row for row in rows if row.pk == record.pk)
    renumber([*kept[:place], mine, *kept[place:]], by=by)


@transaction.atomic
def bring_back(
    record: Kept, *, within: models.Model, siblings: "models.QuerySet[Any]", by: User
) -> Kept:
    """Bring a removed record back to the place that it had; what has come there since stands
    behind it. Whoever comes second finds it there already."""
    hold(within)
    current: Any = records.hold(record)
    if current.removed_at is None or not siblings.filter(number=current.number).exists():
        return records.restore(current, by=by)
    place = siblings.filter(number__lt=current.number).count() + 1
    back: Any = records.restore(current, by=by, number=next_number(siblings))
    move(back, within=within, siblings=siblings, to=place, by=by)
    back.refresh_from_db(fields=["number"])
    return back


def renumber(rows: list[Any], *, by: User) -> None:
    """Number the rows as they stand. Two steps, since no two may share a number in between."""
    moved = []
    for place, row in enumerate(rows, 1):
        if row.number != place:
            row.number = place
            moved.append(row)
    if not moved:
        return
    table = type(moved[0])._base_manager
    table.filter(pk__in=[row.pk for row in moved]).update(number=F("number") + PARKED)
    table.bulk_update(moved, ["number"])
    records.write_history(moved, by=by, reason="Moved")
