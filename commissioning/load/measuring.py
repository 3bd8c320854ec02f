"""One measurement: a room, a server, everybody in it, perhaps a kill, and a comparison."""

import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from django.db import connection

from ..integrity import problems
from .people import Log, Pace, seat_everybody
from .rooms import STANDARDS, Check, check, make_room
from .server import Server

YARDSTICK = "bare view, one query"
AWAY = 1.0  # seconds between a kill and the next start


@dataclass(frozen=True)
class Load:
    """How many people in how many groups, for how long, and whether the server is killed."""

    participants: int
    groups: int
    seconds: float
    kill: bool = False


@dataclass(frozen=True)
class Measured:
    """What came of a load. It is sound when there was no error and nothing was lost or doubled."""

    load: Load
    log: Log
    check: Check

    @property
    def is_sound(self) -> bool:
        expected = self.load.participants * STANDARDS
        is_complete = self.check.acknowledged == expected
        return is_complete and self.check.is_sound and not self.log.errors

    def lines(self) -> Iterator[dict[str, object]]:
        """Yield what was measured, in milliseconds: the whole, then each kind of request beside
        the yardstick of the same run."""
        yield {
            "name": "room under load" + (", server killed in the middle" if self.load.kill else ""),
            "database": connection.vendor,
            "participants": self.load.participants,
            "groups": self.load.groups,
            "seconds": self.load.seconds,
            "requests": sum(len(each) for each in self.log.seconds.values()),
            "errors": len(self.log.errors),
            "resent": self.log.resent,
            "acknowledged": self.check.acknowledged,
            "lost": self.check.lost,
            "doubled": self.check.doubled,
        }
        if self.load.kill or not self.is_sound:
            return  # what answers late, or not at all, has no speed
        yardstick = percentiles(self.log.seconds[YARDSTICK])
        for kind, seconds in sorted(self.log.seconds.items()):
            mine = percentiles(seconds)
            ratio = round(mine["p50"] / yardstick["p50"], 2)
            named = {"name": f"load: {kind}", "database": connection.vendor, "n": len(seconds)}
            yield named | mine | {"p50_over_bare": ratio}


def measure(load: Load) -> Measured:
    """Put a load on a server of its own, over the database of the settings."""
    places, session = make_room(load.participants, load.groups)
    pace = Pace(load.seconds, STANDARDS, may_break=load.kill)
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "server.log") as server:
        log = seat_everybody(
            places, server.port, pace, lambda: _kill(server, load) if load.kill else None
        )
    log.errors += problems()
    return Measured(load, log, check(session, log.kept))


def _kill(server: Server, load: Load) -> None:
    time.sleep(load.seconds / 2)
    server.stop(signal.SIGKILL)
    time.sleep(AWAY)
    server.start()


def percentiles(seconds: list[float]) -> dict[str, float]:
    """Return the median and what all but one in twenty, and one in a hundred, stay below, in
    milliseconds."""
    cuts = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else seconds * 99
    return {f"p{at}": round(cuts[at - 1] * 1000, 2) for at in (50, 95, 99)}
