"""A table as a Word file: landscape, a repeated header row, and cells that keep their Markdown.

The page is A4, and A3 where there are more columns than A4 can hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from partnership.richtext import ItemList, Paragraph, RichText, Run, parse, text
from partnership.word_files import packed

A4, A3 = (Mm(297), Mm(210)), (Mm(420), Mm(297))  # landscape
MARGIN = Mm(12)
MOST_ON_A4 = 9  # columns
FONT, POINTS = "Arial", 9
HEAD = "0D5265"
NUMBERED = 99  # the model of every numbered list, which no list of the template has
DEEPEST = 3  # levels that Word has list styles for
LONGEST_FACT = 255  # characters, in the properties of an OOXML file


@dataclass(frozen=True)
class Column:
    """A column of a Word table: its heading, its width against the others, and whether its cells
    hold Markdown; a plain text shows exactly as it is."""

    heading: str
    width: int = 1
    rich: bool = False


def word_file(
    title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()
) -> bytes:
    """Return a Word file with the title, the notes, a line each, and the table. The same table
    makes the same bytes."""
    document = Document()
    _lay_out(document, A4 if len(columns) <= MOST_ON_A4 else A3)
    _describe(document, title)
    _model_numbers(document)
    document.add_heading(title, 1)
    for note in notes:
        document.add_paragraph(note)
    _add_table(document, title, columns, rows)
    return packed(document)


def _lay_out(document: WordDocument, paper: tuple[Mm, Mm]) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = paper
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    styles = document.styles
    for name in ("Normal", "Heading 1"):
        styles[name].font.name = FONT
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    styles["Normal"].font.size = Pt(POINTS)
    styles["Normal"].paragraph_format.space_after = Pt(4)
    styles["Heading 1"].font.color.rgb = RGBColor(0, 0, 0)


def _describe(document: WordDocument, title: str) -> None:
    facts = document.core_properties
    facts.title, facts.language = title[:LONGEST_FACT], "en-GB"
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = ""
    defaults = document.styles.element.find(".//" + qn("w:rPrDefault"))
    language = defaults.find(".//" + qn("w:lang"))
    language.attrib.clear()
    language.set(qn("w:val"), "en-GB")


def _add_table(
    document: WordDocument, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> None:
    table = document.add_table(len(rows) + 1, len(columns), "Table Grid")
    table.autofit = False
    table._tbl.tblPr.append(_element("w:tblCaption", val=title))
    widths = _widths(document, columns)
    for made, width in zip(table.columns, widths, strict=True):
        made.width = width
    cells = iter(table._cells)  # python-docx walks the whole table each time it is asked
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(_element("w:cantSplit"))
    head.append(_element("w:tblHeader"))
    for column, width in zip(columns, widths, strict=True):
        _fill_head(next(cells), width, column.heading)
    for row in rows:
        for words, column, width in zip(row, columns, widths, strict=True):
            cell = next(cells)
            cell.width = width
            _fill(cell, parse(words) if column.rich else text(words))


def _widths(document: WordDocument, columns: Sequence[Column]) -> list[Emu]:
    across = (document.sections[0].page_width or 0) - 2 * MARGIN
    shares = sum(column.width for column in columns)
    return [Emu(across * column.width // shares) for column in columns]


def _fill_head(cell: _Cell, width: Emu, heading: str) -> None:
    cell.width = width
    shade = _element("w:shd", val="clear", color="auto", fill=HEAD)
    cell._tc.get_or_add_tcPr().append(shade)
    run = cell.paragraphs[0].add_run(heading)
    run.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)


def _fill(cell: _Cell, body: RichText) -> None:
    empty = cell.paragraphs[0]
    _add_blocks(cell, body)
    if len(cell._tc.p_lst) > 1:
        cell._tc.remove(empty._p)


def _add_blocks(cell: _Cell, body: RichText, depth: int = 0) -> None:
    for block in body:
        if isinstance(block, Paragraph):
            _add_runs(
                _add_paragraph(cell, f"List Continue{_deeper(depth)}" if depth else "Normal"),
                block.runs,
            )
        else:
            _add_list(cell, block, depth)


def _add_list(cell: _Cell, block: ItemList, depth: int) -> None:
    kind = "List Number" if block.ordered else "List Bullet"
    level = min(depth, DEEPEST - 1)
    numbers = _start_numbers(cell, block.start, level) if block.ordered else None
    for item in block.items:
        first = item[0].runs if item and isinstance(item[0], Paragraph) else ()
        made = _add_paragraph(cell, f"{kind}{_deeper(depth + 1)}")
        if numbers is not None:
            place = made._p.get_or_add_pPr().get_or_add_numPr()
            place.get_or_add_ilvl().val, place.get_or_add_numId().val = level, numbers
        _add_runs(made, first)
        _add_blocks(cell, item[1:] if first else item, depth + 1)


def _model_numbers(document: WordDocument) -> None:
    """Say how numbered lists look: 1. at every level, each further in than the one before."""
    model = _element("w:abstractNum", abstractNumId=str(NUMBERED))
    for level in range(DEEPEST):
        made = _element("w:lvl", ilvl=str(level))
        made.append(_element("w:start", val="1"))
        made.append(_element("w:numFmt", val="decimal"))
        made.append(_element("w:lvlText", val=f"%{level + 1}."))
        inset = OxmlElement("w:pPr")
        inset.append(_element("w:ind", left=str(360 * (level + 1)), hanging="360"))
        made.append(inset)
        model.append(made)
    document.part.numbering_part.element.insert(0, model)


def _start_numbers(cell: _Cell, start: int, level: int) -> int:
    """Return a list of its own, which counts from `start`: by its style alone, a list would go on
    counting where the last one of the document ended."""
    document: Any = cell.part
    made = document.numbering_part.element.add_num(NUMBERED)
    made.add_lvlOverride(ilvl=level).add_startOverride(start)
    return int(made.numId)


def _deeper(depth: int) -> str:
    """Return what Word's own list styles of this depth are called after: "", " 2" or " 3"."""
    return "" if depth == 1 else f" {min(depth, DEEPEST)}"


def _add_paragraph(cell: _Cell, style: str) -> WordParagraph:
    made = cell.add_paragraph()
    made._p.style = style.replace(" ", "")  # by its identifier: a look-up by name is slow
    return made


def _add_runs(paragraph: WordParagraph, runs: Sequence[Run]) -> None:
    for run in runs:
        added = paragraph.add_run(run.text)
        added.bold, added.italic = run.bold or None, run.italic or None
        if run.href:
            _link(paragraph, added._r, run.href)


def _link(paragraph: WordParagraph, run: Any, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    link.append(run)
    paragraph._p.append(link)


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
