"""What a paper says of itself, and the lines of its front sheet. Whoever changes the lines holds
the paper first, so that their numbers stay in order."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from changeplan.models import ChangePlan
from partnership import order, records
from partnership.models import Group, User
from partnership.rules import RuleBroken

from ..kinds import FrontSheetSource
from ..models import FrontSheetField, Paper

MOST_LINES = 20


@transaction.atomic
def change_facts(*, paper: Paper, changes: Mapping[str, Any], version: int, by: User) -> Paper:
    """Change a paper's title, purpose, author, body, plan, or whether it hides contacts.

    Raises RuleBroken for a body of another partnership, for a plan of another exercise, and where a
    change plan paper is to lose its plan; StaleVersion and ValidationError like `records.change`.
    """
    body: Group | None = changes.get("addressed_to")
    plan: ChangePlan | None = changes.get("plan")
    if body and body.partnership_id != paper.partnership_id:
        raise RuleBroken("Choose a body of this partnership.")
    if plan and plan.exercise_id != (paper.exercise_id or plan.exercise_id):
        raise RuleBroken("That change plan follows from another exercise than the paper is about.")
    if plan and plan.partnership_id != paper.partnership_id:
        raise RuleBroken("Choose a change plan of this partnership.")
    if "plan" in changes and not plan and paper.kind == Paper.Kind.CHANGE_PLAN:
        raise RuleBroken("Name the change plan that the paper is about.")
    return records.change(paper, changes=changes, version=version, by=by)


@transaction.atomic
def add_line(*, paper: Paper, values: Mapping[str, Any], by: User) -> FrontSheetField:
    """Add a line at the end of the front sheet. Raises RuleBroken where it is full."""
    order.hold(paper)
    number = order.next_number(paper.front_sheet.all())
    if number > MOST_LINES:
        raise RuleBroken(f"A front sheet has at most {MOST_LINES} lines.")
    return records.create(FrontSheetField, by=by, paper=paper, number=number, **_fitting(values))


@transaction.atomic
def change_line(
    *, line: FrontSheetField, changes: Mapping[str, Any], version: int, by: User
) -> FrontSheetField:
    """Change a line's label, where it takes its value from, or its words; words go with text alone.
    Raises StaleVersion and ValidationError like `records.change`."""
    return records.change(line, changes=_fitting(changes), version=version, by=by)


@transaction.atomic
def move_line(*, line: FrontSheetField, to: int, by: User) -> None:
    """Put a line at a place, from 1."""
    order.move(line, within=line.paper, siblings=line.paper.front_sheet.all(), to=to, by=by)


@transaction.atomic
def remove_line(*, line: FrontSheetField, version: int, by: User) -> None:
    """Take a line off the front sheet; its history says who did. Raises StaleVersion where somebody
    has changed it meanwhile."""
    order.hold(line.paper)
    current: Any = records.hold(line)
    if current.version != version:
        raise records.StaleVersion(current)
    current._history_user = by
    current.delete()
    order.renumber(list(line.paper.front_sheet.select_for_update()), by=by)


def _fitting(values: Mapping[str, Any]) -> dict[str, Any]:
    is_text = values["source"] == FrontSheetSource.TEXT
    return dict(values) | ({} if is_text else {"value": ""})
