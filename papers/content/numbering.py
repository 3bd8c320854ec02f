"""Paragraph numbers, counted once here and printed as they are by every renderer."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from partnership.richtext import Paragraph, RichText

from ..document import NumberedParagraph


def letter(place: int) -> str:
    """Return A, B … Z, AA, AB … for 0, 1 …"""
    above, rest = divmod(place, 26)
    return (letter(above - 1) if above else "") + ascii_uppercase[rest]


@dataclass
class Numbers:
    """Hands out the paragraph numbers of one section in turn: 4.1, 4.2 … `given` is how many it
    has; a block that finds nothing to show gives back what it took."""

    section: str
    given: int = 0

    def next(self) -> str:
        """Return the next number, "" in a section without one."""
        self.given += 1
        return f"{self.section}.{self.given}" if self.section else ""

    def each(self, body: RichText) -> Iterator[NumberedParagraph]:
        """Number each paragraph of a text; a list belongs to the one before it."""
        parts: list[RichText] = []
        for block in body:
            if parts and not isinstance(block, Paragraph):
                parts[-1] += (block,)
            else:
                parts.append((block,))
        return (NumberedParagraph(self.next(), part) for part in parts)
