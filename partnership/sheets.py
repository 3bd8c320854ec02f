"""Tables as files for spreadsheet programs, in which no text can become a formula.

A CSV file cannot tell text from a formula, so text that would begin one gets an apostrophe before
it, which `unguarded` takes away again. An XLSX file can, and its text is stored as it is.
Source: OWASP, "CSV Injection".
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .zips import without_times

Cell = str | int | Decimal | None

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

BEGINS_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")  # with apostrophes, so that one can be told
CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel takes "_x000D_" for the character of that code
LONGEST_CELL = 32_767  # characters, in Excel
NARROWEST, WIDEST = 10, 60  # characters of a column
LAST_OFFERED = 1_000  # the last row in which Excel offers a choice


@dataclass(frozen=True)
class Sheet:
    """A named table: the columns' headings, and rows as long as these. `lists` says what Excel
    offers to choose from in a column, by its place: a range of cells, "=Choices!$A$2:$A$5"."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lists: Mapping[int, str] = field(default_factory=dict)

    @property
    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """The headings, then the rows."""
        yield self.headings
        yield from self.rows


def csv_file(sheet: Sheet) -> bytes:
    """Return the table as CSV in UTF-8, with the mark by which Excel knows it."""
    written = io.StringIO()
    csv.writer(written).writerows([_plain(cell) for cell in line] for line in sheet.lines)
    return written.getvalue().encode("utf-8-sig")


def guarded(words: str) -> str:
    """Return a text with an apostrophe before it if it could be read as a formula."""
    return f"'{words}" if BEGINS_FORMULA.match(words) else words


def unguarded(words: str) -> str:
    """Return the text that `guarded` was given."""
    return words[1:] if words.startswith("'") and BEGINS_FORMULA.match(words) else words


def xlsx_file(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the tables as one XLSX file, numbers as numbers. The same tables make the same
    bytes; a text longer than a cell can hold ends in "…"."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, ""
    book.properties.language = "en-GB"
    for sheet in sheets:
        _add(book, sheet)
    written = io.BytesIO()
    book.save(written)
    return without_times(written.getvalue())


def _plain(cell: Cell) -> str | int | Decimal | None:
    return guarded(cell) if isinstance(cell, str) else cell


def _add(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    for place, column in enumerate(zip(*sheet.lines, strict=True), 1):
        longest = max(len(str(cell)) for cell in column if cell is not None)
        width = min(max(longest + 2, NARROWEST), WIDEST)
        page.column_dimensions[get_column_letter(place)].width = width
    page.append([_cell(page, heading, Font(bold=True)) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])
    for place, cells in sheet.lists.items():
        _offer(page, get_column_letter(place + 1), cells)


def _offer(page: Any, column: str, cells: str) -> None:
    """Offer a choice in a column; other words can be written too, and an import asks about them."""
    offer = DataValidation("list", formula1=cells, allow_blank=True, showErrorMessage=False)
    offer.add(f"{column}2:{column}{LAST_OFFERED}")
    page.data_validations.append(offer)


def _cell(page: Any, value: Any, font: Font | None = None) -> Any:
    if isinstance(value, str):
        value = CODE.sub("_x005F_", _fitted(ILLEGAL_CHARACTERS_RE.sub("", value)))
    cell = WriteOnlyCell(page, value)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    if font:
        cell.font = font
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", True  # openpyxl takes "=1" for a formula
    elif isinstance(value, Decimal) and value.as_tuple().exponent in (-1, -2):
        cell.number_format = "0.0" if value.as_tuple().exponent == -1 else "0.00"
    return cell


def _fitted(words: str) -> str:
    return words if len(words) <= LONGEST_CELL else f"{words[: LONGEST_CELL - 1]}…"
