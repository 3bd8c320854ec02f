"""Who changed what in a plan, as those who work on it read it; and undoing a removal."""

import pytest
from django.urls import reverse

from changeplan.models import Action, ChangePlan, StatusStatement, SupportDelivery
from partnership import records
from standards.models import Comment
from tests import factories as make
from tests.pages import assert_queries_stay, words


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A draft with one record of every kind that has a history."""
    plan = make.plan(exercise)
    action = make.action(plan, "Agree a strategy", (1,))
    make.status(plan, 1, "A plan **is** in place.")
    support = make.support(make.entitlement(plan), "Two workshops", (2,), action=action)
    make.delivery(support, "1")
    return plan


@pytest.fixture
def action(plan) -> Action:
    return plan.actions.get()


def address(plan: ChangePlan, name: str = "history", *more: str) -> str:
    return reverse(f"changeplan:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def bring_back(client, plan: ChangePlan, record, kind: str = "action"):
    there = address(plan, "removal_undo", kind, record.identifier)
    return client.post(there, follow=True)


def test_bringing_back_leads_to_where_its_button_was(client, manager, plan, action):
    client.force_login(manager)
    asked = plan.entitlements.get().allocations.get()
    for record, kind, name in ((action, "action", "removed"), (asked, "allocation", "days")):
        records.remove(record, version=1, by=manager)
        here = address(plan, name)
        assert f'name="back" value="{here}"' in client.get(here).content.decode()
        there = address(plan, "removal_undo", kind, record.identifier)
        assert client.post(there, {"back": here})["Location"] == here


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example", "//elsewhere.example", "/", "", "{}\n"]
)
def test_bringing_back_leads_nowhere_else(client, manager, plan, action, back):
    client.force_login(manager)
    there = address(plan, "removal_undo", "action", action.identifier)
    answer = client.post(there, {"back": back.format(address(plan, "plan"))})
    assert answer["Location"] == address(plan, "history")


def test_the_plan_tells_who_changed_what_from_what_to_what(client, manager, officer, plan, action):
    records.change(action, changes={"due": "2027-05"}, version=1, by=manager)
    records.change(action, changes={"due": "2027-06"}, version=2, by=officer, reason="Board’s wish")
    client.force_login(officer)

    page = words(client.get(address(plan)))

    assert "Agree a strategy Officer changed the due date from May 2027 to June 2027, " in page
    assert "Reason: Board’s wish" in page
    assert page.index("to June 2027") < page.index("Manager set the due date to May 2027")


def test_changed_words_of_a_text_are_marked_for_ears_too(client, manager, plan):
    statement = StatusStatement.objects.get()
    records.change(statement, changes={"text": "A plan was in place."}, version=1, by=manager)
    client.force_login(manager)

    page = words(client.get(address(plan, "statement_history", statement.identifier)))

    assert "A plan removed: is, end of removed. added: was, end of added. in place." in page


@pytest.mark.parametrize("kind", ["action", "statement", "allocation"])
def test_a_record_has_a_history_of_its_own_also_when_removed(client, manager, plan, action, kind):
    record = {
        "action": action,
        "statement": StatusStatement.objects.get(),
        "allocation": plan.entitlements.get().allocations.get(),
    }[kind]
    records.remove(record, version=1, by=manager, reason="Done by the county")
    other = make.action(plan, "Train the board")
    client.force_login(manager)

    page = words(client.get(address(plan, f"{kind}_history", record.identifier)))

    assert "Manager removed the" in page
    assert "Reason: Done by the county" in page
    assert other.heading not in page


def test_history_of_support_holds_what_was_delivered(client, manager, plan):
    support = plan.entitlements.get().allocations.get()
    delivery = support.deliveries.get()
    records.change(delivery, changes={"days": 2}, version=1, by=manager)
    client.force_login(manager)

    page = words(client.get(address(plan, "allocation_history", support.identifier)))

    assert "Manager changed the days from 1 to 2" in page


@pytest.mark.parametrize("name", ["history", "action_history"])
@pytest.mark.parametrize("state", ["draft", "approved"])
def test_only_those_who_work_on_plans_read_their_history(
    client, manager, officer, administrator, board_member, observer, outsider, plan, name, state,
):  # fmt: skip
    if state == "approved":
        approved = {"approved_at": "2027-01-01T12:00Z", "approved_by": manager}
        ChangePlan.objects.filter(pk=plan.pk).update(state=state, **approved)
    there = address(plan, name, *([plan.actions.get().identifier] if "_" in name else []))

    def answers(*people) -> set[int]:
        statuses = set()
        for person in people:
            client.force_login(person)
            statuses.add(client.get(there).status_code)
        return statuses

    assert answers(manager, officer, administrator) == {200}
    assert answers(board_member, observer) == {403 if state == "approved" else 404}
    assert answers(outsider) == {404}


def test_another_plans_records_are_not_found(client, manager, exercise, plan, action):
    other = make.plan(exercise)
    client.force_login(manager)

    assert client.get(address(other, "action_history", action.identifier)).status_code == 404
    removed = records.remove(action, version=1, by=manager)
    assert bring_back(client, other, removed).status_code == 404
    assert bring_back(client, plan, removed, "comment").status_code == 404


def test_a_removal_is_undone_from_the_history(client, manager, plan, action):
    records.remove(action, version=1, by=manager)
    client.force_login(manager)
    there = address(plan, "removal_undo", "action", action.identifier)
    assert f'action="{there}"' in client.get(address(plan)).content.decode()

    page = words(bring_back(client, plan, action))

    assert "“Agree a strategy” is back in the plan." in page
    assert "Manager brought back the action" in page
    assert list(plan.actions.all()) == [action]
    assert f'action="{there}"' not in client.get(address(plan)).content.decode()


def test_who_may_not_edit_cannot_bring_back(client, manager, officer, plan, action):
    records.remove(action, version=1, by=manager)
    client.force_login(officer)

    assert "Bring back" not in words(client.get(address(plan)))
    assert bring_back(client, plan, action).status_code == 403
    assert not plan.actions.exists()


def test_a_plan_that_stands_takes_back_deliveries_alone(client, manager, plan, action):
    delivery = SupportDelivery.objects.get()
    for record in (action, delivery):
        records.remove(record, version=1, by=manager)
    ChangePlan.objects.filter(pk=plan.pk).update(state="submitted")
    client.force_login(manager)

    assert words(client.get(address(plan))).count("Bring back") == 1
    assert "This plan stands as it was put to the board" in words(bring_back(client, plan, action))
    assert "is back in the plan" in words(bring_back(client, plan, delivery, "delivery"))


def test_history_narrows_to_a_person_and_to_a_kind(client, manager, officer, plan, action):
    records.change(action, changes={"heading": "Agree a plan"}, version=1, by=manager)
    records.change(plan, changes={"title": "The plan"}, version=1, by=officer)
    client.force_login(manager)

    mine = words(client.get(address(plan), {"who": manager.identifier}))
    actions = words(client.get(address(plan), {"what": "action"}))
    nothing = words(client.get(address(plan), {"what": "delivery", "who": manager.identifier}))
    unknown = words(client.get(address(plan), {"what": "comment\x00", "who": "nobody"}))

    assert "1 change, the latest first" in mine
    assert "“Agree a plan”" in actions
    assert "Officer changed" not in actions
    assert "No changes like this" in nothing
    assert unknown.count("Manager changed") == unknown.count("Officer changed") == 1


def test_long_history_is_read_page_by_page(client, manager, plan, action):
    for version in range(1, 40):
        heading = {"heading": f"Heading {version}."}
        records.change(action, changes=heading, version=version, by=manager)
    client.force_login(manager)

    first = words(client.get(address(plan)))
    second = words(client.get(address(plan), {"page": "2", "what": "action"}))

    assert "“Heading 39.”" in first
    assert "“Heading 2.”" not in first
    assert "“Heading 2.”" in second
    assert "Page 2 of 2" in second


def test_history_never_shows_votes_or_comments(client, manager, plan):
    comment = make.comment(plan.exercise.sessions.get().working_groups.first(), 1, "Secret words")
    records.change(plan, changes={"title": "The plan"}, version=1, by=manager)
    client.force_login(manager)

    assert comment.text not in words(client.get(address(plan)))
    assert Comment.objects.count() == 1


def test_history_takes_as_many_queries_however_long(client, manager, plan, action):
    records.remove(make.action(plan), version=1, by=manager)
    client.force_login(manager)
    pages = [address(plan), address(plan, "action_history", action.identifier)]

    def grow() -> None:
        for version in range(1, 6):
            changes = {"heading": f"Heading {version}"}
            records.change(action, changes=changes, version=version, by=manager)

    assert_queries_stay(client, pages, grow)
