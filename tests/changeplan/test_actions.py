"""Writing the actions of a plan: on their pages, in the services, by several at once."""

from decimal import Decimal
from functools import partial

import pytest

from changeplan.models import Action, ChangePlan
from changeplan.services import actions
from partnership.roles import Role
from partnership.rules import RuleBroken
from tests import factories as make
from tests.pages import chosen, words
from tests.writing import IN_PLACE, address, posting, typed


def headings(plan: ChangePlan) -> list[str]:
    return list(plan.actions.order_by("number").values_list("heading", flat=True))


def everything(plan: ChangePlan) -> dict:
    """Every field of an action, as a browser sends it."""
    partnership, exercise = plan.partnership, plan.exercise
    owner = make.member(partnership, Role.BOARD_MEMBER, "Owner").memberships.get()
    board, team = make.group(partnership, name="Board"), make.group(partnership, name="Team")
    return typed(
        heading="Write it down", detail="In *short*.", success="They **see** it.",
        standards=[s.pk for s in exercise.framework.standards.filter(number__in=(1, 3))],
        priorities=[make.priority(exercise, "Say who decides").pk],
        lead_group=board.pk, owner=owner.pk, monitored_by=team.pk, reports_to=board.pk,
        start_month="9", start_year="2026", due_words="later this year", recurrence="Every quarter",
        depends_on=[plan.actions.get(number=3).pk], target_score="3.5", status="in_progress",
        rating="amber", relied_on_support="Days *elsewhere*.",
    )  # fmt: skip


def test_an_action_is_added_with_everything_it_says(writing, plan):
    answer = writing.post(address(plan, "action_new_for_standard", 1), everything(plan))

    assert answer["Location"] == f"{address(plan)}#standard-1"
    made = plan.actions.get(number=4)
    assert [s.number for s in made.standards.order_by("number")] == [1, 3]
    assert [str(f) for f in made.priorities.all()] == ["Say who decides"]
    assert (made.lead, made.owner_name, str(made.monitored_by)) == ("Board", "Owner", "Team")
    assert (str(made.start), str(made.due)) == ("September 2026", "later this year")
    assert (made.target_score, made.status, made.rating) == (
        Decimal("3.5"),
        "in_progress",
        "amber",
    )
    assert [str(each) for each in made.depends_on.all()] == ["Think it over"]
    said = words(writing.get(address(plan, "action", made.identifier)))
    for part in ("Write it down", "They see it.", "Every quarter", "3.5", "At risk"):
        assert part in said


def test_a_form_is_filled_with_what_it_is_opened_for(writing, plan):
    finding = make.priority(plan.exercise, "Say who decides")
    finding.standards.set(plan.exercise.framework.standards.filter(number=2))
    third = plan.exercise.framework.standards.get(number=3)

    for_standard = writing.get(address(plan, "action_new_for_standard", 3)).content.decode()
    for_priority = writing.get(
        address(plan, "action_new_for_priority", finding.identifier)
    ).content.decode()

    assert f'name="standards" value="{third.pk}" checked' in for_standard
    assert f'name="priorities" value="{finding.pk}" checked' in for_priority
    assert for_priority.count(" checked") == 4  # with its standard, its status, no rating
    assert writing.get(address(plan, "action_new_for_standard", 99)).status_code == 404
    assert writing.get(address(plan, "action_new_for_priority", "zzzz")).status_code == 404


def test_an_action_is_changed_and_what_was_not_shown_again_stays(writing, plan, action):
    action.owner_title = "Head of service"
    action.due, action.to_confirm = "2027-05", True
    action.save()
    edit = address(plan, "action_edit", action.identifier)
    shown = typed(
        action, heading="Agree them", owner_title="Head of service", due_month="5", due_year="2027"
    )

    writing.post(edit, shown)

    action.refresh_from_db()
    assert (action.heading, action.owner_title, str(action.due)) == (
        "Agree them",
        "Head of service",
        "May 2027",
    )
    assert [s.number for s in action.standards.order_by("number")] == [1, 2]
    assert not action.to_confirm


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"heading": ""}, "Enter a headline"),
        ({"heading": "x" * 301}, "at most 300 characters"),
        ({"detail": "x" * 20_001}, "no more than 20,000 characters"),
        ({"owner_title": "bell\x07"}, "cannot be stored"),
        ({"due_day": "31", "due_month": "2", "due_year": "2026"}, "must be a real date"),
        ({"status": "done"}, "valid choice"),
        ({"target_score": "3.3"}, "valid choice"),
        ({"target_score": "6"}, "valid choice"),
        ({"target_score": "nan"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(writing, plan, action, changes, said):
    sent = typed(action, detail="Kept as typed.") | changes
    answer = writing.post(address(plan, "action_edit", action.identifier), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    if "detail" not in changes:
        assert "Kept as typed." in answer.content.decode()


def test_an_action_has_one_lead_and_one_owner(writing, plan, action, manager):
    body = plan.partnership.organisations.create(name="The council")
    both = {
        "lead_group": make.group(plan.partnership).pk,
        "lead_organisation": body.pk,
        "owner": manager.memberships.get().pk,
        "owner_title": "Head of service",
    }
    answer = writing.post(address(plan, "action_edit", action.identifier), typed(action, **both))
    assert answer.status_code == 422
    assert "as the lead, not both" in answer.content.decode()
    assert "as the owner, not both" in answer.content.decode()


def test_a_whole_point_scale_takes_no_half_point_as_target(writing, plan, action):
    plan.exercise.half_points = False
    plan.exercise.save()
    edit = address(plan, "action_edit", action.identifier)
    assert writing.post(edit, typed(action, target_score="3.5")).status_code == 422
    assert writing.post(edit, typed(action, target_score="4")).status_code == 302


HOSTILE = ["standards", "priorities", "lead_group", "lead_organisation", "owner", "monitored_by",
           "reports_to", "depends_on"]  # fmt: skip


def elsewhere(field: str, plan: ChangePlan):
    """A record that another plan, exercise or partnership might name, and this one may not."""
    other = make.plan(make.exercise(make.partnership()))
    there = other.partnership
    other.exercise.framework.standards.update(marked_title="Theirs")
    made = {
        "standards": other.exercise.framework.standards.first,
        "priorities": lambda: make.priority(other.exercise, "Theirs"),
        "lead_organisation": lambda: there.organisations.create(name="Theirs"),
        "owner": make.member(there, Role.MANAGER, "Theirs").memberships.get,
        "depends_on": lambda: make.action(make.plan(plan.exercise), "Theirs"),
    }
    return made.get(field, lambda: make.group(there))()


@pytest.mark.parametrize("field", HOSTILE)
def test_nothing_of_another_plan_or_partnership_is_offered_or_taken(
    writing, plan, action, manager, field
):
    record = elsewhere(field, plan)
    edit = address(plan, "action_edit", action.identifier)

    shown = writing.get(edit).content.decode()
    answer = writing.post(edit, typed(action, **{field: [record.pk]}))

    assert str(record) not in shown
    assert answer.status_code == 422
    many = field in {"standards", "priorities", "depends_on"}
    with pytest.raises(RuleBroken, match="its own plan and partnership"):
        actions.edit_action(
            action=action, changes={field: [record] if many else record}, version=1, by=manager
        )
    action.refresh_from_db()
    assert action.version == 1


def test_a_theme_or_a_guest_is_no_choice(writing, plan, action):
    theme = plan.exercise.findings.create(kind="theme", number=1, title="A theme")
    guest = make.member(plan.partnership, Role.GUEST).memberships.get()
    edit = address(plan, "action_edit", action.identifier)
    assert writing.post(edit, typed(action, priorities=[theme.pk])).status_code == 422
    assert writing.post(edit, typed(action, owner=guest.pk)).status_code == 422


def test_an_owner_who_has_left_stays_until_somebody_chooses_another(writing, plan, action):
    gone = make.member(plan.partnership, Role.OFFICER, "Gone", expires_on="2024-01-01")
    action.owner = gone.memberships.get()
    action.save()
    edit = address(plan, "action_edit", action.identifier)
    assert writing.post(edit, typed(action, owner=action.owner.pk)).status_code == 302
    assert writing.post(edit, typed(action, version=2, owner="")).status_code == 302
    assert writing.post(edit, typed(action, version=3, owner=action.owner.pk)).status_code == 422


def test_actions_that_wait_for_each_other_in_a_circle_are_refused_with_the_way_round(
    writing, plan, action
):
    second, third = plan.actions.get(number=2), plan.actions.get(number=3)
    second.depends_on.add(third)
    third.depends_on.add(action)

    edit = address(plan, "action_edit", action.identifier)
    answer = writing.post(edit, typed(action, depends_on=[second.pk]))

    assert answer.status_code == 409
    assert (
        "This action cannot wait for “Draw up a strategy”, which waits for “Think it over”, which"
        " waits for “Agree the priorities”: that would be a circle."
    ) in words_of(answer)
    assert writing.post(edit, typed(action, depends_on=[action.pk])).status_code == 422
    assert not action.depends_on.exists()


def words_of(answer) -> str:
    answer.status_code = 200
    return words(answer)


def test_changes_of_different_fields_by_two_are_both_kept(writing, plan, action, officer):
    shown = typed(action, detail="Mine.")
    actions.edit_action(action=action, changes={"heading": "Theirs"}, version=1, by=officer)

    answer = writing.post(address(plan, "action_edit", action.identifier), shown, follow=True)

    action.refresh_from_db()
    assert (action.heading, action.detail) == ("Theirs", "Mine.")
    assert [s.number for s in action.standards.order_by("number")] == [1, 2]
    assert "Somebody else changed headline meanwhile. Both changes are kept." in words(answer)


def test_both_texts_are_shown_side_by_side_and_the_choice_is_saved(writing, plan, action, officer):
    second = plan.exercise.framework.standards.get(number=2)
    theirs = {"heading": "Theirs", "standards": [second]}
    actions.edit_action(action=action, changes=theirs, version=1, by=officer)
    edit = address(plan, "action_edit", action.identifier)
    shown = typed(action, heading="Mine", version=1)
    shown["standards"] = [s.pk for s in plan.exercise.framework.standards.filter(number__lt=3)]

    refused = writing.post(edit, shown)

    assert refused.status_code == 409
    page = refused.content.decode()
    assert "take-heading" in page
    assert "take-standards" not in page
    again = shown | {"standards": [second.pk]}
    assert writing.post(edit, again | chosen(refused, "theirs")).status_code == 302
    action.refresh_from_db()
    assert action.heading == "Theirs"


def test_an_action_moves_past_the_neighbour_of_its_row(writing, plan, action):
    second, third = plan.actions.get(number=2), plan.actions.get(number=3)
    writing.post(address(plan, "action_move", third.identifier), {"past": action.identifier})
    assert headings(plan)[0] == "Think it over"
    writing.post(address(plan, "action_move", action.identifier), {"past": second.identifier})
    assert headings(plan) == ["Think it over", "Draw up a strategy", "Agree the priorities"]
    elsewhere = make.action(make.plan(plan.exercise))
    move = address(plan, "action_move", action.identifier)
    assert writing.post(move, {"past": elsewhere.identifier}).status_code == 404


def test_a_copy_is_an_action_of_its_own_that_nobody_started(writing, plan, action):
    Action.objects.filter(pk=action.pk).update(status="complete", rating="green", due="2026")
    writing.post(address(plan, "action_copy", action.identifier))
    copy = plan.actions.get(number=4)
    assert (copy.heading, copy.status, copy.rating) == (
        "Copy of Agree the priorities",
        "not_started",
        "",
    )
    assert str(copy.due) == "2026"
    assert [s.number for s in copy.standards.order_by("number")] == [1, 2]


def test_a_copy_is_made_of_the_action_as_it_is_now(plan, action, manager):
    changes = {"heading": "Agree it", "standards": [], "lead_group": make.group(plan.partnership)}
    actions.edit_action(action=action, changes=changes, version=1, by=manager)
    copied = actions.copy_action(action=action, by=manager)
    assert copied.heading == "Copy of Agree it"
    assert copied.lead_group == changes["lead_group"]
    assert not copied.standards.exists()


def test_nothing_begins_to_wait_for_what_was_retired_meanwhile(plan, action, manager):
    second, third = plan.actions.get(number=2), plan.actions.get(number=3)
    actions.edit_action(action=second, changes={"depends_on": [third]}, version=1, by=manager)
    actions.retire_action(action=third, reason="Done", version=1, by=manager)
    for act in (
        partial(actions.add_action, plan=plan, values={"heading": "New", "depends_on": [third]}),
        partial(actions.edit_action, action=action, changes={"depends_on": [third]}, version=1),
    ):
        with pytest.raises(RuleBroken, match="“Think it over” was retired"):
            act(by=manager)
    still = {"depends_on": [third], "heading": "Waits still"}
    actions.edit_action(action=second, changes=still, version=2, by=manager)
    added = actions.add_action(
        plan=plan, values={"heading": "New", "depends_on": [second]}, by=manager
    )
    assert added.number == 3


def test_an_action_is_retired_with_a_reason_and_comes_back(writing, plan, action):
    make.support(make.entitlement(plan), "Help to agree", action=action)
    retire = address(plan, "action_retire", action.identifier)
    assert "Help to agree" in words(writing.get(retire))
    assert writing.post(retire, {"version": 1, "reason": ""}).status_code == 422

    writing.post(retire, {"version": 1, "reason": "Done by others."})

    assert headings(plan) == ["Draw up a strategy", "Think it over"]
    assert "Help to agree" in words(writing.get(address(plan)))  # what was asked for stays
    listed = writing.get(address(plan, "removed"))
    assert "Agree the priorities Removed by Manager on" in words(listed)
    assert ": Done by others." in words(listed)
    [bring_back] = posting(listed, "bring-back")
    writing.post(bring_back)
    assert headings(plan) == ["Agree the priorities", "Draw up a strategy", "Think it over"]


def test_a_stale_retirement_is_refused(writing, plan, action, officer):
    actions.edit_action(action=action, changes={"heading": "Theirs"}, version=1, by=officer)
    retire = address(plan, "action_retire", action.identifier)
    assert writing.post(retire, {"version": 1, "reason": "Not needed."}).status_code == 409
    assert "Theirs" in headings(plan)


def test_an_action_of_several_priorities_stands_in_full_once(writing, partnership):
    said = make.exercise(partnership, is_scored=False)
    plan = make.plan(said, arrangement="by_priority")
    first, second = make.priority(said, "One"), make.priority(said, "Two", 2)
    both = make.action(plan, "For both", detail="Told once.")
    both.priorities.set([first, second])
    page = writing.get(address(plan)).content.decode()
    assert page.count(f'id="action-{both.identifier}"') == 1
    assert page.count("Told once.") == 1
    assert "Set out under" in page
    assert page.count("Add an action") >= 2


BUTTONS = ["action_move", "action_copy", "statement_move", "statement_remove"]


@pytest.mark.parametrize("name", BUTTONS)
@pytest.mark.parametrize(
    ("who", "status"),
    [("administrator", 302), ("manager", 302), ("officer", 403), ("board_member", 404),
     ("observer", 404), ("facilitator", 403), ("outsider", 404), ("anonymous", 302)],
)  # fmt: skip
def test_buttons_are_for_those_who_change_plans(client, plan, action, request, name, who, status):
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    statement, other = make.status(plan, 1, "First."), make.status(plan, 1, "Second.")
    is_action = name.startswith("action")
    past = plan.actions.get(number=2) if is_action else other
    press = address(plan, name, (action if is_action else statement).identifier)

    answer = client.post(press, {"past": past.identifier})

    assert answer.status_code == status
    assert client.get(press).status_code in (302, 405)
    acted = who in ("administrator", "manager")
    assert plan.actions.count() == (4 if acted and name == "action_copy" else 3)
    if who == "anonymous":
        assert answer["Location"].startswith("/accounts/login/")


def test_in_place_a_conflict_comes_back_into_its_row(writing, plan, action, officer):
    actions.edit_action(action=action, changes={"heading": "Theirs"}, version=1, by=officer)
    sent = typed(action, heading="Mine", version=1)
    edit = address(plan, "action_edit", action.identifier)
    answer = writing.post(edit, sent, headers=IN_PLACE)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == f"#place-action-{action.identifier}"
    assert "Typed by you" in answer.content.decode()
