"""Before a round is revealed only its voter learns a vote, whoever looks, wherever; after it, names
are seen only where the exercise says so.

A room is put to the same state twice, but for how somebody voted, and everybody looks at every
address of the site in both. What they get is the same, byte for byte.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnership.roles import Role
from standards.models import Participant, Pulse, Session, Standard
from standards.services.commenting import write_comment
from standards.services.voting import record_vote, reveal
from tests import factories as make
from tests.addresses import PAGES

SENTINEL = "Zanzibar"
# Where votes are at home; only one test, the widest, looks everywhere.
NEAR = ("room:", "standards:session", "standards:projector", "standards:results", "api-exercise")
MASKS = [
    (re.compile(r'name="(csrfmiddlewaretoken|mutation|token)" value="[^"]*"'), r'name="\1"'),
    (re.compile(r"(csrftoken|sessionid)=\w+"), r"\1"),
    (re.compile(r"[Ee]xpires=[^;]*"), "expires"),
]
Seen = dict[tuple[str, str], tuple]


class Clock:
    """The time that everything is done at, moved by hand."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now().replace(second=0, microsecond=0)

    def pass_minutes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @contextmanager
    def set_back(self) -> Iterator[None]:
        """Set it back, in the end, to when this began."""
        start = self.now
        yield
        self.now = start


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


class Room:
    """Two tables; `voters` sit at the first, and everybody else somewhere or nowhere."""

    def __init__(self, partnership, facilitator, clock: Clock, **fields) -> None:
        self.clock, self.where = clock, NEAR
        self.session: Session = make.open_room(partnership, 2, 2, 2, **fields)
        self.session.exercise.facilitators.add(facilitator)
        self.table, self.other = self.session.working_groups.order_by("number")
        self.voters = [make.seat(self.table) for _ in range(4)]
        self.standard: Standard = self.session.exercise.framework.standards.get(number=1)
        self.people = {
            "recorder": self.table.participants.get(is_recorder=True).user,
            "at the same table": self.table.participants.exclude(is_recorder=True)[0].user,
            "guest at the other table": make.seat(self.other, self._guest(partnership)).user,
            "facilitator": facilitator,
        }

    @staticmethod
    def _guest(partnership):
        return make.member(partnership, Role.GUEST, "Guest")

    def vote(self, voter: int, value: str | None = None, reason: str = "", **given) -> None:
        kind = "score" if value else "not_applicable" if reason else "pass"
        seat = Participant.objects.select_related("working_group__session__exercise", "user").get(
            pk=self.voters[voter].pk
        )
        ballot = make.ballot(value, kind=kind, reason=reason, **given)
        record_vote(participant=seat, ballot=ballot, by=seat.user)

    def comment(self, voter: int, text: str) -> None:
        seat = self.voters[voter]
        given = {"working_group": self.table, "standard": self.standard, "side": "working_well"}
        write_comment(**given, text=text, version=0, by=seat.user, participant=seat)

    def reveal(self) -> None:
        recorder = self.people["recorder"]
        reveal(working_group=self.table, standard=self.standard, by=recorder, acknowledged=True)

    def addresses(self) -> list[str]:
        """Every address that the site answers, and each poll from before and from now."""
        place = {
            "slug": self.session.exercise.partnership.slug,
            "number": 1,
            "framework": self.session.exercise.framework.slug,
            "key": self.session.join_key,
            "table": "csv",
            "format": "html",
        }
        place |= dict.fromkeys(["exercise", "running"], self.session.exercise.identifier)
        place |= dict.fromkeys(["session", "closed_session"], self.session.identifier)
        place |= dict.fromkeys(["group", "closed_group"], self.table.identifier)
        pages = [
            reverse(name, args=[place[each] for each in names])
            for name, (names, _) in PAGES.items()
            if set(names) <= place.keys() and name.startswith(self.where)
        ]
        poll = reverse("room:poll", args=[self.table.identifier])
        beat = Pulse.objects.get(working_group=self.table).beat
        polls = [f"{poll}?beat={n}&standard=1" for n in (0, beat)] + [f"{poll}?beat={beat}"]
        download = reverse("standards:results_download", args=[*self._exercise, "xlsx"])
        return [*pages, *polls, download]

    @property
    def _exercise(self) -> list[str]:
        exercise = self.session.exercise
        return [exercise.partnership.slug, exercise.identifier]

    def seen_after(self, story: Callable[[], None], *more: str) -> Seen:
        """What everybody gets after this has happened, which is then undone."""
        with undone(), self.clock.set_back():
            until = self.clock.now + timedelta(minutes=30)
            story()
            self.clock.now = until
            return {
                (who, address): look(client, address)
                for who, client in self._clients(more)
                for address in self.addresses()
            }

    def _clients(self, more: tuple[str, ...]) -> Iterator[tuple[str, Client]]:
        for who, user in self.people.items():
            client = Client(headers={"HX-Request": "true"} if who in more else {})
            if user:
                client.force_login(user)
            yield who, client


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def look(client: Client, address: str) -> tuple:
    response = client.get(address)
    body = response.getvalue() if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    cookies = sorted(mask(cookie.OutputString()) for cookie in response.cookies.values())
    if response["Content-Type"].startswith("application/vnd"):
        return response.status_code, headers, cookies, len(body)
    return response.status_code, headers, cookies, mask(body.decode())


def mask(text: str) -> str:
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


def told_apart(one: Seen, other: Seen) -> list[tuple[str, str]]:
    assert one.keys() == other.keys()
    return [key for key in one if one[key] != other[key]]


@pytest.fixture
def everybody(request, partnership, soak: bool) -> dict:
    names = ["administrator", "board_member", "observer", "outsider"]
    names += ["manager", "officer"] if soak else []  # who may do what an administrator may
    return {name: request.getfixturevalue(name) for name in names} | {"anonymous": None}


@pytest.fixture
def room(partnership, facilitator, everybody, clock) -> Room:
    made = Room(partnership, facilitator, clock)
    made.people |= everybody
    clock.pass_minutes(1)
    return made


def voted_once(room: Room) -> None:
    room.vote(0, "2")
    room.vote(1, "4")


def voted_otherwise(room: Room) -> None:
    """The same people voted, but changed their minds later, on two devices, with reasons."""
    room.vote(0, "5")
    room.vote(1, "1", reason=SENTINEL)
    room.clock.pass_minutes(9)
    room.vote(0, "3", reason=SENTINEL)
    room.vote(0, None, f"{SENTINEL} does this", base_version=1)
    room.comment(0, f"{SENTINEL} does it well")
    room.clock.pass_minutes(9)
    room.vote(1, None, base_version=1)


@pytest.mark.soak
def test_nobody_can_tell_how_others_voted_before_the_reveal(room: Room):
    room.where = ("",)
    one = room.seen_after(partial(voted_once, room))
    other = room.seen_after(partial(voted_otherwise, room))

    assert told_apart(one, other) == []
    assert [key for key, seen in other.items() if SENTINEL in str(seen)] == []
    found = {status for status, *_ in one.values()}
    assert found >= {200, 204, 302, 403, 404}


def test_a_page_script_is_told_no_more_than_a_person(room: Room):
    room.people = {
        who: room.people[who] for who in ("recorder", "at the same table", "administrator")
    }
    one = room.seen_after(partial(voted_once, room), *room.people)
    other = room.seen_after(partial(voted_otherwise, room), *room.people)

    assert told_apart(one, other) == []


def test_the_comparison_would_tell(room: Room):
    """The voters themselves see the difference, and their group sees who has voted."""
    room.people = {"voter": room.voters[0].user, "recorder": room.people["recorder"]}
    one = room.seen_after(partial(voted_once, room))
    other = room.seen_after(partial(voted_otherwise, room))
    only_one = room.seen_after(partial(room.vote, 0, "2"))

    page = reverse("room:standard", args=[room.table.identifier, 1])
    assert ("voter", page) in told_apart(one, other)
    assert {who for who, _ in told_apart(one, other)} == {"voter"}
    assert SENTINEL in str(other["voter", page])
    assert one["recorder", page] != only_one["recorder", page]


def test_a_second_round_is_as_secret_as_the_first(room: Room):
    voted_once(room)
    room.reveal()
    room.people = {
        who: room.people[who] for who in ("recorder", "at the same table", "facilitator")
    }
    one = room.seen_after(partial(room.vote, 0, "1", round=2))
    other = room.seen_after(partial(room.vote, 0, None, f"{SENTINEL} does this", round=2))

    assert told_apart(one, other) == []


def test_a_late_vote_is_its_voters_alone(room: Room):
    voted_once(room)
    room.reveal()
    room.people = {
        who: room.people[who] for who in ("recorder", "at the same table", "facilitator")
    }
    nothing = room.seen_after(lambda: None)
    late = room.seen_after(partial(room.vote, 2, None, f"{SENTINEL} does this"))

    assert told_apart(nothing, late) == []


def votes_of(room: Room, first: int, second: int, third: int, fourth: int) -> None:
    """The same four votes by different people, and the reveal."""
    given = ["2", "5", f"{SENTINEL} does this", "Zimbabwe does this"]
    for voter, which in enumerate((first, second, third, fourth)):
        if which < 2:
            room.vote(voter, given[which])
        else:
            room.vote(voter, None, given[which])
    room.reveal()


@pytest.mark.parametrize("shows_names", [False, True])
def test_after_the_reveal_names_are_seen_only_where_the_exercise_said_so(
    partnership, facilitator, administrator, clock, shows_names: bool
):
    room = Room(partnership, facilitator, clock, shows_names=shows_names)
    room.people |= {"administrator": administrator}
    one = room.seen_after(partial(votes_of, room, 0, 1, 2, 3))
    other = room.seen_after(partial(votes_of, room, 1, 0, 3, 2))

    page = reverse("room:standard", args=[room.table.identifier, 1])
    assert "does this" in str(one["at the same table", page])
    apart = {who for who, _ in told_apart(one, other)}
    assert apart == ({"recorder", "at the same table"} if shows_names else set())
