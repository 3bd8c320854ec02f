"""The plan over time: the pictures, and beside them the same dates as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from partnership.charts import Picture
from partnership.dates import day_words
from partnership.filters import Filter
from partnership.numbers import counted
from partnership.timelines import Axis
from partnership.timelines import timeline as draw

from .. import words
from ..filtering import action_filters, matching
from ..models import Action, ChangePlan
from ..plan import PlanFacts, PlannedAction
from ..timeline import Dated, Timeline, timeline
from ..words import Tag
from .actions_list import how_many, narrowed_to


@dataclass(frozen=True)
class DateRow:
    """An action in the table; `waits_for` are pairs of heading and address."""

    number: int
    heading: str
    href: str
    start: str
    due: str
    tags: tuple[Tag, ...]
    waits_for: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TimelinePage:
    """Everything the page shows; the pictures with what each holds, in words. `today` is "" where
    it is marked, else where it lies; `found` says how many actions, `narrowed` to what: "" for
    all."""

    plan: ChangePlan
    filters: tuple[Filter, ...]
    found: str
    narrowed: str
    pictures: tuple[tuple[str, Picture], ...]
    today: str
    rows: tuple[DateRow, ...]
    in_words: tuple[DateRow, ...]
    undated: tuple[DateRow, ...]


def timeline_page(facts: PlanFacts, query: Mapping[str, str]) -> TimelinePage:
    today, filters = localdate(), action_filters(facts, query)
    found = matching(facts.actions, filters, today)
    line = timeline([dated(planned, today) for planned in found], today)
    rows = {planned.action.identifier: _row(facts, planned) for planned in found}
    return TimelinePage(
        facts.plan,
        tuple(filters),
        how_many(len(rows), len(facts.actions)),
        narrowed_to(filters),
        pictures(line),
        _today(line.axis, today),
        tuple(rows[span.key] for span in line.spans),
        tuple(rows[action.key] for action in line.in_words),
        tuple(rows[action.key] for action in line.undated),
    )


def dated(planned: PlannedAction, today: date) -> Dated:
    """Return what the timeline needs of an action."""
    action = planned.action
    return Dated(
        action.identifier,
        f"{action.number}. {action.heading}",
        action.start,
        action.due,
        complete=action.status == Action.Status.COMPLETE,
        overdue=action.is_overdue(today),
        depends_on=planned.depends_on,
    )


def _row(facts: PlanFacts, planned: PlannedAction) -> DateRow:
    action = planned.action
    before = [facts.action(identifier) for identifier in planned.depends_on]
    return DateRow(
        action.number,
        action.heading,
        words.address(facts.plan, "action", action.identifier),
        str(action.start or ""),
        "; ".join(filter(None, (str(action.due or ""), action.recurrence))),
        words.action_tags(action, localdate()),
        tuple(
            (f"{other.action.number}. {other.action.heading}",
             words.address(facts.plan, "action", other.action.identifier))
            for other in before if other
        ),
    )  # fmt: skip


def pictures(line: Timeline, key: str = "timeline") -> tuple[tuple[str, Picture], ...]:
    """Return the pictures with their captions; `key` makes their ids unique on a page."""
    if line.axis is None:
        return ()
    known, found, drawn = len(line.spans), [], 0
    for place, spans in enumerate(line.pictures):
        first, drawn = drawn + 1, drawn + len(spans)
        which = f", {first} to {drawn} of {known}" if len(line.pictures) > 1 else ""
        said = f"{counted(len(spans), 'action')} by date. The table below says the same in words."
        title = f"Timeline of the actions{which}"
        caption = f"Actions{which} by date" if which else "Actions by date"
        picture = draw(spans, line.axis, title, said, f"{key}-{place}")
        found.append((caption, picture))
    return tuple(found)


def _today(axis: Axis | None, today: date) -> str:
    if axis is None or axis.today:
        return ""
    where = "after" if today > axis.last else "before"
    return f"Today, {day_words(today)}, lies long {where} these dates and is not drawn."
