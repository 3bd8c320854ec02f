"""Each gap leads whoever may mend it to the field where that is done."""

import re

import pytest
from django.urls import reverse

from changeplan.models import ChangePlan
from tests import factories as make
from tests.pages import ids


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A draft with a gap of every kind."""
    plan = make.plan(exercise)
    make.action(plan, "Agree a strategy", (1,), relied_on_support="The regional team")
    make.priority(exercise, "One plan for all")
    make.entitlement(plan)
    return plan


def address(plan: ChangePlan, name: str, *more: object) -> str:
    return reverse(f"changeplan:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def links(client, plan: ChangePlan) -> set[str]:
    html = client.get(address(plan, "completeness")).content.decode()
    return set(re.findall(r'<li><a class="govuk-link" href="([^"]+)"', html))


def test_a_manager_is_led_to_the_field_that_closes_each_gap(client, manager, plan):
    action, priority = plan.actions.get(), plan.exercise.findings.get()
    edit = address(plan, "action_edit", action.identifier)
    client.force_login(manager)

    found = links(client, plan)

    assert found == {
        *(f"{address(plan, 'statement_new', number)}#id_text" for number in (1, 2, 3)),
        *(address(plan, "action_new_for_standard", number) for number in (2, 3)),
        f"{edit}#id_owner",
        f"{edit}#id_due_0",
        f"{address(plan, 'allocation_new')}?action={action.identifier}",
        address(plan, "action_new_for_priority", priority.identifier),
    }
    for there in sorted(found):
        response = client.get(there)
        field = there.partition("#")[2]
        assert response.status_code == 200
        assert not field or field in ids(response)


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_who_cannot_mend_it_is_led_to_where_it_stands(client, manager, officer, plan, state):
    ChangePlan.objects.filter(pk=plan.pk).update(state=state)
    client.force_login(officer if state == "draft" else manager)

    found = links(client, plan)

    assert address(plan, "action", plan.actions.get().identifier) in found
    assert f"{address(plan, 'plan')}#standard-3" in found
    assert not any("/new/" in there or "/edit/" in there for there in found)
    assert {there.partition("#")[2] for there in found} - {""} <= ids(
        client.get(address(plan, "plan"))
    )
