"""How the members of each working group voted, as counts: a person's vote stays private.

Only rounds that the group's recorder has revealed are counted. A round that never was stays its
voters' own, also when the exercise has closed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, OuterRef, Subquery

from .analysis import Spread, mean, spread
from .material import Material
from .models import Exercise, Reveal, Standard, Vote
from .scale import SCALE_HIGH, SCALE_LOW

SCALE = tuple(range(SCALE_LOW, SCALE_HIGH + 1))


@dataclass(frozen=True)
class Ballot:
    """One group's votes on one standard, each member's last. `counts` follow the scale, lowest
    first; passes and "not applicable" have no place in the spread."""

    group: str
    counts: tuple[int, ...]
    passes: int
    not_applicable: int
    spread: Spread | None

    @property
    def n(self) -> int:
        """How many members gave a score."""
        return sum(self.counts)

    @property
    def voters(self) -> int:
        """How many members answered at all."""
        return self.n + self.passes + self.not_applicable


@dataclass(frozen=True)
class Within:
    """The votes on one standard inside the working groups, in the order of the groups."""

    ballots: tuple[Ballot, ...] = ()

    @property
    def n(self) -> int:
        return sum(ballot.n for ballot in self.ballots)

    @property
    def passes(self) -> int:
        return sum(ballot.passes for ballot in self.ballots)

    @property
    def not_applicable(self) -> int:
        return sum(ballot.not_applicable for ballot in self.ballots)

    @property
    def voters(self) -> int:
        return sum(ballot.voters for ballot in self.ballots)

    @property
    def comparable(self) -> tuple[tuple[Ballot, Spread], ...]:
        """The groups of which at least two members gave a score, with how these lie."""
        return tuple((b, b.spread) for b in self.ballots if b.spread and b.spread.comparable)

    @property
    def range(self) -> Decimal | None:
        """The distance between the votes of the group whose members lie furthest apart, in points
        of the scale; None where no group can be compared."""
        return max((each.range for _, each in self.comparable), default=None)

    @property
    def widest(self) -> tuple[Ballot, ...]:
        """The groups whose members lie furthest apart; none where all members agree."""
        return tuple(b for b, each in self.comparable if each.range and each.range == self.range)

    @property
    def consensus(self) -> Decimal | None:
        """The mean of the groups' own consensus, every group counting equally (0 to 1)."""
        return mean(each.consensus for _, each in self.comparable) if self.comparable else None


def votes_within(
    exercise: Exercise, material: Material, standard: Standard | None = None
) -> dict[int, Within]:
    """Return the revealed votes on every standard that has any, or on one, by its number. One
    query."""
    votes: dict[tuple[int, int], list[Vote]] = defaultdict(list)
    for vote in _last_votes(exercise, standard):
        votes[vote.standard.number, vote.participant.working_group_id].append(vote)
    numbers = sorted({number for number, _ in votes})
    return {
        number: Within(
            tuple(
                _ballot(name, votes[number, group])
                for group, name in material.names.items()
                if (number, group) in votes
            )
        )
        for number in numbers
    }


def _last_votes(exercise: Exercise, standard: Standard | None) -> Iterable[Vote]:
    """Return each person's last vote on each standard among the rounds that were revealed."""
    revealed = Reveal.objects.filter(
        working_group=OuterRef("participant__working_group"), standard=OuterRef("standard")
    ).order_by("-round")
    votes = Vote.objects.filter(participant__working_group__session__exercise=exercise)
    if standard:
        votes = votes.filter(standard=standard)
    shown = votes.annotate(revealed=Subquery(revealed.values("round")[:1])).filter(
        round__lte=F("revealed")
    )
    in_order = shown.select_related("participant", "standard").order_by("round", "participant")
    return {(vote.participant_id, vote.standard_id): vote for vote in in_order}.values()


def _ballot(group: str, votes: list[Vote]) -> Ballot:
    values = [vote.value for vote in votes if vote.value is not None]
    kinds = Counter(vote.kind for vote in votes)
    return Ballot(
        group,
        tuple(values.count(Decimal(point)) for point in SCALE),
        kinds[Vote.Kind.PASS],
        kinds[Vote.Kind.NOT_APPLICABLE],
        spread(values),
    )
