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


def test_an_action_comes_back_behind_the_last_with_all_it_had(plan, manager, officer):
    first = make.action(plan, "Agree a strategy", (1, 2), due="2011-04")
    make.action(plan, "Train the board")
    removed(first, manager)

    back = bring_back(plan.actions.model.everything.get(pk=first.pk), by=officer)

    assert [action.heading for action in plan.actions.order_by("number")] == [
        "Train the board",
        "Agree a strategy",
    ]
    assert sorted(standard.number for standard in back.standards.all()) == [1, 2]
    assert (str(back.due), back.removed_at, back.removed_by, back.removal_reason) == (
        "April 2011", None, None, "",
    )  # fmt: skip
    latest = back.history.first()
    assert (latest.history_user, latest.history_change_reason) == (officer, "Brought back")


def test_a_statement_takes_the_next_number_of_its_standard(plan, manager):
    first, other = make.status(plan, 1, "A plan is in place."), make.status(plan, 2, "Elsewhere.")
    removed(first, manager)
    make.status(plan, 1, "Its successor is due.")

    back = bring_back(first, by=manager)

    assert (back.number, other.number) == (2, 1)


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


def test_support_waits_for_its_programme_and_its_action(plan, manager):
    programme, action = make.entitlement(plan), make.action(plan, "Train the board")
    support = make.support(programme, "Two workshops", action=action)
    delivery = make.delivery(support, "1")
    for record in (delivery, support, programme, action):
        removed(record, manager)

    def wait_for(record, words: str) -> None:
        record = type(record).everything.get(pk=record.pk)
        with pytest.raises(RuleBroken, match=words):
            bring_back(record, by=manager)

    wait_for(delivery, "The support it belongs to, “Two workshops”, was removed too")
    wait_for(support, "The programme it belongs to")
    bring_back(programme, by=manager)
    wait_for(support, "The action it belongs to, “Train the board”")
    for record in (action, support, delivery):
        bring_back(type(record).everything.get(pk=record.pk), by=manager)

    assert list(plan.entitlements.get().allocations.get().deliveries.all()) == [delivery]


def test_a_programme_whose_name_is_taken_stays_away(plan, manager):
    programme = removed(make.entitlement(plan), manager)
    make.entitlement(plan)

    with pytest.raises(RuleBroken, match="A programme of this name already exists"):
        bring_back(programme, by=manager)


def test_agreed_days_that_others_took_since_do_not_come_back(plan, manager):
    programme = make.entitlement(plan, "3")
    support = make.support(programme, "A workshop", agreed="1.5")
    removed(support, manager)
    make.support(programme, "A review", agreed="2")

    with pytest.raises(RuleBroken, match=r"has 3 days, and 2 days of them are agreed"):
        bring_back(type(support).everything.get(pk=support.pk), by=manager)

    type(programme).objects.update(is_approximate=True)
    assert bring_back(support, by=manager).agreed is not None
