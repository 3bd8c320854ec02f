"""A table of the paper as a Word table: a repeated header row, and a width on every cell."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import _Cell

from papers.document import PARTS, Table
from papers.docx import ooxml
from papers.docx.words import CELL, add_rich
from partnership.richtext import RichText, text

FIRST_COLUMN = "EEF4F5"


def add_table(document: WordDocument, table: Table) -> None:
    """Add the caption, the table and its note."""
    ooxml.add_paragraph(document, "Caption", table.caption)
    made = document.add_table(len(table.rows) + 1, len(table.columns), "Table Grid")
    made.autofit = False
    _describe(made, table.caption)
    widths = _widths(document, table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    cells = iter(made._cells)  # python-docx walks the whole table each time it is asked
    head = [next(cells) for _ in widths]
    _fill_head(made.rows[0], head, widths, table)
    for cell in head:
        _shade(cell, str(document.styles["Owner"].font.color.rgb))
    for line, row in zip(list(made.rows)[1:], table.rows, strict=True):
        if not table.may_break(row):
            line._tr.get_or_add_trPr().append(ooxml.element("w:cantSplit"))
        _fill_row([next(cells) for _ in widths], widths, row, table)
    if table.stays_whole:
        for cell in made._cells[: -len(widths)]:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
    ooxml.add_paragraph(document, "Note", table.note)


def _widths(document: WordDocument, table: Table) -> list[Emu]:
    page = document.sections[-1]
    margins = (page.left_margin or 0) + (page.right_margin or 0)
    across = (page.page_width or 0) - margins
    return [Emu(across * width // PARTS) for width in table.widths]


def _describe(made: Any, caption: str) -> None:
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    look.attrib.clear()
    for name, value in {
        "firstRow": "1",
        "firstColumn": "1",
        "noHBand": "1",
        "noVBand": "1",
    }.items():
        look.set(qn(f"w:{name}"), value)
    properties.append(ooxml.element("w:tblCaption", val=caption))


def _fill_head(line: Any, cells: list[_Cell], widths: list[Emu], table: Table) -> None:
    properties = line._tr.get_or_add_trPr()
    properties.append(ooxml.element("w:cantSplit"))
    properties.append(ooxml.element("w:tblHeader"))
    for cell, width, column in zip(cells, widths, table.columns, strict=True):
        _fill(cell, width, text(column.heading), column.numeric)
        for paragraph in cell.paragraphs:
            ooxml.set_style(paragraph, "Table heading")


def _fill_row(
    cells: list[_Cell], widths: list[Emu], row: tuple[RichText, ...], table: Table
) -> None:
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        _fill(cell, width, row[place], table.columns[place].numeric)
        if not place:
            _shade(cell, FIRST_COLUMN)


def _shade(cell: _Cell, colour: str) -> None:
    shade = ooxml.element("w:shd", val="clear", color="auto", fill=colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _fill(cell: _Cell, width: Emu, body: RichText, numeric: bool) -> None:
    cell.width = width
    empty = cell.paragraphs[0]
    add_rich(cell, body, CELL)
    if len(cell._tc.p_lst) > 1:
        cell._tc.remove(empty._p)
    else:
        ooxml.set_style(empty, "Table text")
    if numeric:
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
