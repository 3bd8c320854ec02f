"""Exercises in a few words and figures, for lists and front pages."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from partnership.numbers import counted, listing

from . import analysis
from .analysis import Ranking, StandardAverage
from .material import Material, materials
from .models import Exercise, Finding, Standard
from .results import LISTED, averages_from


def standards_words(numbers: Sequence[int]) -> str:
    """Return "Standard 3", or "Standards 5, 8 and 12"."""
    return f"Standard{'' if len(numbers) == 1 else 's'} {listing(numbers)}"


@dataclass(frozen=True)
class Headline:
    """One exercise. `averages` are empty and `findings` 0 where the reader may not see them."""

    exercise: Exercise
    material: Material
    averages: tuple[StandardAverage, ...]
    standards: Mapping[int, Standard]
    findings: Mapping[str, int]
    shown: bool

    @property
    def strongest(self) -> Ranking:
        return analysis.strongest(self.averages, 1)

    @property
    def lowest(self) -> Ranking:
        return analysis.lowest(self.averages, 1)

    @property
    def ends(self) -> list[tuple[str, list[tuple[Standard, StandardAverage]], str]]:
        """The strongest and the lowest standards with their averages, and a note on ties."""
        rankings = (
            ("Strongest", analysis.strongest(self.averages, LISTED)),
            ("Lowest", analysis.lowest(self.averages, LISTED)),
        )
        return [
            (label, [(self.standards[row.standard], row) for row in ranking.rows], ranking.note)
            for label, ranking in rankings
        ]

    @property
    def is_scored(self) -> bool:
        """Whether there is an average to show."""
        return bool(self.lowest.rows)

    @property
    def strongest_words(self) -> str:
        """ "Standards 5, 8 and 12"."""
        return standards_words(self.strongest.standards)

    @property
    def lowest_words(self) -> str:
        return standards_words(self.lowest.standards)

    @property
    def finding_words(self) -> str:
        """ "4 strengths, 7 themes, 6 improvement priorities"; "" where there are none."""
        nouns = (
            (Finding.Kind.STRENGTH, "strength", ""),
            (Finding.Kind.THEME, "theme", ""),
            (Finding.Kind.PRIORITY, "improvement priority", "improvement priorities"),
        )
        counts = [(self.findings.get(kind, 0), noun, plural) for kind, noun, plural in nouns]
        return ", ".join(counted(number, *words) for number, *words in counts if number)

    @property
    def turnout(self) -> str:
        """ "7 working groups, 43 people"; people only where anybody counted them."""
        groups, people = len(self.material.groups), self.material.participants
        parts = [counted(groups, "working group")] if groups else []
        parts += [counted(people, "person", "people")] if people else []
        return ", ".join(parts)


def headlines(
    exercises: Iterable[Exercise], shown: Callable[[Exercise], bool]
) -> tuple[Headline, ...]:
    """Return the exercises' headlines in the order given, in four or five queries however many.

    `shown` says whose results the reader may see.
    """
    exercises = tuple(exercises)
    frameworks = {exercise.framework_id for exercise in exercises}
    standards = Standard.objects.filter(framework__in=frameworks).order_by("number")
    by_framework: dict[int, list[Standard]] = defaultdict(list)
    for standard in standards:
        by_framework[standard.framework_id].append(standard)
    found, findings = materials(exercises, standards), _findings(exercises)
    return tuple(
        _headline(
            each,
            found[each.pk],
            by_framework[each.framework_id],
            findings[each.pk],
            shown(each),
        )
        for each in exercises
    )


def _headline(
    exercise: Exercise,
    material: Material,
    standards: list[Standard],
    findings: Mapping[str, int],
    shown: bool,
) -> Headline:
    return Headline(
        exercise,
        material,
        averages_from(exercise, material, standards) if shown else (),
        {standard.number: standard for standard in standards},
        findings if shown else {},
        shown,
    )


def _findings(exercises: Iterable[Exercise]) -> dict[int, dict[str, int]]:
    """Return how many findings of each kind the exercises have, by primary key."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Finding.objects.filter(exercise__in=exercises).order_by()
    for exercise, kind, number in rows.values_list("exercise", "kind").annotate(Count("pk")):
        found[exercise][kind] = number
    return found
