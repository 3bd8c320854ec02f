"""The current status of a standard: its statements, in order."""

from django.db import transaction

from partnership import order, records
from partnership.models import User

from ..models import PlanEntry, StatusStatement
from .holding import hold_part_to_edit, hold_to_edit
from .moving import move_past


@transaction.atomic
def add_statement(*, entry: PlanEntry, text: str, by: User) -> StatusStatement:
    """Add a statement (Markdown) behind the others, and return it."""
    hold_to_edit(entry.plan)
    number = order.next_number(entry.status.all())
    return records.create(StatusStatement, by=by, entry=entry, number=number, text=text)


@transaction.atomic
def edit_statement(
    *, statement: StatusStatement, text: str, version: int, by: User
) -> StatusStatement:
    """Change a statement's words. Who writes it anew has confirmed it. Raises StaleVersion where
    somebody else was faster."""
    current = hold_part_to_edit(statement, within="entry__plan")
    changes = {"text": text, "to_confirm": False}
    return records.change(current, changes=changes, version=version, by=by, held=True)


@transaction.atomic
def move_statement(*, statement: StatusStatement, past: StatusStatement, by: User) -> None:
    """Put a statement on the other side of `past`, another of the same standard."""
    hold_to_edit(statement.entry.plan)
    move_past(statement, past, within=statement.entry, siblings=statement.entry.status.all(), by=by)


@transaction.atomic
def remove_statement(*, statement: StatusStatement, version: int, by: User) -> StatusStatement:
    """Take a statement away; `restoring.bring_back` undoes it."""
    hold_to_edit(statement.entry.plan)
    return records.remove(statement, version=version, by=by)
