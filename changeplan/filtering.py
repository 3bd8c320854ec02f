"""Which of a plan's actions a reader wants to see, and in which order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from partnership.dates import PreciseDate
from partnership.filters import Filter, Options, chosen

from .models import Action
from .plan import PlanFacts, PlannedAction

NONE = "none"
DUE: Options = (
    ("overdue", "Overdue"),
    ("month", "This month"),
    ("quarter", "In the next three months"),
    (NONE, "No date"),
)
SORTS = {"owner": "Owner", "due": "Due date", "status": "Status"}


def action_filters(facts: PlanFacts, query: Mapping[str, str]) -> tuple[Filter, ...]:
    """Return the filters with what the address chooses; each offers what the plan has."""
    actions = [planned.action for planned in facts.actions]
    numbers = (entry.standard for entry in facts.entries)
    standards = ((str(s.number), f"{s.number}. {s.title}") for s in numbers)
    return (
        chosen(query, "owner", "Owner", _named(actions, _owner, "Nobody named")),
        chosen(query, "lead", "Lead", _named(actions, _lead, "Nobody named")),
        chosen(query, "standard", "Standard", (*standards, (NONE, "None of them"))),
        chosen(query, "status", "Status", Action.Status.choices),
        chosen(query, "due", "Due", DUE),
    )


def action_sort(query: Mapping[str, str]) -> Filter:
    """Return in which order the actions are wanted."""
    return chosen(query, "sort", "Sort by", SORTS.items(), every="Number")


def matching(
    actions: Iterable[PlannedAction], filters: Sequence[Filter], today: date
) -> tuple[PlannedAction, ...]:
    """Return the actions that fit every filter."""
    asked = {filter.name: filter.chosen for filter in filters if filter.chosen}
    return tuple(
        planned
        for planned in actions
        if all(TESTS[name](planned, value, today) for name, value in asked.items())
    )


def ordered(actions: Iterable[PlannedAction], sort: str) -> tuple[PlannedAction, ...]:
    """Return the actions in one of SORTS; equal ones, and all for "", as they are numbered."""
    return tuple(sorted(actions, key=lambda planned: ORDERS[sort](planned.action)))


def _named(
    actions: Iterable[Action], name: Callable[[Action], tuple[str, str]], nobody: str
) -> Options:
    found = {value: label for value, label in map(name, actions) if value}
    by_label = sorted(found.items(), key=lambda option: option[1].casefold())
    return (*by_label, (NONE, nobody))


def _owner(action: Action) -> tuple[str, str]:
    """A member is told by an identifier, which stays when the name does not."""
    value = action.owner.identifier if action.owner else action.owner_title
    return value, action.owner_name


def _lead(action: Action) -> tuple[str, str]:
    return action.lead, action.lead


def _is_due(planned: PlannedAction, value: str, today: date) -> bool:
    action = planned.action
    if value == "overdue":
        return action.is_overdue(today)
    if value == NONE:
        return not action.due and not action.recurrence
    first, last = action.due and action.due.first_day, action.due and action.due.last_day
    if not first or not last:
        return False
    start, end = (today, _later(today)) if value == "quarter" else _month(today, 0)
    return first <= end and last >= start


def _month(today: date, later: int) -> tuple[date, date]:
    """Return the first and the last day of this month, or of one so many months later."""
    years, month = divmod(today.month - 1 + later, 12)
    found = PreciseDate(f"{today.year + years:04}-{month + 1:02}")
    return found.first_day or today, found.last_day or today


def _later(today: date) -> date:
    """Return the same day three months on, or the last of that month."""
    _, end = _month(today, 3)
    return end.replace(day=min(today.day, end.day))


def _serves(planned: PlannedAction, value: str, _: date) -> bool:
    return not planned.standards if value == NONE else int(value) in planned.standards


Test = Callable[[PlannedAction, str, date], bool]
TESTS: dict[str, Test] = {
    "owner": lambda planned, value, _: (_owner(planned.action)[0] or NONE) == value,
    "lead": lambda planned, value, _: (planned.action.lead or NONE) == value,
    "standard": _serves,
    "status": lambda planned, value, _: planned.action.status == value,
    "due": _is_due,
}


def _number(action: Action) -> Any:
    return action.number


def _by_owner(action: Action) -> Any:
    return not action.owner_name, action.owner_name.casefold(), action.number


def _by_due(action: Action) -> Any:
    """By the day when it is past; then dates in words, then none."""
    last = action.due.last_day if action.due else None
    return last is None, last or date.max, not action.due, action.number


def _by_status(action: Action) -> Any:
    return Action.Status.values.index(action.status), action.number


ORDERS: dict[str, Callable[[Action], Any]] = {
    "": _number,
    "owner": _by_owner,
    "due": _by_due,
    "status": _by_status,
}
