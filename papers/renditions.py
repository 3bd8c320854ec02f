"""Papers as files: what decides their bytes, and the table where finished ones wait.

A rendition's key is a hash of everything that decides its bytes: the format, what the paper says,
and the sources, styles, fonts and libraries it is made with. The table is one for all: any worker
on any machine makes what any server was asked for. Nothing is reached by a key from outside: a
view checks permission, builds the paper, and asks `files`.
"""

import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from partnership import drawing, richtext, word_files, zips

from . import document, docx, fonts, html, pdf
from .document import BoardPaper
from .models import Rendition
from .storage import dump, load

RENDERERS: dict[str, Callable[[BoardPaper], bytes]] = {
    "html": lambda paper: html.page(paper).encode(),
    "pdf": pdf.render,
    "docx": docx.render,
}
MADE_AT_ONCE = {"html"}  # so quickly that it is neither queued nor kept
LIBRARIES = ("Django", "fonttools", "lxml", "nh3", "pydyf", "python-docx", "resvg-py", "weasyprint")
MAKERS = (document, fonts, html, drawing, richtext, word_files, zips)
KEPT, UNUSED = 200, timedelta(days=30)  # files; the longest unread go first
READ_AGAIN = timedelta(hours=1)  # how precisely it is known when a file was last read

State = Rendition.State
log = logging.getLogger(__name__)


def key_of(content: BoardPaper, format: str) -> str:
    """Return the hash of everything that decides the bytes of a paper in a format."""
    words = " ".join((format, recipe(), document.digest(content)))
    return hashlib.sha256(words.encode()).hexdigest()


@cache
def recipe() -> str:
    """Return a hash of all that a rendition is made with, besides the paper itself."""
    whole = hashlib.sha256(" ".join(version(name) for name in LIBRARIES).encode())
    for source in (*sources(), *sorted(fonts.directory().glob("*.ttf"))):
        whole.update(hashlib.sha256(source.read_bytes()).digest())
    return whole.hexdigest()


def sources() -> list[Path]:
    """Return the code and the styles that print a paper."""
    here = Path(__file__).parent
    modules = [Path(each.__file__ or "") for each in MAKERS]
    folders = [here / name for name in ("pdf", "docx", "styles")]
    inside = sorted(p for f in folders for p in f.iterdir() if p.suffix in (".py", ".css"))
    return modules + inside


def rendered(content: BoardPaper, format: str) -> bytes:
    """Return the file, a key of `RENDERERS`: the finished one, or made here and now and kept. For
    commands and workers: a page asks `files`. Raises fonts.RendererUnavailable where a part is
    missing, and then keeps nothing."""
    if format in MADE_AT_ONCE:
        return RENDERERS[format](content)
    key = key_of(content, format)
    if found := Rendition.objects.filter(key=key, state=State.READY).first():
        return read(found)
    made, now = RENDERERS[format](content), timezone.now()
    done = _done(made) | {"format": format, "used_at": now}
    Rendition.objects.update_or_create(
        key=key, defaults=done, create_defaults=done | {"asked_at": now, "attempts": 1}
    )
    tidy()
    return made


def wanted(content: BoardPaper, format: str) -> tuple[Rendition, bool]:
    """Return the rendition of a paper without its bytes, and whether nobody wanted it before: of
    all who ask at the same moment, one is told so."""
    key, now = key_of(content, format), timezone.now()
    if found := light().filter(key=key).first():
        return found, False
    asked = {"asked_at": now, "used_at": now, "attempts": 1, "source": dump(content)}
    return light().get_or_create(key=key, defaults=asked | {"format": format})


def light() -> QuerySet[Rendition]:
    """Return the renditions without what is large in them."""
    return Rendition.objects.defer("content", "source")


def read(rendition: Rendition) -> bytes:
    """Return the bytes of a finished file, and note that somebody wanted them."""
    now = timezone.now()
    if rendition.used_at < now - READ_AGAIN:
        Rendition.objects.filter(pk=rendition.pk).update(used_at=now)
    return bytes(rendition.content or b"")


def make(pk: int) -> None:
    """Make a file that waits, and nothing where it does not. What goes wrong is said in the row. A
    worker that is told to stop leaves it waiting. Never inside a transaction: it takes seconds."""
    taken = _take(pk)
    if taken is None:
        return
    try:
        made = RENDERERS[taken.format](load(taken.source))
    except Exception as error:
        is_ours = not isinstance(error, fonts.RendererUnavailable)
        log.error("Rendition %s could not be made: %s", pk, error, exc_info=is_ours)
        _leave(taken, state=State.FAILED, problem=_words(error), finished_at=timezone.now())
    except BaseException:
        _leave(taken, state=State.WAITING, started_at=None)
        raise
    else:
        _leave(taken, **_done(made))
        tidy()


def _take(pk: int) -> Rendition | None:
    """Let exactly one worker have it."""
    waiting = Rendition.objects.filter(pk=pk, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, started_at=timezone.now()):
        return None
    return Rendition.objects.get(pk=pk)


def _leave(taken: Rendition, **values: Any) -> None:
    """Put down what came of it, unless it was taken for lost and begun again meanwhile."""
    mine = Rendition.objects.filter(pk=taken.pk, state=State.RUNNING, attempts=taken.attempts)
    mine.update(**values)


def _done(made: bytes) -> dict[str, Any]:
    now = timezone.now()
    held = {"state": State.READY, "content": made, "source": None, "problem": ""}
    return held | {"finished_at": now}


def _words(error: Exception) -> str:
    if isinstance(error, fonts.RendererUnavailable):
        return str(error)
    return f"Something in the paper could not be printed ({type(error).__name__})."


def tidy() -> None:
    """Let go what nobody has read for long, and the longest unread where there are too many. Files
    of issues are kept elsewhere, for good."""
    done = Rendition.objects.filter(state__in=(State.READY, State.FAILED))
    spare = [*done.filter(used_at__lt=timezone.now() - UNUSED).values_list("pk", flat=True)]
    spare += done.order_by("-used_at").values_list("pk", flat=True)[KEPT:]
    if spare:  # or the one that writes in SQLite would be kept waiting for nothing
        Rendition.objects.filter(pk__in=spare).delete()


def begin_again(pk: int, *, most: int) -> bool:
    """Let a file wait anew that a worker left in the middle, and return whether a task is to see to
    it. After `most` attempts it fails instead: it may be what ends the workers."""
    begun = Rendition.objects.filter(pk=pk, state=State.RUNNING)
    words = f"The worker that made it was ended in the middle, {most} times."
    failed = {"state": State.FAILED, "problem": words, "finished_at": timezone.now()}
    if begun.filter(attempts__gte=most).update(**failed):
        return False
    begun.update(state=State.WAITING, started_at=None, attempts=F("attempts") + 1)
    return True
