"""The one table of a CSV file, whatever program wrote it: encoding, separator and quotes."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from operator import mul

from partnership.sheets import unguarded

from .grid import Grid, Line, Spot, storable
from .sheet import MOST_COLUMNS, MOST_ROWS, Unreadable

SEPARATORS = ",;\t|"
HEADED = 10  # times as much says a separator that parts the first row as it parts others
LONGEST_CELL = 100_000  # characters; what no quotation mark ends is longer

WINDOWS = (
    "The file says nothing of its encoding, and was read as Windows writes Western European text. "
    "Look at accents, dashes and quotation marks."
)
QUOTES = "A quotation mark is missing somewhere: some cells may have run together."
NOT_TEXT = (
    "The file is neither a Word (.docx) nor an Excel (.xlsx) nor a CSV file. Save the plan as one "
    "of these and send that."
)
TOO_LONG = (
    f"The file has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns. Copy the plan’s table "
    "into a new file and send that."
)
RUN_TOGETHER = "A cell of the file never ends. A quotation mark is missing, or this is no CSV file."


def grids(data: bytes) -> list[Grid]:
    """Return the table. Raises Unreadable."""
    text, doubts = _decoded(data)
    told = re.match(r"sep=(.)\r?\n", text)
    separator = told[1] if told else _separator(text)
    text = text[told.end() :] if told else text
    try:
        rows = _rows(text, separator, strict=True)
    except csv.Error:
        rows = _loosely(text, separator)
        doubts = (*doubts, QUOTES)
    lines = [
        Line(number, tuple(Spot(unguarded(storable(words)).strip()) for words in row))
        for number, row in rows
    ]
    if len(lines) > MOST_ROWS + 100 or any(len(line.spots) > MOST_COLUMNS for line in lines):
        raise Unreadable(TOO_LONG)
    return [Grid("", tuple(lines), doubts=doubts, is_text=True)]


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as(data, "utf-16"), ()
    if b"\0" in data:
        return _as(data, _sixteen(data)), ()
    try:
        return _text(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        return _as(data, "cp1252"), (WINDOWS,)


def _as(data: bytes, encoding: str) -> str:
    try:
        return _text(data.decode(encoding))
    except UnicodeDecodeError:
        raise Unreadable(NOT_TEXT) from None


def _text(text: str) -> str:
    """Return a text in which hardly anything is none."""
    beginning = text[:10_000]
    strange = sum(letter < " " and letter not in "\t\r\n\f\v" for letter in beginning)
    if strange > 5 + len(beginning) // 100:
        raise Unreadable(NOT_TEXT)
    return text.lstrip("\ufeff")


def _sixteen(data: bytes) -> str:
    """Return the order of bytes in a text of two bytes a letter: most letters have a zero byte."""
    first, second = data[:2_000:2].count(0), data[1:2_000:2].count(0)
    if max(first, second) < len(data[:2_000]) // 4:
        raise Unreadable(NOT_TEXT)
    return "utf-16-be" if first > second else "utf-16-le"


def _separator(text: str) -> str:
    """Return the separator that parts most cells evenly: that gives many rows, most of all rows,
    and best the first of them, the same number of cells. Many rows alone would not do: they may be
    the lines of one text."""
    lines = text[:50_000]

    def evenness(separator: str) -> int:
        widths: Counter[int] = Counter()  # in the order in which they come first
        with suppress(csv.Error):
            widths.update(map(len, filter(None, _reader(lines, separator, strict=False))))
        parted = [count * count * (width - 1) for width, count in widths.items()]
        weights = [HEADED, *[1] * len(parted)]
        return max(map(mul, parted, weights), default=0) * 1000 // max(widths.total(), 1)

    return max(SEPARATORS, key=evenness)


def _loosely(text: str, separator: str) -> list[tuple[int, list[str]]]:
    try:
        return _rows(text, separator, strict=False)
    except csv.Error:
        raise Unreadable(RUN_TOGETHER) from None


def _rows(text: str, separator: str, *, strict: bool) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with its number, as a spreadsheet counts."""
    found = []
    for number, row in enumerate(_reader(text, separator, strict=strict), 1):
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise Unreadable(RUN_TOGETHER)
        if any(cell.strip() for cell in row):
            found.append((number, row))
        if len(found) > MOST_ROWS + 100:
            raise Unreadable(TOO_LONG)
    return found


def _reader(text: str, separator: str, *, strict: bool) -> Iterator[list[str]]:
    spaced = bool(re.match(rf'[^"\n]*{re.escape(separator)} +"', text))  # 3, "A, b", "c"
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=strict, skipinitialspace=spaced
    )
