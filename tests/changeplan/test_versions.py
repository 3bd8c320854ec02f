"""Versions of a plan: kept as they were put to the board, read, compared, and shown to readers who
may not see what is in work."""

import re

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.timezone import localdate

from changeplan.models import (
    Action,
    ChangePlan,
    StatusStatement,
    SupportAllocation,
    SupportEntitlement,
)
from changeplan.services import states
from changeplan.services.progress import report_progress
from partnership.models import Group, Membership, User
from partnership.roles import Role
from standards.models import Attribution, Framework, Standard
from tests import factories as make
from tests.changeplan.boards import approved_plan, full_plan, in_work, now
from tests.pages import assert_queries_stay, queries, words

SECRETS = "A secret of the manager", "three sessions", "was in place"


@pytest.fixture
def plan(exercise, manager) -> ChangePlan:
    """Version 1 is approved; a new one is in work."""
    return in_work(exercise, manager)


def address(plan: ChangePlan, name: str, *more: object) -> str:
    return reverse(f"changeplan:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def main(response) -> str:
    """The page's own part, without what stands around it on every page."""
    assert response.status_code == 200
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]


def read(client, user, href: str) -> str:
    client.force_login(user)
    return words(client.get(href))


def test_version_shows_the_plan_as_it_was_and_who_approved_it_when(client, manager, plan):
    said = read(client, manager, address(plan, "version", 1))
    for told in ("Version 1", "Submitted to the board on", "by Manager.", "Approved: The trust",
                 "17 May 2024, minute 9.2", "A plan is in place.", "Agree the priorities",
                 "Through group sessions this year.", "Due April 2027", "Lead Planning group",
                 "Owner Head of service", "Also serves standard 2.", "2 days estimated",
                 "10 June 2024: 0.25 days, Support team", "Waits for Agree the priorities",
                 "Help placed elsewhere.", "2.5", "Approximately 20"):  # fmt: skip
        assert told in said, told
    assert not [secret for secret in SECRETS if secret in said]


def test_version_by_priority_is_arranged_so_and_has_no_scores(client, manager, partnership):
    said = make.exercise(partnership, is_scored=False)
    plan = make.plan(said, arrangement="by_priority")
    priority = make.priority(said, "Needs assessment", text="Shared by all.")
    Attribution.objects.create(
        finding=priority, number=1, category="The board", strength="particularly",
        reservation="Less so for the operational work.",
    )  # fmt: skip
    make.action(plan, "Joint needs assessment").priorities.add(priority)
    make.action(plan, "On its own")
    states.submit_plan(plan=plan, by=manager)
    told = read(client, manager, address(plan, "version", 1))
    assert "The board (particularly)" in told
    assert "Less so for the operational work." in told
    assert "Joint needs assessment" in told
    assert "Other actions On its own" in told
    assert "Not scored" not in told
    assert "standard by standard" not in told


def test_nothing_that_is_changed_later_reaches_a_version(client, manager, exercise):
    plan = approved_plan(exercise, manager)
    client.force_login(manager)
    before = main(client.get(address(plan, "version", 1)))
    states.begin_version(plan=plan, by=manager)
    Action.objects.filter(plan=plan).update(heading="Other", detail="Else", due="2030")
    StatusStatement.objects.filter(entry__plan=plan).update(text="Other")
    SupportAllocation.objects.all().update(purpose="Other", estimated=9)
    Standard.objects.all().update(marked_title="Other")
    Framework.objects.all().update(name="Other")
    Group.objects.all().update(name=Concat(F("name"), Value(" and others")))
    Membership.objects.filter(role=Role.MANAGER).update(job_title="Other")
    User.objects.filter(pk=manager.pk).update(name="Renamed")
    exercise.sessions.get().working_groups.get(name="Table one").scores.all().delete()
    plan.exercise.__class__.objects.filter(pk=exercise.pk).update(title="Other")
    ChangePlan.objects.filter(pk=plan.pk).update(title="Other")
    assert main(client.get(address(plan, "version", 1))) == before


@pytest.mark.parametrize("role", ["board_member", "observer"])
@pytest.mark.parametrize("name", ["plan", "days", "completeness", "action"])
def test_reader_is_led_to_the_approved_version_while_the_next_is_in_work(
    client, request, plan, role, name
):
    client.force_login(request.getfixturevalue(role))
    more = [plan.actions.first().identifier] if name == "action" else []
    led = client.get(address(plan, name, *more))
    assert led.status_code == 302
    assert led.url == address(plan, "version", 1)
    said = words(client.get(led.url))
    assert "Agree the priorities" in said
    assert not [secret for secret in SECRETS if secret in said]


def test_reader_is_told_of_the_approved_plan_in_the_list_and_the_api(client, board_member, plan):
    ChangePlan.objects.filter(pk=plan.pk).update(title="A title in work")
    listed = read(client, board_member, reverse("changeplan:plans", args=[plan.partnership.slug]))
    assert "Change plan 2024 Approved" in listed
    assert "A title in work" not in listed
    (row,) = client.get(reverse("api-plan-list")).json()["results"]
    assert (row["title"], row["state"]) == ("Change plan 2024", "approved")
    detail = client.get(reverse("api-plan-detail", args=[plan.identifier]))
    found = detail.json()
    assert [each["heading"] for each in found["actions"]] == [
        "Agree the priorities",
        "Publish the plan",
    ]
    assert found["entries"][0]["status"][0] == "A plan **is** in place."
    assert found["support"][0]["delivered"] == "0.25"
    for secret in (*SECRETS, "A title in work"):
        assert secret not in detail.content.decode()


def test_manager_reads_what_is_in_work_everywhere(client, manager, plan):
    assert "A secret of the manager" in read(client, manager, address(plan, "plan"))
    found = client.get(reverse("api-plan-detail", args=[plan.identifier])).json()
    assert (found["state"], len(found["actions"])) == ("draft", 3)


def test_reader_reads_what_is_put_to_the_board_again(client, manager, board_member, plan):
    states.submit_plan(plan=plan, by=manager)
    assert "A secret of the manager" in read(client, board_member, address(plan, "plan"))


def test_superseded_plan_is_read_as_it_was_approved(client, officer, manager, exercise, observer):
    plan = approved_plan(exercise, manager)
    states.supersede_plan(plan=plan, by=officer)
    client.force_login(observer)
    assert client.get(address(plan, "plan")).url == address(plan, "version", 1)


PARTS = {
    **dict.fromkeys(("action_edit", "action_retire"), Action),
    **dict.fromkeys(("statement_edit", "statement_remove"), StatusStatement),
    **dict.fromkeys(("allocation_edit", "allocation_remove"), SupportAllocation),
    **dict.fromkeys(("entitlement_edit", "entitlement_remove"), SupportEntitlement),
}


@pytest.mark.parametrize("name", PARTS)
def test_reader_is_not_told_which_parts_a_plan_in_work_has(client, observer, plan, name):
    client.force_login(observer)
    there = address(plan, name, PARTS[name].objects.first().identifier)
    missing = address(plan, name, "b3rd8k5m9n2p")
    if name != "statement_remove":
        led = [client.get(place) for place in (there, missing)]
        assert [each.status_code for each in led] == [302, 302]
        assert {each.url for each in led} == {address(plan, "version", 1)}
    assert [client.post(place).status_code for place in (there, missing)] == [403, 403]


def test_manager_is_told_that_a_plan_stands_before_that_a_part_is_gone(client, manager, exercise):
    plan = approved_plan(exercise, manager)
    client.force_login(manager)
    answer = client.get(address(plan, "action_edit", "b3rd8k5m9n2p"))
    assert answer.status_code == 403
    assert "stands as it was put to the board" in answer.content.decode()


def test_reader_cannot_post_to_a_plan_in_work(client, board_member, plan):
    client.force_login(board_member)
    assert client.post(address(plan, "step", "submit"), {}).status_code == 403


def test_returned_and_withdrawn_versions_are_for_those_who_work_on_the_plan(
    client, manager, board_member, exercise
):
    plan = approved_plan(exercise, manager)
    states.begin_version(plan=plan, by=manager)
    states.submit_plan(plan=plan, by=manager)
    states.return_plan(plan=plan, number=2, reason="Not yet.", by=manager)
    assert "Version 2" in read(client, manager, address(plan, "versions"))
    assert "Version 2" not in read(client, board_member, address(plan, "versions"))
    assert client.get(address(plan, "version", 2)).status_code == 404
    assert client.get(address(plan, "changes") + "?from=1&to=2").status_code == 404
    assert client.get(address(plan, "changes") + "?from=1&to=now").status_code == 404


def test_plan_page_counts_what_changed_since_the_approval(client, manager, plan):
    said = read(client, manager, address(plan, "plan"))
    assert "4 changes since version 1 was approved" in said
    assert "Version 1 is in force." in said
    assert (
        f'href="{address(plan, "changes")}"' in client.get(address(plan, "plan")).content.decode()
    )


def test_changes_since_approval_are_told_field_by_field(client, manager, plan):
    said = read(client, manager, address(plan, "changes"))
    assert "4 changes from version 1 to the plan now." in said
    for told in ("Current status (1) Changed Standard 1", "A plan removed: is, end of removed.",
                 "added: was", "Changed Agree the priorities", "added: three",
                 "Before: April 2027 → Now: September 2027", "Added A secret of the manager",
                 "Moved"):  # fmt: skip
        assert told in said, told


def test_progress_since_the_approval_is_no_change_of_the_plan(client, manager, exercise):
    plan = approved_plan(exercise, manager)
    states.begin_version(plan=plan, by=manager)
    action = plan.actions.get(number=1)
    report_progress(action=action, on=localdate(), status="complete", rating="green",
                    text="Done.", by=manager)  # fmt: skip
    make.delivery(plan.entitlements.get().allocations.get(), "0.5", "2024-07-01")

    assert "No changes yet since version 1 was approved" in read(
        client, manager, address(plan, "plan")
    )
    said = read(client, manager, address(plan, "changes"))
    assert "No changes from version 1 to the plan now." in said
    assert "Reported since" in said
    assert "Before: In progress → Now: Complete" in said
    assert states.drop_version(plan=now(plan), by=manager).state == "approved"


def test_any_two_versions_can_be_compared(client, manager, plan):
    states.submit_plan(plan=plan, by=manager)
    said = read(client, manager, address(plan, "changes") + "?from=2&to=1")
    assert "changes from version 2 to version 1." in said
    assert "Removed A secret of the manager" in said
    said = read(client, manager, address(plan, "changes") + "?from=2&to=2")
    assert "No changes from version 2 to version 2." in said
    listed = client.get(address(plan, "versions")).content.decode()
    assert f"{address(plan, 'changes')}?from=1&amp;to=2" in listed


@pytest.mark.parametrize("asked", ["from=9", "to=9", "from=x&to=1", "from=%00", "to=-1"])
def test_version_that_is_not_there_is_not_found(client, manager, plan, asked):
    client.force_login(manager)
    assert client.get(f"{address(plan, 'changes')}?{asked}").status_code == 404


def test_plan_that_was_never_submitted_says_what_will_be_there(client, manager, exercise):
    plan = full_plan(exercise)
    assert "No version yet" in read(client, manager, address(plan, "versions"))
    assert "Nothing to compare yet" in read(client, manager, address(plan, "changes"))
    assert client.get(address(plan, "version", 1)).status_code == 404


def test_what_was_written_cannot_carry_markup(client, manager, exercise):
    plan = full_plan(exercise)
    make.status(plan, 2, "<script>alert(1)</script>[x](javascript:alert(1))")
    make.action(plan, "<img src=x onerror=alert(1)>", (2,), owner_title="<b>Head</b>")
    states.submit_plan(plan=plan, note="<script>alert(2)</script>", by=manager)
    client.force_login(manager)
    for page in (address(plan, "version", 1), address(plan, "versions")):
        html = client.get(page).content.decode()
        for markup in ("<script>alert", "<img src=x", "<b>Head", 'href="javascript'):
            assert markup not in html


def test_pages_take_few_queries_however_much_there_is(client, manager, plan):
    client.force_login(manager)
    pages = [address(plan, name) for name in ("plan", "versions", "changes")]
    pages.append(address(plan, "version", 1))

    def grow() -> None:
        for number in range(30):
            make.action(plan, f"More {number}", (1, 2))
            make.status(plan, 1, f"Statement {number}.")

    assert_queries_stay(client, pages, grow)


def test_reader_of_the_approved_version_costs_few_queries(client, board_member, plan):
    client.force_login(board_member)
    assert queries(client, address(plan, "version", 1)) <= 10
    assert now(plan).is_editable
