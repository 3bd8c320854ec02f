"""Programmes, what is asked of them, what is agreed and what is delivered: the services' rules."""

from datetime import date
from decimal import Decimal

import pytest

from changeplan.models import ChangePlan, SupportAllocation, SupportDelivery, SupportEntitlement
from changeplan.plan import plan_facts
from changeplan.services import days as facts
from changeplan.services import support as services
from changeplan.services.actions import retire_action
from partnership.models import User
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from standards.models import Exercise
from tests import factories as make

ASKED = {"purpose": "Two workshops", "form": "workshop", "events": 2, "estimated": Decimal(4)}
GIVEN = {"date": date(2024, 6, 10), "days": Decimal(1), "delivered_by": "Support team"}


@pytest.fixture
def plan(exercise: Exercise) -> ChangePlan:
    return make.plan(exercise)


@pytest.fixture
def programme(plan: ChangePlan) -> SupportEntitlement:
    """A confirmed entitlement of ten days."""
    return make.entitlement(plan, "10")


@pytest.fixture
def asked(programme: SupportEntitlement, manager: User) -> SupportAllocation:
    return services.add_allocation(entitlement=programme, values=ASKED, by=manager)


def more(programme: SupportEntitlement, by: User, purpose: str = "More") -> SupportAllocation:
    return services.add_allocation(entitlement=programme, values={"purpose": purpose}, by=by)


def agree(allocation: SupportAllocation, days: str, by: User, **given) -> SupportAllocation:
    confirmed = facts.Agreement(Decimal(days), "Programme Lead, CSP", date(2024, 6, 1), **given)
    version = SupportAllocation.objects.get(pk=allocation.pk).version
    return facts.agree_days(allocation=allocation, agreement=confirmed, version=version, by=by)


def order_of(programme: SupportEntitlement) -> list[tuple[int, str]]:
    return list(programme.allocations.order_by("number").values_list("number", "purpose"))


def stand(plan: ChangePlan, state: str, by: User) -> None:
    approved = {"approved_at": "2024-05-18T09:00Z", "approved_by": by}
    given = approved if state == "approved" else {}
    ChangePlan.objects.filter(pk=plan.pk).update(state=state, **given)


def test_agreed_days_say_who_confirmed_and_who_recorded_them(asked, manager):
    agreed = agree(asked, "2.5", manager)

    assert (agreed.agreed, agreed.agreed_by) == (Decimal("2.5"), manager)
    assert agreed.agreed_at is not None
    assert agreed.confirmed_for_provider_by == "Programme Lead, CSP"
    assert agreed.confirmed_on == date(2024, 6, 1)
    assert agreed.history.first().history_user == manager


def test_more_than_a_confirmed_entitlement_is_refused_with_the_figures(programme, asked, manager):
    agree(asked, "8", manager)

    with pytest.raises(RuleBroken) as refused:
        agree(more(programme, manager), "2.25", manager, acknowledged=Decimal(100))

    words = str(refused.value)
    for figure in ("2.25 days here", "8 days agreed elsewhere", "0.25 days more than the 10 days"):
        assert figure in words
    assert facts.agreed_of(programme) == 8


def test_the_last_of_a_confirmed_entitlement_can_be_agreed_and_changed(programme, asked, manager):
    agree(asked, "8", manager)
    other = agree(more(programme, manager), "2", manager)
    agree(other, "1", manager)
    agree(asked, "9", manager)

    assert facts.agreed_of(programme) == 10


def test_more_than_an_approximate_entitlement_is_asked_about_by_its_excess(plan, manager):
    rough = make.entitlement(plan, "3", is_approximate=True)
    asked = more(rough, manager)

    with pytest.raises(facts.Unacknowledged) as refused:
        agree(asked, "5", manager)
    assert refused.value.problem.excess == 2
    with pytest.raises(facts.Unacknowledged):
        agree(asked, "6", manager, acknowledged=Decimal(2))
    assert agree(asked, "5", manager, acknowledged=Decimal(2)).agreed == 5


def test_days_of_a_programme_that_states_none_can_be_agreed(plan, manager):
    assert agree(more(make.entitlement(plan, None), manager), "50", manager).agreed == 50


def test_agreement_checks_the_programme_that_support_is_asked_of_now(
    plan, programme, asked, manager
):
    small = make.entitlement(plan, "1", programme="Small", short_name="")
    services.edit_allocation(
        allocation=asked, changes={"entitlement": small}, version=1, by=manager
    )

    with pytest.raises(RuleBroken, match="available from Small"):
        agree(asked, "2", manager)


def test_withdrawn_days_can_be_agreed_for_something_else(programme, asked, manager):
    agreed = agree(asked, "10", manager)
    withdrawn = facts.withdraw_agreement(allocation=asked, version=agreed.version, by=manager)

    assert (withdrawn.agreed, withdrawn.agreed_at, withdrawn.agreed_by) == (None, None, None)
    assert withdrawn.confirmed_for_provider_by == ""
    assert agree(more(programme, manager), "10", manager).agreed == 10


@pytest.mark.parametrize(
    "changes", [{"days": Decimal(7)}, {"days": Decimal("7.75"), "is_approximate": False}]
)
def test_a_programme_cannot_confirm_fewer_days_than_are_agreed(programme, asked, manager, changes):
    agree(asked, "8", manager)

    with pytest.raises(RuleBroken, match=r"more than 7.* would be agreed \(8 days in all\)"):
        services.edit_entitlement(entitlement=programme, changes=changes, version=1, by=manager)

    programme.refresh_from_db()
    assert (programme.days, programme.version) == (10, 1)
    rough = {"days": Decimal(7), "is_approximate": True}
    services.edit_entitlement(entitlement=programme, changes=rough, version=1, by=manager)
    with pytest.raises(RuleBroken, match="1 day more than 7 days"):
        services.edit_entitlement(
            entitlement=programme, changes={"is_approximate": False}, version=2, by=manager
        )


def test_two_programmes_of_one_name_would_share_a_line_and_are_refused(plan, programme, manager):
    values = {"programme": "Another programme", "short_name": "csp"}
    with pytest.raises(RuleBroken, match="called csp already"):
        services.add_entitlement(plan=plan, values=values, by=manager)

    other = services.add_entitlement(plan=plan, values={"programme": "Fund"}, by=manager)
    with pytest.raises(RuleBroken, match="called CSP already"):
        services.edit_entitlement(
            entitlement=other, changes={"short_name": "CSP"}, version=1, by=manager
        )


def test_a_removed_programme_comes_back_unless_its_name_is_taken(plan, programme, manager):
    gone = services.remove_entitlement(entitlement=programme, version=1, by=manager, reason="Over")
    assert not plan_facts(plan).ledger.programmes
    other = services.add_entitlement(plan=plan, values={"programme": "CSP"}, by=manager)

    with pytest.raises(RuleBroken, match="called CSP already"):
        services.restore_entitlement(entitlement=gone, by=manager)
    services.remove_entitlement(entitlement=other, version=1, by=manager)

    assert services.restore_entitlement(entitlement=gone, by=manager).removed_at is None
    assert plan.entitlements.get() == programme


def test_a_programme_that_something_is_asked_of_stays(programme, asked, manager):
    with pytest.raises(RuleBroken, match="for 1 purpose"):
        services.remove_entitlement(entitlement=programme, version=1, by=manager)

    gone = services.remove_allocation(allocation=asked, version=1, by=manager)
    services.remove_entitlement(entitlement=programme, version=1, by=manager)
    with pytest.raises(RuleBroken, match="Bring it back first"):
        services.restore_allocation(allocation=gone, by=manager)
    with pytest.raises(RuleBroken, match="was removed"):
        more(programme, manager)


def test_support_keeps_its_order_when_it_is_moved_removed_and_brought_back(programme, manager):
    first, second, third = (more(programme, manager, name) for name in ("A", "B", "C"))
    services.move_allocation(allocation=third, to=1, by=manager)
    assert order_of(programme) == [(1, "C"), (2, "A"), (3, "B")]

    gone = services.remove_allocation(allocation=first, version=1, by=manager)
    assert order_of(programme) == [(1, "C"), (2, "B")]
    services.restore_allocation(allocation=gone, by=manager)
    assert order_of(programme) == [(1, "C"), (2, "A"), (3, "B")]
    assert second.version == 1


def test_support_asked_of_another_programme_goes_behind_what_is_asked_of_that(
    plan, programme, manager
):
    moved, stays = (more(programme, manager, name) for name in ("A", "B"))
    other = make.entitlement(plan, "5", programme="Fund", short_name="")
    more(other, manager, "C")

    changes = {"entitlement": other, "purpose": "A, for less"}
    services.edit_allocation(allocation=moved, changes=changes, version=1, by=manager)

    assert order_of(programme) == [(1, stays.purpose)]
    assert order_of(other) == [(1, "C"), (2, "A, for less")]


def test_what_has_agreed_days_is_neither_removed_nor_asked_of_another(
    plan, programme, asked, manager
):
    agreed = agree(asked, "2", manager)
    other = make.entitlement(plan, "5", programme="Fund", short_name="")

    with pytest.raises(RuleBroken, match=r"agreed for this \(2 days\)"):
        services.remove_allocation(allocation=asked, version=agreed.version, by=manager)
    with pytest.raises(RuleBroken, match=r"agreed for this \(2 days\)"):
        services.edit_allocation(
            allocation=asked, changes={"entitlement": other}, version=agreed.version, by=manager
        )


def test_what_was_delivered_for_keeps_its_place_on_the_record(asked, manager):
    delivered = facts.record_delivery(allocation=asked, values=GIVEN, by=manager)
    with pytest.raises(RuleBroken, match=r"delivered for this \(1 day\)"):
        services.remove_allocation(allocation=asked, version=1, by=manager)

    facts.remove_delivery(delivery=delivered, version=1, by=manager)
    services.remove_allocation(allocation=asked, version=1, by=manager)
    with pytest.raises(StaleVersion):
        facts.restore_delivery(delivery=delivered, by=manager)


def test_support_serves_only_what_is_in_its_plan(exercise, plan, programme, asked, manager):
    elsewhere = make.plan(make.exercise(exercise.partnership))
    foreign = elsewhere.exercise.framework.standards.first()
    for changes in (
        {"action": make.action(elsewhere)},
        {"standards": [foreign]},
        {"entitlement": make.entitlement(elsewhere)},
    ):
        with pytest.raises(RuleBroken, match="is not in this plan"):
            services.edit_allocation(allocation=asked, changes=changes, version=1, by=manager)
    gone = make.action(plan, "Gone")
    retire_action(action=gone, reason="Done", version=1, by=manager)
    with pytest.raises(RuleBroken, match="“Gone” was retired"):
        services.edit_allocation(allocation=asked, changes={"action": gone}, version=1, by=manager)
    values = {"purpose": "More", "action": gone}
    with pytest.raises(RuleBroken, match="“Gone” was retired"):
        services.add_allocation(entitlement=programme, values=values, by=manager)
    with pytest.raises(ValueError, match="agreed cannot be asked for"):
        services.edit_allocation(
            allocation=asked, changes={"agreed": Decimal(3)}, version=1, by=manager
        )


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_plan_that_stands_takes_facts_and_no_edits(plan, programme, asked, manager, state):
    meeting = make.meeting(make.group(plan.partnership))
    stand(plan, state, manager)

    agreed = agree(asked, "2", manager)
    area = facts.approve_area(
        allocation=asked, meeting=meeting, minute="9.2", version=agreed.version, by=manager
    )
    facts.withdraw_agreement(allocation=asked, version=area.version, by=manager)
    delivered = facts.record_delivery(allocation=asked, values=GIVEN, by=manager)
    changed = facts.edit_delivery(
        delivery=delivered, changes={"days": Decimal(2)}, version=1, by=manager
    )
    facts.remove_delivery(delivery=delivered, version=changed.version, by=manager)
    facts.restore_delivery(delivery=delivered, by=manager)

    for edit in (
        lambda: services.add_entitlement(plan=plan, values={"programme": "Fund"}, by=manager),
        lambda: services.edit_entitlement(entitlement=programme, changes={}, version=1, by=manager),
        lambda: services.remove_entitlement(entitlement=programme, version=1, by=manager),
        lambda: more(programme, manager),
        lambda: services.edit_allocation(allocation=asked, changes={}, version=1, by=manager),
        lambda: services.move_allocation(allocation=asked, to=1, by=manager),
        lambda: services.remove_allocation(allocation=asked, version=1, by=manager),
    ):
        with pytest.raises(RuleBroken, match="stands as it was put to the board"):
            edit()
    assert plan_facts(plan).ledger.total.delivered == 2


def test_the_boards_approval_of_an_area_is_another_thing_than_its_days(plan, asked, manager):
    meeting = make.meeting(make.group(plan.partnership))
    approved = facts.approve_area(
        allocation=asked, meeting=meeting, minute="9.2", version=1, by=manager
    )

    assert (approved.area_approved_at, approved.area_minute) == (meeting, "9.2")
    assert approved.agreed is None
    elsewhere = make.meeting(make.group(make.partnership()))
    with pytest.raises(RuleBroken, match="meeting of this partnership"):
        facts.approve_area(allocation=asked, meeting=elsewhere, minute="", version=2, by=manager)


def test_more_may_be_delivered_than_was_agreed_and_the_ledger_says_so(plan, asked, manager):
    agree(asked, "0.5", manager)
    facts.record_delivery(allocation=asked, values=GIVEN, by=manager)

    assert plan_facts(plan).ledger.warnings == (
        "CSP: 1 day delivered, more than the 0.5 days agreed.",
    )


def test_nothing_is_recorded_for_what_was_removed(asked, manager):
    gone = services.remove_allocation(allocation=asked, version=1, by=manager)
    late = facts.Agreement(Decimal(1), "Lead", None)
    with pytest.raises(StaleVersion):
        facts.agree_days(allocation=gone, agreement=late, version=gone.version, by=manager)
    with pytest.raises(StaleVersion):
        facts.record_delivery(allocation=gone, values=GIVEN, by=manager)
    assert not SupportDelivery.objects.exists()


def test_whoever_agrees_from_an_older_page_is_told(asked, manager, officer):
    changes = {"estimated": Decimal(1)}
    services.edit_allocation(allocation=asked, changes=changes, version=1, by=officer)
    confirmed = facts.Agreement(Decimal(4), "Lead", None)

    with pytest.raises(StaleVersion):
        facts.agree_days(allocation=asked, agreement=confirmed, version=1, by=manager)
