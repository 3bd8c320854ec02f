"""The tables of a Word file (.docx)."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .archive import Archive, attribute, child, local, whole
from .docx_styles import read_styles
from .docx_words import WordText, inside
from .grid import Grid, Line, Spot
from .sheet import MOST_COLUMNS, Unreadable

NO_TABLE = "The file holds no table. A change plan comes in as a table: see the template."
NOTES = "Footnotes and endnotes were left out."
BOXES = "Text boxes were left out. Type their words into the cells where they are needed."
FLATTENED = "A table inside a cell was made into paragraphs."


def grids(archive: Archive) -> list[Grid]:
    """Return every table of the document, with what stands above it. Raises Unreadable."""
    main = archive.main_part("word/document.xml")
    root = archive.tree(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise archive.broken()
    text = WordText(read_styles(archive, posixpath.dirname(main)), archive.targets(main))
    found = list(_tables(body, text))
    if not found:
        raise Unreadable(NO_TABLE)
    if len(found) == 1:
        return found
    return [replace(grid, name=f"table {place}") for place, grid in enumerate(found, 1)]


def _tables(body: Any, text: WordText) -> Iterator[Grid]:
    above = ""
    for element in inside(body, "p", "tbl"):
        if local(element) == "p":
            above = text.plain(element) or above
            continue
        yield _grid(_inner(element), text, above)
        above = ""


def _inner(table: Any) -> Any:
    """Return the table that stands alone in the one cell of a table that is there for the look."""
    cells = [cell for row in rows(table) for cell in inside(row, "tc")]
    if len(cells) == 1:
        tables = list(inside(cells[0], "tbl"))
        if len(tables) == 1:
            return _inner(tables[0])
    return table


def rows(table: Any) -> Iterator[Any]:
    """Return the rows that are there once tracked changes are accepted."""
    for row in inside(table, "tr"):
        if child(row, "trPr", "del") is None:
            yield row


def _grid(table: Any, text: WordText, above: str) -> Grid:
    lines = tuple(_line(number, row, text) for number, row in enumerate(rows(table), 1))
    nested = any(next(row.iter("{*}tbl"), None) is not None for row in rows(table))
    return Grid("", lines, above, _left_out(table, nested), is_word=True)


def _left_out(table: Any, nested: bool) -> tuple[str, ...]:
    names = {local(each) for each in table.iter("{*}footnoteReference", "{*}endnoteReference")}
    boxes = next(table.iter("{*}txbxContent"), None) is not None
    return tuple(w for w, told in ((FLATTENED, nested), (NOTES, names), (BOXES, boxes)) if told)


def _line(number: int, row: Any, text: WordText) -> Line:
    properties = child(row, "trPr")
    spots: list[Spot] = [Spot()] * _skipped(properties, "gridBefore")
    for cell in inside(row, "tc"):
        facts = child(cell, "tcPr")
        if child(facts, "cellDel") is not None:
            continue
        across = whole(attribute(child(facts, "gridSpan")), 1, MOST_COLUMNS)
        spots.append(_spot(cell, facts, text))
        spots.extend([replace(spots[-1], text="", left=True)] * (max(across, 1) - 1))
    spots.extend([Spot()] * _skipped(properties, "gridAfter"))
    return Line(number, tuple(spots))


def _skipped(properties: Any | None, name: str) -> int:
    return whole(attribute(child(properties, name)), 0, MOST_COLUMNS)


def _spot(cell: Any, facts: Any | None, text: WordText) -> Spot:
    """Return a cell. One that is merged with that above it or before it shows nothing itself."""
    down, across = child(facts, "vMerge"), child(facts, "hMerge")
    up = down is not None and attribute(down) != "restart"
    left = across is not None and attribute(across) != "restart"
    words = text.markdown(cell)
    return Spot("" if up or left else words, up, left)
