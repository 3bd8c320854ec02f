"""What it costs to save one row of a plan: at most twelve queries, the session and the user among
them, whatever changes in it, and however long the plan."""

import pytest

from changeplan.models import ChangePlan, StatusStatement
from partnership.models import Organisation
from tests import factories as make
from tests.changeplan.test_actions import everything
from tests.writing import MOST_TO_SAVE, address, cost, typed

MOST_WITH_ANOTHER_PROGRAMME = 16  # those that stay behind are numbered anew
AGREED = {"agreed": "2", "confirmed_for_provider_by": "A lead"}
DELIVERED = {"days": "1", "delivered_by": "A lead"}


def day(field: str) -> dict[str, str]:
    return {f"{field}_day": "3", f"{field}_month": "6", f"{field}_year": "2024"}


def lengthen(plan: ChangePlan) -> None:
    for number in range(60):
        make.action(plan, "", (1, 2))
        if number < 20:
            make.group(plan.partnership)
            make.priority(plan.exercise, f"Priority {number}", number + 50)
            make.status(plan, 1, f"Statement {number}.")


def standards(plan: ChangePlan, *numbers: int) -> list[int]:
    found = plan.exercise.framework.standards.filter(number__in=numbers)
    return list(found.values_list("pk", flat=True))


@pytest.fixture(params=["short", "long"])
def plan(request, plan) -> ChangePlan:
    if request.param == "long":
        lengthen(plan)
    return plan


def test_an_action_of_which_every_field_and_every_link_changes(writing, plan):
    action = plan.actions.get(number=1)
    edit = address(plan, "action_edit", action.identifier)
    writing.post(edit, everything(plan) | {"version": 1})
    health = Organisation.objects.create(partnership=plan.partnership, name="Health")
    other = {
        "heading": "Another", "standards": standards(plan, 2),
        "priorities": [make.priority(plan.exercise, "Another", 9).pk],
        "depends_on": [plan.actions.get(number=2).pk], "status": "complete", "rating": "green",
        "lead_group": "", "owner": "", "owner_title": "Head of planning",
        "lead_organisation": health.pk,
        "monitored_by": make.group(plan.partnership).pk, "reports_to": "",
    }  # fmt: skip

    assert cost(writing, edit, typed(**other, version=2)) <= MOST_TO_SAVE

    action.refresh_from_db()
    assert (action.version, action.heading, action.lead_group) == (3, "Another", None)
    for name in ("standards", "priorities", "depends_on"):
        assert [row.pk for row in getattr(action, name).all()] == other[name]


def test_an_action_that_is_added_copied_moved_and_retired(writing, plan):
    given = everything(plan)
    first, last = plan.actions.order_by("number")[0], plan.actions.order_by("number").last()
    priority = make.priority(plan.exercise, "Another", 9)
    ways = [
        ("action_new", [], given),
        ("action_new_for_standard", [2], given),
        ("action_new_for_priority", [priority.identifier], given),
        ("action_copy", [first.identifier], {}),
        ("action_move", [first.identifier], {"past": last.identifier}),
        ("action_retire", [first.identifier], {"reason": "Done.", "version": 1}),
    ]

    taken = {name: cost(writing, address(plan, name, *of), sent) for name, of, sent in ways}

    assert max(taken.values()) <= MOST_TO_SAVE, taken
    assert plan.actions.filter(heading="Write it down", standards__number=3).count() == 3


def test_a_statement_that_is_added_changed_moved_and_removed(writing, plan):
    make.status(plan, 1, "First.")
    last = make.status(plan, 1, "Last.")
    first = StatusStatement.objects.filter(entry=last.entry).order_by("number")[0]
    ways = [
        ("statement_new", [1], {"text": "New."}),
        ("statement_edit", [first.identifier], {"text": "Other.", "version": 1}),
        ("statement_move", [first.identifier], {"past": last.identifier}),
        ("statement_remove", [first.identifier], {}),
    ]

    taken = {name: cost(writing, address(plan, name, *of), sent) for name, of, sent in ways}

    assert max(taken.values()) <= MOST_TO_SAVE, taken


def test_days_that_are_asked_for_agreed_and_delivered(writing, plan):
    programme = make.entitlement(plan, "10")
    asked, other = (make.support(programme, words, (1,)) for words in ("One", "Other"))
    support = {
        "purpose": "New", "takes_form": "other", "events": "", "estimated": "2",
        "entitlement": programme.pk, "asked_by": plan.actions.get(number=2).pk,
        "standards": standards(plan, 2, 3),
    }  # fmt: skip
    named = {"programme": "Fund", "is_approximate": "True", "days": "3"}
    meeting = make.meeting(make.group(plan.partnership), "2024-05-05")
    area = {"area_approved_at": meeting.pk, "area_minute": "3"}
    of = [asked.identifier]
    ways = [
        ("entitlement_new", [], named),
        ("entitlement_edit", [programme.identifier], named | {"programme": "B", "version": 1}),
        ("allocation_new", [], support),
        ("allocation_edit", of, support | {"version": 1}),
        ("allocation_move", of, {"to": 3}),
        ("agreement", of, AGREED | day("confirmed_on") | {"version": 2}),
        ("area", of, area | {"version": 3}),
        ("delivery_new", of, DELIVERED | day("date")),
        ("allocation_remove", [other.identifier], {"version": 1}),
    ]

    taken = {name: cost(writing, address(plan, name, *of), sent) for name, of, sent in ways}
    delivery = [asked.identifier, asked.deliveries.get().identifier]
    for name, sent in [("edit", DELIVERED | day("date") | {"days": "2"}), ("remove", {})]:
        place = address(plan, f"delivery_{name}", *delivery)
        taken[name] = cost(writing, place, sent | {"version": 1 + (name == "remove")})

    assert max(taken.values()) <= MOST_TO_SAVE, taken


def test_support_that_is_asked_of_another_programme_leaves_the_others_in_order(writing, plan):
    here, there = make.entitlement(plan, "10"), make.entitlement(plan, "5", programme="Another")
    taken = []
    for left in (1, 80):
        moved = make.support(here, "Moved", (1,), form="other")
        for number in range(left):
            make.support(here, f"Left {number}")
        sent = {"purpose": "Moved", "takes_form": "other", "entitlement": there.pk, "version": 1}
        place = address(plan, "allocation_edit", moved.identifier)
        taken.append(cost(writing, place, sent | {"standards": standards(plan, 1)}))

    assert max(taken) <= MOST_WITH_ANOTHER_PROGRAMME, taken
    numbers = here.allocations.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 82))
