"""Blocks that print what an officer wrote."""

from collections.abc import Iterable

from partnership.richtext import parse

from ..document import Item, NumberedParagraph, Prose
from ..models import Block
from .facts import Facts
from .numbering import Numbers


def paragraph(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    yield NumberedParagraph(numbers.next(), parse(block.text))


def prose(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    yield Prose(parse(block.text))


def recommendations(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    for recommendation in facts.recommendations:
        yield NumberedParagraph(numbers.next(), parse(recommendation.text))
