"""A plan to work in, for modules that bring none of their own."""

import pytest

from changeplan.models import Action, ChangePlan
from tests import factories as make


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A draft of three actions: two for standard 1, one for nothing yet."""
    plan = make.plan(exercise)
    make.action(plan, "Agree the priorities", (1, 2))
    make.action(plan, "Draw up a strategy", (1,))
    make.action(plan, "Think it over")
    return plan


@pytest.fixture
def action(plan: ChangePlan) -> Action:
    return plan.actions.get(number=1)


@pytest.fixture
def writing(client, manager):
    client.force_login(manager)
    return client
