"""Changing places: a record goes past a neighbour that its mover sees, whatever lies between."""

from typing import Any

from django.db import models

from partnership import order
from partnership.models import Removable, User


def move_past(
    record: Removable,
    past: Removable,
    *,
    within: models.Model,
    siblings: "models.QuerySet[Any]",
    by: User,
) -> None:
    """Put the record on the other side of `past`. A neighbour that is gone leaves it in place.
    Whoever calls this holds the plan, so that the places found still stand."""
    keys = list(siblings.order_by("number").values_list("pk", flat=True))
    if past.pk in keys:
        order.move(record, within=within, siblings=siblings, to=keys.index(past.pk) + 1, by=by)
