"""The plan's actions, narrowed and sorted by an address that can be kept."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from changeplan.filtering import action_filters, matching, ordered
from changeplan.models import Action, ChangePlan, ProgressUpdate
from changeplan.plan import PlannedAction, plan_facts
from partnership.dates import PreciseDate
from partnership.filters import Filter
from tests import factories as make
from tests.pages import assert_queries_stay, words

TODAY = date(2027, 11, 30)


@pytest.fixture
def plan(exercise, manager, officer) -> ChangePlan:
    """An approved plan with four actions that differ in everything."""
    plan = make.plan(
        exercise, state="approved", approved_at="2027-01-01T12:00Z", approved_by=manager
    )
    group = make.group(exercise.partnership, name="Planning group")
    owner = exercise.partnership.memberships.get(user=officer)
    make.action(plan, "Agree a strategy", (1, 2), due="2011-04", lead_group=group)
    make.action(plan, "Train the board", (2,), owner=owner, status="in_progress")
    make.action(
        plan, "Appoint a lead", owner_title="Head of service", status="complete", due="2010"
    )
    make.action(plan, "Review it", due="once the board has met", recurrence="Every year")
    return plan


def address(plan: ChangePlan) -> str:
    return reverse("changeplan:actions", args=[plan.partnership.slug, plan.identifier])


def headings(client, plan: ChangePlan, **query: str) -> list[str]:
    html = client.get(address(plan), query).content.decode()
    return re.findall(r'role="rowheader">\d+\. <a [^>]*>([^<]+)</a>', html)


STRATEGY, TRAIN, APPOINT, REVIEW = (
    "Agree a strategy", "Train the board", "Appoint a lead", "Review it",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [STRATEGY, TRAIN, APPOINT, REVIEW]),
        ({"owner": "Head of service"}, [APPOINT]),
        ({"owner": "none"}, [STRATEGY, REVIEW]),
        ({"lead": "Planning group"}, [STRATEGY]),
        ({"lead": "none"}, [TRAIN, APPOINT, REVIEW]),
        ({"standard": "2"}, [STRATEGY, TRAIN]),
        ({"standard": "none"}, [APPOINT, REVIEW]),
        ({"status": "complete"}, [APPOINT]),
        ({"due": "overdue"}, [STRATEGY]),
        ({"due": "none"}, [TRAIN]),
        ({"standard": "2", "status": "in_progress"}, [TRAIN]),
        ({"standard": "99", "due": ""}, [STRATEGY, TRAIN, APPOINT, REVIEW]),
        ({"status": "lost\x00", "owner": "x"}, [STRATEGY, TRAIN, APPOINT, REVIEW]),
    ],
)
def test_the_address_narrows_the_list(client, observer, plan, query, expected):
    client.force_login(observer)

    assert headings(client, plan, **query) == expected


def test_a_member_is_asked_for_by_an_identifier_that_stays(client, observer, officer, plan):
    client.force_login(observer)
    seat = plan.partnership.memberships.get(user=officer)

    assert headings(client, plan, owner=seat.identifier) == [TRAIN]
    assert f'<option value="{seat.identifier}">Officer</option>' in (
        client.get(address(plan)).content.decode()
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", [STRATEGY, TRAIN, APPOINT, REVIEW]),
        ("owner", [APPOINT, TRAIN, STRATEGY, REVIEW]),
        ("due", [APPOINT, STRATEGY, REVIEW, TRAIN]),
        ("status", [STRATEGY, REVIEW, TRAIN, APPOINT]),
        ("colour", [STRATEGY, TRAIN, APPOINT, REVIEW]),
    ],
)
def test_the_address_sorts_the_list(client, observer, plan, sort, expected):
    client.force_login(observer)

    assert headings(client, plan, sort=sort) == expected


def test_sorting_keeps_the_filters_and_filtering_keeps_the_order(client, observer, plan):
    client.force_login(observer)
    html = client.get(address(plan), {"standard": "2", "sort": "due"}).content.decode()

    assert f'href="{address(plan)}?standard=2&amp;sort=owner"' in html
    assert '<option value="due" selected>Due date</option>' in html
    assert '<option value="2" selected>' in html
    assert html.count('aria-sort="ascending"') == 1


def test_the_list_says_how_many_and_to_what_and_clears(client, observer, plan):
    client.force_login(observer)
    whole, some = client.get(address(plan)), client.get(address(plan), {"due": "overdue"})
    none = client.get(address(plan), {"due": "overdue", "status": "complete"})

    assert "4 actions" in words(whole)
    assert "Clear all" not in words(whole)
    assert "1 of 4 actions – due: Overdue" in words(some)
    assert "Clear all" in words(some)
    assert "No action fits" in words(none)


def due_in(due: str, chosen: str, recurrence: str = "") -> bool:
    action = Action(number=1, due=PreciseDate(due) if due else None, recurrence=recurrence)
    filter_ = Filter("due", "Due", (), chosen)
    return bool(matching([PlannedAction(action, (), (), ())], [filter_], TODAY))


@pytest.mark.parametrize(
    ("due", "month", "quarter"),
    [
        ("2027-11-01", True, False),
        ("2027-11-30", True, True),
        ("2027-12-01", False, True),
        ("2028-02-29", False, True),
        ("2028-03-01", False, False),
        ("2027-11", True, True),
        ("2028-02", False, True),
        ("2027", True, True),
        ("2028", False, True),
        ("next summer", False, False),
        ("", False, False),
    ],
)
def test_a_date_that_may_lie_in_the_time_asked_for_is_shown(due, month, quarter):
    assert (due_in(due, "month"), due_in(due, "quarter")) == (month, quarter)


def test_what_recurs_is_not_without_a_date():
    assert due_in("", "none")
    assert not due_in("", "none", recurrence="Every year")


def test_options_are_what_the_plan_has(plan):
    facts = plan_facts(plan)
    filters = {
        each.name: [label for _, label in each.options] for each in action_filters(facts, {})
    }

    assert filters["owner"] == ["Head of service", "Officer", "Nobody named"]
    assert filters["lead"] == ["Planning group", "Nobody named"]
    assert filters["standard"][0] == "1. We share one plan"
    assert len(ordered(facts.actions, "due")) == 4


def test_the_latest_progress_is_shown(client, observer, manager, plan):
    action = plan.actions.get(number=2)
    for day, text in ((3, "Nobody came."), (9, "**All** came."), (5, "Some came.")):
        ProgressUpdate.objects.create(
            action=action, date=date(2026, 3, day), status="in_progress", text=text,
            reported_by=manager,
        )  # fmt: skip
    client.force_login(observer)

    page = words(client.get(address(plan)))

    assert "9 March 2026 All came." in page
    assert "Some came." not in page


def test_a_plan_without_actions_says_what_the_list_will_hold(client, manager, exercise):
    client.force_login(manager)

    assert "No actions yet" in words(client.get(address(make.plan(exercise))))


def test_two_hundred_actions_take_as_many_queries_as_four(client, observer, manager, plan):
    client.force_login(observer)

    def grow() -> None:
        for number in range(196):
            made = make.action(plan, f"More {number}", due=localdate().isoformat())
            ProgressUpdate.objects.create(
                action=made, date=localdate(), status="in_progress", text="x", reported_by=manager
            )

    assert_queries_stay(client, [address(plan)], grow)
