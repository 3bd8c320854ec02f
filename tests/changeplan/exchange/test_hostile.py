"""Files that are broken, or made to break something: each is refused in plain words."""

import io
import zipfile
from collections.abc import Callable

import hypothesis
import pytest
from docx import Document
from hypothesis import strategies as st

from changeplan.exchange import archive
from changeplan.exchange.columns import guess
from changeplan.exchange.proposal import propose
from changeplan.exchange.reading import read
from changeplan.exchange.sheet import LARGEST_FILE, Sheet, Unreadable

from . import papers

ROWS = (("No", "Score", "Action"), ("3", "2.3", "Review the sub-groups"))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
DOCUMENT, CONTENTS = "word/document.xml", "[Content_Types].xml"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part changed, or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w", 8) as target:
        names = source.namelist()
        for each in [*names, *([] if name in names else [name])]:
            part = source.read(each) if each in names else b""
            target.writestr(each, change(part) if each == name else part)
    return written.getvalue()


def zipped(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", 8) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return written.getvalue()


def with_entities(part: bytes) -> bytes:
    return declared(part, b'<!ENTITY b SYSTEM "file:///etc/passwd">', b"&b;")


def laughs(part: bytes) -> bytes:
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9)]
    return declared(part, "".join(names).encode(), b"&a8;")


def declared(part: bytes, entities: bytes, use: bytes) -> bytes:
    head, end, rest = part.rpartition(b"?>")
    return head + end + b"<!DOCTYPE a [" + entities + b"]>" + rest.replace(b"Review", use, 1)


def locked(data: bytes) -> bytes:
    """The file as if its parts had a password."""
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(sign)
        while start >= 0:
            flags = data[start + place] | 1
            data = data[: start + place] + bytes([flags]) + data[start + place + 1 :]
            start = data.find(sign, start + 4)
    return data


WORD, EXCEL = papers.word(*ROWS), papers.excel(*ROWS)
REFUSED = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n\t", "empty"),
    "more than 10 MB": (b"a" * (LARGEST_FILE + 1), "10 MB"),
    "a PDF": (b"%PDF-1.7 ...", "PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n....", "picture"),
    "a web page": (b"\xef\xbb\xbf \n<!DOCTYPE html><table><tr><td>No", "web page"),
    "Rich Text": (b"{\\rtf1 No}", "Rich Text"),
    "an old Word file": (COMPOUND + "WordDocument".encode("utf-16-le"), ".doc)"),
    "an old Excel file": (COMPOUND + "Workbook".encode("utf-16-le"), ".xls)"),
    "an encrypted file": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password"),
    "locked parts": (locked(WORD), "password"),
    "another compound file": (COMPOUND, "old Office"),
    "a zip of a Word file": (zipped(plan=WORD), "Unpack"),
    "a zip in a zip in a zip": (zipped(a=zipped(b=zipped(c=WORD))), "Unpack"),
    "half a Word file": (WORD[: len(WORD) // 2], "damaged"),
    "Word without its text": (zipped(**{"word/a.xml": b"<a/>"}), "damaged"),
    "Word that is no XML": (changed(WORD, DOCUMENT, lambda _: b"No, Action"), "damaged"),
    "Excel that is no XML": (changed(EXCEL, SHEET, lambda part: part[:-30]), "damaged"),
    "Word without a table": (papers.saved(Document()), "no table"),
    "Excel without anything": (papers.excel(), "no sheet"),
    "macros in Word": (changed(WORD, "word/vbaProject.bin", lambda _: b"x"), "macros"),
    "macros in Excel": (changed(EXCEL, "xl/vbaProject.bin", lambda _: b"x"), "macros"),
    "the type of a file with macros": (
        changed(WORD, CONTENTS, lambda part: part.replace(b".document.", b".macroEnabled.")),
        "macros",
    ),
    "another file drawn in, Word": (changed(WORD, DOCUMENT, with_entities), "other files"),
    "another file drawn in, Excel": (changed(EXCEL, STRINGS, with_entities), "other files"),
    "a thousand million laughs, Word": (changed(WORD, DOCUMENT, laughs), ""),
    "a thousand million laughs, Excel": (changed(EXCEL, STRINGS, laughs), ""),
    "a bomb in Word": (changed(WORD, DOCUMENT, lambda part: part + b" " * 50_000_000), "far more"),
    "a bomb beside Word": (changed(WORD, "word/a.bin", lambda _: b"\0" * 210_000_000), "far more"),
    "too many parts": (zipped(**{f"word/{n}.xml": b"" for n in range(2_100)}), "far more"),
    "XML too deep": (
        changed(WORD, DOCUMENT, lambda _: b"<w:document xmlns:w='w'>" + b"<w:body>" * 5_000),
        "damaged",
    ),
    "a binary Excel file": (zipped(**{"xl/workbook.bin": b"x"}), ".xlsb"),
    "OpenDocument": (zipped(**{"mimetype": b"application/vnd", "content.xml": b"<a/>"}), "Open"),
    "bytes": (bytes(range(256)) * 9, "neither"),
    "a text of zeros": (b"\0" * 500, ""),
    "Chinese in another encoding": ("编号,行动\n".encode("gb18030") + b"\x81\x8d", "neither"),
    "one line": (b"No,Score,Action\n", "not a Word file"),
    "2,001 rows": (b"No,Action\n" + b"1,a\n" * 2_001, "2000 rows"),
    "101 columns": (b"No,Action" + b",x" * 99 + b"\n" + b"1" + b",a" * 100 + b"\n", "100 columns"),
    "Excel of 101 columns": (papers.excel(ROWS[0], ["1"] * 101), "100 columns"),
    "Excel of 3,000 rows": (papers.excel(*ROWS, *([["1", "2", "a"]] * 3_000)), "2000 rows"),
    "a quotation that never ends": (b'No,Action\n1,"' + b"a\n" * 150_000, "never ends"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_bad_file_is_refused_in_plain_words(what):
    data, words = REFUSED[what]
    with pytest.raises(Unreadable) as refused:
        read("plan.docx", data)
    message = str(refused.value)
    assert words in message
    assert message.endswith(".")
    assert message[0].isupper()


def test_the_content_says_what_a_file_is_and_a_wrong_name_is_told():
    assert read("plan.csv", WORD).format == "docx"
    assert read("plan.docx", EXCEL).format == "xlsx"
    assert "is a Word file" in " ".join(read("plan.csv", WORD).doubts).replace("it is", "is")


def test_pictures_and_embedded_files_do_no_harm():
    with_more = changed(WORD, "word/embeddings/book.xlsx", lambda _: EXCEL)
    assert read("plan.docx", with_more).rows == read("plan.docx", WORD).rows


def test_a_part_larger_than_it_says_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_PART", 100)
    with pytest.raises(Unreadable, match="far more"):
        read("plan.docx", WORD)


def test_a_formula_that_was_never_worked_out_is_doubtful_and_no_value():
    sheet = read("plan.xlsx", papers.excel(ROWS[0], ["3", "=1+1", "Review"]))
    assert sheet.rows[0].cells == ("3", "", "Review")
    assert "B2 holds a formula" in sheet.rows[0].doubts[0]


valid = st.sampled_from([WORD, EXCEL, b'No;Action\r\n1;Review\r\n2;"Tell\nthe board"\r\n'])
places = st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), min_size=1, max_size=8)


def reads_or_refuses(data: bytes) -> None:
    try:
        sheet = read("plan", data)
    except Unreadable:
        return
    assert Sheet.from_json(sheet.to_json()) == sheet
    assert {len(row.cells) for row in sheet.rows} == {len(sheet.headings)}
    propose(sheet, guess(sheet), papers.current_plan())


@hypothesis.given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(data):
    reads_or_refuses(data)


@hypothesis.given(valid, places)
def test_no_change_of_a_byte_breaks_the_reading(data, changes):
    broken = bytearray(data)
    for place, byte in changes:
        broken[place % len(broken)] = byte
    reads_or_refuses(bytes(broken))


parts = st.sampled_from(
    [
        *((WORD, name) for name in (DOCUMENT, CONTENTS, "word/styles.xml", "word/numbering.xml")),
        *((EXCEL, name) for name in (SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml")),
        *((WORD, "_rels/.rels"), (EXCEL, "xl/_rels/workbook.xml.rels")),
    ]
)
words = st.sampled_from(
    [b"0", b"-1", b"99999999999999999999", b"x", b"", b"\xc3\xa9", b"1e999", b"nan", b"XFE1048577"]
)


@hypothesis.given(parts, words, st.integers(0, 200))
def test_no_value_in_the_xml_breaks_the_reading(part, value, place):
    data, name = part

    def change(xml: bytes) -> bytes:
        pieces = xml.split(b'"')
        pieces[(2 * place + 1) % max(len(pieces) - 1, 1)] = value
        return b'"'.join(pieces)

    reads_or_refuses(changed(data, name, change))
