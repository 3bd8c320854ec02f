"""The pages of a change plan, as people of each role meet them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changeplan.models import ChangePlan, ProgressUpdate
from partnership import records
from partnership.roles import Role
from standards.models import Attribution, PublishedScore
from tests import factories as make

MOST_QUERIES = 15
PAGES = "plans", "plan", "days", "completeness", "action"


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A submitted plan: one action for standards 1 and 2, nothing for standard 3."""
    plan = make.plan(exercise, title="Change plan 2024", state="submitted")
    make.status(plan, 1, "A plan **is** in place.")
    make.status(plan, 1, "Its successor is due.")
    group = make.group(exercise.partnership, name="Planning group")
    serving = make.action(
        plan, "Agree the priorities", (1, 2), detail="Through *group sessions*.", due="2011-04",
        lead_group=group, rating="amber", status="in_progress",
    )  # fmt: skip
    programme = make.entitlement(plan, "20", is_approximate=True)
    make.support(
        programme, "Help to agree", (1,), estimated="2", action=serving, form="workshop", events=2,
        focus_areas=["Early years"],
    )  # fmt: skip
    return plan


@pytest.fixture
def narrative(partnership) -> ChangePlan:
    """A plan arranged by improvement priority, of an exercise without scores."""
    said = make.exercise(partnership, is_scored=False)
    plan = make.plan(said, title="Recommendations", state="submitted", arrangement="by_priority")
    priority = make.priority(said, "ECM needs assessment")
    Attribution.objects.create(
        finding=priority, number=1, category="The board", strength="particularly",
        reservation="Less so for the operational work.",
    )  # fmt: skip
    make.priority(said, "Schools", 2)
    joint = make.action(plan, "Joint ECM needs assessment")
    joint.priorities.add(priority)
    programme = make.entitlement(plan, None)
    make.support(programme, "A workshop on a section 10 agreement", action=joint)
    return plan


def address(plan: ChangePlan, name: str = "plan") -> str:
    place = [plan.partnership.slug]
    if name != "plans":
        place.append(plan.identifier)
    if name == "action":
        place.append(plan.actions.order_by("number").first().identifier)
    return reverse(f"changeplan:{name}", args=place)


def read(client, user, address: str, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def words(html: str) -> str:
    """The page as it is read: without tags, with single spaces."""
    in_line = re.sub(r"</?(?:a|em|strong)\b[^>]*>", "", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", in_line))


def row(html: str, key: str) -> str:
    """The words of one row of a table, or of one section, by its id."""
    found = re.search(rf'<(tr|section)\b[^>]*id="{key}".*?</\1>', html, re.DOTALL)
    return words(found[0])


@pytest.mark.parametrize("name", PAGES)
def test_outsider_finds_no_page(client, outsider, plan, name):
    read(client, outsider, address(plan, name), 404)


@pytest.mark.parametrize("name", PAGES)
def test_facilitator_is_refused(client, facilitator, plan, name):
    read(client, facilitator, address(plan, name), 403)


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_asked_to_sign_in(client, plan, name):
    response = client.get(address(plan, name))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["plan", "days", "completeness", "action"])
@pytest.mark.parametrize("state", ["draft", "returned"])
def test_unfinished_plan_is_shown_to_those_who_work_on_it(
    client, manager, officer, administrator, board_member, observer, plan, name, state
):
    ChangePlan.objects.filter(pk=plan.pk).update(state=state)
    for worker in (manager, officer, administrator):
        read(client, worker, address(plan, name))
    for reader in (board_member, observer):
        read(client, reader, address(plan, name), 404)
        assert plan.title not in read(client, reader, address(plan, "plans"))


def test_action_of_another_plan_is_not_found(client, manager, plan, narrative):
    other = narrative.actions.get().identifier
    there = reverse("changeplan:action", args=[plan.partnership.slug, plan.identifier, other])
    read(client, manager, there, 404)


def test_plan_shows_each_standard_with_its_score_status_action_and_support(client, observer, plan):
    html = read(client, observer, address(plan))
    first = row(html, "standard-1")
    assert "<strong>one plan</strong>" in html
    for said in ("2.5", "A plan is in place.", "Its successor is due.", "Agree the priorities",
                 "In progress", "At risk", "Lead Planning group", "Due April 2011",
                 "Through group sessions.", "2 days estimated", "2 workshops on:",
                 "Early years"):  # fmt: skip
        assert said in first
    assert "Set out under standard 1" in row(html, "standard-2")
    assert "Through group sessions." not in row(html, "standard-2")


def test_plan_says_what_a_standard_has_not(client, observer, plan):
    third = row(read(client, observer, address(plan)), "standard-3")
    assert "No status given" in third
    assert "No action" in third
    assert "None asked" in third
    assert " 0 " not in third


def test_plan_shows_support_relied_on_but_not_asked_for(client, observer, plan):
    make.action(plan, "Monitor", (3,), relied_on_support="Support placed *elsewhere*.")
    third = row(read(client, observer, address(plan)), "standard-3")
    assert "None asked Relies on Support placed elsewhere." in third


def test_plan_shows_change_since_the_exercise_before(client, observer, plan):
    before = make.exercise(
        plan.partnership, framework=plan.exercise.framework, averaging="recorded_figures"
    )
    first = before.framework.standards.get(number=1)
    PublishedScore.objects.create(exercise=before, standard=first, value="2.1")
    plan.exercise.previous = before
    plan.exercise.save()
    html = read(client, observer, address(plan))
    assert "+0.4 since last time (2.1)" in row(html, "standard-1")
    assert "Not comparable" in row(html, "standard-2")


def test_plan_of_an_open_exercise_keeps_its_scores_from_readers(client, manager, observer, plan):
    plan.exercise.state, plan.exercise.closed_at, plan.exercise.closed_by = "open", None, None
    plan.exercise.save()
    assert "2.5" in row(read(client, manager, address(plan)), "standard-1")
    hidden = row(read(client, observer, address(plan)), "standard-1")
    assert "2.5" not in hidden
    assert "Not scored" not in hidden


def test_plan_sums_up_in_figures(client, observer, plan):
    said = words(read(client, observer, address(plan)))
    assert "Standards with actions 2 of 3" in said
    assert "Days estimated 2 of approximately 20 available" in said
    assert "Days agreed None so far" in said


def test_plan_says_loudly_when_more_is_estimated_than_there_is(client, observer, plan):
    make.support(plan.entitlements.get(), "Very much more", (3,), estimated="19")
    warning = "21 days estimated, more than the approximately 20 days available."
    for name in ("plan", "days"):
        html = read(client, observer, address(plan, name))
        assert "app-callout--danger" in html
        assert warning in words(html)


def test_approved_plan_names_meeting_and_minute(client, observer, manager, plan):
    board = make.group(plan.partnership, name="The trust board")
    ChangePlan.objects.filter(pk=plan.pk).update(
        state="approved", approved_at="2024-05-18T09:00Z", approved_by=manager,
        approved_meeting=make.meeting(board, "2024-05-17"), minute_reference="9.2",
    )  # fmt: skip
    said = words(read(client, observer, address(plan)))
    assert "Approved by The trust board, 17 May 2024" in said
    assert "Minute 9.2" in said
    assert "Recorded 18 May 2024" in said


def test_only_a_plan_in_force_has_overdue_actions(client, observer, manager, plan):
    assert "Overdue" not in row(read(client, observer, address(plan)), "standard-1")
    approved = {"state": "approved", "approved_at": "2024-05-18T09:00Z", "approved_by": manager}
    ChangePlan.objects.filter(pk=plan.pk).update(**approved)
    assert "Overdue" in row(read(client, observer, address(plan)), "standard-1")
    plan.actions.update(status="complete")
    assert "Overdue" not in row(read(client, observer, address(plan)), "standard-1")


def test_plan_by_priority_shows_who_raised_what_and_what_answers_it(client, observer, narrative):
    html = read(client, observer, address(narrative))
    first, second = narrative.exercise.findings.order_by("number")
    answered = row(html, f"priority-{first.identifier}")
    for said in ("ECM needs assessment", "The board (particularly)",
                 "Less so for the operational work.", "Joint ECM needs assessment",
                 "Days not stated", "A workshop on a section 10 agreement"):  # fmt: skip
        assert said in answered
    assert "No action answers it." in row(html, f"priority-{second.identifier}")


def test_plan_by_priority_has_no_scores_and_no_table_of_standards(client, observer, narrative):
    html = read(client, observer, address(narrative))
    assert "Not scored" not in html
    assert "standard-1" not in html
    assert "<table" not in html
    assert "Priorities answered 1 of 2" in words(html)


@pytest.mark.parametrize("arrangement", ["by_standard", "by_priority"])
def test_support_of_a_retired_action_stays_in_sight(client, observer, manager, plan, arrangement):
    ChangePlan.objects.filter(pk=plan.pk).update(arrangement=arrangement)
    action = make.action(plan, "Given up")
    asked = make.support(plan.entitlements.get(), "Help to give up", action=action)
    records.remove(action, version=1, by=manager)

    whole = words(read(client, observer, address(plan))).split("Support for the plan as a whole")[1]
    assert "Help to give up" in whole
    assert "Asked for “Given up”, which was retired." in whole
    assert "Asked for “Given up”, which was retired" in words(
        read(client, observer, address(plan, "days"))
    )
    own = reverse(
        "changeplan:allocation", args=[plan.partnership.slug, plan.identifier, asked.identifier]
    )
    assert "Asked for by Given up, which was retired" in words(read(client, observer, own))


def test_days_lists_programmes_standards_purposes_and_dated_deliveries(client, observer, plan):
    asked = plan.entitlements.get().allocations.get()
    make.delivery(asked, "0.25", "2024-06-10")
    make.delivery(asked, "1", "2024-07-01")
    said = words(read(client, observer, address(plan, "days")))
    assert "CSP Approximately 20 2 None 1.25 1.25 over 18 20" in said
    assert "1.25 days delivered, more than the 0 days agreed." in said
    assert "10 June 2024: 0.25 days, Support team" in said
    assert "1 July 2024: 1 day, Support team" in said
    assert "Standard title 3 None asked" in said


def test_the_plan_says_loudly_which_programme_is_over_though_another_has_days_left(
    client, observer, plan
):
    make.entitlement(plan, "50", programme="Regional fund", short_name="")
    small = make.entitlement(plan, "2", programme="Local fund", short_name="LF")
    make.support(small, "Too much", (1,), estimated="4.5", agreed="3")
    page = read(client, observer, address(plan))
    said = words(page)
    assert "Days estimated 6.5 2.5 over at LF" in said
    assert "Days agreed 3 1 over at LF" in said
    assert page.count("app-tile--danger") == 2


def test_days_of_several_programmes_have_a_total(client, observer, plan):
    other = make.entitlement(plan, "5", programme="Regional fund", short_name="")
    make.support(other, "More of it", (3,), estimated="3")
    said = words(read(client, observer, address(plan, "days")))
    assert "Regional fund 5 3 None None 2 5" in said
    assert "All programmes Approximately 25 5 None None 20 25" in said


def test_days_without_figures_draw_no_chart(client, observer, narrative):
    html = read(client, observer, address(narrative, "days"))
    assert "app-chart" not in html
    assert "Days not stated" in html
    assert "CSP Not stated Not stated None None Not known Not known" in words(html)


def test_completeness_links_every_gap_to_its_place(client, observer, plan):
    html = read(client, observer, address(plan, "completeness"))
    assert "It never blocks" in html
    assert "Standards with an action 2 of 3" in words(html)
    assert "Standards without an action (1)" in words(html)
    assert f'href="{address(plan)}#standard-3"' in html
    assert 'id="standard-3"' in read(client, observer, address(plan))


def test_completeness_links_to_actions_and_priorities(client, observer, narrative):
    html = read(client, observer, address(narrative, "completeness"))
    assert "Actions without an owner or a lead (1)" in words(html)
    assert f'href="{address(narrative, "action")}"' in html
    schools = narrative.exercise.findings.get(number=2).identifier
    assert f'href="{address(narrative)}#priority-{schools}"' in html
    assert f'id="priority-{schools}"' in read(client, observer, address(narrative))
    assert "current status" not in html


def test_completeness_of_a_full_plan_says_so(client, observer, plan):
    for number in (2, 3):
        make.status(plan, number, "As it is.")
    make.action(plan, "The rest", (3,), owner_title="Head of service", due="2025")
    assert "No gaps" in read(client, observer, address(plan, "completeness"))


def test_action_page_holds_everything_about_it(client, observer, manager, plan):
    serving = plan.actions.get()
    earlier = make.action(plan, "First things first")
    serving.depends_on.add(earlier)
    serving.priorities.add(make.priority(plan.exercise, "One plan for all"))
    ProgressUpdate.objects.create(
        action=serving, date="2024-06-10", status="in_progress", rating="green",
        text="Two sessions **held**.", reported_by=manager,
    )  # fmt: skip
    said = words(read(client, observer, address(plan, "action")))
    for part in ("Agree the priorities", "In progress", "Due April 2011", "Lead Planning group",
                 "Owner Not given", "We share one plan", "1. One plan for all",
                 "First things first", "2 days estimated", "Help to agree", "10 June 2024, Manager",
                 "Two sessions held.", "On track"):  # fmt: skip
        assert part in said


def test_plans_lists_each_with_its_state(client, observer, plan, narrative):
    said = words(read(client, observer, address(plan, "plans")))
    assert "Change plan 2024 Submitted to the board Exercise: Self-assessment" in said
    assert "Recommendations Submitted to the board" in said


def test_plans_without_any_says_what_will_be_there(client, observer, partnership):
    said = read(client, observer, reverse("changeplan:plans", args=[partnership.slug]))
    assert "No change plan yet" in said


def test_what_officers_wrote_cannot_carry_markup(client, observer, plan):
    make.status(plan, 2, "<script>alert(1)</script>[x](javascript:alert(1))")
    make.action(plan, "<img src=x onerror=alert(1)>", (2,), owner_title="<b>Head</b>")
    html = read(client, observer, address(plan))
    for markup in ("<script>alert", "<img src=x", "<b>Head", 'href="javascript'):
        assert markup not in html


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", ["plan", "narrative"])
def test_queries_are_few_and_do_not_grow(client, board_member, request, name, kind):
    plan = request.getfixturevalue(kind)
    before = queries(client, board_member, address(plan, name))
    grow(plan)
    assert queries(client, board_member, address(plan, name)) == before
    assert before <= MOST_QUERIES


def queries(client, user, address: str) -> int:
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grow(plan: ChangePlan) -> None:
    """Ten times the rows of everything that a plan holds, and ten times the plans."""
    programme, first = plan.entitlements.get(), plan.actions.first()
    person = make.member(plan.partnership, Role.MANAGER, job_title="Head of service")
    owner = person.memberships.get()
    for number in range(3, 13):
        priority = make.priority(plan.exercise, f"Priority {number}", number)
        Attribution.objects.create(finding=priority, number=1, category="Managers")
        body = make.group(plan.partnership)
        done = make.action(
            plan, f"Action {number}", (1, 2), monitored_by=body, reports_to=body, owner=owner
        )
        done.priorities.add(priority)
        first.depends_on.add(done)
        make.delivery(make.support(programme, f"Purpose {number}", (1, 2), action=done), "1")
        make.status(plan, 1, f"Statement {number}.")
        ProgressUpdate.objects.create(
            action=first, date="2024-06-10", status="paused", text="Held.", reported_by=person
        )
        if plan.exercise.is_scored:
            table = make.working_group(plan.exercise, f"Table {number}", f"Cohort {number}")
            make.scores(table, "3", "4")
        make.plan(make.exercise(plan.partnership), state="submitted")
