"""Blocks that say what the scores were: sentences and tables made from the results."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from partnership.charts import Bar, bar_chart
from partnership.numbers import counted, display, in_words, listing
from partnership.richtext import Paragraph, RichText, Run, text
from standards import analysis
from standards.analysis import Ranking, StandardAverage
from standards.models import Standard
from standards.pages import ResultsPage, spread_words
from standards.pages.words import coverage_words
from standards.results import Results, StandardResult
from standards.scale import SCALE_HIGH, SCALE_LOW

from ..document import Chart, Column, Item, NumberedParagraph, Prose, Table
from ..models import Block
from .facts import Facts, NothingToShow
from .figures import written
from .numbering import Numbers

OUT_OF = f"Average (of {SCALE_HIGH})"
COHORTS_BESIDE = 4  # cohorts that fit the width of a page


def score_range(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """One paragraph: whose scores, their range, what its levels mean, and cohorts compared."""
    results = facts.scored
    sentences = [who_scored(results), range_words(results), *cohort_words(facts)]
    said = " ".join(sentence for sentence in sentences if sentence)
    yield NumberedParagraph(numbers.next(), text(said) + written(facts, block.text))


def who_scored(results: Results) -> str:
    """ "Seven working groups scored the 12 standards: six strategic and one operational." """
    groups = results.material.groups
    if not groups:
        return f"The {len(results.standards)} standards were scored."
    cohorts = Counter(group.cohort.name for group in groups)
    parts = listing(f"{in_words(n)} in the {name} cohort" for name, n in cohorts.items())
    told = f": {parts}" if len(cohorts) > 1 else ""
    count = counted(len(groups), "working group").replace(str(len(groups)), in_words(len(groups)))
    return f"{count.capitalize()} scored the {len(results.standards)} standards{told}."


def range_words(results: Results) -> str:
    """Say which bands of the scale the averages fall in, by floor: 2.7 is in the range of two."""
    scored = [average for average in results.averages if average.displayed is not None]
    if not scored:
        return "No standard has been scored."
    share = (
        "All the average scores"
        if len(scored) == len(results.averages)
        else (f"The average scores of {in_words(len(scored))} of them")
    )
    bands = [in_words(band) for band in results.bands]
    return (
        f"{share} are in the range of {either(bands)}, on a scale of {SCALE_LOW} to {SCALE_HIGH}"
        f"{_meanings(results)}."
    )


def either(words: list[str]) -> str:
    """Return "two", "two or three", "two, three or four"."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def cohort_words(facts: Facts) -> list[str]:
    """Say which cohort scored lower throughout: worked out, or reported without figures."""
    worked_out = [consistency.words for consistency in facts.results.consistency]
    reported = [
        f"It is reported that the {comparison.lower} cohort’s averages were consistently lower "
        f"than the {comparison.higher} cohort’s{_exceptions(comparison.exceptions.all())}; "
        "the figures of each were not printed."
        for comparison in facts.reported_comparisons
    ]
    return worked_out + reported


def cohort_comparison(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """The cohorts' averages side by side, and what is to be said of them."""
    cohorts = facts.results.cohorts
    said = text(" ".join(cohort_words(facts)))
    if not (cohorts or said):
        raise NothingToShow("No averages of single cohorts are known.")
    yield NumberedParagraph(numbers.next(), written(facts, block.text) + said)
    for first in range(0, len(cohorts), COHORTS_BESIDE):
        last = min(first + COHORTS_BESIDE, len(cohorts))
        yield _of_cohorts(facts.results, first, last)


def _of_cohorts(results: Results, first: int, last: int) -> Table:
    """Return as many cohorts as a page is wide; the difference between all stands with the last."""
    names = [Column(cohort.cohort, 2, numeric=True) for cohort in results.cohorts[first:last]]
    whole = len(results.cohorts) <= COHORTS_BESIDE
    ends = last == len(results.cohorts)
    which = "" if whole else f", {first + 1} to {last} of {len(results.cohorts)}"
    gap = (Column("Difference", 2, numeric=True),) if ends else ()
    return Table(
        f"Average score of each cohort{which}",
        (Column("Standard", 6), *names, *gap),
        tuple(
            (
                titled(row.standard),
                *(text(shown(average)) for average in row.by_cohort[first:last]),
                *([text(display(row.gap.value, missing="–"))] if ends else []),
            )
            for row in results.rows
        ),
    )


def averaging_method(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    yield Prose(written(facts, block.text) + text(facts.scored.method.words))


def strongest(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    ranking = analysis.strongest(facts.scored.averages, block.count or 3)
    return _ranked(facts, block, numbers, ranking, "Strongest standards")


def lowest(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    ranking = analysis.lowest(facts.scored.averages, block.count or 3)
    return _ranked(facts, block, numbers, ranking, "Standards with the lowest average score")


def score_chart(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """Every standard's average as a picture, and the same figures as a table."""
    results = facts.scored
    pairs = list(zip(results.standards, results.averages, strict=True))
    title = "Average score of each standard"
    description = "; ".join(f"standard {s.number}: {shown(average)}" for s, average in pairs)
    svg = bar_chart(
        [Bar(f"{s.number}. {s.title}", average.displayed) for s, average in pairs],
        Decimal(SCALE_LOW),
        Decimal(SCALE_HIGH),
        f"{title}. {description.capitalize()}",  # the one text a PDF takes as the alternative
        "",
        f"scores-{block.identifier}",
    )
    yield Prose(written(facts, block.text))
    yield Chart(svg, title, description)
    rows = tuple((titled(s), text(shown(average))) for s, average in pairs)
    yield Table(title, (Column("Standard", 5), Column(OUT_OF, 2, numeric=True)), rows)


def scores_table(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """Every standard's average with what stands behind it: the cohorts, where they fit beside it,
    how many groups scored, and how far their scores lie apart."""
    results = facts.scored
    few = len(results.cohorts) < COHORTS_BESIDE
    cohorts = results.cohorts if few else ()
    columns = [Column("Standard", 6), Column(OUT_OF, 2, numeric=True)]
    columns += [Column(cohort.cohort, 2, numeric=True) for cohort in cohorts]
    if results.has_group_scores:
        columns += [Column("Groups", 2, numeric=True), Column("Scores from and to", 2)]
    yield Prose(written(facts, block.text))
    rows = tuple(_score_row(results, row, len(cohorts)) for row in results.rows)
    yield Table("Scores of all standards", tuple(columns), rows, note=results.method.words)


def _score_row(results: Results, row: StandardResult, cohorts: int) -> tuple[RichText, ...]:
    groups = coverage_words(row.average, len(results.material.groups))
    behind = (text(groups), text(spread_words(row.spread))) if results.has_group_scores else ()
    each = (text(shown(average)) for average in row.by_cohort[:cohorts])
    return (titled(row.standard), text(shown(row.average)), *each, *behind)


def change_since(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """The standards whose averages moved since the exercise before, and a sentence on the rest."""
    results = facts.scored
    if results.previous is None:
        raise NothingToShow("There is no earlier exercise to compare the scores with.")
    page = ResultsPage(results, (), {}, (), None)
    said = text(" ".join(filter(None, (change_words(results), page.methods_differ))))
    yield NumberedParagraph(numbers.next(), written(facts, block.text) + said)
    rows = tuple(
        (
            titled(row.standard),
            text(str(row.change.previous)),
            text(str(row.change.current)),
            text(row.change.words),
        )
        for row in results.rows
        if row.change and row.change.moved
    )
    if rows:
        figures = (Column(name, 2, numeric=True) for name in ("Then", "Now", "Change"))
        caption = f"Average scores that moved since {results.previous.title}"
        yield Table(caption, (Column("Standard", 6), *figures), rows, note=page.unmoved)


def change_words(results: Results) -> str:
    """ "Since the first exercise, four averages rose, one fell and seven stayed as they were." """
    known = [each.change for each in results.changes if each.change is not None]
    counts = {
        "rose": sum(change > 0 for change in known),
        "fell": sum(change < 0 for change in known),
        "stayed as they were": sum(change == 0 for change in known),
    }
    parts = [f"{in_words(count)} {verb}" for verb, count in counts.items() if count]
    named = results.previous.title if results.previous else ""
    if not parts:
        return f"No average can be compared with {named}."
    first, *rest = parts
    noun = "average" if first.startswith("one ") else "averages"
    told = listing([first.replace(" ", f" {noun} ", 1), *rest])
    return f"Since {named}, {told}."


def titled(standard: Standard) -> RichText:
    """Return "5. We really understand …" with its emphasised phrases."""
    return (Paragraph((Run(f"{standard.number}. "), *standard.title_runs)),)


def shown(average: StandardAverage) -> str:
    """Return the average at one place, or that there is none; never 0."""
    return display(average.value, missing="Not scored")


def _ranked(
    facts: Facts, block: Block, numbers: Numbers, ranking: Ranking, caption: str
) -> Iterable[Item]:
    by_number = {standard.number: standard for standard in facts.results.standards}
    yield NumberedParagraph(numbers.next(), written(facts, block.text) or text(f"{caption}:"))
    if ranking.rows:
        yield Table(
            caption,
            (Column("Standard", 5), Column(OUT_OF, 2, numeric=True)),
            tuple((titled(by_number[row.standard]), text(shown(row))) for row in ranking.rows),
            note=ranking.note,
        )
    else:
        yield Prose(text(ranking.note))


def _meanings(results: Results) -> str:
    """ " (two: begun to move forward …; three: …)", for the bands whose wording is known."""
    known = [
        f"{in_words(int(level.value))}: “{level.wording}”"
        for level in results.levels
        if level.value in results.bands
    ]
    return f" ({'; '.join(known)})" if known else ""


def _exceptions(standards: Iterable[Standard]) -> str:
    numbers = [standard.number for standard in standards]
    return f", standards {listing(numbers)} apart" if numbers else ""
