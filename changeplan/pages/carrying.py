"""What was carried over from the plan before and waits to be spoken for."""

from dataclasses import dataclass

from django.utils import timezone

from partnership.numbers import counted

from .. import words
from ..models import Action, ChangePlan, StatusStatement
from ..words import Tag
from .rows import FactRows


@dataclass(frozen=True)
class CarriedRow:
    """A statement or an action that waits: what it says, and where it is changed or settled."""

    key: str
    title: str
    text: str
    tags: tuple[Tag, ...]
    facts: FactRows
    version: int
    edit_href: str
    settle_href: str


@dataclass(frozen=True)
class CarriedPage:
    """What waits, and how many of how many: "3 of 12 still to confirm", "" where nothing was
    carried over."""

    left: int
    of: int
    said: str
    statements: tuple[CarriedRow, ...]
    actions: tuple[CarriedRow, ...]


def carried_page(plan: ChangePlan) -> CarriedPage:
    """Return what waits in a plan, in four queries."""
    said = StatusStatement.everything.filter(entry__plan=plan, carried_from__isnull=False)
    statements = said.filter(removed_at=None, to_confirm=True).select_related("entry__standard")
    people = "lead_group", "lead_organisation", "owner__user"
    acted = Action.everything.filter(plan=plan, carried_from__isnull=False)
    actions = acted.filter(removed_at=None, to_confirm=True).select_related(*people)
    rows = (
        tuple(
            _statement(plan, each)
            for each in statements.order_by("entry__standard__number", "number")
        ),
        tuple(_action(plan, each) for each in actions.order_by("number")),
    )
    left, of = len(rows[0]) + len(rows[1]), said.count() + acted.count()
    return CarriedPage(left, of, f"{left} of {counted(of, 'part')} still to confirm", *rows)


def _statement(plan: ChangePlan, statement: StatusStatement) -> CarriedRow:
    standard = statement.entry.standard
    title = f"Standard {standard.number}: {standard.title}"
    return _row(plan, "status", statement, title, statement.text)


def _action(plan: ChangePlan, action: Action) -> CarriedRow:
    action.plan = plan
    rows = (
        ("Owner", action.owner_name),
        ("Lead", action.lead),
        ("Due", str(action.due or "")),
        ("Repeats", action.recurrence),
        ("Relies on", action.relied_on_support),
    )
    return _row(
        plan,
        "action",
        action,
        action.heading,
        action.detail,
        words.action_tags(action, timezone.localdate()),
        tuple((label, value) for label, value in rows if value),
    )


def _row(
    plan: ChangePlan,
    kind: str,
    record: Action | StatusStatement,
    title: str,
    text: str,
    tags: tuple[Tag, ...] = (),
    facts: FactRows = (),
) -> CarriedRow:
    place = (kind, record.identifier)
    return CarriedRow(
        record.identifier,
        title,
        text,
        tags,
        facts,
        record.version,
        words.address(plan, "carried_edit", *place),
        words.address(plan, "carried_settle", *place),
    )
