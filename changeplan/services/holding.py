"""A plan is held while it is written to, so that nothing changes once it is before the board."""

from partnership.rules import RuleBroken

from ..models import ChangePlan

STANDS = "This plan stands as it was put to the board. Begin a new version to change it."


def hold(plan: ChangePlan) -> ChangePlan:
    """Lock the plan until the transaction ends, and return it as it is now."""
    return ChangePlan.objects.select_for_update().get(pk=plan.pk)


def hold_to_edit(plan: ChangePlan) -> ChangePlan:
    """The same, for a change of its content. Raises RuleBroken while it may not change."""
    current = hold(plan)
    if not current.is_editable:
        raise RuleBroken(STANDS)
    return current
