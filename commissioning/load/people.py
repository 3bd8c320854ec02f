"""Everybody in the room: each on a connection of their own, voting, commenting, polling.

Knows the site by its addresses alone. An answer that gets no reply is sent again as it was, until
one comes.
"""

import http.client
import json
import random
import re
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

from .server import HOST

POLL_EVERY = 3.0  # seconds
TIMEOUT, PATIENCE = 30.0, 45.0  # seconds for one reply, and for one after a server came back
TOKEN = secrets.token_hex(16)
NEWS = re.compile(r"\?beat=(\d+)&amp;standard=\d+&amp;state=([^\"&]*)")


@dataclass(frozen=True)
class Place:
    """Where somebody sits: their seat's primary key, their group, the key of their session."""

    participant: int
    group: str
    session: str


@dataclass(frozen=True)
class Kept:
    """A vote that the server said it has counted."""

    participant: int
    mutation: str
    value: str


@dataclass
class Log:
    """What everybody met: seconds by kind of request, what was acknowledged, what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    kept: list[Kept] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    resent: int = 0


@dataclass(frozen=True)
class Pace:
    """How long it takes, for how many standards, and whether the server may go away meanwhile."""

    seconds: float
    standards: int
    may_break: bool = False


class Person:
    """Somebody at a table. Votes on each standard in turn; loads the page of every third anew, and
    comments on it."""

    def __init__(self, place: Place, port: int, pace: Pace) -> None:
        self.place, self.port, self.pace = place, port, pace
        self.log = Log()
        self.random = _chance(place.participant)
        self.connection: http.client.HTTPConnection | None = None
        self.standard, self.beat, self.state = 1, "0", ""

    def sit(self) -> None:
        """Do everything that there is to do, each thing at its time."""
        began = time.monotonic()
        for at, act in self._plan():
            time.sleep(max(0.0, began + at - time.monotonic()))
            try:
                act()
            except (OSError, http.client.HTTPException) as error:
                self.log.errors.append(f"{type(error).__name__}: {error}")
        self._hang_up()

    def _plan(self) -> list[tuple[float, Callable[[], None]]]:
        """Return what happens when, in seconds from the start. A group votes on a standard within
        some seconds, as groups do, and then talks."""
        each = self.pace.seconds / self.pace.standards
        together = _chance(self.place.group).uniform(0, each / 2)
        plan: list[tuple[float, Callable[[], None]]] = []
        for number in range(1, self.pace.standards + 1):
            start = (number - 1) * each + together
            plan.append((start, partial(self.turn_to, number)))
            plan.append((start + self.random.uniform(0, each / 8), self.vote))
            if number % 3 == 0:
                plan += [(start, self.open_page), (start + each / 3, self.comment)]
                plan.append((start + each * 0.4, self.look_at_yardstick))
        late = self.random.uniform(0, POLL_EVERY)
        polls = int((self.pace.seconds - late) / POLL_EVERY)
        plan += [(late + n * POLL_EVERY, self.poll) for n in range(polls)]
        return sorted(plan, key=lambda step: step[0])

    def look_at_yardstick(self) -> None:
        self._get("bare view, one query", "/bare/")

    def turn_to(self, number: int) -> None:
        self.standard = number

    def open_page(self) -> None:
        self._learn(self._get("page of a standard", self._address())[1])

    def poll(self) -> None:
        seen = urlencode({"beat": self.beat, "standard": self.standard, "state": self.state})
        address = f"/room/{self.place.group}/poll/?{seen}"
        self._learn(self._get(None, address, {"HX-Request": "true"})[1])

    def vote(self) -> None:
        given = {
            "answer": str(self.random.randint(1, 5)),
            "round": "1",
            "version": "0",
            "mutation": secrets.token_hex(16),
        }
        reply = self._send("save a vote", "vote/", given)
        if reply.get("fate") == "counted":
            kept = Kept(self.place.participant, given["mutation"], given["answer"])
            self.log.kept.append(kept)
        else:
            self.log.errors.append(f"A vote was not counted: {reply}")

    def comment(self) -> None:
        text = f"Person {self.place.participant} on {self.standard}"
        self._send("save a comment", "comment/", {"working_well": text})

    def _address(self) -> str:
        return f"/room/{self.place.group}/{self.standard}/"

    def _learn(self, body: str) -> None:
        if found := NEWS.search(body):
            self.beat, self.state = found.groups()

    def _send(self, kind: str, end: str, given: dict[str, str]) -> dict[str, object]:
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": TOKEN,
        }
        status, body = self._ask(kind, "POST", self._address() + end, headers, urlencode(given))
        return json.loads(body) if status == 200 else {}

    def _get(
        self, kind: str | None, address: str, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        return self._ask(kind, "GET", address, headers or {})

    def _ask(
        self, kind: str | None, method: str, address: str, headers: dict[str, str], body: str = ""
    ) -> tuple[int, str]:
        """Ask, again where the server may be away for a while, and return status and body."""
        headers["Cookie"] = f"sessionid={self.place.session}; csrftoken={TOKEN}"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                began = time.perf_counter()
                status, text = self._exchange(method, address, headers, body)
                break
            except (OSError, http.client.HTTPException):
                self._hang_up()
                if not self.pace.may_break or time.monotonic() > deadline:
                    raise
                self.log.resent += 1
                time.sleep(0.2)
        if kind is None:
            kind = "unchanged poll" if status == 204 else "poll with news"
        self.log.seconds[kind].append(time.perf_counter() - began)
        if status not in (200, 204):
            self.log.errors.append(f"{method} {address} answered {status}: {text[:200]}")
        return status, text

    def _exchange(
        self, method: str, address: str, headers: dict[str, str], body: str
    ) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT)
        self.connection.request(method, address, body or None, headers)
        response = self.connection.getresponse()
        return response.status, response.read().decode()

    def _hang_up(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


def _chance(seed: int | str) -> random.Random:
    """Return when things happen, which is no secret, and is the same in every run."""
    return random.Random(seed)  # nosec B311


def seat_everybody(
    places: list[Place], port: int, pace: Pace, meanwhile: Callable[[], None] | None = None
) -> Log:
    """Let everybody sit, do something `meanwhile`, and return what they met together."""
    people = [Person(place, port, pace) for place in places]
    threads = [threading.Thread(target=person.sit, daemon=True) for person in people]
    for thread in threads:
        thread.start()
    if meanwhile:
        meanwhile()
    for thread in threads:
        thread.join(pace.seconds + 2 * PATIENCE)
    together = Log()
    for person in people:
        together.kept += person.log.kept
        together.errors += person.log.errors
        together.resent += person.log.resent
        for kind, seconds in person.log.seconds.items():
            together.seconds[kind] += seconds
    together.errors += ["Somebody never came to an end."] * sum(t.is_alive() for t in threads)
    return together
