"""The results page in finished words and figures; its template only lays them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.urls import reverse

from partnership.charts import Picture
from partnership.numbers import counted, display, in_words, listing, round_half_up

from ..analysis import Discussion, Method, StandardChange
from ..comments import Spoken
from ..headlines import standards_words
from ..models import ReportedComparison, ScaleLevel
from ..pictures import averages_picture, change_picture
from ..results import LISTED, Results, StandardResult
from ..scale import SCALE_HIGH
from ..versions import Revision
from ..votes import Within
from .votes import VoteRow, furthest_apart, hidden_words, measures, vote_rows
from .words import (
    NOT_SCORED,
    agreement_words,
    answer_words,
    coverage_words,
    either,
    spread_words,
)

DISCUSSED = 5  # how many standards "discuss first" lists


@dataclass(frozen=True)
class AbsentRow:
    """A standard that some groups found not applicable, without them and with them."""

    row: StandardResult
    reasons: tuple[tuple[str, str], ...]

    @property
    def without(self) -> str:
        average = self.row.average
        return f"{display(average.value, missing='Not scored')} of {counted(average.n, 'group')}"

    @property
    def share(self) -> str:
        """ "1 of 7 groups (14%)" said so."""
        average = self.row.average
        percent = round_half_up((average.not_applicable_share or 0) * 100, 0)  # type: ignore[arg-type]
        answered = counted(average.answered, "group")
        return f"{average.not_applicable} of {answered} ({percent}%)"


@dataclass(frozen=True)
class ResultsPage:
    """Everything the results page says beside `results` itself. Reasons are the groups' words, so
    they are shown only to those who may read comments: to others `spoken` is None. `votes` are
    those that were revealed and `spoken` the numbers of comments, by standard."""

    results: Results
    reported: tuple[ReportedComparison, ...]
    votes: Mapping[int, Within]
    revisions: tuple[Revision, ...]
    spoken: Mapping[int, Spoken] | None

    @cached_property
    def chart(self) -> Picture:
        return averages_picture(self.results)

    @cached_property
    def change_chart(self) -> Picture | None:
        return change_picture(self.results)

    @property
    def range_sentence(self) -> str:
        """ "All averages are in the range of two or three …", and what these levels mean."""
        levels = {level.value: level.wording for level in self.results.levels}
        bands = self.results.bands
        if not bands:
            return ""
        meaning = either([levels[band] for band in bands if band in levels])
        return (
            f"All averages are in the range of {either([in_words(band) for band in bands])}, on a "
            f"scale of 1 to {SCALE_HIGH}: {meaning}."
        )

    @property
    def tiles(self) -> list[dict[str, object]]:
        results = self.results
        tiles = [*_ends(results), _who(results)]
        if results.discussions:
            first = results.discussions[0]
            tiles.append(
                _tile(
                    "Widest spread",
                    spread_words(first.spread),
                    f"Standard {first.standard}: discuss it first",
                    "#discuss-first",
                )
            )
        if results.previous:
            tiles.append(_movement(results))
        return tiles

    @property
    def chart_caption(self) -> str:
        if self.results.has_group_scores:
            return "Every working group’s score, and the average"
        return "Average score for each standard"

    @property
    def discuss(self) -> list[dict[str, object]]:
        """The first few of the standards on which groups disagree, with who stands where."""
        rows = {row.standard.number: row for row in self.results.rows}
        return [
            {
                "discussion": each,
                "row": rows[each.standard],
                "href": self.href(each.standard),
                "who": _who_stands_where(each),
            }
            for each in self.results.discussions[:DISCUSSED]
        ]

    @property
    def discuss_rest(self) -> str:
        """A sentence on the standards that are not listed."""
        rest = [each.standard for each in self.results.discussions[DISCUSSED:]]
        return f"Groups also differ on {standards_words(sorted(rest)).lower()}." if rest else ""

    @property
    def ends(self) -> list[dict[str, object]]:
        """The strongest and the lowest standards, and a note where ties lengthen a list."""
        rows = {row.standard.number: row for row in self.results.rows}
        rankings = (("Strongest", self.results.strongest()), ("Lowest", self.results.lowest()))
        return [
            {
                "label": label,
                "rows": [
                    {
                        "standard": rows[number].standard,
                        "average": rows[number].average,
                        "href": self.href(number),
                    }
                    for number in ranking.standards
                ],
                "note": ranking.note,
            }
            for label, ranking in rankings
        ]

    @property
    def change_words(self) -> list[str]:
        """The change of each standard as a narrow column shows it: "+0.4", "0.0" or a dash."""
        words = (each.words for each in self.results.changes)
        return [
            {"no change": "0.0", "not comparable": NOT_SCORED}.get(each, each) for each in words
        ]

    @property
    def moved(self) -> list[dict[str, object]]:
        """The standards that rose and those that fell, the furthest first: a few by their titles,
        the rest in words."""
        rows = {row.standard.number: row for row in self.results.rows}
        changes = sorted(
            (each for each in self.results.changes if each.change),
            key=lambda each: (-abs(each.change or Decimal()), each.standard),
        )
        up = [each for each in changes if each.change and each.change > 0]
        down = [each for each in changes if each not in up]
        return [
            {
                "label": label,
                "rows": [
                    {"row": rows[each.standard], "href": self.href(each.standard)}
                    for each in ends[:LISTED]
                ],
                "rest": _also(ends[LISTED:]),
            }
            for label, ends in (("Up", up), ("Down", down))
        ]

    @property
    def unmoved(self) -> str:
        """ "No change on standards 2 and 5. Standard 3 cannot be compared."; "" where all moved."""
        changes = self.results.changes
        still = [each.standard for each in changes if each.change is not None and not each.moved]
        alone = [each.standard for each in changes if each.change is None]
        said = [f"No change on {standards_words(still).lower()}."] if still else []
        said += [f"{standards_words(alone)} cannot be compared."] if alone else []
        return " ".join(said)

    @cached_property
    def vote_rows(self) -> list[VoteRow]:
        """The votes inside the groups, standard by standard; none where none were revealed."""
        rows = ((row, self.href(row.standard.number)) for row in self.results.rows)
        return vote_rows(rows, self.votes)

    @property
    def hidden(self) -> str:
        return hidden_words(self.vote_rows)

    @property
    def apart(self) -> list[VoteRow]:
        return furthest_apart(self.vote_rows, DISCUSSED)

    @property
    def vote_measures(self) -> list[tuple[str, list[str]]]:
        return measures(self.vote_rows)

    @property
    def said(self) -> list[tuple[int, Spoken]]:
        """How much was said of each standard; nothing where nobody spoke or the reader may not
        know."""
        if not self.spoken:
            return []
        return [(number, self.spoken.get(number, Spoken())) for number in self.results.numbers]

    @property
    def methods_differ(self) -> str:
        """What to know where the exercise before averaged in another way; else ""."""
        previous = self.results.previous
        if previous is None or previous.averaging == self.results.exercise.averaging:
            return ""
        return f"Last time: {Method(previous.averaging).words} Now: {self.results.method.words}"

    def href(self, number: int) -> str:
        """Return the address of a standard's own page."""
        exercise = self.results.exercise
        place = [exercise.partnership.slug, exercise.identifier, number]
        return reverse("standards:standard", args=place)

    @property
    def table(self) -> list[dict[str, object]]:
        """One line of the table of averages for each standard."""
        groups = len(self.results.material.groups)
        return [
            {
                "row": row,
                "href": self.href(row.standard.number),
                "groups": coverage_words(row.average, groups),
                "spread": spread_words(row.spread),
                "agreement": agreement_words(row.spread),
            }
            for row in self.results.rows
        ]

    @property
    def absent(self) -> tuple[AbsentRow, ...]:
        """The standards that some groups found not applicable."""
        reasons = {} if self.spoken is None else self.results.material.reasons
        return tuple(
            AbsentRow(
                row,
                tuple(
                    (group, reasons.get((group, row.standard.number), ""))
                    for group in row.not_applicable
                ),
            )
            for row in self.results.rows
            if row.not_applicable
        )

    @property
    def missing(self) -> list[tuple[StandardResult, str]]:
        """The standards that some groups have still to score, and which groups."""
        if not self.results.has_group_scores:
            return []
        return [(row, listing(row.missing)) for row in self.results.rows if row.missing]

    @property
    def matrix(self) -> list[tuple[object, list[str]]]:
        """Each group with its scores as words: "3.5", "n/a", or a dash where there is none."""
        return [(row, [answer_words(a) for a in row.answers]) for row in self.results.by_group]

    @property
    def compares_cohorts(self) -> bool:
        return len(self.results.cohorts) > 1

    @property
    def own_levels(self) -> list[ScaleLevel]:
        """The levels whose wording is this product's own and not the framework's."""
        return [level for level in self.results.levels if level.origin == ScaleLevel.Origin.PRODUCT]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The sections that this page has, in order."""
        results = self.results
        sections = (
            ("Discuss first", "discuss-first", results.discussions),
            ("Averages", "averages", True),
            ("Strongest and lowest", "strongest-and-lowest", True),
            ("Cohorts", "cohorts", self.compares_cohorts or self.reported),
            ("Change", "change", results.previous),
            ("Each group’s scores", "groups", results.has_group_scores),
            ("Votes inside the groups", "votes", self.vote_rows),
            ("What was said", "said", self.said),
            ("Not in the averages", "absent", self.absent or self.missing),
            ("The scale and the method", "method", True),
            ("Versions", "versions", self.revisions),
            ("Download", "downloads", True),
        )
        return [(label, f"#{key}") for label, key, there in sections if there]


def _who_stands_where(each: Discussion) -> str:
    """Return "Lowest: Managers. Highest: Table one and Table two."; "" where all agree."""
    if not each.spread.range:
        return ""
    return f"Lowest: {listing(each.lowest)}. Highest: {listing(each.highest)}."


def _also(changes: Sequence[StandardChange]) -> str:
    """Return "Also standards 1 (+0.3) and 4 (+0.2)."; "" for none."""
    noun = "standard" if len(changes) == 1 else "standards"
    words = listing(f"{each.standard} ({each.words})" for each in changes)
    return f"Also {noun} {words}." if changes else ""


def _tile(label: str, value: object, note: str, href: str = "") -> dict[str, object]:
    return {"label": label, "value": value, "note": note, "href": href}


def _ends(results: Results) -> list[dict[str, object]]:
    """Return the tiles of the strongest and the lowest standards."""
    ends = (("Strongest", results.strongest(1)), ("Lowest", results.lowest(1)))
    return [
        _tile(label, ranking.cut, standards_words(ranking.standards), "#strongest-and-lowest")
        for label, ranking in ends
        if ranking.rows
    ]


def _who(results: Results) -> dict[str, object]:
    source = results.material
    if not results.has_group_scores:
        scored = sum(average.value is not None for average in results.averages)
        return _tile(
            "Published averages", scored, f"of {counted(len(results.numbers), 'standard')}"
        )
    cells = results.completeness.overall
    note = counted(source.participants, "person", "people") if source.participants else ""
    if cells.missing:
        note = f"{cells.missing} of {cells.total} scores still missing"
    tile = _tile("Working groups", len(source.groups), note, "#groups")
    return tile | {"tone": "warning" if cells.missing else ""}


def _movement(results: Results) -> dict[str, object]:
    changes = [change.change for change in results.changes if change.change]
    up = sum(change > 0 for change in changes)
    note = f"{len(changes) - up} down since {results.previous}"
    return _tile("Change", f"{up} up", note, "#change")
