"""What a paper says, read back from each of its three formats as plain words."""

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

SILENT = {"style", "script", "title", "desc", "svg", "head"}


class Words(HTMLParser):
    """The words of a page, without its charts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in SILENT
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def words_of(file: bytes, name: str) -> str:
    """Return a file's text in reading order, blanks made one. Charts are left out where the
    format allows, so that a figure must stand in text to be found."""
    return re.sub(r"\s+", " ", READERS[name](file)).strip()


def everything_in(file: bytes, name: str) -> str:
    """Return all that a file holds: texts, metadata, packed parts."""
    if name == "docx":
        with zipfile.ZipFile(BytesIO(file)) as parts:
            return "\n".join(
                parts.read(part).decode("utf-8", "replace") for part in parts.namelist()
            )
    if name == "html":
        return file.decode()
    reader = PdfReader(BytesIO(file))
    objects = [
        reader.get_object(n) for n in range(1, len(reader.xref_objStm) + len(reader.xref[0]))
    ]
    held = [o.get_data().decode("latin-1") for o in objects if hasattr(o, "get_data")]
    return "\n".join([words_of(file, name), str(reader.metadata), *map(str, objects), *held])


def _html(file: bytes) -> str:
    return "".join(Words(file.decode()).words)


def _pdf(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)


def _docx(file: bytes) -> str:
    body = Document(BytesIO(file)).element.body
    return "\n".join(
        "".join(node.text or "" if node.tag == qn("w:t") else "\t" for node in _texts(paragraph))
        for paragraph in body.iter(qn("w:p"))
    )


def _texts(paragraph):
    return paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))


READERS = {"html": _html, "pdf": _pdf, "docx": _docx}
