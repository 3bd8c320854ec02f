"""The sheets of an Excel file (.xlsx): what their cells show, never what they would work out.

Read here and not with openpyxl: its quick mode tells neither merged cells nor formulas that were
never worked out, and its other mode keeps a million empty cells in memory.
"""

import posixpath
import re
from dataclasses import dataclass, replace
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from .archive import Archive, attribute, child, children, local, whole
from .grid import Grid, Line, Spot, storable
from .sheet import MOST_COLUMNS, MOST_ROWS, Unreadable

FIGURES = Context(prec=15)  # as many digits as Excel shows of a number
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a character by its code, as Excel writes it
LAST_DATE = 2_958_465  # 31 December 9999, counted in days as Excel does
LONGEST_CELL = 32_767  # characters

HIDDEN = "The hidden sheet “{}” was passed over."
HIDDEN_ROW = "The row is hidden in the file. Leave it out if it is no longer meant."
NOT_WORKED_OUT = (
    "Cell {} holds a formula that no program has worked out. Open the file in Excel, save it and "
    "send it again, or type the value."
)
WRONG = "Cell {} shows an error, {}."
FULL = "Cell {} is as full as a cell can be: the end of its text may be missing."
NOTHING = "The file has no sheet with anything in it."
TOO_LONG = (
    f"A sheet has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns. Copy the plan’s table into "
    "a new file and send that."
)


@dataclass(frozen=True)
class Book:
    """What cells share: texts, which formats are dates, and from when the days count."""

    strings: tuple[str, ...]
    dates: tuple[int, ...]  # how many letters of an ISO date a format shows, 0 for none
    epoch: Any


def grids(archive: Archive) -> list[Grid]:
    """Return every sheet that shows. Raises Unreadable."""
    main = archive.main_part("xl/workbook.xml")
    root = archive.tree(main)
    sheets = child(root, "sheets")
    if sheets is None:
        raise archive.broken()
    targets, book = archive.targets(main), _book(archive, posixpath.dirname(main), root)
    found, hidden = [], []
    for each in children(sheets, "sheet"):
        name = storable(attribute(each, "name"))
        if attribute(each, "state", "visible") != "visible":
            hidden.append(HIDDEN.format(name))
        elif lines := _lines(archive, targets.get(attribute(each, "id"), ""), book):
            found.append(Grid(f"sheet “{name}”", lines, title=name))
    if not found:
        raise Unreadable(NOTHING)
    found[0] = replace(found[0], doubts=tuple(hidden))
    return found if len(found) > 1 else [replace(found[0], name="")]


def _book(archive: Archive, folder: str, root: Any) -> Book:
    old = attribute(child(root, "workbookPr"), "date1904") in ("1", "true")
    strings = archive.elements(f"{folder}/sharedStrings.xml", "si")
    return Book(
        tuple(_string(each) for each in strings),
        _dates(archive.tree(f"{folder}/styles.xml")),
        CALENDAR_MAC_1904 if old else CALENDAR_WINDOWS_1900,
    )


def _dates(root: Any | None) -> tuple[int, ...]:
    """Return for each cell format how much of a date it shows a number as: "Mar-11" is a month."""
    own = {
        attribute(each, "numFmtId"): attribute(each, "formatCode")
        for each in children(child(root, "numFmts"), "numFmt")
    }
    usual = {str(key): code for key, code in BUILTIN_FORMATS.items()}
    formats = usual | own
    return tuple(
        _shown(formats.get(attribute(each, "numFmtId"), ""))
        for each in children(child(root, "cellXfs"), "xf")
    )


def _shown(code: str) -> int:
    if not is_date_format(code):
        return 0
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.partition(";")[0]).lower()
    return 10 if "d" in bare or "h" in bare or "s" in bare else 7 if "m" in bare else 4


def _string(element: Any) -> str:
    """Return the words of a text; how to say them in Japanese is no part of it."""
    words = "".join(
        each.text or "" for each in element.iter("{*}t") if local(each.getparent()) != "rPh"
    )
    return storable(CODE.sub(lambda code: chr(int(code[1], 16)), words))


def _lines(archive: Archive, part: str, book: Book) -> tuple[Line, ...]:
    """Return the rows that hold something, with what is merged marked."""
    lines: dict[int, Line] = {}
    merges: list[str] = []
    number = 0
    for each in archive.elements(part, "row", "mergeCell"):
        if local(each) == "mergeCell":
            merges.append(attribute(each, "ref"))
            continue
        number = whole(attribute(each, "r"), number + 1, 2_000_000)
        if line := _line(number, each, book):
            lines[number] = line
        if len(lines) > MOST_ROWS + 100:  # titles, notes and totals may stand around the table
            raise Unreadable(TOO_LONG)
    for reference in merges:
        _merge(lines, reference)
    return tuple(lines[number] for number in sorted(lines))


def _line(number: int, row: Any, book: Book) -> Line | None:
    spots: list[Spot] = []
    doubts: list[str] = []
    place = -1
    for cell in children(row, "c"):
        place = _column(attribute(cell, "r"), place + 1)
        words, doubt = _words(cell, book)
        if place >= MOST_COLUMNS and words:
            raise Unreadable(TOO_LONG)
        if not words and not doubt:
            continue
        doubts.extend([doubt.format(_name(place, number), words)] if doubt else ())
        spots.extend([Spot()] * (place + 1 - len(spots)))
        spots[place] = Spot("" if doubt == WRONG else words.strip())
    if attribute(row, "hidden") in ("1", "true"):
        doubts.append(HIDDEN_ROW)
    return Line(number, tuple(spots), tuple(doubts)) if spots else None


def _column(reference: str, missing: int) -> int:
    found = PLACE.fullmatch(reference)
    if not found:
        return missing
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _name(place: int, row: int) -> str:
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def _words(cell: Any, book: Book) -> tuple[str, str]:
    """Return what a cell shows, and what to doubt about it."""
    kind = attribute(cell, "t", "n")
    value = child(cell, "v")
    if kind == "inlineStr":
        inline = child(cell, "is")
        words = "" if inline is None else _string(inline)
    elif value is None or value.text is None:
        return "", NOT_WORKED_OUT if child(cell, "f") is not None else ""
    elif kind == "s":
        place = whole(value.text, -1, 10_000_000)
        words = book.strings[place] if 0 <= place < len(book.strings) else ""
    elif kind == "n":
        words = _number(value.text, whole(attribute(cell, "s")), book)
    elif kind == "b":
        words = "Yes" if value.text.strip() == "1" else "No"
    else:
        words = _string_value(value.text)
    full = FULL if len(words) >= LONGEST_CELL else ""
    return words, WRONG if kind == "e" else full


def _string_value(text: str) -> str:
    return storable(CODE.sub(lambda code: chr(int(code[1], 16)), text))


def _number(text: str, style: int, book: Book) -> str:
    """Return a number as Excel shows it, or a date as ISO 8601 has it."""
    try:
        number = FIGURES.plus(Decimal(text.strip()))
    except InvalidOperation:
        return storable(text)
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return storable(text)
    if style < len(book.dates) and book.dates[style] and 1 <= number <= LAST_DATE:
        told = str(from_excel(int(number), book.epoch).date().isoformat())
        return told[: book.dates[style]] if told.endswith("-01") else told
    return format(number.normalize(), "f")


def _merge(lines: dict[int, Line], reference: str) -> None:
    """Mark the cells of a merged range after its first."""
    first, _, last = reference.partition(":")
    one, other = PLACE.fullmatch(first), PLACE.fullmatch(last)
    if not one or not other:
        return
    top, bottom = int(one[2]), int(other[2])
    left, right = _column(first, 0), min(_column(last, 0), MOST_COLUMNS - 1)
    for number in [number for number in lines if top <= number <= bottom]:
        spots = list(lines[number].spots)
        spots.extend([Spot()] * (right + 1 - len(spots)))
        for place in range(left, right + 1):
            if (number, place) != (top, left):
                spots[place] = Spot(up=number > top, left=place > left)
        lines[number] = replace(lines[number], spots=tuple(spots))
