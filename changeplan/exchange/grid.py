"""A table as it stands in a file, before anybody knows what its columns mean."""

import re
import unicodedata
from dataclasses import dataclass, field

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85]")
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Spot:
    """A cell. `up` and `left`: merged with the cell above or before it, and empty itself."""

    text: str = ""
    up: bool = False
    left: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the grid. `number` counts from 1, as the file's own program does."""

    number: int
    spots: tuple[Spot, ...]
    doubts: tuple[str, ...] = ()

    @property
    def filled(self) -> tuple[int, ...]:
        """The places of the cells that hold something."""
        return tuple(place for place, spot in enumerate(self.spots) if spot.text)


@dataclass(frozen=True)
class Grid:
    """A table. `name` says which one it is ("table 2"), "" where there is one alone; `title` is
    what stands above it."""

    name: str
    lines: tuple[Line, ...]
    title: str = ""
    doubts: tuple[str, ...] = field(default=())
    is_text: bool = False  # CSV
    is_word: bool = False

    @property
    def width(self) -> int:
        return max((len(line.spots) for line in self.lines), default=0)


def storable(words: str) -> str:
    """Return words that every database can hold: in Unicode NFC, "\\n" at line ends, and without
    the characters that are none."""
    return unicodedata.normalize("NFC", UNSTORABLE.sub("", LINE_ENDS.sub("\n", words)))
