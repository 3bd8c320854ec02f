"""What the last cycle's plan said, carried over and spoken for one by one."""

import pytest
from django.urls import reverse

from changeplan.models import ChangePlan
from changeplan.services import states
from changeplan.services.carrying import confirm_carried, drop_carried
from changeplan.services.making import make_plan
from partnership import records
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from tests import factories as make
from tests.changeplan.boards import full_plan, now
from tests.pages import assert_queries_stay, words


@pytest.fixture
def before(exercise) -> ChangePlan:
    """Last cycle's plan: two actions in work, one complete."""
    plan = full_plan(exercise)
    make.action(plan, "Done with", (3,), status="complete")
    return plan


@pytest.fixture
def later(exercise):
    return make.exercise(exercise.partnership, framework=exercise.framework, title="The next")


@pytest.fixture
def plan(before, later, manager) -> ChangePlan:
    return make_plan(
        exercise=later, title="Next plan", arrangement="by_standard", previous=before, by=manager
    )


def address(plan: ChangePlan, name: str = "carried", *more: object) -> str:
    return reverse(f"changeplan:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def waiting(plan: ChangePlan) -> list:
    statements = plan.entries.get(standard__number=1).status.order_by("number")
    return [*statements.filter(to_confirm=True), *plan.actions.filter(to_confirm=True)]


def settle(client, plan: ChangePlan, record, how: str, **typed):
    kind = "action" if hasattr(record, "heading") else "status"
    sent = {"settle": how, "version": record.version} | typed
    return client.post(address(plan, "carried_settle", kind, record.identifier), sent, follow=True)


def test_unfinished_actions_and_statuses_are_carried_over(before, plan):
    old, new = before.actions.order_by("number"), plan.actions.order_by("number")
    assert [a.heading for a in new] == ["Agree the priorities", "Publish the plan"]
    first = new[0]
    assert (first.detail, str(first.due), first.lead, first.owner_name, first.status) == (
        "Through *group sessions* this year.", "April 2027", "Planning group", "Head of service",
        "in_progress",
    )  # fmt: skip
    assert [s.number for s in first.standards.order_by("number")] == [1, 2]
    assert new[1].relied_on_support == "Help placed elsewhere."
    assert [a.carried_from for a in new] == list(old)[:2]
    assert all(a.to_confirm for a in new)
    assert not {a.identifier for a in new} & {a.identifier for a in old}
    assert list(new[1].depends_on.all()) == [first]
    statements = plan.entries.get(standard__number=1).status.order_by("number")
    assert [s.text for s in statements] == ["A plan **is** in place.", "Its successor is due."]
    assert all(s.to_confirm and s.carried_from for s in statements)
    assert not plan.entitlements.exists()
    assert before.actions.count() == 3


def test_what_was_removed_before_is_not_carried_over(before, later, manager):
    records.remove(before.actions.get(number=1), version=1, by=manager)
    plan = make_plan(exercise=later, title="N", arrangement="by_standard", previous=before,
                     by=manager)  # fmt: skip
    assert [a.heading for a in plan.actions.all()] == ["Publish the plan"]


def test_plan_of_another_framework_carries_nothing_over(client, before, manager):
    other = make.exercise(before.partnership)
    client.force_login(manager)
    typed = {"exercise": other.pk, "title": "N", "arrangement": "by_standard",
             "previous": before.pk}  # fmt: skip
    refused = client.post(reverse("changeplan:make", args=[before.partnership.slug]), typed)
    assert refused.status_code == 409
    assert "standards of another framework" in refused.content.decode()
    assert ChangePlan.objects.count() == 1


def test_plan_of_the_same_exercise_is_no_plan_before(before, exercise, manager):
    with pytest.raises(RuleBroken, match="same exercise"):
        make_plan(exercise=exercise, title="N", arrangement="by_standard", previous=before,
                  by=manager)  # fmt: skip
    assert ChangePlan.objects.count() == 1


@pytest.mark.parametrize(
    ("this", "other", "follows"),
    [("2024", "2025-03", False), ("2024-05", None, True), ("2026", "2025", True)],
)
def test_plan_of_a_later_exercise_is_no_plan_before(
    before, exercise, later, manager, this, other, follows
):
    """By which follows which, by their dates, else by which closed first."""
    exercise.date, later.date = this, other
    exercise.previous = None
    later.previous = exercise if follows else None
    for each in (exercise, later):
        each.save()
        each.refresh_from_db()
    second = make_plan(exercise=later, title="N", arrangement="by_standard", previous=before,
                       by=manager)  # fmt: skip

    with pytest.raises(RuleBroken, match="is of a later exercise than Self-assessment"):
        make_plan(exercise=exercise, title="O", arrangement="by_standard", previous=second,
                  by=manager)  # fmt: skip

    assert ChangePlan.objects.count() == 2


def test_without_dates_what_closed_first_comes_before(before, exercise, later, plan, manager):
    with pytest.raises(RuleBroken, match="later exercise"):
        make_plan(exercise=exercise, title="O", arrangement="by_standard", previous=plan,
                  by=manager)  # fmt: skip


def test_each_is_confirmed_changed_or_dropped_and_the_page_counts(client, plan, manager):
    client.force_login(manager)
    assert "4 of 4 parts still to confirm." in words(client.get(address(plan)))
    first, second, act, other = waiting(plan)
    said = words(settle(client, plan, first, "confirm"))
    assert "3 of 4 parts still to confirm." in said
    said = words(settle(client, plan, second, "drop"))
    assert "2 of 4 parts still to confirm." in said
    change = {"heading": "Agree anew", "detail": "", "due_day": "", "due_month": "",
              "due_year": "2028", "due_words": "", "status": "paused", "rating": "",
              "version": act.version}  # fmt: skip
    href = address(plan, "carried_edit", "action", act.identifier)
    said = words(client.post(href, change, follow=True))
    assert "1 of 4 parts still to confirm." in said
    assert "Everything is confirmed" in words(settle(client, plan, other, "confirm"))
    act.refresh_from_db()
    assert (act.heading, str(act.due), act.status, act.to_confirm) == (
        "Agree anew", "2028", "paused", False,
    )  # fmt: skip
    assert act.lead == "Planning group"


def test_statement_is_changed_on_its_own_page(client, plan, manager):
    client.force_login(manager)
    statement = waiting(plan)[0]
    href = address(plan, "carried_edit", "status", statement.identifier)
    assert "A plan **is** in place." in client.get(href).content.decode()
    client.post(href, {"text": "A plan is agreed.", "version": statement.version})
    statement.refresh_from_db()
    assert (statement.text, statement.to_confirm) == ("A plan is agreed.", False)
    assert client.get(href).status_code == 404


def test_submission_is_refused_while_anything_waits(client, plan, manager):
    client.force_login(manager)
    submit = address(plan, "step", "submit")
    refused = client.post(submit, {"note": ""})
    assert refused.status_code == 409
    assert "4 parts carried over from the plan before must first be confirmed" in (
        refused.content.decode()
    )
    home = client.get(address(plan, "plan"))
    assert "4 parts carried over still to confirm" in words(home)
    for record in waiting(plan):
        settle(client, plan, record, "confirm")
    client.post(submit, {"note": ""})
    assert now(plan).state == "submitted"


def test_dropped_action_leaves_no_gap_in_the_order(plan, manager):
    first, second = plan.actions.order_by("number")
    drop_carried(carried=first, version=first.version, by=manager)
    assert [(a.number, a.heading) for a in plan.actions.all()] == [(1, second.heading)]
    assert type(first).everything.get(pk=first.pk).removal_reason == "No longer holds"


def test_second_who_settles_the_same_is_told(client, plan, manager, administrator):
    action = plan.actions.get(number=1)
    confirm_carried(carried=action, changes={}, version=action.version, by=administrator)
    with pytest.raises(StaleVersion):
        drop_carried(carried=action, version=action.version, by=manager)
    client.force_login(manager)
    other = plan.actions.get(number=2)
    said = words(settle(client, plan, other, "drop", version=other.version - 1))
    assert "Somebody else was faster" in said
    assert plan.actions.filter(number=2).exists()


def test_nothing_is_settled_once_the_plan_stands(plan, manager):
    for record in waiting(plan):
        confirm_carried(carried=record, changes={}, version=record.version, by=manager)
    states.submit_plan(plan=plan, by=manager)
    action = plan.actions.get(number=1)
    with pytest.raises(RuleBroken):
        drop_carried(carried=action, version=action.version, by=manager)


@pytest.mark.parametrize("name", ["carried_edit", "carried_settle"])
def test_settling_is_for_who_writes_the_plan(client, officer, observer, outsider, plan, name):
    action = plan.actions.get(number=1)
    href = address(plan, name, "action", action.identifier)
    for person, status in ((officer, 403), (observer, 404), (outsider, 404)):
        client.force_login(person)
        assert client.post(href, {"settle": "drop", "version": 1}).status_code == status
    assert plan.actions.get(number=1).to_confirm


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "²", "\x00"])
def test_strange_version_settles_nothing(client, plan, manager, version):
    client.force_login(manager)
    said = words(settle(client, plan, plan.actions.get(number=1), "confirm", version=version))
    assert "4 of 4 parts still to confirm." in said


def test_unknown_kind_or_record_is_not_found(client, plan, manager):
    client.force_login(manager)
    action = plan.actions.get(number=1)
    for place in (("thing", action.identifier), ("status", action.identifier), ("action", "x")):
        assert client.get(address(plan, "carried_edit", *place)).status_code == 404


def test_plan_that_started_empty_has_nothing_to_confirm(client, before, manager):
    client.force_login(manager)
    assert "Nothing was carried over" in words(client.get(address(before)))


def test_page_takes_few_queries_however_much_waits(client, plan, manager):
    client.force_login(manager)

    def grow() -> None:
        origin = plan.actions.first()
        for number in range(20):
            make.action(plan, f"More {number}", (1,), to_confirm=True, carried_from=origin)

    assert_queries_stay(client, [address(plan)], grow)
