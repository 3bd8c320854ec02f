"""A stream of long papers to print, beside a room that votes: who waits for whom?"""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connection

from papers.document import BoardPaper, NumberedParagraph, Section
from papers.models import Rendition
from papers.renditions import wanted
from papers.tasks import make_file
from partnership.richtext import text

from .measuring import Load, percentiles
from .people import Log, Pace, seat_everybody
from .rooms import STANDARDS, make_room
from .server import Server, Worker

PAGES, PARAGRAPHS = 25, 134  # so many fill so many
SENTENCE = "What was agreed is put to the board with the reasons that the working groups gave. "
LOOKS_EVERY = 0.2  # seconds
SAVED = "save a vote"


def measure_beside(load: Load, rounds: int) -> dict[str, object]:
    """Put the same load on a server without and with a stream of renders beside it, in turn, and
    return how long a saved vote takes at worst in each, in milliseconds."""
    alone, beside, made = Log(), Log(), 0
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "server.log") as server:
        for _ in range(rounds):
            _room(load, server.port, alone)
            with stream() as count:
                _room(load, server.port, beside)
            made += count()
    one, other = percentiles(alone.seconds[SAVED]), percentiles(beside.seconds[SAVED])
    return {
        "name": "load: save a vote beside a stream of renders",
        "database": connection.vendor,
        "n": len(alone.seconds[SAVED]),
        "alone": one,
        "beside": other,
        "p99_over_alone": round(other["p99"] / one["p99"], 2),
        "pages_printed": made * PAGES,
        "errors": len(alone.errors + beside.errors),
    }


def _room(load: Load, port: int, log: Log) -> None:
    places, _ = make_room(load.participants, load.groups)
    met = seat_everybody(places, port, Pace(load.seconds, STANDARDS))
    log.seconds[SAVED] += met.seconds[SAVED]
    log.errors += met.errors


@contextmanager
def stream() -> Iterator[Callable[[], int]]:
    """Keep a worker busy with papers that nobody printed before; yields what tells how many it has
    printed."""
    before, is_over = time.time_ns(), threading.Event()
    feeder = threading.Thread(target=_feed, args=(before, is_over), daemon=True)
    with ExitStack() as stack:
        stack.enter_context(Worker())
        feeder.start()
        stack.callback(feeder.join)
        stack.callback(is_over.set)
        yield lambda: _printed(before)


def _feed(mark: int, is_over: threading.Event) -> None:
    """Keep two waiting, as readers would."""
    number = 0
    while not is_over.wait(LOOKS_EVERY):
        for _ in range(2 - Rendition.objects.filter(state=Rendition.State.WAITING).count()):
            number += 1
            make_file.enqueue(wanted(long_paper(f"Paper {mark}.{number}"), "pdf")[0].pk)
    Rendition.objects.filter(state=Rendition.State.WAITING).delete()
    connection.close()


def _printed(mark: int) -> int:
    made = Rendition.objects.filter(state=Rendition.State.READY, finished_at__isnull=False)
    return sum(each.finished_at.timestamp() * 1e9 > mark for each in made if each.finished_at)


def long_paper(title: str) -> BoardPaper:
    """Return a paper of 25 pages of paragraphs."""
    paragraphs = (
        NumberedParagraph(f"1.{number}", text(SENTENCE * 6)) for number in range(1, PARAGRAPHS + 1)
    )
    return BoardPaper(
        slug="load",
        title=title,
        kind="Report",
        partnership="Load",
        body_name="Board",
        front_sheet=(),
        sections=(Section("section-1", "1", "Everything", tuple(paragraphs)),),
    )
