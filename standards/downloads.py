"""An exercise's results as tables with every column, for spreadsheet programs.

A column is a heading and what it says of one standard. Reasons and comments are the groups' words,
so only those who may read comments get them; votes are those that were revealed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnership.sheets import Cell, Sheet

from .analysis import GroupScore, Spread
from .conclusions import Findings
from .models import Comment
from .results import Results, StandardResult
from .votes import SCALE, Ballot, Within

NOT_SCORED, NOT_APPLICABLE = "Not scored", "Not applicable"


@dataclass(frozen=True)
class Column:
    """One column of the results: its heading, and its cell for a standard."""

    heading: str
    cell: Callable[[StandardResult], Cell]


def results_sheet(
    results: Results, votes: Mapping[int, Within], version: int | None, with_reasons: bool
) -> Sheet:
    """Return a row for every standard. `version` is that of the results, None before closing."""
    columns = [*_standard(), *_averages(results)]
    if results.has_group_scores:
        columns += [*_coverage(), *_spread()]
    columns += [*_cohorts(results), *_change(results)]
    if results.has_group_scores:
        columns += _answers(results, with_reasons)
    columns += _votes(results, votes)
    columns += [Column("Method", lambda _: results.method.label)]
    columns += [Column("Results version", lambda _: version or "Not closed")]
    return Sheet(
        "Results",
        tuple(column.heading for column in columns),
        tuple(tuple(column.cell(row) for column in columns) for row in results.rows),
    )


def comments_sheet(comments: Iterable[Comment]) -> Sheet:
    """Return a row for every comment, in the order given."""
    headings = ("Standard", "Title", "Side", "Comment", "Working group", "Cohort", "Session")
    return Sheet("Comments", headings, tuple(_comment(comment) for comment in comments))


def findings_sheet(said: Findings) -> Sheet:
    """Return a row for every finding: the results of an exercise without scores."""
    headings = ("Kind", "Number", "Title", "Text", "Standards", "Raised by")
    rows = tuple(
        (
            finding.get_kind_display(),
            finding.number,
            finding.title,
            finding.text,
            ", ".join(str(standard.number) for standard in finding.standards.all()),
            "; ".join(each.raiser or "Unattributed" for each in finding.attributions.all()),
        )
        for _, _, found in said.kinds
        for finding in found
    )
    return Sheet("Findings", headings, rows)


def _standard() -> list[Column]:
    return [
        Column("Standard", lambda row: row.standard.number),
        Column("Title", lambda row: row.standard.title),
    ]


def _averages(results: Results) -> list[Column]:
    return [
        Column("Average", lambda row: _or_not_scored(row.average.displayed)),
        Column("Exact average", lambda row: row.average.value),
        Column("Level reached", lambda row: row.level.wording if row.level else None),
    ]


def _coverage() -> list[Column]:
    return [
        Column("Groups in the average", lambda row: row.average.n),
        Column("Groups not scored", lambda row: row.average.missing),
        Column("Groups not applicable", lambda row: row.average.not_applicable),
        Column("Groups without people", lambda row: row.average.weightless),
    ]


def _spread() -> list[Column]:
    return [
        Column("Lowest score", _of_spread(lambda spread: spread.low)),
        Column("Highest score", _of_spread(lambda spread: spread.high)),
        Column("Range", _of_spread(lambda spread: spread.range, least=2)),
        Column("Standard deviation", _of_spread(lambda s: s.standard_deviation, least=2)),
        Column("Consensus", _of_spread(lambda spread: spread.consensus, least=2)),
    ]


def _of_spread(
    figure: Callable[[Spread], Decimal], least: int = 1
) -> Callable[[StandardResult], Cell]:
    """Return a figure of how the scores lie, where there are at least so many."""
    return lambda row: figure(row.spread) if row.spread and row.spread.n >= least else None


def _cohorts(results: Results) -> list[Column]:
    columns = [
        Column(f"Average of {cohort.cohort}", _of_cohort(place))
        for place, cohort in enumerate(results.cohorts)
    ]
    return [*columns, Column("Gap between cohorts", lambda row: row.gap.value)]


def _of_cohort(place: int) -> Callable[[StandardResult], Cell]:
    return lambda row: _or_not_scored(row.by_cohort[place].displayed)


def _change(results: Results) -> list[Column]:
    if not results.previous:
        return []
    changes = {change.standard: change for change in results.changes}
    return [
        Column("Average last time", lambda row: changes[row.standard.number].previous),
        Column("Change", lambda row: changes[row.standard.number].change),
    ]


def _answers(results: Results, with_reasons: bool) -> list[Column]:
    """Return a column for each group's score, and beside it one for its reason."""
    reasons = results.material.reasons
    columns = []
    for place, group in enumerate(results.by_group):
        columns.append(Column(f"Score of {group.group}", _answer(place)))
        if with_reasons:
            columns.append(Column(f"Reason of {group.group}", _reason(reasons, group.group)))
    return columns


def _answer(place: int) -> Callable[[StandardResult], Cell]:
    return lambda row: _agreed(row.scores[place])


def _reason(reasons: Mapping[tuple[str, int], str], group: str) -> Callable[[StandardResult], Cell]:
    return lambda row: reasons.get((group, row.standard.number))


def _votes(results: Results, votes: Mapping[int, Within]) -> list[Column]:
    """Return for each group that voted how many gave each score, passed or said not applicable."""
    voted = {ballot.group for within in votes.values() for ballot in within.ballots}
    ballots = {
        (number, ballot.group): ballot
        for number, within in votes.items()
        for ballot in within.ballots
    }
    return [
        Column(f"{words} in {group}", _count(ballots, group, count))
        for group in results.material.names.values()
        if group in voted
        for words, count in COUNTS
    ]


def _count(
    ballots: Mapping[tuple[int, str], Ballot], group: str, count: Callable[[Ballot], int]
) -> Callable[[StandardResult], Cell]:
    def cell(row: StandardResult) -> Cell:
        ballot = ballots.get((row.standard.number, group))
        return count(ballot) if ballot else None

    return cell


def _level(place: int) -> Callable[[Ballot], int]:
    return lambda ballot: ballot.counts[place]


COUNTS: list[tuple[str, Callable[[Ballot], int]]] = [
    *((f"Votes for {point}", _level(place)) for place, point in enumerate(SCALE)),
    ("Passes", lambda ballot: ballot.passes),
    ("Votes for not applicable", lambda ballot: ballot.not_applicable),
]


def _agreed(score: GroupScore) -> Cell:
    return NOT_APPLICABLE if score.not_applicable else _or_not_scored(score.value)


def _or_not_scored(value: Cell) -> Cell:
    return NOT_SCORED if value is None else value


def _comment(comment: Comment) -> tuple[Cell, ...]:
    group, standard = comment.working_group, comment.standard
    place = (standard.number, standard.title) if standard else (None, "In general")
    side = comment.get_side_display()
    return (*place, side, comment.text, group.name, group.cohort.name, group.session.title)
