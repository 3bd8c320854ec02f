"""An exercise's results: the one place that turns its records into analysis.

Pages, the API and papers read the frozen `Results`. The queries are four or five, for seven
working groups as for seventy.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from . import analysis
from .analysis import (
    CohortAverages,
    CohortGap,
    Completeness,
    Consistency,
    Discussion,
    GroupScore,
    Method,
    Ranking,
    Spread,
    StandardAverage,
    StandardChange,
)
from .material import Material, levels_for, materials, people
from .models import Exercise, ReportedComparison, ScaleLevel, Standard

LISTED = 3  # how many standards "strongest" and "lowest" ask for


@dataclass(frozen=True)
class StandardResult:
    """All that the scores say about one standard. `level` is what the scale says of the band its
    average has reached; `by_cohort` follows the order of `Results.cohorts`."""

    standard: Standard
    average: StandardAverage
    scores: tuple[GroupScore, ...]
    spread: Spread | None
    level: ScaleLevel | None
    by_cohort: tuple[StandardAverage, ...]
    gap: CohortGap
    change: StandardChange | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The groups that have still to score it."""
        return tuple(s.group for s in self.scores if s.value is None and not s.not_applicable)

    @property
    def not_applicable(self) -> tuple[str, ...]:
        """The groups that said it does not apply to them."""
        return tuple(score.group for score in self.scores if score.not_applicable)


@dataclass(frozen=True)
class GroupRow:
    """One working group's answers, one for each standard in order."""

    group: str
    identifier: str
    cohort: str
    people: int
    answers: tuple[GroupScore, ...]


@dataclass(frozen=True)
class Results:
    """An exercise's averages, one for each standard in the order of the numbers, and everything
    that follows from them. `previous` is the exercise that `changes` compare with."""

    exercise: Exercise
    levels: tuple[ScaleLevel, ...]
    standards: tuple[Standard, ...]
    material: Material
    averages: tuple[StandardAverage, ...]
    previous: Exercise | None = None
    changes: tuple[StandardChange, ...] = ()

    @property
    def method(self) -> Method:
        return Method(self.exercise.averaging)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(standard.number for standard in self.standards)

    @property
    def has_group_scores(self) -> bool:
        """Whether working groups' own answers are held, and not only published averages."""
        return any(s.value is not None or s.not_applicable for s in self.material.scores)

    @property
    def has_scores(self) -> bool:
        """Whether there is anything to show, of groups or as published figures."""
        return self.has_group_scores or any(a.value is not None for a in self.averages)

    @property
    def bands(self) -> tuple[int, ...]:
        """The levels of the scale that the averages have reached, lowest first."""
        return analysis.bands(self.averages)

    def strongest(self, count: int = LISTED) -> Ranking:
        return analysis.strongest(self.averages, count)

    def lowest(self, count: int = LISTED) -> Ranking:
        return analysis.lowest(self.averages, count)

    @cached_property
    def cohorts(self) -> tuple[CohortAverages, ...]:
        """The averages of every cohort that has any, in the order of the cohorts."""
        source = self.material
        found = analysis.cohort_averages(
            source.scores, source.cohorts, self.numbers, self.method, source.published
        )
        return tuple(c for c in found if any(a.value is not None for a in c.averages))

    @cached_property
    def gaps(self) -> tuple[CohortGap, ...]:
        return analysis.cohort_gaps(self.cohorts)

    @cached_property
    def discussions(self) -> tuple[Discussion, ...]:
        """Where groups disagree, most first."""
        return analysis.discuss_first(self.material.scores, self.numbers, self.gaps)

    @cached_property
    def consistency(self) -> tuple[Consistency, ...]:
        """Each pair of cohorts of which one scored lower on more than half of the standards."""
        pairs = permutations([cohort.cohort for cohort in self.cohorts], 2)
        found = [analysis.consistently_lower(self.cohorts, low, high) for low, high in pairs]
        return tuple(each for each in found if each.mostly)

    @cached_property
    def completeness(self) -> Completeness:
        names = self.material.names.values()
        return analysis.completeness(self.material.scores, names, self.numbers)

    @cached_property
    def rows(self) -> tuple[StandardResult, ...]:
        """One row for every standard, in the order of the numbers."""
        by_standard: dict[int, list[GroupScore]] = defaultdict(list)
        for score in self.material.scores:
            by_standard[score.standard].append(score)
        return tuple(
            self._row(place, standard, tuple(by_standard[standard.number]))
            for place, standard in enumerate(self.standards)
        )

    @cached_property
    def by_group(self) -> tuple[GroupRow, ...]:
        """The working groups in order, each with its answers."""
        answers: dict[str, list[GroupScore]] = defaultdict(list)
        for score in self.material.scores:
            answers[score.group].append(score)
        return tuple(
            GroupRow(name, group.identifier, group.cohort.name, people(group), tuple(answers[name]))
            for group in self.material.groups
            for name in [self.material.names[group.pk]]
        )

    def row(self, number: int) -> StandardResult | None:
        """Return the row of a standard, None where the framework has no such number."""
        return next((row for row in self.rows if row.standard.number == number), None)

    def _row(
        self, place: int, standard: Standard, scores: tuple[GroupScore, ...]
    ) -> StandardResult:
        average = self.averages[place]
        reached = None if average.displayed is None else analysis.band(average.displayed)
        return StandardResult(
            standard,
            average,
            scores,
            analysis.spread(score.value for score in scores if score.value is not None),
            next((level for level in self.levels if level.value == reached), None),
            tuple(cohort.averages[place] for cohort in self.cohorts),
            self.gaps[place] if self.gaps else CohortGap(standard.number, None),
            self.changes[place] if self.changes else None,
        )


def results_for(exercise: Exercise) -> Results:
    """Return an exercise's results, compared with the exercise before it where that used the same
    framework and was scored."""
    standards = tuple(exercise.framework.standards.order_by("number"))
    levels = levels_for(exercise.framework_id, exercise.partnership_id)
    previous = exercise.previous
    if previous and previous.framework_id != exercise.framework_id:
        previous = None
    found = materials([exercise, previous] if previous else [exercise], standards)
    material = found[exercise.pk]
    averages = averages_from(exercise, material, standards)
    before = averages_from(previous, found[previous.pk], standards) if previous else ()
    if not any(average.value is not None for average in before):
        return Results(exercise, levels, standards, material, averages)
    changes = analysis.changes(averages, before)
    return Results(exercise, levels, standards, material, averages, previous, changes)


def averages_of(exercises: Iterable[Exercise]) -> dict[int, tuple[StandardAverage, ...]]:
    """Return the averages of several exercises, by primary key, in three or four queries."""
    exercises = tuple(exercises)
    frameworks = {exercise.framework_id for exercise in exercises}
    standards = tuple(Standard.objects.filter(framework__in=frameworks).order_by("number"))
    found = materials(exercises, standards)
    return {
        exercise.pk: averages_from(
            exercise,
            found[exercise.pk],
            [each for each in standards if each.framework_id == exercise.framework_id],
        )
        for exercise in exercises
    }


def reported_comparisons(exercise: Exercise) -> tuple[ReportedComparison, ...]:
    """Return what a source says of two cohorts without printing their figures."""
    found = exercise.reported_comparisons.select_related("lower", "higher")
    return tuple(found.prefetch_related("exceptions"))


def averages_from(
    exercise: Exercise, material: Material, standards: Sequence[Standard]
) -> tuple[StandardAverage, ...]:
    """Return one average for each standard, by the exercise's own method."""
    numbers = [standard.number for standard in standards]
    method = Method(exercise.averaging)
    return analysis.averages(material.scores, numbers, method, material.published)
