"""What exercises recorded, turned from rows into the plain values that analysis takes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from .analysis import GroupScore, Method, PublishedFigure
from .models import (
    Cohort,
    Exercise,
    PublishedScore,
    ScaleLevel,
    ScaleWording,
    Score,
    Standard,
    WorkingGroup,
)

Row = TypeVar("Row")
OWN = "partnership"  # whose words a level is in, beside `ScaleLevel.Origin`


@dataclass(frozen=True)
class Material:
    """What one exercise recorded. `names` gives each working group, by primary key, a name unique
    in the exercise; `cohorts` are those with groups or figures; `scores` holds a row for every
    group and standard, without a value where nothing was agreed; `reasons` is Markdown by group
    name and standard number."""

    groups: tuple[WorkingGroup, ...]
    names: Mapping[int, str]
    cohorts: tuple[str, ...]
    scores: tuple[GroupScore, ...]
    reasons: Mapping[tuple[str, int], str]
    published: tuple[PublishedFigure, ...]

    @property
    def participants(self) -> int:
        return sum(people(group) for group in self.groups)


def materials(exercises: Iterable[Exercise], standards: Iterable[Standard]) -> dict[int, Material]:
    """Return what each exercise recorded on `standards`, by primary key, in two queries; in three
    where the averages of any are recorded figures.

    The standards may be those of several frameworks; each exercise takes its own.
    """
    exercises, standards = tuple(exercises), tuple(standards)
    groups = _grouped(working_groups(exercises), lambda group: group.session.exercise_id)
    scores = _grouped(
        Score.objects.agreed()
        .filter(working_group__session__exercise__in=exercises)
        .order_by("pk"),
        lambda score: score.working_group_id,
    )
    recorded = [each for each in exercises if each.averaging == Method.RECORDED_FIGURES]
    published = _grouped(  # an empty list asks the database nothing
        PublishedScore.objects.filter(exercise__in=recorded).select_related("cohort"),
        lambda figure: figure.exercise_id,
    )
    return {
        exercise.pk: _material(
            groups[exercise.pk],
            [score for group in groups[exercise.pk] for score in scores[group.pk]],
            published[exercise.pk],
            {s.pk: s.number for s in standards if s.framework_id == exercise.framework_id},
        )
        for exercise in exercises
    }


def working_groups(exercises: Iterable[Exercise]) -> Iterable[WorkingGroup]:
    """Return the exercises' working groups with session, cohort and number of people, in order."""
    found = WorkingGroup.objects.filter(session__exercise__in=tuple(exercises))
    return (
        found.select_related("session", "cohort")
        .annotate(people=Count("participants"))
        .order_by("session__number", "number")
    )


def levels_for(framework: int, partnership: int) -> tuple[ScaleLevel, ...]:
    """Return the levels of a framework's scale in order, each in the partnership's own words where
    it has any; `origin` is then "partnership". One query."""
    own = ScaleWording.objects.filter(level=OuterRef("pk"), partnership=partnership)
    found = ScaleLevel.objects.filter(framework=framework).order_by("value")
    levels = tuple(found.annotate(own=Coalesce(Subquery(own.values("wording")), Value(""))))
    for level in levels:
        if level.own:
            level.wording, level.origin = level.own, OWN
    return levels


def people(group: WorkingGroup) -> int:
    """Return how many took part in a group that `working_groups` fetched."""
    return int(group.people)  # type: ignore[attr-defined]  # annotated


def unique_names(groups: Iterable[WorkingGroup]) -> dict[int, str]:
    """Return a name for each group; one used in several sessions has its session's added."""
    groups = tuple(groups)
    used = Counter(group.name for group in groups)
    return {
        group.pk: group.name if used[group.name] == 1 else f"{group.name} ({group.session.title})"
        for group in groups
    }


def _material(
    groups: Sequence[WorkingGroup],
    scores: Iterable[Score],
    published: Iterable[PublishedScore],
    numbers: Mapping[int, int],
) -> Material:
    names = unique_names(groups)
    cells = {(score.working_group_id, score.standard_id): score for score in scores}
    figures = [figure for figure in published if figure.standard_id in numbers]
    return Material(
        tuple(groups),
        names,
        tuple(cohort.name for cohort in _cohorts(groups, figures)),
        tuple(
            _score(group, names[group.pk], number, cells.get((group.pk, standard)))
            for standard, number in sorted(numbers.items(), key=lambda pair: pair[1])
            for group in groups
        ),
        {
            (names[group], numbers[standard]): score.reason
            for (group, standard), score in cells.items()
            if score.reason and standard in numbers
        },
        tuple(_figure(figure, numbers[figure.standard_id]) for figure in figures),
    )


def _cohorts(groups: Iterable[WorkingGroup], figures: Iterable[PublishedScore]) -> list[Cohort]:
    """Return the cohorts that have groups or figures, in the order of their numbers."""
    known = {group.cohort for group in groups} | {f.cohort for f in figures if f.cohort}
    return sorted(known, key=lambda cohort: cohort.number)


def _score(group: WorkingGroup, name: str, number: int, score: Score | None) -> GroupScore:
    return GroupScore(
        name,
        group.cohort.name,
        number,
        score.value if score else None,
        people(group),
        not_applicable=bool(score and score.not_applicable),
    )


def _figure(figure: PublishedScore, number: int) -> PublishedFigure:
    return PublishedFigure(number, figure.value, figure.cohort.name if figure.cohort else None)


def _grouped(rows: Iterable[Row], key: Callable[[Row], int]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
