"""Numbered records within a parent: moved, removed and brought back, always a permutation."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changeplan.models import Action, ChangePlan
from partnership import order, records
from partnership.models import User
from standards.models import Exercise
from tests import factories as make
from tests.races import at_once

COUNT = 5


@pytest.fixture
def plan(exercise: Exercise, manager: User) -> ChangePlan:
    plan = make.plan(exercise)
    for number in range(1, COUNT + 1):
        values = {"plan": plan, "number": number, "heading": f"Action {number}"}
        records.create(Action, by=manager, **values)
    return plan


def headings(plan: ChangePlan) -> list[str]:
    return [each.heading[-1] for each in plan.actions.order_by("number")]


def numbers(plan: ChangePlan) -> list[int]:
    return list(plan.actions.order_by("number").values_list("number", flat=True))


def move(plan: ChangePlan, heading: str, to: int, by: User) -> None:
    record = plan.actions.get(heading__endswith=heading)
    order.move(record, within=plan, siblings=plan.actions.all(), to=to, by=by)


@pytest.mark.parametrize(
    ("to", "expected"),
    [(1, "41235"), (2, "14235"), (4, "12345"), (5, "12354"), (99, "12354"), (-3, "41235")],
)
def test_a_record_moves_to_its_place(plan, manager, to, expected):
    move(plan, "4", to, manager)

    assert headings(plan) == list(expected)
    assert numbers(plan) == [1, 2, 3, 4, 5]


def test_a_move_is_remembered_and_disturbs_nobody(plan, manager):
    move(plan, "4", 1, manager)

    moved = plan.actions.get(heading="Action 4")
    last = moved.history.first()
    assert (moved.version, last.number, last.history_change_reason) == (1, 1, "Moved")
    assert last.history_user == manager
    assert plan.actions.get(heading="Action 5").history.count() == 1


def test_what_was_removed_stays_away_and_comes_back_to_its_place(plan, manager):
    second = plan.actions.get(heading="Action 2")
    gone = records.remove(second, version=1, by=manager, reason="Not ours")
    move(plan, "5", 1, manager)
    assert headings(plan) == list("5134")

    order.move(gone, within=plan, siblings=plan.actions.all(), to=1, by=manager)
    assert headings(plan) == list("5134")

    back = order.bring_back(gone, within=plan, siblings=plan.actions.all(), by=manager)
    assert headings(plan) == list("52134")
    assert (back.number, back.version, back.removal_reason) == (2, 3, "")
    again = order.bring_back(gone, within=plan, siblings=plan.actions.all(), by=manager)
    assert (again.number, again.version) == (2, 3)


def test_nobody_removes_what_moved_on_or_is_gone(plan, manager, officer):
    first = plan.actions.get(heading="Action 1")
    records.change(first, changes={"heading": "Changed 1"}, version=1, by=officer)
    with pytest.raises(records.StaleVersion):
        records.remove(first, version=1, by=manager)
    records.remove(first, version=2, by=manager)
    with pytest.raises(records.StaleVersion):
        records.remove(first, version=3, by=manager)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(moves=st.lists(st.tuples(st.integers(1, COUNT), st.integers(-2, COUNT + 2)), max_size=4))
def test_any_moves_leave_a_permutation(plan, manager, moves):
    for heading, to in moves:
        move(plan, str(heading), to, manager)

    assert numbers(plan) == [1, 2, 3, 4, 5]
    assert sorted(headings(plan)) == list("12345")


@pytest.mark.django_db(transaction=True)
def test_moves_at_the_same_moment_leave_a_permutation(plan, manager):
    places = [("1", 5), ("5", 1), ("3", 1), ("2", 4)]
    results = at_once(*(lambda h=h, to=to: move(plan, h, to, manager) for h, to in places))

    assert results == [None] * len(places)
    assert numbers(plan) == [1, 2, 3, 4, 5]
    assert sorted(headings(plan)) == list("12345")
