"""Paragraph numbers, counted once here and printed as they are by every renderer."""

from dataclasses import dataclass, field
from itertools import count
from string import ascii_uppercase


def letter(place: int) -> str:
    """Return A, B … Z, AA, AB … for 0, 1 …"""
    above, rest = divmod(place, 26)
    return (letter(above - 1) if above else "") + ascii_uppercase[rest]


@dataclass
class Numbers:
    """Hands out the paragraph numbers of one section in turn: 4.1, 4.2 …"""

    section: str
    _count: "count[int]" = field(default_factory=lambda: count(1))

    def next(self) -> str:
        """Return the next number, "" in a section without one."""
        return f"{self.section}.{next(self._count)}" if self.section else ""
