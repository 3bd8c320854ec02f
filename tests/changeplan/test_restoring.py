"""What was removed from a plan comes back, where the plan still has a place for it."""

import pytest

from changeplan.models import ChangePlan
from changeplan.services.restoring import bring_back
from partnership import records
from partnership.rules import RuleBroken
from tests import factories as make


@pytest.fixture
def plan(exercise) -> ChangePlan:
    return make.plan(exercise)


def removed(record, by):
    return records.remove(record, version=record.version, by=by, reason="Not needed")


def again(record):
    """The record as it is now, removed or not."""
    return type(record).everything.get(pk=record.pk)


def test_an_action_comes_back_where_it_was_with_all_it_had(plan, manager, officer):
    first = make.action(plan, "Agree a strategy", (1, 2), due="2011-04")
    make.action(plan, "Train the board")
    removed(first, manager)

    back = bring_back(again(first), by=officer)

    assert [action.heading for action in plan.actions.order_by("number")] == [
        "Agree a strategy",
        "Train the board",
    ]
    assert sorted(standard.number for standard in back.standards.all()) == [1, 2]
    assert (str(back.due), back.removed_at, back.removed_by, back.removal_reason) == (
        "April 2011", None, None, "",
    )  # fmt: skip
    latest = back.history.first()
    assert (latest.history_user, latest.history_change_reason) == (officer, "Brought back")


def test_what_took_the_place_of_a_statement_stands_behind_it_when_it_comes_back(plan, manager):
    first, other = make.status(plan, 1, "A plan is in place."), make.status(plan, 2, "Elsewhere.")
    removed(first, manager)
    make.status(plan, 1, "Its successor is due.")

    back = bring_back(first, by=manager)

    assert (back.number, other.number) == (1, 1)
    texts = first.entry.status.order_by("number").values_list("text", flat=True)
    assert list(texts) == ["A plan is in place.", "Its successor is due."]


def test_who_comes_second_finds_it_there_already(plan, manager):
    action = make.action(plan)
    removed(action, manager)

    first, second = bring_back(action, by=manager), bring_back(action, by=manager)

    assert (second.number, second.version) == (first.number, first.version)


@pytest.mark.parametrize("state", ["submitted", "superseded"])
def test_nothing_comes_back_into_a_plan_that_stands(plan, manager, state):
    action = removed(make.action(plan), manager)
    ChangePlan.objects.filter(pk=plan.pk).update(state=state)

    with pytest.raises(RuleBroken, match="stands as it was put to the board"):
        bring_back(action, by=manager)

    assert not plan.actions.exists()


def test_support_waits_for_its_programme_and_a_delivery_for_its_support(plan, manager):
    programme = make.entitlement(plan)
    support = make.support(programme, "Two workshops")
    delivery = make.delivery(support, "1")
    for record in (delivery, support, programme):
        removed(record, manager)

    def wait_for(record, words: str) -> None:
        with pytest.raises(RuleBroken, match=words):
            bring_back(again(record), by=manager)

    wait_for(delivery, "“Two workshops” was removed too. Bring that back first.")
    wait_for(support, "was removed. Bring it back first.")
    for record in (programme, support, delivery):
        bring_back(again(record), by=manager)

    assert list(plan.entitlements.get().allocations.get().deliveries.all()) == [delivery]


def test_a_delivery_is_a_fact_and_comes_back_after_approval(plan, manager):
    delivery = make.delivery(make.support(make.entitlement(plan), "Two workshops"), "1")
    removed(delivery, manager)
    ChangePlan.objects.filter(pk=plan.pk).update(state="submitted")

    assert bring_back(again(delivery), by=manager).removed_at is None


def test_a_programme_whose_name_is_taken_stays_away(plan, manager):
    programme = removed(make.entitlement(plan), manager)
    make.entitlement(plan)

    with pytest.raises(RuleBroken, match="is called CSP already"):
        bring_back(programme, by=manager)

    assert again(programme).removed_at is not None
