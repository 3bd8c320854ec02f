"""The shape of a board paper: one frozen object, which three renderers read.

Nothing here knows the database or a format. `papers/content.py` builds a `BoardPaper`;
`papers.html`, `papers.pdf` and `papers.docx` print it. Numbers (4.1, Appendix A) are
values in the object, never counted by a renderer, so that the three formats cannot differ.
"""

import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cached_property
from math import ceil
from textwrap import shorten
from typing import Any, cast

from partnership.drawing import BOLD, FORBIDDEN, SIZE, measure
from partnership.richtext import Block, Paragraph, RichText, plain_text

# A printed page in characters of bold type across, and a row's lines; and its width in ems.
PORTRAIT_LINE, LANDSCAPE_LINE, LINES_KEPT_WHOLE = 62, 106, 14
PORTRAIT_EMS, LANDSCAPE_EMS = 40, 68
PARTS = 40  # of a table's width, which columns share
ROWS_KEPT_WHOLE = 8
PORTRAIT_COLUMNS = 3  # a table with more columns is a wide one
COLOUR = re.compile("#[0-9a-f]{6}")
RUNNING_TITLE = 90  # characters that fit one line at the head of a page


@dataclass(frozen=True)
class Field:
    """One line of the front sheet: a label and its value. `is_contact`: the public version may
    leave it out."""

    label: str
    value: RichText
    is_contact: bool = False


@dataclass(frozen=True)
class NumberedParagraph:
    """A paragraph with its printed number, such as "4.1". `body` may hold several blocks;
    the number stands beside the first."""

    number: str
    body: RichText


@dataclass(frozen=True)
class Subheading:
    """A heading inside a section, one level below it. `number` may be ""."""

    number: str
    text: str


@dataclass(frozen=True)
class Prose:
    """Blocks without a number: a closing note, a list after its paragraph. `says_nothing`: it says
    that a block has nothing to show yet."""

    body: RichText
    says_nothing: bool = False


@dataclass(frozen=True)
class Column:
    """A table column. `share` is its width relative to the others; `numeric` aligns right."""

    heading: str
    share: int = 1
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first cell of each row is that row's header. Every row has one cell a column.
    An empty cell is (): renderers leave it empty, and say nothing in its place.
    `breakable` rows may be taller than a page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[RichText, ...], ...]
    note: str = ""
    breakable: bool = False

    @property
    def is_wide(self) -> bool:
        """Return whether its columns ask for a wide page, and may be scrolled on a screen."""
        return len(self.columns) > PORTRAIT_COLUMNS

    @property
    def stays_whole(self) -> bool:
        """Return whether the table is short enough to stand on one page."""
        return len(self.rows) <= ROWS_KEPT_WHOLE and not self.breakable

    @property
    def lies_across(self) -> bool:
        """Return whether it is to stand on a landscape page."""
        return self.is_wide and self.breakable

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """The width of each column in fortieths of the table. A column takes at least the longest
        word of its heading, and of its cells up to its fair part, where all that fits; else its
        fair part at most. Shares divide the rest."""
        fair = PARTS // len(self.columns) or 1
        heads = [self._parts([column.heading]) for column in self.columns]
        cells = [self._parts(map(plain_text, column)) for column in zip(*self.rows, strict=True)]
        both = [max(h, min(c, fair)) for h, c in zip(heads, cells or heads, strict=True)]
        fitting = (needs for needs in (both, heads) if sum(needs) <= PARTS)
        steps = next(fitting, [min(head, fair) for head in heads])
        total = sum(column.share for column in self.columns)
        while sum(steps) < PARTS:
            pairs = zip(self.columns, steps, strict=True)
            lacking = [PARTS * column.share - step * total for column, step in pairs]
            steps[lacking.index(max(lacking))] += 1
        return tuple(steps)

    def _parts(self, texts: Iterable[str]) -> int:
        """Return how many fortieths the longest word takes, in bold and with the cell's edges."""
        longest = max((word for words in texts for word in words.split()), key=len, default="")
        ems = measure(longest) * BOLD / SIZE + 1
        return ceil(PARTS * ems / (LANDSCAPE_EMS if self.lies_across else PORTRAIT_EMS))

    def may_break(self, row: tuple[RichText, ...]) -> bool:
        """Return whether this row may run over a page end: only in a breakable table, and only
        when it would fill about half a page, so that short rows stay whole."""
        line = LANDSCAPE_LINE if self.is_wide else PORTRAIT_LINE
        lines = (
            _lines(cell, line * width // PARTS)
            for cell, width in zip(row, self.widths, strict=True)
        )
        return self.breakable and max(lines) > LINES_KEPT_WHOLE

    def start(self, row: tuple[RichText, ...]) -> int:
        """Return how many lines must stand on the page on which a row that may break begins: its
        first cell whole, and in every other the first headline with what it heads."""
        line = LANDSCAPE_LINE if self.is_wide else PORTRAIT_LINE
        begun = (row[0], *(next(headed(cell), ()) for cell in row[1:]))
        return max(
            _lines(cell, line * width // PARTS)
            for cell, width in zip(begun, self.widths, strict=True)
        )


@dataclass(frozen=True)
class Chart:
    """A finished SVG picture (presentation attributes only), its title and its full description
    in words. It always stands beside a `Table` of the same figures."""

    svg: str
    title: str
    description: str

    @property
    def alternative(self) -> str:
        """What stands in for the picture where it cannot be seen."""
        return f"{self.title}. {self.description}" if self.description else self.title


Item = NumberedParagraph | Subheading | Prose | Table | Chart


@dataclass(frozen=True)
class Section:
    """A numbered section: number "4", a heading, and its items in order. An appendix has number
    "Appendix A". `landscape`: a table asks for a page that lies. `key` is stable within the paper
    (an HTML id). `exempt` says, for an appendix that is not for publication, under which paragraph
    and why; else ()."""

    key: str
    number: str
    heading: str
    items: tuple[Item, ...]
    landscape: bool = False
    exempt: RichText = ()

    @property
    def led(self) -> Iterator[tuple[Item, bool]]:
        """Each item with whether it announces what follows, and so may not be parted from it: a
        paragraph that ends in a colon, or that stands before a table or a chart."""
        for place, item in enumerate(self.items, 1):
            last = item.body[-1:] if isinstance(item, NumberedParagraph | Prose) else ()
            said = any(isinstance(block, Paragraph) for block in last)
            shows = any(isinstance(x, Table | Chart) for x in self.items[place : place + 1])
            yield item, said and (shows or plain_text(last).endswith(":"))


@dataclass(frozen=True)
class HouseStyle:
    """How a partnership's papers look: its name where it has a house name, the colour of titles
    and rules ("#1d4e6b"), and its logo, a PNG in base64, with what stands in for it."""

    name: str = ""
    colour: str = "#1d4e6b"
    logo: str = ""
    logo_alternative: str = ""

    @property
    def ink(self) -> str:
        """The colour as renderers take it: the usual one where it says anything but a colour."""
        return self.colour if COLOUR.fullmatch(self.colour) else HouseStyle.colour

    @property
    def picture(self) -> bytes:
        """The logo as a PNG file, b"" where there is none."""
        return b64decode(self.logo)

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the logo in pixels, as a PNG says them (IHDR, its first chunk)."""
        return tuple(int.from_bytes(self.picture[at : at + 4]) for at in (16, 20))  # type: ignore


@dataclass(frozen=True)
class Asked:
    """A recommendation as it is put: which it is, and its words (Markdown) with their figures."""

    identifier: str
    words: str


@dataclass(frozen=True)
class BoardPaper:
    """A whole paper. `body_name` is the body it goes to ("" when unknown), `kind` the kind in
    words ("Change plan"); `front_sheet` is empty when the paper has none. `language` is a
    BCP 47 tag. `author` is a body or a job title, never a person. `hides_contacts`: the public
    version leaves contact details out."""

    slug: str
    title: str
    kind: str
    partnership: str
    body_name: str
    front_sheet: tuple[Field, ...]
    sections: tuple[Section, ...]
    appendices: tuple[Section, ...] = ()
    author: str = ""
    language: str = "en-GB"
    style: HouseStyle = HouseStyle()
    hides_contacts: bool = True
    asked: tuple[Asked, ...] = ()

    @property
    def credited(self) -> str:
        """Who the file's metadata name as its author: a job title or a body."""
        return self.author or self.body_name or self.partnership

    @property
    def kind_line(self) -> str:
        """The line below the title: the kind of paper, and whose it is when a body heads it."""
        return f"{self.kind}, {self.partnership}" if self.body_name else self.kind

    @property
    def running_title(self) -> str:
        """The one line at the head of every page after the first, cut to its length."""
        words = f"{self.body_name or self.partnership} – {self.title}"
        return shorten(words, RUNNING_TITLE, placeholder=" …")


def printable(value: Any) -> Any:
    """Return a paper, or a part of it, without the characters that no XML holds. No door lets them
    in; what came in otherwise must not stop a paper."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, tuple):
        return tuple(map(printable, value))
    if not is_dataclass(value):
        return value
    held = {field.name: getattr(value, field.name) for field in fields(value)}
    clean = {name: printable(part) for name, part in held.items()}
    return value if clean == held else replace(cast(Any, value), **clean)


def digest(paper: BoardPaper) -> str:
    """Return the SHA-256 (64 hex digits) of everything the paper says."""
    kinds = [type(item).__name__ for s in paper.sections + paper.appendices for item in s.items]
    words = json.dumps([asdict(paper), kinds], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def headed(body: RichText) -> Iterator[RichText]:
    """Yield the blocks of a text, a line in bold together with the block that it heads."""
    place = 0
    while place < len(body):
        follows = body[place + 1 : place + 2]
        size = 2 if heads(body[place]) and follows and not heads(follows[0]) else 1
        yield body[place : place + size]
        place += size


def heads(block: Block) -> bool:
    """Whether a block is a line in bold, as the headline of an action is."""
    return isinstance(block, Paragraph) and all(run.bold for run in block.runs)


def _lines(cell: RichText, across: int) -> int:
    return sum(len(line) // across + 1 for line in plain_text(cell).split("\n"))
