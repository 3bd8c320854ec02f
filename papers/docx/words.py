"""Rich text and numbered paragraphs as Word paragraphs, each in a named style."""

from dataclasses import dataclass
from typing import Any

from docx.text.paragraph import Paragraph as WordParagraph

from papers.document import Field, NumberedParagraph, heads
from papers.docx import ooxml
from partnership.drawing import BOLD, SIZE, measure
from partnership.richtext import ItemList, Paragraph, RichText, Run

FRONT_EMS = 11  # letters' widths in the column of the front sheet's labels


@dataclass(frozen=True)
class Styles:
    """The names of the styles that one place in the paper uses."""

    first: str
    after: str
    bullet: str
    number: str
    inner: str


PROSE = Styles("Body Text", "Body Text", "List Bullet", "Typed number", "List Continue")
NUMBERED = Styles(
    "Numbered paragraph", "Numbered continued", "List Bullet", "Typed number", "List Continue"
)
FRONT = Styles("Front sheet", "Front continued", "List Bullet", "Typed number", "List Continue")
EXEMPT = Styles("Exempt", "Exempt reason", "List Bullet", "Typed number", "List Continue")
CELL = Styles("Table text", "Table text", "Table bullet", "Table number", "Table continue")
NESTED = Styles(
    "List Continue", "List Continue", "List Bullet 2", "Typed number 2", "List Continue 2"
)


def numbered(number: str, text: str) -> str:
    """Return a heading's words, its number first; the tab leads to the hanging indent."""
    return f"{number}\t{text}" if number else text


def add_field(container: Any, field: Field) -> None:
    """Add one line of the front sheet: the label in bold, then its value."""
    # A label longer than its column has the value below it, where the tab would have led.
    after = "\n" if measure(field.label) * BOLD / SIZE > FRONT_EMS else "\t"
    label = Run(f"{field.label}{after}", bold=True)
    add_rich(container, _led_by(label, field.value), FRONT)


def add_numbered(container: Any, item: NumberedParagraph) -> None:
    """Add a numbered paragraph, and what belongs to it indented below."""
    add_rich(container, _led_by(Run(f"{item.number}\t"), item.body), NUMBERED)


def add_rich(container: Any, body: RichText, styles: Styles) -> None:
    """Add the blocks of a rich text to a document or a cell."""
    for place, block in enumerate(body):
        if isinstance(block, Paragraph):
            paragraph = ooxml.add_paragraph(container, styles.after if place else styles.first)
            add_runs(paragraph, block.runs)
            following = body[place + 1 : place + 2]
            if following and (heads(block) or isinstance(following[0], ItemList)):
                paragraph.paragraph_format.keep_with_next = True
        else:
            _add_list(container, block, styles)


def add_runs(paragraph: WordParagraph, runs: tuple[Run, ...]) -> None:
    """Add runs in their style; a line break in the text becomes one in Word."""
    for run in runs:
        if run.href:
            ooxml.add_link(paragraph, run)
            continue
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.bold or None, run.italic or None


def _led_by(lead: Run, body: RichText) -> RichText:
    """Put `lead` before the first paragraph, or on a line of its own before a list."""
    if body and isinstance(body[0], Paragraph):
        return (Paragraph((lead, *body[0].runs)), *body[1:])
    return (Paragraph((lead,)), *body)


def _add_list(container: Any, block: ItemList, styles: Styles) -> None:
    for place, item in enumerate(block.items):
        lead = Run(f"{block.start + place}.\t" if block.ordered else "")
        body = _led_by(lead, item) if block.ordered or not item else item
        first = styles.number if block.ordered else styles.bullet
        inside = CELL if styles is CELL else NESTED
        inner = Styles(first, styles.inner, inside.bullet, inside.number, inside.inner)
        add_rich(container, body, inner)
