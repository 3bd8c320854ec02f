"""Making a change plan of an exercise, empty or from the plan of the cycle before."""

from django.db import transaction

from partnership import order, records
from partnership.models import User
from partnership.rules import RuleBroken
from standards.models import Exercise
from standards.services.results import latest_version

from ..models import ChangePlan, PlanEntry
from .carrying import carry_over, require_carriable


@transaction.atomic
def make_plan(
    *,
    exercise: Exercise,
    title: str,
    arrangement: str,
    previous: ChangePlan | None = None,
    by: User,
) -> ChangePlan:
    """Make the plan, with an entry for every standard, from the exercise's results as they stand;
    with `previous`, what that plan said is carried over.

    Raises RuleBroken before the exercise has closed, for a title that another plan has, and where
    nothing can be carried over from `previous`.
    """
    order.hold(exercise.partnership)  # a second press of the button finds the first's plan
    if not exercise.is_closed:
        raise RuleBroken(
            f"{exercise.title} has not closed, and a plan follows from results that stand. "
            "Close the exercise first."
        )
    if ChangePlan.objects.filter(partnership=exercise.partnership, title=title).exists():
        raise RuleBroken("There is a plan of this title already.")
    plan = records.create(
        ChangePlan,
        by=by,
        partnership=exercise.partnership,
        exercise=exercise,
        results_version=latest_version(exercise),
        previous=previous,
        title=title,
        arrangement=arrangement,
    )
    for standard in exercise.framework.standards.order_by("number"):
        records.create(PlanEntry, by=by, plan=plan, standard=standard)
    if previous:
        require_carriable(previous, plan)
        carry_over(previous=previous, plan=plan, by=by)
    return plan
