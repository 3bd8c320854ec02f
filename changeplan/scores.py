"""The scores that a plan was made from, as its pages and its versions show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standards import analysis
from standards.analysis import StandardAverage, StandardChange
from standards.material import materials
from standards.models import Exercise, Standard
from standards.results import averages_from
from standards.scale import SCALE_HIGH

from .plan import PlanFacts


@dataclass(frozen=True)
class Scores:
    """The plan's standards in its exercise: averages, and changes since the exercise before, by
    number. Empty where nothing was scored, or where the reader may not see it yet."""

    averages: Mapping[int, StandardAverage]
    changes: Mapping[int, StandardChange]
    high: int = SCALE_HIGH

    def __bool__(self) -> bool:
        return any(average.value is not None for average in self.averages.values())

    @property
    def compared(self) -> bool:
        return any(change.previous is not None for change in self.changes.values())


NO_SCORES = Scores({}, {})


def scores_of(facts: PlanFacts) -> Scores:
    """Return the scores of a scored exercise, in three queries."""
    return scores_on(facts.plan.exercise, [entry.standard for entry in facts.entries])


def scores_on(exercise: Exercise, standards: Sequence[Standard]) -> Scores:
    """The same, for whoever has the standards at hand."""
    if not exercise.is_scored:
        return NO_SCORES
    previous = exercise.previous
    if previous and previous.framework_id != exercise.framework_id:
        previous = None
    both = [exercise, previous] if previous else [exercise]
    found = materials(both, standards)
    averages = averages_from(exercise, found[exercise.pk], standards)
    before = averages_from(previous, found[previous.pk], standards) if previous else ()
    return Scores(
        {average.standard: average for average in averages},
        {change.standard: change for change in analysis.changes(averages, before)},
    )
