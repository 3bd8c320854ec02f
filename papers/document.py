"""The shape of a board paper: one frozen object, which three renderers read.

Nothing here knows the database or a format. `papers/content.py` builds a `BoardPaper`;
`papers/html.py`, `papers/pdf.py` and `papers/docx.py` print it. Numbers (4.1, Appendix A) are
values in the object, never counted by a renderer, so that the three formats cannot differ.
"""

import hashlib
import json
from dataclasses import asdict, dataclass

from partnership.richtext import RichText


@dataclass(frozen=True)
class Field:
    """One line of the front sheet: a label and its value."""

    label: str
    value: RichText


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
    """Blocks without a number: a closing note, a list after its paragraph."""

    body: RichText


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


@dataclass(frozen=True)
class Chart:
    """A finished SVG picture (presentation attributes only), its title and its full description
    in words. It always stands beside a `Table` of the same figures."""

    svg: str
    title: str
    description: str


Item = NumberedParagraph | Subheading | Prose | Table | Chart


@dataclass(frozen=True)
class Section:
    """A numbered section: number "4", a heading, and its items in order. An appendix has number
    "Appendix A" and may be `landscape`. `key` is stable within the paper (an HTML id)."""

    key: str
    number: str
    heading: str
    items: tuple[Item, ...]
    landscape: bool = False


@dataclass(frozen=True)
class BoardPaper:
    """A whole paper. `body_name` is the body it goes to ("" when unknown), `kind` the kind in
    words ("Change plan"); `front_sheet` is empty when the paper has none. `language` is a
    BCP 47 tag. `author` is a body or a job title, never a person."""

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

    @property
    def running_title(self) -> str:
        """The line at the head of every page after the first."""
        return f"{self.body_name or self.partnership} – {self.title}"


def digest(paper: BoardPaper) -> str:
    """Return the SHA-256 (64 hex digits) of everything the paper says."""
    kinds = [type(item).__name__ for s in paper.sections + paper.appendices for item in s.items]
    words = json.dumps([asdict(paper), kinds], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()
