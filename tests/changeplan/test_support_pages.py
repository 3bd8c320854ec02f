"""The pages of the days, as managers fill them in: programmes, support, agreement, deliveries."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from changeplan.forms.fields import DaysField, LinesField
from changeplan.models import ChangePlan, SupportAllocation, SupportDelivery, SupportEntitlement
from partnership import records
from partnership.forms import DATE_PARTS
from tests import factories as make
from tests.pages import assert_queries_stay, fragments, ids, words

CONTENT = ("entitlement_new", "entitlement_edit", "entitlement_remove", "allocation_new",
           "allocation_edit", "allocation_remove")  # fmt: skip
FACTS = "agreement", "area", "delivery_new", "delivery_edit", "delivery_remove"
BUTTONS = {"allocation_move": {"to": "1"}, "agreement_withdraw": {"version": "1"}}
PROGRAMME = {"programme": "Regional fund", "days": "2½", "is_approximate": "True"}
SUPPORT = {"purpose": "Two workshops", "form": "workshop", "events": "2", "estimated": "2.5"}
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


def address(plan: ChangePlan, name: str) -> str:
    """The address of a page of the plan, its programme, its support or its delivery."""
    args = [plan.partnership.slug, plan.identifier]
    if name in ("entitlement_edit", "entitlement_remove"):
        args.append(plan.entitlements.get().identifier)
    elif name not in ("days", "entitlement_new", "allocation_new"):
        asked = SupportAllocation.objects.get(entitlement__plan=plan)
        args.append(asked.identifier)
        if name in ("delivery_edit", "delivery_remove"):
            delivered = asked.deliveries.first() or make.delivery(asked, "1")
            args.append(delivered.identifier)
    return reverse(f"changeplan:{name}", args=args)


def bring_back(client, plan: ChangePlan, kind: str, record) -> str:
    args = [plan.partnership.slug, plan.identifier, kind, record.identifier]
    return words(client.post(reverse("changeplan:removal_undo", args=args), follow=True))


def sent(response) -> str:
    """What the page says to which a saved form leads."""
    assert response.redirect_chain, response.context["form"].errors
    return words(response)


def stand(plan: ChangePlan) -> None:
    ChangePlan.objects.filter(pk=plan.pk).update(state="submitted")


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
        "entitlement": programme.pk, "action": action.pk, "standards": [standard.pk],
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

    given = {"entitlement": plan.entitlements.get().pk, "action": foreign.pk}
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


def _args(plan: ChangePlan, asked: SupportAllocation) -> list[str]:
    return [plan.partnership.slug, plan.identifier, asked.identifier]


def test_more_than_a_confirmed_entitlement_comes_back_with_the_figures(editing, plan, asked):
    answer = editing.post(address(plan, "agreement"), CONFIRMED | {"agreed": "12", "version": "1"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "is 2 days more than the 10 days available from CSP" in html
    assert "2 over" in html
    assert 'value="12"' in html
    assert "I know that this is" not in html
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
    assert "Saved by somebody else" in html
    assert 'name="theirs-agreed" value="1"' in html


def test_two_who_change_different_things_of_support_keep_both(editing, officer, plan, asked):
    records.change(asked, changes={"focus_areas": ["Theirs"]}, version=1, by=officer)
    given = SUPPORT | {"purpose": "Mine", "entitlement": asked.entitlement_id, "version": "1",
                       "standards": list(asked.standards.values_list("pk", flat=True)),
                       "form": "other", "events": "", "estimated": "4"}  # fmt: skip
    records.create(SupportEntitlement, plan=plan, programme="Elsewhere", by=officer)
    place = reverse("changeplan:allocation_edit", args=_args(plan, asked))

    said = sent(editing.post(place, given, follow=True))

    asked.refresh_from_db()
    assert (asked.purpose, asked.focus_areas) == ("Mine", ["Theirs"])
    assert "Somebody else changed focus areas meanwhile" in said


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


def test_more_estimated_than_available_is_said_beside_the_forms_and_stops_nothing(editing, plan):
    given = SUPPORT | {"entitlement": plan.entitlements.get().pk, "estimated": "7"}
    said = sent(editing.post(address(plan, "allocation_new"), given, follow=True))
    assert "11 days estimated, more than the 10 days available." in said
    assert "1 over" in said


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


@pytest.mark.parametrize(
    ("typed", "days"),
    [("2", "2"), ("2.5", "2.5"), ("2½", "2.5"), ("1/4", "0.25"), ("two and a half", "2.5")],
)
def test_days_are_read_as_people_write_them(typed, days):
    assert DaysField().clean(typed) == Decimal(days)


def test_days_are_shown_as_short_as_they_are():
    assert DaysField().prepare_value(Decimal("2.50")) == "2.5"
    assert DaysField(required=False).clean("  ") is None


def test_lines_are_a_list_without_bullets():
    assert LinesField(required=False).clean(" • One\r\n\r\n– Two – parts\n") == [
        "One",
        "Two – parts",
    ]
    assert LinesField().prepare_value(["One", "Two"]) == "One\nTwo"
