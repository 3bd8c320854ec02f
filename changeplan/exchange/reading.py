"""A file that somebody sent, read into one table, or refused in plain words."""

from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from . import csv_reading, docx_reading, xlsx_reading
from .archive import PROTECTED, Archive
from .grid import Grid
from .sheet import CSV, DOCX, LARGEST_FILE, XLSX, NoTable, Sheet, Unreadable
from .tables import NO_ROWS, one_table

EMPTY = "The file is empty."
TOO_LARGE = "The file is larger than 10 MB. Copy the plan’s table into a new file and send that."
TOO_DEEP = (
    "The file is built as no program builds documents. Copy the plan’s table into a new file and "
    "send that."
)
SAVE = "This is {}. Save the plan as Word (.docx), Excel (.xlsx) or CSV, and send that."
UNPACK = "This is a zip file. Unpack it and send the Word, Excel or CSV file that is in it."

NOT_ITS_NAME = (
    "The file {} is not {}, although its name says so. Open the plan in its program, save it again "
    "as .{} and send that."
)
NO_KIND = (
    "The file {} is not a Word, Excel or CSV file. Save the plan as one of these and send that."
)
MISNAMED = "The file’s name ends in .{}, but it is {}, and was read as one."
NAMES = {DOCX: "a Word file", XLSX: "an Excel file", CSV: "a CSV file"}

TEXTS = {"csv", "txt", "tsv"}

TEXTS = {"csv", "txt", "tsv"}

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STARTS = {
    b"%PDF": "a PDF",
    b"{\\rtf": "a Rich Text file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PK\x05\x06": "an empty zip file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
    b"\x1f\x8b": "a packed file",
    b"<": "a web page or an XML file",
}
COMPOUNDS = {
    "EncryptedPackage": PROTECTED,
    "WordDocument": SAVE.format("a file of an old Word (.doc)"),
    "Workbook": SAVE.format("a file of an old Excel (.xls)"),
}
OTHER_PARTS = {
    "xl/workbook.bin": SAVE.format("a binary Excel file (.xlsb)"),
    "ppt/presentation.xml": SAVE.format("a presentation"),
    "content.xml": SAVE.format("an OpenDocument file"),
}


def read(file_name: str, data: bytes) -> Sheet:
    """Return the table that a Word, Excel or CSV file holds. What the file is, its content tells;
    a name that says otherwise is told as a doubt.

    Raises Unreadable, and nothing else, for what cannot be read or must not be."""
    ending, form = file_name.rpartition(".")[2].lower(), ""
    try:
        form, grids = _grids(data)
        sheet = one_table(grids, form)
    except (RecursionError, MemoryError, etree.LxmlError):
        raise Unreadable(TOO_DEEP) from None
    except NoTable:
        raise NoTable(_misnamed(file_name, ending, form) or NO_ROWS) from None
    if ending in NAMES and ending != form:
        sheet = replace(sheet, doubts=(*sheet.doubts, MISNAMED.format(ending, NAMES[form])))
    return sheet


def _misnamed(file_name: str, ending: str, form: str) -> str:
    """Return what is wrong with text that holds no table, where its name says that it is no text;
    "" where that is not what is wrong."""
    if form != CSV or ending in TEXTS:
        return ""
    if ending in NAMES:
        return NOT_ITS_NAME.format(file_name, NAMES[ending], ending)
    return NO_KIND.format(file_name)


def _grids(data: bytes) -> tuple[str, Sequence[Grid]]:
    if len(data) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    if not data.strip():
        raise Unreadable(EMPTY)
    if data.startswith(ZIP):
        return _office(Archive(data))
    if data.startswith(COMPOUND):
        raise Unreadable(_compound(data))
    beginning = data.removeprefix(BOM_UTF8).lstrip()
    for start, what in STARTS.items():
        if beginning.startswith(start):
            raise Unreadable(SAVE.format(what))
    return CSV, csv_reading.grids(data)


def _office(archive: Archive) -> tuple[str, Sequence[Grid]]:
    for part, message in OTHER_PARTS.items():
        if archive.has(part):
            raise Unreadable(message)
    if archive.program == "Word":
        return DOCX, docx_reading.grids(archive)
    if archive.program == "Excel":
        return XLSX, xlsx_reading.grids(archive)
    raise Unreadable(UNPACK)


def _compound(data: bytes) -> str:
    """Return what to do with a file as Office wrote them until 2003, or encrypts them still."""
    for stream, message in COMPOUNDS.items():
        if stream.encode("utf-16-le") in data:
            return message
    return SAVE.format("a file of an old Office program")
