"""The parts of a Word or Excel file, which is a zip file of XML: opened with care."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from .sheet import Unreadable

MOST_PARTS = 2_000
LARGEST_PART, LARGEST_WHOLE = 40 * 1024 * 1024, 200 * 1024 * 1024  # bytes, unpacked

BROKEN = "The file is damaged. Open it in {}, save it again and send that."
TOO_LARGE = (
    "The file unpacks to far more than a change plan needs. Copy the plan’s table into a new file "
    "and send that."
)
MACROS = "The file holds macros. Save it without them, as .docx or .xlsx, and send that."
ENTITIES = (
    "The file refers to other files from inside, as no document needs to. Copy the plan’s "
    "table into a new file and send that."
)
PROTECTED = "The file is protected with a password. Take the password off and send it again."

# What reading a zip file and its XML may raise; RuntimeError also for what zipfile cannot unpack.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
    *(EOFError, OSError, RuntimeError, ValueError),
)
PROGRAMS = {"word/": "Word", "xl/": "Excel"}
DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
PARSING: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False}


class Archive:
    """The parts of an Office file. Whatever is wrong with them raises Unreadable."""

    program = ""  # the one that wrote it: "Word", "Excel", or "" for another

    def __init__(self, data: bytes) -> None:
        with self._reading():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename.lower(): info for info in self._zip.infolist()}
        for folder, program in PROGRAMS.items():
            if any(name.startswith(folder) for name in self._infos):
                self.program = program
        self._check()

    def has(self, name: str) -> bool:
        return name in self._infos

    def broken(self) -> Unreadable:
        return Unreadable(BROKEN.format(self.program or "its program"))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Say in words what the libraries make of a damaged file."""
        try:
            yield
        except DAMAGED as error:
            raise self.broken() from error

    def _check(self) -> None:
        infos = self._infos.values()
        whole = sum(info.file_size for info in infos)
        if len(self._zip.infolist()) > MOST_PARTS or whole > LARGEST_WHOLE:
            raise Unreadable(TOO_LARGE)
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable(PROTECTED)
        types = self.bytes_of("[content_types].xml") or b""
        if b"macroEnabled" in types or any("vbaproject" in name for name in self._infos):
            raise Unreadable(MACROS)

    def bytes_of(self, name: str) -> bytes | None:
        """Return a part, None where there is none; names are the same in any case."""
        info = self._infos.get(name.lower().lstrip("/"))
        if info is None:
            return None
        if info.file_size > LARGEST_PART:
            raise Unreadable(TOO_LARGE)
        with self._reading(), self._zip.open(info) as part:
            data = part.read(LARGEST_PART + 1)
        if len(data) > LARGEST_PART:
            raise Unreadable(TOO_LARGE)
        return data

    def _xml(self, name: str) -> bytes | None:
        data = self.bytes_of(name)
        if data and any(sign in data for sign in DOCTYPES):
            raise Unreadable(ENTITIES)
        return data

    def tree(self, name: str) -> Any | None:
        """Return the root element of a part, None where there is none."""
        data = self._xml(name)
        if data is None:
            return None
        with self._reading():
            return etree.fromstring(data, etree.XMLParser(**PARSING))

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """Return the elements of these local names one after the other, each with all that is in
        it; each is forgotten when the next is asked for. A part that is not there has none."""
        wanted = [f"{{*}}{tag}" for tag in tags]
        data = self._xml(name)
        if data is None:
            return
        with self._reading():
            for _, element in etree.iterparse(io.BytesIO(data), ("end",), tag=wanted, **PARSING):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def targets(self, name: str) -> dict[str, str]:
        """Return where the relations of a part lead, by their identifier: to the names of other
        parts, or to addresses outside."""
        folder, file = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = target
        return found

    def main_part(self, usual: str) -> str:
        """Return the name of the part that the file is about, `usual` where nothing says."""
        root = self.tree("_rels/.rels")
        for relation in root if root is not None else ():
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return posixpath.normpath(str(relation.get("Target", ""))).lstrip("/")
        return usual


def local(element: Any) -> str:
    """Return an element's name without its namespace, "" for a comment and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any | None, *path: str) -> Any | None:
    """Return the first descendant down a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: Any | None, name: str) -> list[Any]:
    """Return the children of this local name, none where there is no element."""
    return [each for each in (element if element is not None else ()) if local(each) == name]


def attribute(element: Any | None, name: str = "val", missing: str = "") -> str:
    """Return an attribute by its local name."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return str(value)
    return missing


def whole(text: str, missing: int = 0, most: int = 1_000_000) -> int:
    """Return a whole number that a file gives, `missing` for anything else; at most `most`."""
    digits = text.strip()
    return min(int(digits[:9]), most) if digits.isascii() and digits.isdigit() else missing


def is_on(element: Any | None, name: str) -> bool | None:
    """Whether a property such as bold is on, None where the element says nothing of it."""
    found = child(element, name) if element is not None else None
    if found is None:
        return None
    return attribute(found).lower() not in ("0", "false", "off", "none")
