"""A plan between its manager and the board: each step, who may take it, and when."""

import pytest
from django.urls import reverse

from changeplan.models import ChangePlan, PlanVersion
from changeplan.services import states
from changeplan.snapshot import digest
from partnership.rules import RuleBroken
from tests import factories as make
from tests.changeplan.boards import approved_plan, full_plan, held, in_work, now, version
from tests.pages import MOST_QUERIES, queries, words

STEPS = ("submit", "withdraw", "approve", "return", "begin", "drop", "supersede")


@pytest.fixture
def plan(exercise) -> ChangePlan:
    return full_plan(exercise)


@pytest.fixture
def meeting(partnership):
    return held(partnership)


def address(plan: ChangePlan, step: str = "") -> str:
    place = [plan.partnership.slug, plan.identifier]
    return reverse("changeplan:step", args=[*place, step]) if step else reverse(
        "changeplan:plan", args=place
    )  # fmt: skip


def take(client, user, plan: ChangePlan, step: str, **typed):
    client.force_login(user)
    return client.post(address(plan, step), typed, follow=True)


def test_submitting_keeps_a_version_and_stops_the_editing(client, manager, plan):
    said = words(take(client, manager, plan, "submit", note="The first."))
    assert "The plan is before the board." in said
    kept = version(plan)
    assert (kept.outcome, kept.note, kept.submitted_by) == ("pending", "The first.", manager)
    assert kept.digest == digest(kept.content)
    assert [a["heading"] for a in kept.content["actions"]] == [
        "Agree the priorities",
        "Publish the plan",
    ]
    assert now(plan).state == "submitted"
    assert not now(plan).is_editable


def test_approval_is_recorded_with_meeting_minute_and_who_wrote_it_down(
    client, manager, officer, plan, meeting
):
    states.submit_plan(plan=plan, by=manager)
    typed = {"number": 1, "meeting": meeting.pk, "minute_reference": "9.2"}
    said = words(take(client, officer, plan, "approve", **typed))
    assert "Approved by The trust board, 17 May 2024" in said
    kept, current = version(plan), now(plan)
    assert (kept.outcome, kept.meeting, kept.minute_reference) == ("approved", meeting, "9.2")
    assert (current.state, current.approved_by, current.approved_meeting) == (
        "approved",
        officer,
        meeting,
    )
    assert kept.decided_at == current.approved_at
    assert "Approved: The trust board, 17 May 2024, minute 9.2. Recorded on" in kept.record
    assert "by Officer." in kept.record


def test_returned_plan_says_why_and_is_editable_again(client, manager, officer, plan):
    states.submit_plan(plan=plan, by=manager)
    take(client, officer, plan, "return", number=1, reason="Too **many** actions.")
    assert (now(plan).state, version(plan).outcome) == ("returned", "returned")
    client.force_login(manager)
    said = words(client.get(address(plan)))
    assert "Why it was returned Too many actions." in said
    assert "Submit again" in said
    assert states.submit_plan(plan=plan, by=manager).number == 2


def test_return_needs_a_reason(client, manager, officer, plan):
    states.submit_plan(plan=plan, by=manager)
    client.force_login(officer)
    refused = client.post(address(plan, "return"), {"number": 1, "reason": " "})
    assert refused.status_code == 422
    with pytest.raises(RuleBroken, match="Say why"):
        states.return_plan(plan=plan, number=1, reason=" ", by=officer)
    assert version(plan).outcome == "pending"


def test_withdrawn_plan_is_a_draft_again_and_the_version_stays(client, manager, plan):
    states.submit_plan(plan=plan, by=manager)
    take(client, manager, plan, "withdraw", number=1)
    assert (now(plan).state, version(plan).outcome) == ("draft", "withdrawn")


def test_new_version_leaves_the_approved_one_in_force(client, manager, exercise):
    plan = approved_plan(exercise, manager)
    take(client, manager, plan, "begin")
    current = now(plan)
    assert (current.state, current.is_editable, current.is_in_force) == ("draft", True, True)
    assert current.approved_at == plan.approved_at


def test_new_version_is_dropped_only_while_nothing_has_changed(client, manager, exercise):
    plan = approved_plan(exercise, manager)
    states.begin_version(plan=plan, by=manager)
    client.force_login(manager)
    assert "Leave it at the approved version" in words(client.get(address(plan)))
    action = make.action(plan, "One more")
    assert "Leave it at the approved version" not in words(client.get(address(plan)))
    refused = client.post(address(plan, "drop"), {})
    assert refused.status_code == 409
    assert "1 change since the approval" in refused.content.decode()
    action.delete()
    take(client, manager, plan, "drop")
    assert now(plan).state == "approved"


def test_approved_plan_of_a_later_cycle_supersedes_the_one_it_started_from(
    manager, officer, exercise, meeting
):
    before = in_work(exercise, manager)
    states.submit_plan(plan=before, by=manager)
    later = make.exercise(exercise.partnership, framework=exercise.framework)
    plan = make.plan(later, previous=before)
    states.submit_plan(plan=plan, by=manager)
    assert now(before).state == "submitted"
    states.approve_plan(plan=plan, number=1, meeting=meeting, by=officer)
    assert (now(before).state, now(before).is_in_force) == ("superseded", False)
    assert [each.outcome for each in before.versions.all()] == ["approved", "withdrawn"]


def test_draft_that_a_later_plan_started_from_stays_a_draft(manager, exercise, meeting):
    before = full_plan(exercise)
    later = make.exercise(exercise.partnership, framework=exercise.framework)
    plan = make.plan(later, previous=before)
    states.submit_plan(plan=plan, by=manager)
    states.approve_plan(plan=plan, number=1, meeting=meeting, by=manager)
    assert now(before).state == "draft"


def test_plan_is_taken_out_of_force_by_hand(client, officer, manager, exercise):
    plan = approved_plan(exercise, manager)
    take(client, officer, plan, "supersede", reason="Merged with the health plan.")
    assert now(plan).state == "superseded"
    assert now(plan).history.first().history_change_reason == "Merged with the health plan."
    with pytest.raises(RuleBroken, match="in force"):
        states.supersede_plan(plan=plan, by=officer)


@pytest.mark.parametrize(
    ("when", "possible"),
    [
        ("draft", {"submit"}),
        ("submitted", {"approve", "return", "withdraw"}),
        ("approved", {"begin", "supersede"}),
        ("in work", {"submit", "drop"}),
        ("returned", {"submit"}),
    ],
)
def test_each_state_offers_its_steps_alone(client, manager, exercise, plan, when, possible):
    if when in ("approved", "in work"):
        plan = approved_plan(exercise, manager, title="Another")
    if when == "in work":
        states.begin_version(plan=plan, by=manager)
    if when in ("submitted", "returned"):
        states.submit_plan(plan=plan, by=manager)
    if when == "returned":
        states.return_plan(plan=plan, number=1, reason="Not yet.", by=manager)
    client.force_login(manager)
    page = client.get(address(plan)).content.decode()
    offered = {step for step in STEPS if f'href="{address(plan, step)}"' in page}
    assert offered == possible
    opened = {step for step in STEPS if client.get(address(plan, step)).status_code == 200}
    assert opened - {"drop"} == possible - {"drop"}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_at_the_wrong_time_changes_nothing_and_says_so(client, manager, exercise, step):
    """A second press of the button, a page left open: the step comes when it no longer fits."""
    plan = approved_plan(exercise, manager)
    if step in ("begin", "supersede"):
        plan = full_plan(exercise, title="Still a draft")
    before = now(plan)
    client.force_login(manager)
    refused = client.post(
        address(plan, step), {"number": 1, "reason": "R", "minute_reference": "1"}
    )
    assert refused.status_code == 409
    assert "There is a problem" in refused.content.decode()
    assert (now(plan).state, now(plan).version) == (before.state, before.version)
    assert plan.versions.count() <= 1


def test_decision_on_a_version_that_was_replaced_meanwhile_is_refused(manager, officer, plan):
    states.submit_plan(plan=plan, by=manager)
    states.withdraw_plan(plan=plan, number=1, by=manager)
    states.submit_plan(plan=plan, by=manager)
    with pytest.raises(RuleBroken, match="Version 1 is no longer before the board"):
        states.approve_plan(plan=plan, number=1, minute_reference="9", by=officer)
    assert version(plan, 2).outcome == "pending"


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("nowhere", "Name the meeting"),
        ("elsewhere", "not a meeting of this partnership"),
        ("to come", "still to come"),
    ],
)
def test_approval_needs_a_meeting_that_was_held_here(manager, plan, where, why):
    states.submit_plan(plan=plan, by=manager)
    place = make.partnership() if where == "elsewhere" else plan.partnership
    date = "2999" if where == "to come" else "2024-05-17"
    meeting = None if where == "nowhere" else held(place, date)
    with pytest.raises(RuleBroken, match=why):
        states.approve_plan(plan=plan, number=1, meeting=meeting, by=manager)
    assert now(plan).state == "submitted"


@pytest.mark.parametrize("minute", ["9\x00", "9" * 61])
def test_minute_that_cannot_be_kept_is_refused_in_the_form(client, manager, plan, minute):
    states.submit_plan(plan=plan, by=manager)
    client.force_login(manager)
    typed = {"number": 1, "minute_reference": minute}
    assert client.post(address(plan, "approve"), typed).status_code == 422


@pytest.mark.parametrize("step", STEPS)
def test_steps_belong_to_roles(
    client, manager, officer, administrator, board_member, observer, outsider, facilitator, plan,
    step,
):  # fmt: skip
    ChangePlan.objects.filter(pk=plan.pk).update(
        state="approved", approved_at="2024-05-18T09:00Z", approved_by=manager
    )
    PlanVersion.objects.create(
        plan=plan, number=1, content={}, digest="d", submitted_at="2024-05-01T09:00Z",
        submitted_by=manager, outcome="approved", decided_at="2024-05-18T09:00Z",
        decided_by=manager,
    )  # fmt: skip
    found = {}
    cast = manager, administrator, officer, board_member, observer, facilitator, outsider
    for person in cast:
        client.force_login(person)
        found[person.name] = client.post(address(plan, step), {"number": "x"}).status_code
    decides = step in ("approve", "return", "supersede")
    assert (found["Manager"], found["Administrator"]) == (422, 422)
    assert found["Officer"] == (422 if decides else 403)
    assert (found["Board member"], found["Observer"], found["Facilitator"]) == (403, 403, 403)
    assert found["Outsider"] == 404


def test_unknown_step_is_not_found(client, manager, plan):
    client.force_login(manager)
    assert client.get(address(plan, "burn")).status_code == 404


def test_step_pages_take_few_queries(client, manager, exercise):
    plan = in_work(exercise, manager)
    client.force_login(manager)
    assert queries(client, address(plan, "submit")) <= MOST_QUERIES
    assert queries(client, address(plan)) <= MOST_QUERIES
    states.submit_plan(plan=plan, by=manager)
    assert queries(client, address(plan, "approve")) <= MOST_QUERIES
