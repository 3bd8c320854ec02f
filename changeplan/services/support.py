"""Support programmes and what is asked of them: the plan's own words and estimates.

What was agreed and delivered are facts, which services/days.py records.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists

from partnership import order, records
from partnership.models import User
from partnership.numbers import counted, days
from partnership.rules import RuleBroken
from standards.models import Standard

from ..allocation import entitlement_problem
from ..models import Action, ChangePlan, SupportAllocation, SupportEntitlement
from ..plan import entitlement_of, programme_name
from .days import agreed_of
from .holding import hold_part_to_edit, hold_to_edit

# What an allocation asks for; all else about it is agreed, and recorded elsewhere.
ASKED = {
    "entitlement", "purpose", "detail", "form", "events", "focus_areas", "estimated", "action",
    "standards",
}  # fmt: skip


@transaction.atomic
def add_entitlement(*, plan: ChangePlan, values: Mapping[str, Any], by: User) -> SupportEntitlement:
    """Add a support programme to the plan."""
    hold_to_edit(plan)
    _refuse_same_name(SupportEntitlement(plan=plan, **values))
    return records.create(SupportEntitlement, by=by, plan=plan, **values)


@transaction.atomic
def edit_entitlement(
    *, entitlement: SupportEntitlement, changes: Mapping[str, Any], version: int, by: User
) -> SupportEntitlement:
    """Change what a programme offers. Raises RuleBroken where it would confirm fewer days than
    are agreed already."""
    current = hold_part_to_edit(entitlement)
    changed = records.change(current, changes=changes, version=version, by=by, held=True)
    _refuse_same_name(changed)
    if problem := entitlement_problem(entitlement_of(changed), agreed_of(changed)):
        raise RuleBroken(problem)
    return changed


@transaction.atomic
def remove_entitlement(
    *, entitlement: SupportEntitlement, version: int, by: User, reason: str = ""
) -> SupportEntitlement:
    """Take a programme away that nothing is asked of."""
    hold_to_edit(entitlement.plan)
    if asked := entitlement.allocations.count():
        raise RuleBroken(
            f"Support is asked of {entitlement} for {counted(asked, 'purpose')}. Remove it, or "
            "ask it of another programme, first."
        )
    return records.remove(entitlement, version=version, by=by, reason=reason)


@transaction.atomic
def restore_entitlement(*, entitlement: SupportEntitlement, by: User) -> SupportEntitlement:
    """Bring a removed programme back."""
    hold_to_edit(entitlement.plan)
    _refuse_same_name(entitlement)
    return records.restore(entitlement, by=by)


@transaction.atomic
def add_allocation(
    *, entitlement: SupportEntitlement, values: Mapping[str, Any], by: User
) -> SupportAllocation:
    """Ask a programme for support, behind what is asked of it already."""
    hold_to_edit(entitlement.plan)
    _check_asked(entitlement.plan, values)
    _require_there(entitlement, values.get("action"))
    number = order.next_number(entitlement.allocations.all())
    given = {**values, "entitlement": entitlement, "number": number}
    return records.create(SupportAllocation, by=by, **given)


@transaction.atomic
def edit_allocation(
    *, allocation: SupportAllocation, changes: Mapping[str, Any], version: int, by: User
) -> SupportAllocation:
    """Change what is asked for. Asked of another programme, it goes behind what is asked of that
    one; what has agreed days stays with the programme that agreed them."""
    current = _held_to_edit(allocation)
    _check_asked(allocation.entitlement.plan, changes)
    before, after = current.entitlement, changes.get("entitlement", current.entitlement)
    action = changes.get("action")
    if before != after or (action and action.pk != current.action_id):
        _require_there(after, action if action and action.pk != current.action_id else None)
    if before == after:
        return records.change(current, changes=changes, version=version, by=by, held=True)
    _refuse_agreed(current, "Only what has no days agreed can be asked of another programme.")
    number = order.next_number(after.allocations.all())
    changes = {**changes, "number": number}
    changed = records.change(current, changes=changes, version=version, by=by, held=True)
    _close_ranks(before, by)
    return changed


@transaction.atomic
def move_allocation(*, allocation: SupportAllocation, to: int, by: User) -> None:
    """Put it at the place `to`, from 1, among what is asked of its programme."""
    programme = _held_to_edit(allocation).entitlement
    siblings = programme.allocations.all()
    order.move(allocation, within=programme, siblings=siblings, to=to, by=by)


@transaction.atomic
def remove_allocation(
    *, allocation: SupportAllocation, version: int, by: User, reason: str = ""
) -> SupportAllocation:
    """Take away what is no longer asked for. What was agreed or delivered stays on record."""
    current = _held_to_edit(allocation)
    _refuse_agreed(current, "Withdraw the agreement first.")
    if delivered := sum(each.days for each in current.deliveries.all()):
        raise RuleBroken(
            f"Days were delivered for this ({days(delivered)}). Remove the deliveries first."
        )
    removed = records.remove(current, version=version, by=by, reason=reason, held=True)
    _close_ranks(current.entitlement, by)
    return removed


@transaction.atomic
def restore_allocation(*, allocation: SupportAllocation, by: User) -> SupportAllocation:
    """Bring it back to its place among what is asked of its programme."""
    programme = allocation.entitlement
    hold_to_edit(programme.plan)
    _require_there(programme)
    siblings = programme.allocations.all()
    return order.bring_back(allocation, within=programme, siblings=siblings, by=by)


def _held_to_edit(allocation: SupportAllocation) -> SupportAllocation:
    """Hold the allocation and its plan, which may be changed. Raises StaleVersion for one that was
    removed."""
    current = hold_part_to_edit(allocation, within="entitlement__plan")
    if current.removed_at:
        raise records.StaleVersion(current)
    return current


def _require_there(entitlement: SupportEntitlement, action: Action | None = None) -> None:
    """Refuse a programme that was removed, and an action that was retired, since they were chosen.
    Hold the plan first. One query."""
    kept = Action.objects.filter(pk=action.pk if action else None)
    found = SupportEntitlement.everything.filter(pk=entitlement.pk).annotate(kept=Exists(kept))
    removed_at, is_kept = found.values_list("removed_at", "kept").get()
    if removed_at:
        raise RuleBroken(f"{entitlement} was removed. Bring it back first.")
    if action and not is_kept:
        raise RuleBroken(f"“{action}” was retired. Bring it back first.")


def _close_ranks(entitlement: SupportEntitlement, by: User) -> None:
    order.renumber(list(entitlement.allocations.order_by("number")), by=by)


def _refuse_agreed(allocation: SupportAllocation, words: str) -> None:
    if allocation.agreed is not None:
        raise RuleBroken(f"Days are agreed for this ({days(allocation.agreed)}). {words}")


def _refuse_same_name(entitlement: SupportEntitlement) -> None:
    """The ledger knows a programme by its short name, or else by its name: each has one line."""
    name = programme_name(entitlement)
    others = SupportEntitlement.objects.filter(plan=entitlement.plan).exclude(pk=entitlement.pk)
    if any(name.casefold() == programme_name(other).casefold() for other in others):
        raise RuleBroken(f"Another programme of this plan is called {name} already.")


def _check_asked(plan: ChangePlan, values: Mapping[str, Any]) -> None:
    """A plan asks its own programmes, for its own actions and its framework's standards."""
    if facts := sorted(values.keys() - ASKED):
        raise ValueError(f"{', '.join(facts)} cannot be asked for.")
    for name in ("entitlement", "action"):
        record: Any = values.get(name)
        if record and record.plan_id != plan.pk:
            raise RuleBroken(f"“{record}” is not in this plan.")
    for standard in values.get("standards", ()):
        if isinstance(standard, Standard) and standard.framework_id != plan.exercise.framework_id:
            raise RuleBroken(f"“{standard}” is not in this plan’s framework.")
