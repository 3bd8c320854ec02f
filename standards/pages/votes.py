"""Votes within the groups beside the scores between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnership.numbers import display, listing

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
    def between_scores(self) -> str:
        return spread_words(self.row.spread) or NOT_SCORED

    @property
    def between_consensus(self) -> str:
        return agreement_words(self.row.spread) or NOT_SCORED

    @property
    def within_votes(self) -> str:
        """ "2 to 5 in Table one", or "All agree in each group"."""
        if not self.within.comparable:
            return NOT_SCORED
        if not self.within.widest:
            return "Members agree in every group"
        by_votes: dict[str, list[str]] = {}
        for ballot in self.within.widest:
            by_votes.setdefault(spread_words(ballot.spread), []).append(ballot.group)
        return "; ".join(f"{votes} in {listing(groups)}" for votes, groups in by_votes.items())

    @property
    def within_consensus(self) -> str:
        return display(self.within.consensus, 2, missing=NOT_SCORED)

    @property
    def scored(self) -> str:
        """How many of those who answered gave a score: "18 of 21"."""
        n, voters = self.within.n, self.within.voters
        return str(n) if n == voters else f"{n} of {voters}"

    @property
    def is_hidden(self) -> bool:
        """Whether members of one group lie further apart than the groups do."""
        between, within = self.row.spread, self.within.range
        return bool(between and between.comparable and within and within > between.range)


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
