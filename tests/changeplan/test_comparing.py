"""What differs between two snapshots of a plan, in words."""

import pytest
from django.utils import timezone

from changeplan.comparing import Kind, compare
from changeplan.plan import plan_facts
from changeplan.scores import scores_of
from changeplan.services.actions import retire_action
from changeplan.snapshot import digest, snapshot
from partnership.marking import Mark
from standards.models import Finding, Standard
from tests import factories as make
from tests.changeplan.boards import change, full_plan, now


@pytest.fixture
def plan(exercise):
    return full_plan(exercise)


def content(plan) -> dict:
    facts = plan_facts(now(plan))
    return snapshot(facts, scores_of(facts))


def told(before: dict, after: dict) -> dict[str, list[tuple]]:
    """Each section with its changes: what became of which part, and its fields."""
    return {
        section.title: [
            (each.kind, each.name, [(f.label, f.before, f.after) for f in each.fields])
            for each in section.changes
        ]
        for section in compare(before, after).sections
    }


def test_the_same_plan_has_no_changes_and_the_same_digest(plan):
    assert told(content(plan), content(plan)) == {}
    assert digest(content(plan)) == digest(content(plan))


def test_a_changed_action_tells_each_field_before_and_after(plan, manager):
    before = content(plan)
    first, second = plan.actions.order_by("number")
    body = make.group(plan.partnership, name="The forum")
    priority = make.priority(plan.exercise, "One plan for all")
    change(
        first, manager, due="2027-09-30", status="complete", rating="green", lead_group=None,
        owner_title="", monitored_by=body, target_score="3.5", depends_on=[second],
        priorities=[priority], standards=list(Standard.objects.filter(number=3)),
    )  # fmt: skip
    found = told(before, content(plan))
    assert found["Actions"] == [
        (
            Kind.CHANGED,
            "Agree the priorities",
            [
                ("Standards", "1 and 2", "3"),
                ("Improvement priorities", "", "One plan for all"),
                ("Lead", "Planning group", ""),
                ("Owner", "Head of service", ""),
                ("Monitored by", "", "The forum"),
                ("Due", "April 2027", "30 September 2027"),
                ("Waits for", "", "Publish the plan"),
                ("Target score", "", "3.5"),
            ],
        )
    ]


def test_what_is_reported_is_told_apart_and_is_no_change(plan, manager):
    before = content(plan)
    first, asked = plan.actions.get(number=1), plan.entitlements.get().allocations.get()
    change(first, manager, status="complete", rating="green")
    make.delivery(asked, "1", "2024-07-01")
    agreed = {"confirmed_for_provider_by": "A. Provider", "confirmed_on": "2024-07-02"}
    type(asked).objects.filter(pk=asked.pk).update(**agreed)

    compared = compare(before, content(plan))

    assert (compared.count, compared.sections) == (0, ())
    progress, days = (section.changes[0].fields for section in compared.reported)
    assert [field.label for field in progress] == ["Status", "Rating"]
    assert [field.label for field in days[:2]] == ["Confirmed for the provider by", "Confirmed on"]
    assert (days[2].before, days[2].after) == (
        "10 June 2024: 0.25, Support team",
        "10 June 2024: 0.25, Support team; 1 July 2024: 1, Support team",
    )


def test_days_agreed_are_of_the_plan(plan, manager):
    before = content(plan)
    confirmed = {"agreed": "2", "agreed_at": timezone.now(), "agreed_by": manager}
    plan.entitlements.get().allocations.update(**confirmed)
    assert told(before, content(plan)) == {
        "Support": [(Kind.CHANGED, "Help to agree", [("Days agreed", "", "2")])]
    }


def test_words_of_a_long_text_are_marked(plan, manager):
    before = content(plan)
    change(plan.actions.get(number=1), manager, detail="Through *two sessions* this year.")
    ((_, (changed,)),) = [
        (section.title, section.changes) for section in compare(before, content(plan)).sections
    ]
    (detail,) = changed.fields
    marks = [(piece.mark, piece.text.strip()) for piece in detail.pieces if piece.text.strip()]
    assert (Mark.GONE, "group") in marks
    assert (Mark.NEW, "two") in marks
    assert all("*" not in text for _, text in marks)


def test_bold_alone_is_shown_in_its_signs(plan, manager):
    before = content(plan)
    change(plan.actions.get(number=1), manager, detail="Through group sessions this year.")
    (section,) = compare(before, content(plan)).sections
    (detail,) = section.changes[0].fields
    assert any(piece.mark == Mark.GONE and "*" in piece.text for piece in detail.pieces)


def test_added_and_removed_parts_are_told_whole(plan):
    before = content(plan)
    plan.actions.get(number=2).delete()
    make.action(plan, "Start anew", (3,), due="2028")
    make.status(plan, 3, "Nothing yet.")
    found = told(before, content(plan))
    assert found["Current status"] == [
        (Kind.ADDED, "Standard 3", [("Statement", "", "Nothing yet.")])
    ]
    added, removed = found["Actions"]
    assert added[:2] == (Kind.ADDED, "Start anew")
    assert ("Due", "", "2028") in added[2]
    assert removed[:2] == (Kind.REMOVED, "Publish the plan")
    assert ("Waits for", "Agree the priorities", "") in removed[2]
    assert ("Relies on", "Help placed elsewhere.", "") in removed[2]


def test_one_that_moved_past_others_is_told_once(plan, manager):
    for number in range(3, 7):
        make.action(plan, f"Action {number}")
    before = content(plan)
    last = plan.actions.get(number=6)
    for action in plan.actions.order_by("-number"):
        change(action, manager, number=100 if action.pk == last.pk else action.number + 1)
    change(last, manager, number=1)
    assert told(before, content(plan)) == {
        "Actions": [(Kind.MOVED, "Action 6", [("Place", "6", "1")])]
    }


def test_a_statement_moves_within_its_standard(plan, manager):
    make.status(plan, 2, "Of another standard.")
    before = content(plan)
    first, second = plan.entries.get(standard__number=1).status.order_by("number")
    for statement, number in ((first, 3), (second, 1), (first, 2)):
        change(statement, manager, number=number)
    ((kind, name, fields),) = told(before, content(plan))["Current status"]
    assert (kind, name) == (Kind.MOVED, "Standard 1")
    assert fields in ([("Place", "1", "2")], [("Place", "2", "1")])


def test_taking_one_away_moves_nothing(plan):
    before = content(plan)
    plan.actions.filter(number=2).update(number=5)
    plan.entries.get(standard__number=1).status.get(number=1).delete()
    found = told(before, content(plan))
    assert [kind for kind, _, _ in found["Current status"]] == [Kind.REMOVED]
    assert "Actions" not in found


def test_support_and_its_days_are_compared(plan, manager):
    before = content(plan)
    programme = plan.entitlements.get()
    asked = programme.allocations.get()
    change(programme, manager, days="15", is_approximate=False, condition="While *funds* last.")
    change(asked, manager, estimated="2.5", focus_areas=["Early years", "Youth"])
    found = told(before, content(plan))
    assert found["Support programmes"][0][2] == [
        ("Days available", "20", "15"),
        ("Approximately", "Yes", "No"),
        ("Condition", "", "While *funds* last."),
    ]
    assert found["Support"][0][2] == [
        ("Focus areas", "", "Early years and Youth"),
        ("Days estimated", "2", "2.5"),
    ]


def test_title_arrangement_priorities_wording_and_scores_are_compared(plan, manager):
    priority = make.priority(plan.exercise, "One plan", text="As **one**.")
    before = content(plan)
    change(plan, manager, title="The plan of 2024", arrangement="by_priority")
    Finding.objects.filter(pk=priority.pk).update(title="One plan for all")
    Standard.objects.filter(framework=plan.exercise.framework, number=2).update(
        marked_title="Reworded"
    )
    group = plan.exercise.sessions.get().working_groups.get(name="Table one")
    group.scores.filter(standard__number=1).update(value="5")
    found = told(before, content(plan))
    assert found["The plan"][0][2] == [
        ("Title", "Change plan 2024", "The plan of 2024"),
        ("Arrangement", "By standard", "By improvement priority"),
    ]
    assert found["Standards and scores"] == [
        (Kind.CHANGED, "Standard 1", [("Score", "2.5", "3.2")]),
        (Kind.CHANGED, "Standard 2", [("Title", "Standard title 2", "Reworded")]),
    ]
    assert found["Improvement priorities"] == [
        (Kind.CHANGED, "One plan for all", [("Title", "One plan", "One plan for all")])
    ]


def test_snapshot_is_plain_json_that_any_database_gives_back(plan, manager):
    kept = plan.versions.create(
        number=1, content=content(plan), digest=digest(content(plan)),
        submitted_at="2024-05-01T09:00Z", submitted_by=manager,
    )  # fmt: skip
    kept.refresh_from_db()
    assert kept.content == content(plan)
    assert digest(kept.content) == kept.digest


def test_what_is_waited_for_is_told_where_it_is_another_not_where_it_is_renamed_or_gone(
    plan, manager
):
    first, second = plan.actions.order_by("number")
    third = make.action(plan, "Think it over")
    change(second, manager, depends_on=[first], priorities=[])
    before = content(plan)
    change(first, manager, heading="Agree them all")
    found = told(before, content(plan))["Actions"]
    assert [(kind, name) for kind, name, _ in found] == [(Kind.CHANGED, "Agree them all")]

    retire_action(action=now(plan).actions.get(pk=first.pk), reason="Done", version=2, by=manager)
    found = told(before, content(plan))["Actions"]
    assert [(kind, name) for kind, name, _ in found] == [(Kind.REMOVED, "Agree the priorities")]

    change(second, manager, depends_on=[third])
    found = told(before, content(plan))["Actions"]
    waits = ("Waits for", "Agree the priorities", "Think it over")
    assert [waits] in [fields for kind, _, fields in found if kind == Kind.CHANGED]
