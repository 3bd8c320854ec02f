"""The pages of the days, as managers fill them in: programmes, support, agreement, deliveries."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from changeplan.models import ChangePlan, SupportAllocation, SupportEntitlement
from changeplan.services.actions import retire_action
from partnership import records
from tests import factories as make
from tests.changeplan.daybook import address, bring_back, sent, stand
from tests.pages import assert_queries_stay, words
from tests.writing import MOST_TO_SAVE, cost

CONTENT = ("entitlement_new", "entitlement_edit", "entitlement_remove", "allocation_new",
           "allocation_edit", "allocation_remove")  # fmt: skip
FACTS = "agreement", "area", "delivery_new", "delivery_edit", "delivery_remove"
BUTTONS = {"allocation_move": {"to": "1"}, "agreement_withdraw": {"version": "1"}}
PROGRAMME = {"programme": "Regional fund", "days": "2½", "is_approximate": "True"}
SUPPORT = {"purpose": "Two workshops", "takes_form": "workshop", "events": "2", "estimated": "2.5"}


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A draft plan that asks a confirmed programme of ten days for one purpose."""
    plan = make.plan(exercise, title="Change plan 2024")
    make.support(make.entitlement(plan, "10"), "Help to agree", (1,), estimated="4")
    return plan


@pytest.fixture
def asked(plan) -> SupportAllocation:
    return SupportAllocation.objects.get(entitlement__plan=plan)


@pytest.fixture
def editing(client, manager):
    client.force_login(manager)
    return client


@pytest.mark.parametrize("name", [*CONTENT, *FACTS])
@pytest.mark.parametrize(
    ("who", "status"), [("administrator", 200), ("officer", 403), ("outsider", 404)]
)
def test_days_are_changed_by_those_who_may_change_plans(client, request, plan, name, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(plan, name)).status_code == status


@pytest.mark.parametrize("name", sorted(BUTTONS))
@pytest.mark.parametrize(
    ("who", "status"), [("administrator", 302), ("officer", 403), ("outsider", 404)]
)
def test_buttons_of_the_days_obey_those_who_may_change_plans(
    client, request, plan, name, who, status
):
    client.force_login(request.getfixturevalue(who))
    assert client.post(address(plan, name), BUTTONS[name]).status_code == status
    assert client.get(address(plan, name)).status_code == 405


def test_while_a_plan_stands_only_facts_are_recorded(editing, plan):
    stand(plan)
    for name in CONTENT:
        assert editing.get(address(plan, name)).status_code == 403
    for name in FACTS:
        assert editing.get(address(plan, name)).status_code == 200
    html = editing.get(address(plan, "days")).content.decode()
    assert address(plan, "agreement") in html
    assert address(plan, "allocation_edit") not in html
    assert address(plan, "entitlement_new") not in html


def test_days_page_offers_changes_only_to_those_who_may_make_them(client, officer, plan):
    client.force_login(officer)
    html = client.get(address(plan, "days")).content.decode()
    for name in ("entitlement_new", "allocation_edit", "agreement", "delivery_new"):
        assert address(plan, name) not in html
    assert address(plan, "allocation") in html


def test_a_programme_is_added_changed_removed_and_brought_back(editing, exercise):
    plan = make.plan(exercise)
    empty = words(editing.get(address(plan, "days")))
    assert "No support yet" in empty
    said = sent(editing.post(address(plan, "entitlement_new"), PROGRAMME, follow=True))
    assert "Regional fund is added." in said
    assert "Available Approximately 2.5 days" in said

    changed = PROGRAMME | {"days": "3", "is_approximate": "False", "version": "1"}
    sent(editing.post(address(plan, "entitlement_edit"), changed, follow=True))
    made = plan.entitlements.get()
    assert (made.days, made.is_approximate, made.version) == (3, False, 2)

    gone = {"version": "2", "reason": "The fund is closed"}
    said = sent(editing.post(address(plan, "entitlement_remove"), gone, follow=True))
    assert "Removed (1)" in said
    assert "The fund is closed" in said
    assert "is back" in bring_back(editing, plan, "entitlement", made)
    assert plan.entitlements.get() == made


def test_a_programme_that_something_is_asked_of_is_not_removed(editing, plan):
    said = sent(editing.post(address(plan, "entitlement_remove"), {"version": "1"}, follow=True))
    assert "Support is asked of Commissioning Support Programme for 1 purpose" in said
    assert plan.entitlements.exists()


def test_support_is_asked_for_with_all_that_it_serves(editing, plan):
    action = make.action(plan, "Agree one plan")
    programme = plan.entitlements.get()
    standard = plan.exercise.framework.standards.get(number=2)
    given = SUPPORT | {
        "entitlement": programme.pk, "asked_by": action.pk, "standards": [standard.pk],
        "focus_areas": "• Contracts\r\n\r\n- What the Board sees ", "detail": "In **two** parts.",
    }  # fmt: skip

    said = sent(editing.post(address(plan, "allocation_new"), given, follow=True))

    made = programme.allocations.get(number=2)
    assert (made.estimated, made.form, made.events) == (Decimal("2.5"), "workshop", 2)
    assert made.focus_areas == ["Contracts", "What the Board sees"]
    assert (made.action, list(made.standards.all())) == (action, [standard])
    for part in ("Two workshops", "2 workshops", "Contracts", "Agree one plan", "2.5 days",
                 "No days are agreed yet", "has not approved the area yet"):  # fmt: skip
        assert part in said


def test_support_offers_only_the_actions_and_standards_of_its_plan(editing, exercise, plan):
    other = make.plan(make.exercise(exercise.partnership))
    foreign = make.action(other, "Foreign action")
    standard = other.exercise.framework.standards.first()
    html = editing.get(address(plan, "allocation_new")).content.decode()
    assert "Foreign action" not in html

    given = {"entitlement": plan.entitlements.get().pk, "asked_by": foreign.pk}
    answer = editing.post(
        address(plan, "allocation_new"), SUPPORT | given | {"standards": [standard.pk]}
    )
    assert answer.status_code == 422
    assert SupportAllocation.objects.filter(entitlement__plan=plan).count() == 1


def test_a_link_says_which_action_and_standard_support_is_asked_for(editing, plan):
    action = make.action(plan, "Agree one plan")
    query = {"action": action.identifier, "standard": "2", "programme": "\0nobody"}
    html = editing.get(address(plan, "allocation_new"), query).content.decode()
    assert f'<option value="{action.pk}" selected>' in html
    assert len(re.findall(r'name="standards" value="\d+" checked', html)) == 1


def test_support_without_a_programme_begins_with_one(editing, exercise):
    plan = make.plan(exercise)
    answer = editing.get(address(plan, "allocation_new"), follow=True)
    assert answer.redirect_chain[0][0] == address(plan, "entitlement_new")
    assert "Name the programme that the support comes from" in words(answer)


def test_support_is_moved_up_and_down_and_nowhere_by_nonsense(editing, plan, asked):
    other = make.support(plan.entitlements.get(), "Other")
    move = [plan.partnership.slug, plan.identifier, other.identifier]
    place = reverse("changeplan:allocation_move", args=move)
    for to, first in (
        ("1", "Other"),
        ("x", "Other"),
        ("", "Other"),
        ("\0", "Other"),
        ("9", "Help"),
    ):
        editing.post(place, {"to": to})
        assert plan.entitlements.get().allocations.first().purpose.startswith(first)


def test_support_is_removed_with_its_reason_and_brought_back(editing, plan, asked):
    given = {"version": "1", "reason": "Done by ourselves"}
    said = sent(editing.post(address(plan, "allocation_remove"), given, follow=True))
    assert "Removed (1)" in said
    assert "Done by ourselves" in said
    assert "None 10 10" in said

    assert "is back" in bring_back(editing, plan, "allocation", asked)
    assert SupportAllocation.objects.get(entitlement__plan=plan) == asked


def test_what_changed_since_is_not_removed_unseen(editing, manager, plan, asked):
    records.change(asked, changes={"purpose": "Something else"}, version=1, by=manager)
    said = sent(editing.post(address(plan, "allocation_remove"), {"version": "1"}, follow=True))
    assert "was changed by somebody else" in said
    assert SupportAllocation.objects.filter(pk=asked.pk).exists()


def test_two_who_change_different_things_of_support_keep_both(editing, officer, plan, asked):
    records.change(asked, changes={"focus_areas": ["Theirs"]}, version=1, by=officer)
    given = SUPPORT | {"purpose": "Mine", "entitlement": asked.entitlement_id, "version": "1",
                       "standards": list(asked.standards.values_list("pk", flat=True)),
                       "takes_form": "other", "events": "", "estimated": "4"}  # fmt: skip
    records.create(SupportEntitlement, plan=plan, programme="Elsewhere", by=officer)
    place = address(plan, "allocation_edit")

    said = sent(editing.post(place, given, follow=True))

    asked.refresh_from_db()
    assert (asked.purpose, asked.focus_areas) == ("Mine", ["Theirs"])
    assert "Somebody else changed focus areas meanwhile" in said


def test_support_goes_on_for_an_action_that_was_retired(editing, manager, plan, asked):
    action = make.action(plan, "Agree it")
    records.change(asked, changes={"action": action}, version=1, by=manager)
    form = address(plan, "allocation_edit")
    retire_action(action=action, reason="Done", version=1, by=manager)
    assert "Agree it" in words(editing.get(form))

    given = SUPPORT | {"entitlement": asked.entitlement_id, "asked_by": action.pk, "version": 2}
    assert editing.post(form, given).status_code == 302

    asked.refresh_from_db()
    assert (asked.purpose, asked.action_id) == ("Two workshops", action.pk)


def test_more_estimated_than_available_is_said_beside_the_forms_and_stops_nothing(editing, plan):
    given = SUPPORT | {"entitlement": plan.entitlements.get().pk, "estimated": "7"}
    said = sent(editing.post(address(plan, "allocation_new"), given, follow=True))
    assert "11 days estimated, more than the 10 days available." in said
    assert "1 over" in said


def test_days_are_saved_in_few_queries(editing, plan, asked):
    number = str(plan.exercise.framework.standards.get(number=1).pk)
    support = SUPPORT | {"entitlement": asked.entitlement_id, "standards": [number]}
    agreed = {"agreed": "2", "confirmed_for_provider_by": "A lead", **day("confirmed_on")}
    delivered = {"days": "1", "delivered_by": "Support team", **day("date")}
    saved = {
        "allocation_edit": support | {"version": 1},
        "agreement": agreed | {"version": 2},
        "delivery_new": delivered,
        "entitlement_edit": PROGRAMME | {"version": 1},
    }
    taken = {name: cost(editing, address(plan, name), sent) for name, sent in saved.items()}
    assert max(taken.values()) <= MOST_TO_SAVE, taken


def day(name: str) -> dict[str, str]:
    """A date as its field sends it."""
    return {f"{name}_day": "3", f"{name}_month": "6", f"{name}_year": "2024"}


def test_pages_take_few_queries_however_much_there_is(editing, plan, asked):
    make.delivery(asked, "1")
    names = ("days", "allocation_new", "allocation_edit", "agreement", "area", "delivery_new")
    pages = [address(plan, name) for name in (*names, "delivery_edit", "allocation")]

    def grow() -> None:
        programme = plan.entitlements.get()
        board = make.group(plan.partnership)
        for number in range(20):
            action = make.action(plan)
            more = make.support(programme, f"Purpose {number}", (1, 2), action=action, agreed="0")
            make.delivery(more, "0.25")
            make.delivery(asked, "0.25")
            make.meeting(board, f"2024-03-{number + 1:02}")
            gone = make.support(programme, "Gone", estimated="1")
            gone.removed_at, gone.removed_by = timezone.now(), more.agreed_by
            gone.save()

    assert_queries_stay(editing, pages, grow)
