"""The block that shows when the actions of the plan begin and end."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from changeplan.pages.timeline import dated, pictures
from changeplan.plan import PlannedAction
from changeplan.timeline import Timeline
from changeplan.timeline import timeline as by_date
from changeplan.words import action_tags
from partnership.richtext import RichText, text

from ..document import Chart, Column, Item, Prose, Table
from ..models import Block
from .facts import Facts, NothingToShow
from .figures import written
from .numbering import Numbers

# A paper says what was planned when it was written; it marks no day as today.
NO_DAY = date.min


def action_timeline(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """The actions by date: as pictures, and all of them, with those without dates, in a table."""
    actions = {planned.action.identifier: planned for planned in facts.plan.actions}
    if not actions:
        raise NothingToShow("The plan has no actions yet.")
    today = localdate()
    line = by_date([dated(planned, today) for planned in actions.values()], NO_DAY)
    yield Prose(written(facts, block.text))
    for caption, picture in pictures(line, f"timeline-{block.identifier}"):
        yield Chart(picture.wide, caption, "The table below gives the same dates in words.")
    columns = Column("Action", 6), Column("Starts", 3), Column("Due", 3), Column("Progress", 3)
    rows = tuple(_row(actions[key], today) for key in _in_order(line))
    yield Table("When the actions begin and end", columns, rows)


def _in_order(line: Timeline) -> list[str]:
    said = (*line.in_words, *line.undated)
    return [span.key for span in line.spans] + [action.key for action in said]


def _row(planned: PlannedAction, today: date) -> tuple[RichText, ...]:
    action = planned.action
    due = "; ".join(filter(None, (str(action.due or ""), action.recurrence)))
    return (
        text(f"{action.number}. {action.heading}"),
        text(str(action.start or "")),
        text(due or "No date"),
        text(", ".join(tag.text for tag in action_tags(action, today))),
    )
