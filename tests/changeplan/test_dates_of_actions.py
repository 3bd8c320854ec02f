"""An action that is due before it starts: refused in its form, told of by the completeness."""

import pytest

from partnership.dates import PreciseDate
from tests.pages import words
from tests.writing import address, typed


@pytest.mark.parametrize(
    ("start", "due", "before"),
    [
        ("2027-05-02", "2027-05-01", True),
        ("2027-05-02", "2027-05-02", False),
        ("2027-05-02", "2027-05", False),
        ("2027-05", "2027-04-30", True),
        ("2027-05", "2026", True),
        ("2027-05", "2027", False),
        ("2027-05", "last summer", False),
        ("when there is money", "2020", False),
    ],
)
def test_a_date_is_before_another_where_no_day_of_both_can_be_the_other_way(start, due, before):
    assert PreciseDate(due).is_before(PreciseDate(start)) == before


def test_the_form_refuses_a_due_date_before_the_start_and_keeps_what_was_typed(
    writing, plan, action
):
    edit = address(plan, "action_edit", action.identifier)
    dates = {"start_month": "10", "start_year": "2026", "due_year": "2020"}

    refused = writing.post(edit, typed(action, heading="Mine", **dates))

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "The action is due before it starts" in page
    assert 'value="Mine"' in page
    assert 'value="2020"' in page
    action.refresh_from_db()
    assert action.due is None
    assert writing.post(edit, typed(action, **dates | {"due_year": "2026"})).status_code == 302


def test_completeness_tells_of_it_and_leads_to_the_date(writing, plan, action):
    type(action).objects.filter(pk=action.pk).update(start="2026-10", due="2020")

    page = writing.get(address(plan, "completeness"))

    assert "Actions due before they start" in words(page)
    mended = f"{address(plan, 'action_edit', action.identifier)}#id_due_0"
    assert page.content.decode().count(mended) == 1
