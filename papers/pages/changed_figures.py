"""Figures that are others now than when the words around them were written.

A block keeps the figures that its writer saw. What counts for a block are those that its text
holds: as a placeholder, which prints the figure of now, or typed, which prints that of then.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..content.facts import Facts
from ..content.figures import figure, written
from ..document import NumberedParagraph
from ..document import Section as Printed
from ..models import Block, Section
from ..placeholders import NOT_KNOWN, names_in


@dataclass(frozen=True)
class Moved:
    """A figure of a block: its name, and its value when the block was written and now. `number`
    is what the paragraph prints ("4.1"), "" for a text without one."""

    block: Block
    number: str
    name: str
    was: str
    now: str


def moved_figures(facts: Facts, sections: Sequence[tuple[Section, Printed]]) -> tuple[Moved, ...]:
    """Return the figures that moved, in the order of the paper. `sections` are its records beside
    what they print."""
    return tuple(
        Moved(block, number, name, was, now)
        for section, printed in sections
        for block, number in numbered(facts, section, printed)
        for name, was in counting(block).items()
        if (now := figure(facts, name)) != was
    )


def unknown_figures(facts: Facts, text: str) -> list[str]:
    """Return the placeholders of a text that have no value now."""
    return [name for name in names_in(text) if figure(facts, name) == NOT_KNOWN]


def counting(block: Block) -> dict[str, str]:
    """Return the figures its writer saw that stand in its text, by name. Of a figure that was not
    known then only the placeholder can stand there."""
    named = set(names_in(block.text))
    return {
        name: was
        for name, was in block.figures.items()
        if name in named or (was != NOT_KNOWN and _is_typed(was, block.text))
    }


def numbered(facts: Facts, section: Section, printed: Printed) -> Iterator[tuple[Block, str]]:
    """Yield the section's blocks with text, each with the number of the paragraph that prints it.
    A paragraph is found by its words, behind the one that was found last."""
    paragraphs = (item for item in printed.items if isinstance(item, NumberedParagraph))
    waiting = list(paragraphs)
    for block in section.blocks.all():
        if not block.text:
            continue
        body = written(facts, block.text)
        place = next((n for n, p in enumerate(waiting) if p.body[: len(body)] == body), None)
        yield block, "" if place is None else waiting[place].number
        if place is not None:
            del waiting[: place + 1]


def _is_typed(value: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(value)}(?!\w|\.\d)", text) is not None
