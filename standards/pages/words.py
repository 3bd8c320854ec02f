"""How scores, votes and their spread read on every page of an exercise."""

from collections.abc import Sequence

from partnership.numbers import display, plain

from ..analysis import GroupScore, Spread, StandardAverage

NOT_APPLICABLE, NOT_SCORED = "n/a", "–"


def spread_words(spread: Spread | None, of: str = "group") -> str:
    """Return "2 to 4.5", "All 3", "3, one group only" (or vote), or "" where there is no score."""
    if spread is None:
        return ""
    if not spread.comparable:
        return f"{plain(spread.low)}, one {of} only"
    if not spread.range:
        return f"All {plain(spread.low)}"
    return f"{plain(spread.low)} to {plain(spread.high)}"


def agreement_words(spread: Spread | None) -> str:
    """Return the consensus, from "0.00" to "1.00"; "" where nothing can be compared."""
    return display(spread.consensus, 2) if spread and spread.comparable else ""


def answer_words(answer: GroupScore) -> str:
    """Return a group's answer as a table shows it."""
    if answer.not_applicable:
        return NOT_APPLICABLE
    return NOT_SCORED if answer.value is None else plain(answer.value)


def coverage_words(average: StandardAverage, groups: int) -> str:
    """Return how many groups stand behind an average: "7", or "6 of 7"."""
    if average.recorded:
        return ""
    return str(groups) if average.n == groups else f"{average.n} of {groups}"


def either(words: Sequence[str]) -> str:
    """Return "two", "two or three", "one, two or three"."""
    *rest, last = words
    return f"{', '.join(rest)} or {last}" if rest else last
