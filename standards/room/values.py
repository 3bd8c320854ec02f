"""What a member of a working group is shown: frozen, finished values."""

from dataclasses import dataclass
from enum import StrEnum

from partnership.numbers import in_words, plain

from ..models import Exercise, Participant, ScaleLevel, Score, Session, Standard, Vote, WorkingGroup


class Stage(StrEnum):
    """How far a group is with a standard, as one of its members sees it."""

    TO_DISCUSS = "to discuss"
    TO_VOTE = "to vote"
    VOTED = "you have voted"
    REVEALED = "votes revealed"
    TO_AGREE = "to agree"
    AGREED = "agreed"

    @property
    def words(self) -> str:
        return self.value.capitalize()

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return {"agreed": "done", "you have voted": "active", "votes revealed": "warning"}.get(
            self.value, "waiting"
        )


@dataclass(frozen=True)
class Person:
    """Somebody in the group. `has_voted` is about the standard and the round in hand."""

    key: int
    identifier: str
    name: str
    is_recorder: bool
    has_device: bool
    is_me: bool
    is_guest: bool
    has_voted: bool = False


@dataclass(frozen=True)
class Step:
    """One standard in the group's list. `revealed` counts the rounds the group has seen;
    `version` is that of its score, 0 where there is none."""

    standard: Standard
    stage: Stage
    voters: frozenset[int]
    revealed: int
    score: Score | None

    @property
    def number(self) -> int:
        return self.standard.number

    @property
    def agreed(self) -> str:
        """The agreed score in words, "" while there is none."""
        if self.score is None or not self.score.is_agreed:
            return ""
        return score_words(self.score)


@dataclass(frozen=True)
class Room:
    """A working group as one of its members finds it."""

    seat: Participant
    beat: int
    people: tuple[Person, ...]
    steps: tuple[Step, ...]

    @property
    def group(self) -> WorkingGroup:
        return self.seat.working_group

    @property
    def session(self) -> Session:
        return self.group.session

    @property
    def exercise(self) -> Exercise:
        return self.session.exercise

    @property
    def is_open(self) -> bool:
        return self.session.state == Session.State.OPEN

    @property
    def votes(self) -> bool:
        """Whether members vote before the group agrees."""
        return self.exercise.is_voted_on

    @property
    def recorder(self) -> Person | None:
        return next((person for person in self.people if person.is_recorder), None)

    @property
    def offered(self) -> Step | None:
        """The standard that the facilitator offers the whole room."""
        return next((s for s in self.steps if s.standard.pk == self.session.offered_id), None)

    @property
    def has_begun(self) -> bool:
        """Whether the group has voted on or agreed anything."""
        return any(step.voters or step.revealed or step.agreed for step in self.steps)

    @property
    def agreed(self) -> int:
        return sum(step.stage == Stage.AGREED for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first standard that still asks something of this member."""
        waiting = (Stage.TO_VOTE, Stage.TO_AGREE, Stage.TO_DISCUSS)
        return next((step for step in self.steps if step.stage in waiting), None)


@dataclass(frozen=True)
class Tally:
    """How many gave one answer in a revealed round. `names` is empty unless the exercise shows
    them; `dots` are the places in x of one mark for each, a mark taking 24."""

    label: str
    wording: str
    count: int
    names: tuple[str, ...]

    @property
    def dots(self) -> range:
        return range(12, 24 * self.count + 12, 24)


@dataclass(frozen=True)
class Round:
    """One revealed round of votes: a tally for each point of the scale, then those without one."""

    number: int
    points: tuple[Tally, ...]
    others: tuple[Tally, ...]
    reasons: tuple[str, ...]
    summary: str

    @property
    def width(self) -> int:
        """Of the picture, in the units of `Tally.dots`."""
        return 24 * max(6, *(tally.count for tally in self.points))


@dataclass(frozen=True)
class Remark:
    """What somebody said of the standard; `author` is "" unless the exercise shows names."""

    side: str
    text: str
    author: str


@dataclass(frozen=True)
class OnStandard:
    """A group at one standard."""

    room: Room
    step: Step
    people: tuple[Person, ...]
    rounds: tuple[Round, ...]
    said: tuple[tuple[str, tuple[Remark, ...]], ...]
    levels: tuple[ScaleLevel, ...]

    @property
    def standard(self) -> Standard:
        return self.step.standard

    @property
    def round(self) -> int:
        """The round that takes votes."""
        return self.step.revealed + 1

    @property
    def is_agreed(self) -> bool:
        return self.step.stage == Stage.AGREED

    @property
    def voted(self) -> int:
        return sum(person.has_voted for person in self.people)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has not voted in this round."""
        return tuple(person.name for person in self.people if not person.has_voted)

    @property
    def progress(self) -> str:
        """ "Five of six have voted." """
        if self.voted == len(self.people):
            return "All have voted." if self.voted > 1 else "You have voted."
        count = in_words(self.voted).capitalize() if self.voted else "None"
        has = "has" if self.voted == 1 else "have"
        return f"{count} of {in_words(len(self.people))} {has} voted."

    @property
    def takes_votes(self) -> bool:
        return self.room.votes and self.room.is_open and not self.is_agreed

    @property
    def may_agree(self) -> bool:
        """Whether the recorder may write the agreed score now."""
        if not (self.room.is_open and self.room.seat.is_recorder and self.room.exercise.is_scored):
            return False
        return not self.is_agreed and (self.step.revealed > 0 or not self.room.votes)

    @property
    def without_device(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if not person.has_device)

    @property
    def state(self) -> str:
        """What the member's own forms depend on: it changes with a reveal, an agreement, a
        reopening, the end of the session, or a new recorder."""
        score = self.step.score.version if self.step.score else 0
        flags = self.room.is_open, self.room.seat.is_recorder
        return "-".join(str(int(part)) for part in (self.step.revealed, score, *flags))

    @property
    def news(self) -> str:
        """What a screen reader is told when it changes."""
        if not self.room.is_open:
            return "The session is closed."
        if self.is_agreed:
            return f"The group agreed: {self.step.agreed}."
        if self.step.revealed and not self.voted:
            return "The votes are revealed."
        if self.takes_votes and self.voted == len(self.people) > 1:
            return "All have voted."
        return ""

    @property
    def before(self) -> Step | None:
        place = self.room.steps.index(self.step)
        return self.room.steps[place - 1] if place else None

    @property
    def after(self) -> Step | None:
        return next(iter(self.room.steps[self.room.steps.index(self.step) + 1 :]), None)


@dataclass(frozen=True)
class OwnAnswer:
    """A voter's own answer in the round that takes votes, "" where there is none, what they
    answered in the rounds before, and what came too late."""

    round: int
    answer: str
    reason: str
    version: int
    earlier: tuple[tuple[int, str], ...]
    late: tuple[tuple[str, str], ...]


def score_words(score: Score) -> str:
    return "Not applicable" if score.value is None else plain(score.value)


def vote_words(vote: Vote) -> str:
    return vote.get_kind_display() if vote.value is None else plain(vote.value)
