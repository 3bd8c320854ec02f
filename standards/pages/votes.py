"""Votes within the groups beside the scores between them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnership.numbers import display, listing, plain

from ..analysis import GroupScore, Spread
from ..results import StandardResult
from ..votes import Ballot, Within
from .words import NOT_SCORED, agreement_words, answer_words, spread_words


@dataclass(frozen=True)
class VoteRow:
    """One standard: how far apart the groups lie, and how far the members inside them."""

    row: StandardResult
    href: str
    within: Within

    @property
    def widest(self) -> str:
        """ "2 to 5 in Table one and Table two"; "" where all members agree with their group."""
        by_votes: dict[str, list[str]] = {}
        for ballot in self.within.widest:
            by_votes.setdefault(spread_words(ballot.spread), []).append(ballot.group)
        return "; ".join(f"{votes} in {listing(groups)}" for votes, groups in by_votes.items())

    @property
    def between(self) -> Spread | None:
        """How the groups' agreed scores lie, where there are two to compare."""
        spread = self.row.spread
        return spread if spread and spread.comparable else None

    @property
    def is_hidden(self) -> bool:
        """Whether members of one group lie further apart than the groups do."""
        return bool(self.between and (self.within.range or 0) > self.between.range)


@dataclass(frozen=True)
class BallotRow:
    """One group's votes on a standard, with what it then agreed."""

    ballot: Ballot
    agreed: str

    @property
    def votes(self) -> str:
        return spread_words(self.ballot.spread, "vote") or NOT_SCORED

    @property
    def consensus(self) -> str:
        return agreement_words(self.ballot.spread) or NOT_SCORED


def vote_rows(
    rows: Iterable[tuple[StandardResult, str]], votes: Mapping[int, Within]
) -> list[VoteRow]:
    """Return a line for each standard and its address, none where no votes were revealed."""
    if not votes:
        return []
    return [VoteRow(row, href, votes.get(row.standard.number, Within())) for row, href in rows]


def furthest_apart(rows: Iterable[VoteRow], count: int) -> list[VoteRow]:
    """Return the first few standards on which members of one group lie more than a point apart,
    most first, then by number."""
    found = [row for row in rows if row.within.range and row.within.range > 1]
    return sorted(found, key=lambda row: (-(row.within.range or 0), row.row.standard.number))[
        :count
    ]


def measures(rows: Iterable[VoteRow]) -> list[tuple[str, list[str]]]:
    """Return what the table says of each standard, measure by measure."""
    rows = tuple(rows)
    told: dict[str, Callable[[VoteRow], str]] = {
        "Range between groups": lambda row: _points(row.between.range if row.between else None),
        "Range within a group": lambda row: _points(row.within.range),
        "Consensus between groups": lambda row: agreement_words(row.between) or NOT_SCORED,
        "Consensus within groups": lambda row: _share(row.within.consensus),
        "Members who gave a score": lambda row: str(row.within.n),
        "Passed": lambda row: str(row.within.passes),
        "Said not applicable": lambda row: str(row.within.not_applicable),
    }
    return [(measure, [words(row) for row in rows]) for measure, words in told.items()]


def _points(value: Decimal | None) -> str:
    return NOT_SCORED if value is None else plain(value)


def _share(value: Decimal | None) -> str:
    return display(value, 2, missing=NOT_SCORED)


def hidden_words(rows: Iterable[VoteRow]) -> str:
    """Say on which standards the agreed scores hide how far members lie apart; "" for none."""
    numbers = [row.row.standard.number for row in rows if row.is_hidden]
    if not numbers:
        return ""
    noun = "standard" if len(numbers) == 1 else "standards"
    return (
        f"On {noun} {listing(numbers)} the members of one group lie further apart than the "
        "groups do: the agreed scores alone would not show it."
    )


def between_words(spread: Spread | None) -> str:
    """Return "Between the groups: 2 to 4.5, consensus 0.73." to set beside their votes."""
    if not spread or not spread.comparable:
        return ""
    return f"Between the groups: {spread_words(spread)}, consensus {agreement_words(spread)}."


def ballot_rows(within: Within, scores: Iterable[GroupScore]) -> list[BallotRow]:
    """Return a line for each group that voted on the standard."""
    agreed = {score.group: answer_words(score) for score in scores}
    return [BallotRow(ballot, agreed[ballot.group]) for ballot in within.ballots]
