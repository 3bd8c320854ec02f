"""What was agreed, approved and delivered, as managers record it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from changeplan.models import ChangePlan, SupportAllocation, SupportDelivery, SupportEntitlement
from partnership import records
from partnership.forms import DATE_PARTS, error_links
from tests import factories as make
from tests.changeplan.daybook import address, bring_back, sent
from tests.pages import fragments, ids, words

CONFIRMED = {
    "confirmed_for_provider_by": "Programme Lead, CSP",
    "confirmed_on_day": "1", "confirmed_on_month": "6", "confirmed_on_year": "2024",
}  # fmt: skip
DELIVERY = {
    "date_day": "10",
    "date_month": "6",
    "date_year": "2024",
    "days": "1",
    "delivered_by": "Team",
}


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


def _args(plan: ChangePlan, asked: SupportAllocation) -> list[str]:
    return [plan.partnership.slug, plan.identifier, asked.identifier]


def test_days_are_agreed_with_the_figures_in_view(editing, manager, plan, asked):
    make.support(plan.entitlements.get(), "Before", agreed="3")
    shown = words(editing.get(reverse("changeplan:agreement", args=_args(plan, asked))))
    assert "Available 10 Estimated 4 Agreed 3 Delivered None" in shown
    assert "Left to agree 7 Left after agreeing 4 days here 3" in shown

    given = CONFIRMED | {"agreed": "two and a half", "version": "1"}
    place = reverse("changeplan:agreement", args=_args(plan, asked))
    said = sent(editing.post(place, given, follow=True))

    asked.refresh_from_db()
    assert (asked.agreed, asked.agreed_by) == (Decimal("2.5"), manager)
    for part in ("Days agreed 2.5 days", "Confirmed for the provider by Programme Lead, CSP",
                 "Confirmed on 1 June 2024", "Recorded by Manager",
                 "Left to agree 4.5"):  # fmt: skip
        assert part in said


def test_more_than_a_confirmed_entitlement_comes_back_with_the_figures(editing, plan, asked):
    answer = editing.post(address(plan, "agreement"), CONFIRMED | {"agreed": "12", "version": "1"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "is 2 days more than the 10 days available from CSP" in html
    assert "2 over" in html
    assert 'value="12"' in html
    assert "I know that this is" not in html
    [link] = error_links(answer.context["form"])
    assert link.href == "#id_agreed"
    assert "is 2 days more" in link.message
    asked.refresh_from_db()
    assert asked.agreed is None


def test_more_than_an_approximate_entitlement_is_agreed_by_whoever_says_they_know(
    editing, plan, asked
):
    SupportEntitlement.objects.filter(plan=plan).update(is_approximate=True)
    given = CONFIRMED | {"agreed": "12", "version": "1"}
    refused = editing.post(address(plan, "agreement"), given)
    assert refused.status_code == 409
    assert "I know that this is 2 days more" in refused.content.decode()
    assert 'name="acknowledged" value="2"' in refused.content.decode()
    [link] = error_links(refused.context["form"])
    assert link.href == "#id_acknowledged_0"
    assert "you can go on if you confirm that you know this" in link.message
    assert fragments(refused) <= ids(refused) | {"main"}
    assert "2 over" in refused.content.decode()

    again = editing.post(address(plan, "agreement"), given | {"agreed": "13", "acknowledged": "2"})
    assert again.status_code == 409
    assert 'name="acknowledged" value="3"' in again.content.decode()
    sent(editing.post(address(plan, "agreement"), given | {"acknowledged": "2"}, follow=True))

    asked.refresh_from_db()
    assert asked.agreed == 12
    said = words(editing.get(address(plan, "days")))
    assert "12 days agreed, more than the approximately 10 days available." in said
    assert "2 over" in said


@pytest.mark.parametrize("typed", ["", "2.3", "many", "-1", "1001", "\0", "2,5"])
def test_what_is_no_number_of_quarter_days_is_refused_in_words(editing, plan, asked, typed):
    given = CONFIRMED | {"agreed": typed, "version": "1"}
    answer = editing.post(address(plan, "agreement"), given)
    assert answer.status_code == 422
    assert "#id_agreed" in answer.content.decode()
    assert fragments(answer) <= ids(answer) | {"main"}
    asked.refresh_from_db()
    assert asked.agreed is None


def test_agreement_says_who_confirmed_it_and_on_a_day_that_has_come(editing, plan, asked):
    tomorrow = timezone.localdate() + timedelta(days=1)
    late = {f"confirmed_on_{part}": getattr(tomorrow, part) for part in DATE_PARTS}
    for given in ({"confirmed_for_provider_by": ""}, late):
        data = CONFIRMED | {"agreed": "1", "version": "1"} | given
        assert editing.post(address(plan, "agreement"), data).status_code == 422


def test_an_agreement_is_withdrawn(editing, plan, asked):
    sent(editing.post(
        address(plan, "agreement"), CONFIRMED | {"agreed": "0", "version": "1"}, follow=True
    ))  # fmt: skip
    assert "Withdraw the agreement" in words(editing.get(address(plan, "agreement")))
    stale = sent(editing.post(address(plan, "agreement_withdraw"), {"version": "1"}, follow=True))
    assert "was changed by somebody else" in stale

    sent(editing.post(address(plan, "agreement_withdraw"), {"version": "2"}, follow=True))
    asked.refresh_from_db()
    assert (asked.agreed, asked.confirmed_for_provider_by) == (None, "")
    assert "Withdraw the agreement" not in words(editing.get(address(plan, "agreement")))


def test_two_who_agree_different_days_see_both(editing, officer, plan, asked):
    records.change(asked, changes={"agreed": Decimal(1), "agreed_by": officer,
                                   "agreed_at": timezone.now()}, version=1, by=officer)  # fmt: skip
    answer = editing.post(address(plan, "agreement"), CONFIRMED | {"agreed": "2", "version": "1"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "By Officer, " in html
    assert 'name="theirs-agreed" value="1"' in html


def test_the_area_is_approved_at_a_meeting_of_the_partnership(editing, plan, asked):
    board = make.group(plan.partnership, name="The Trust Board")
    meeting = make.meeting(board, "2024-05-17")
    make.meeting(make.group(make.partnership(), name="Another board"))
    form = editing.get(address(plan, "area")).content.decode()
    assert "The Trust Board, 17 May 2024" in form
    assert "Another board" not in form

    given = {"area_approved_at": meeting.pk, "area_minute": "9.2", "version": "1"}
    said = sent(editing.post(address(plan, "area"), given, follow=True))
    assert "Approved by The Trust Board, 17 May 2024 Minute 9.2" in said
    asked.refresh_from_db()
    assert asked.agreed is None

    alone = {"area_minute": "9.2", "version": "2"}
    answer = editing.post(address(plan, "area"), alone)
    assert answer.status_code == 422
    assert "Name the meeting that approved the area" in answer.content.decode()


def test_deliveries_are_recorded_changed_removed_and_brought_back(editing, plan, asked):
    said = sent(editing.post(address(plan, "delivery_new"), DELIVERY, follow=True))
    assert "10 June 2024: 1 day, Team" in said
    assert "1 day delivered, more than the 0 days agreed." in said
    assert "1 over" in said

    made = asked.deliveries.get()
    changed = DELIVERY | {"days": "¾", "version": "1"}
    assert "10 June 2024: 0.75 days" in sent(
        editing.post(address(plan, "delivery_edit"), changed, follow=True)
    )
    gone = {"version": "2", "reason": "Twice on the list"}
    said = sent(editing.post(address(plan, "delivery_remove"), gone, follow=True))
    assert "Nothing is delivered yet." in said
    assert "Removed (1)" in said
    bring_back(editing, plan, "delivery", made)
    assert SupportDelivery.objects.get() == made


@pytest.mark.parametrize(
    "wrong",
    [{"days": "0"}, {"days": ""}, {"delivered_by": ""}, {"date_year": "2124"}, {"note": "\0"}],
)
def test_a_delivery_says_when_how_much_and_by_whom(editing, plan, wrong):
    answer = editing.post(address(plan, "delivery_new"), DELIVERY | wrong)
    assert answer.status_code == 422
    assert fragments(answer) <= ids(answer) | {"main"}
    assert not SupportDelivery.objects.exists()
