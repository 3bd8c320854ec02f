"""Rules about scores, improvement priorities, days and complete plans."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Q, Sum

from changeplan.models import ActionLink, ChangePlan, PlanEntry, SupportEntitlement
from partnership.numbers import display
from standards.models import (
    Exercise,
    Finding,
    PublishedScore,
    ResultsVersion,
    Score,
    Standard,
    Vote,
)
from standards.results import averages_of
from standards.scale import SCALE_HIGH, SCALE_LOW

from .rules import Rule

HALVES = [Decimal(point) + Decimal("0.5") for point in range(SCALE_LOW, SCALE_HIGH)]

FIGURES = [
    Rule(
        Score,
        Q(working_group__session__exercise__half_points=False, value__in=HALVES),
        "{working_group__session__exercise__title}: {working_group__name} scored standard"
        " {standard__number} with the half point {value}, and the exercise allows none.",
    ),
    Rule(
        Score,
        Q(working_group__session__exercise__is_scored=False),
        "{working_group__session__exercise__title}: {working_group__name} scored standard"
        " {standard__number}, and the exercise has no scores.",
    ),
    Rule(
        Vote,
        Q(participant__working_group__session__exercise__is_scored=False),
        "{participant__working_group__session__exercise__title}: somebody in"
        " {participant__working_group__name} voted, and the exercise has no scores.",
    ),
    Rule(
        PublishedScore,
        Q(exercise__is_scored=False),
        "{exercise__title}: standard {standard__number} has a published average, and the exercise"
        " has no scores.",
    ),
    Rule(
        ActionLink,
        Q(priority__isnull=False) & ~Q(priority__kind=Finding.Kind.PRIORITY),
        "{action__plan__title}: action {action__number} answers {priority__kind}"
        " {priority__number}, which is not an improvement priority.",
    ),
]


def too_many_days_agreed() -> Iterator[str]:
    """Yield confirmed entitlements of which more days are agreed than there are."""
    known = SupportEntitlement.objects.filter(is_approximate=False, days__isnull=False)
    found = known.annotate(agreed=Sum("allocations__agreed")).filter(agreed__gt=F("days"))
    for title, programme, agreed, days in found.order_by("pk").values_list(
        "plan__title", "programme", "agreed", "days"
    ):
        yield f"{title}: {agreed} days of {programme} are agreed, of {days} that there are."


def results_moved() -> Iterator[str]:
    """Yield the averages that are no longer what the last version of their results says."""
    last = {row.exercise_id: row for row in ResultsVersion.objects.order_by("exercise", "number")}
    exercises = Exercise.objects.filter(pk__in=last).order_by("pk")
    for exercise, averages in zip(exercises, averages_of(exercises).values(), strict=True):
        version = last[exercise.pk]
        for average in averages:
            said = version.averages.get(str(average.standard)) or "nothing"
            found = display(average.value, missing="nothing")
            if said != found:
                yield (
                    f"{exercise.title}: standard {average.standard} averages {found}, and version"
                    f" {version.number} of its results says {said}."
                )


def entries_missing() -> Iterator[str]:
    """Yield the standards for which a plan has no entry, in three queries."""
    standards, entries = defaultdict(set), defaultdict(set)
    for framework, number in Standard.objects.values_list("framework", "number"):
        standards[framework].add(number)
    for plan, number in PlanEntry.objects.values_list("plan", "standard__number"):
        entries[plan].add(number)
    plans = ChangePlan.objects.order_by("pk").values_list("pk", "title", "exercise__framework")
    for plan, title, framework in plans:
        for number in sorted(standards[framework] - entries[plan]):
            yield f"{title}: standard {number} has no entry."
