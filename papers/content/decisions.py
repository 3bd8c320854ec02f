"""The block that shows what was decided on earlier papers."""

from collections.abc import Iterable
from itertools import groupby

from partnership.models import Meeting
from partnership.richtext import Paragraph, RichText, Run, parse, text

from ..document import Column, Item, Prose, Table
from ..models import Block, Decision
from .facts import Facts, NothingToShow
from .figures import written
from .numbering import Numbers

COLUMNS = Column("What was asked", 5), Column("Decision", 5), Column("Minute", 2)


def decisions_so_far(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """A table for each meeting, the latest first, of what was confirmed as decided."""
    if not facts.decisions:
        raise NothingToShow("No decision on an earlier paper has been confirmed.")
    yield Prose(written(facts, block.text))
    for meeting, decisions in groupby(facts.decisions, lambda decision: decision.meeting):
        rows = tuple(
            (_asked(each), _decided(each), text(each.minute_reference)) for each in decisions
        )
        yield Table(f"Decisions of {_named(meeting)}", COLUMNS, rows, breakable=True)


def _named(meeting: Meeting) -> str:
    return f"{meeting.group.name}, {meeting.date}"


def _asked(decision: Decision) -> RichText:
    """The words that were put, under the title of the paper that put them."""
    title = Paragraph((Run(decision.recommendation.paper.title, bold=True),))
    return (title, *parse(decision.asked))


def _decided(decision: Decision) -> RichText:
    when = f" to {decision.deferred_to}" if decision.deferred_to else ""
    colon = ":" if decision.amended else ""
    outcome = Run(f"{decision.get_outcome_display()}{when}{colon}", bold=True)
    later = "This follows an earlier decision." if decision.follows_id else ""
    conditions = (*text("Conditions:"), *parse(decision.conditions)) if decision.conditions else ()
    return (Paragraph((outcome,)), *parse(decision.amended), *conditions, *text(later))
