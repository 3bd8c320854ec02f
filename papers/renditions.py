"""Finished papers on disk, so that the same paper is printed once.

A rendition's name is a hash of everything that decides its bytes: the paper, the format, and the
sources, styles, fonts and libraries it is made with. Nothing is reached by that name from outside:
a view checks permission, builds the paper, and asks here.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from papers import document, docx, fonts, html, pdf
from papers.document import BoardPaper

RENDERERS: dict[str, Callable[[BoardPaper], bytes]] = {
    "html": lambda paper: html.page(paper).encode(),
    "pdf": pdf.render,
    "docx": docx.render,
}
LIBRARIES = ("Django", "fonttools", "lxml", "nh3", "pydyf", "python-docx", "resvg-py", "weasyprint")
KEPT = 500  # files; the longest unread go first


def rendition(paper: BoardPaper, format: str) -> bytes:
    """Return the paper in a format, a key of `RENDERERS`: from disk, or rendered and kept.

    When several ask at once, one renders and the others wait for it. Raises
    fonts.RendererUnavailable where a part is missing, and then keeps nothing."""
    path = _path(paper, format)
    with _one_at_a_time(path):
        if not path.exists():
            _keep(path, RENDERERS[format](paper))
        os.utime(path)
        return path.read_bytes()


def _path(paper: BoardPaper, format: str) -> Path:
    words = " ".join((format, recipe(), document.digest(paper)))
    key = hashlib.sha256(words.encode()).hexdigest()
    return Path(settings.RENDITIONS_DIR) / f"{key}.{format}"


@cache
def recipe() -> str:
    """Return a hash of all that a rendition is made with, besides the paper itself."""
    here = Path(__file__).parent
    sources = [
        here.parent / "partnership" / "richtext.py",
        *sorted(fonts.directory().glob("*.ttf")),
    ]
    sources += sorted(path for path in here.rglob("*") if path.suffix in (".py", ".css"))
    whole = hashlib.sha256(" ".join(version(name) for name in LIBRARIES).encode())
    for source in sources:
        whole.update(hashlib.sha256(source.read_bytes()).digest())
    return whole.hexdigest()


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock that every thread and process asking for this rendition shares."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (path.parent / f"{path.name[:2]}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, and let the oldest go."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)
    files = [p for format in RENDERERS for p in path.parent.glob(f"*.{format}")]
    for old in sorted(files, key=_last_read)[:-KEPT]:
        old.unlink(missing_ok=True)


def _last_read(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process let it go
        return 0
