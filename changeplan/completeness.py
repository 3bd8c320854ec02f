"""What a change plan still lacks. The check lists gaps; it never blocks anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class GapKind(StrEnum):
    """The kinds of gap, in the order in which a plan is read."""

    STATUS = "status"
    ACTION = "action"
    OWNER = "owner"
    DUE = "due"
    ORDER = "order"
    SUPPORT = "support"
    PRIORITY = "priority"


@dataclass(frozen=True)
class ActionFacts:
    """What the check needs to know of an action. `relies_on_support`: it counts on a support
    programme; `has_support`: support is asked for this action; `ends_first`: it is due before it
    starts."""

    key: str
    heading: str
    has_owner: bool
    has_due: bool
    relies_on_support: bool = False
    has_support: bool = False
    ends_first: bool = False


@dataclass(frozen=True)
class EntryFacts:
    """A standard's entry in the plan, with every action that serves the standard."""

    standard: int
    has_status: bool
    actions: tuple[ActionFacts, ...] = ()


@dataclass(frozen=True)
class PriorityFacts:
    """An improvement priority and the number of actions that answer it."""

    key: str
    title: str
    action_count: int


@dataclass(frozen=True)
class Gap:
    """One thing the plan lacks. `key` is that of the action or the improvement priority, "" for a
    gap of the standard itself; `standard` is None for what stands under no standard."""

    kind: GapKind
    standard: int | None
    key: str
    words: str


@dataclass(frozen=True)
class PlanSummary:
    """How far the plan has come, as counts; an action serving several standards counts once."""

    standards: int
    with_status: int
    with_action: int
    actions: int
    with_owner: int
    with_due: int
    priorities: int
    priorities_answered: int


def gaps(
    entries: Iterable[EntryFacts],
    priorities: Iterable[PriorityFacts] = (),
    other_actions: Iterable[ActionFacts] = (),
) -> tuple[Gap, ...]:
    """Return every gap: by standard in order, then `other_actions` (those that serve no standard),
    then improvement priorities. An action's gaps are told once, under its first standard."""
    found: list[Gap] = []
    told: set[str] = set()
    for entry in sorted(entries, key=lambda entry: entry.standard):
        found += _entry_gaps(entry)
        for action in entry.actions:
            if action.key not in told:
                found += _action_gaps(action, entry.standard)
            told.add(action.key)
    for action in other_actions:
        if action.key not in told:
            found += _action_gaps(action, None)
    return tuple(found) + tuple(
        Gap(GapKind.PRIORITY, None, p.key, f"No action answers “{p.title}”.")
        for p in priorities
        if not p.action_count
    )


def summary(
    entries: Iterable[EntryFacts],
    priorities: Iterable[PriorityFacts] = (),
    other_actions: Iterable[ActionFacts] = (),
) -> PlanSummary:
    """Return the counts for the same facts as `gaps`."""
    entries, priorities = tuple(entries), tuple(priorities)
    served = [action for entry in entries for action in entry.actions]
    actions = {action.key: action for action in (*served, *other_actions)}.values()
    return PlanSummary(
        standards=len(entries),
        with_status=sum(entry.has_status for entry in entries),
        with_action=sum(bool(entry.actions) for entry in entries),
        actions=len(actions),
        with_owner=sum(action.has_owner for action in actions),
        with_due=sum(action.has_due for action in actions),
        priorities=len(priorities),
        priorities_answered=sum(bool(priority.action_count) for priority in priorities),
    )


def _entry_gaps(entry: EntryFacts) -> list[Gap]:
    missing = [
        (GapKind.STATUS, entry.has_status, "current status"),
        (GapKind.ACTION, bool(entry.actions), "action"),
    ]
    return [
        Gap(kind, entry.standard, "", f"Standard {entry.standard} has no {noun}.")
        for kind, there, noun in missing
        if not there
    ]


def _action_gaps(action: ActionFacts, standard: int | None) -> list[Gap]:
    supported = action.has_support or not action.relies_on_support
    missing = [
        (GapKind.OWNER, action.has_owner, "has no owner"),
        (GapKind.DUE, action.has_due, "has no due date"),
        (GapKind.ORDER, not action.ends_first, "is due before it starts"),
        (GapKind.SUPPORT, supported, "relies on support that is not asked for here"),
    ]
    return [
        Gap(kind, standard, action.key, f"“{action.heading}” {words}.")
        for kind, there, words in missing
        if not there
    ]
