"""Several people who take a plan to the board, or decide on it, at the same moment."""

import pytest

from changeplan.services import states
from changeplan.services.making import make_plan
from partnership.roles import Role
from partnership.rules import RuleBroken
from tests import factories as make
from tests.changeplan.boards import full_plan, now
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    partnership = make.partnership()
    return [make.member(partnership, Role.MANAGER, f"Manager {number}") for number in range(4)]


@pytest.fixture
def exercise(people):
    return make.scored_exercise(people[0].memberships.get().partnership)


def refusals(outcomes: list) -> list:
    assert all(isinstance(each, RuleBroken) or not isinstance(each, Exception) for each in outcomes)
    return [each for each in outcomes if isinstance(each, RuleBroken)]


def test_plan_submitted_by_four_at_once_is_one_version(exercise, people):
    plan = full_plan(exercise)
    outcomes = at_once(*(lambda by=by: states.submit_plan(plan=plan, by=by) for by in people))
    assert len(refusals(outcomes)) == 3
    assert [each.number for each in plan.versions.all()] == [1]
    assert now(plan).state == "submitted"


def test_two_who_decide_at_once_and_one_who_withdraws_leave_one_outcome(exercise, people):
    plan = full_plan(exercise)
    states.submit_plan(plan=plan, by=people[0])
    first, second, third, fourth = people
    outcomes = at_once(
        lambda: states.approve_plan(plan=plan, number=1, minute_reference="9", by=first),
        lambda: states.approve_plan(plan=plan, number=1, minute_reference="10", by=second),
        lambda: states.return_plan(plan=plan, number=1, reason="No.", by=third),
        lambda: states.withdraw_plan(plan=plan, number=1, by=fourth),
    )
    assert len(refusals(outcomes)) == 3
    kept, current = plan.versions.get(), now(plan)
    expected = {"approved": "approved", "returned": "returned", "withdrawn": "draft"}
    assert current.state == expected[kept.outcome]
    assert current.version == 3
    if kept.outcome == "approved":
        assert current.minute_reference == kept.minute_reference


def test_button_pressed_four_times_makes_one_plan(exercise, people):
    def press(by):
        return make_plan(exercise=exercise, title="Once", arrangement="by_standard", by=by)

    outcomes = at_once(*(lambda by=by: press(by) for by in people))
    assert len(refusals(outcomes)) == 3
