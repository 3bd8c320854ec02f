"""Blocks that print what an officer wrote."""

from collections.abc import Iterable
from dataclasses import replace

from partnership.richtext import Paragraph, RichText, Run

from ..document import Item, NumberedParagraph, Prose
from ..models import Block
from .facts import Facts, NothingToShow
from .figures import written
from .numbering import Numbers


def paragraph(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    yield NumberedParagraph(numbers.next(), written(facts, block.text))


def prose(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    yield Prose(written(facts, block.text))


def recommendations(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """Each recommendation, naming the body that is asked: its text begins with a verb."""
    if not facts.recommendations:
        raise NothingToShow("Nothing has been recommended yet.")
    if block.text:
        yield Prose(written(facts, block.text))
    for recommendation in facts.recommendations:
        asked = Run(f"The {recommendation.asked_of.name.removeprefix('The ')} is asked to ")
        yield NumberedParagraph(numbers.next(), _led(asked, written(facts, recommendation.text)))


def _led(lead: Run, body: RichText) -> RichText:
    """Return the text as one sentence behind its lead."""
    head, *rest = body
    if not isinstance(head, Paragraph):
        return (Paragraph((lead,)), *body)
    first, *others = head.runs
    words = first.text[:1].lower() + first.text[1:]
    return (Paragraph((lead, replace(first, text=words), *others)), *rest)
