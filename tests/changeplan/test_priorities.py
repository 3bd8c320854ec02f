"""From an improvement priority back to comments and scores, and forward to actions and days."""

import pytest
from django.urls import reverse

from changeplan.models import ChangePlan
from changeplan.plan import plan_facts
from changeplan.tracing import line
from standards.models import Attribution, Finding
from tests import factories as make
from tests.pages import assert_queries_stay, words


@pytest.fixture
def plan(exercise) -> ChangePlan:
    return make.plan(exercise, state="submitted")


@pytest.fixture
def priority(plan) -> Finding:
    found = make.priority(plan.exercise, "Say who decides", text="On *one* page.")
    found.standards.set(plan.exercise.framework.standards.filter(number=1))
    return found


def raised(priority: Finding, name: str, strength: str = "", **fields) -> Attribution:
    number = priority.attributions.count() + 1
    return Attribution.objects.create(
        finding=priority, number=number, category=name, strength=strength, **fields
    )


def answered(plan: ChangePlan, *priorities: Finding, **fields):
    made = make.action(plan, **fields)
    made.priorities.set(priorities)
    return made


def said(priority: Finding, plan: ChangePlan) -> str:
    asked = plan_facts(plan).priority(priority.identifier)
    assert asked
    return line(asked)


def address(priority: Finding, plan: ChangePlan) -> str:
    place = [plan.partnership.slug, plan.identifier, priority.identifier]
    return reverse("changeplan:priority", args=place)


@pytest.mark.parametrize(
    ("raisers", "expected"),
    [
        ((), "Raised by nobody named"),
        ((("", ""),), "Raised by nobody named"),
        ((("managers", ""),), "Raised by managers"),
        ((("managers", ""), ("commissioners", "")), "Raised by managers and commissioners"),
        ((("managers", "some"), ("", "")), "Raised by managers (some) and one unattributed"),
        (
            (("the Executive", "particularly"), ("managers", "")),
            "Raised by the Executive (particularly) and one other",
        ),
        (
            (("A", ""), ("B", "many"), ("C", "some"), ("D", "all"), ("", "")),
            "Raised by B (many), D (all), two others and one unattributed",
        ),
        (tuple((name, "") for name in "ABCD"), "Raised by A and three others"),
    ],
)
def test_line_names_who_raised_it_strongly_and_counts_the_others(plan, priority, raisers, expected):
    for name, strength in raisers:
        raised(priority, name, strength, point="" if name else "A point")

    assert said(priority, plan).split("; ")[0] == expected


def test_line_tells_the_actions_and_their_days(plan, priority):
    programme = make.entitlement(plan)
    other = make.priority(plan.exercise, "Families first", 2)
    first = answered(plan, priority, other)
    answered(plan, other)
    third = answered(plan, priority)
    raised(priority, "the Executive", "particularly")
    raised(priority, "managers")
    make.support(programme, "A workshop", action=first, estimated="2.5")
    helped = make.support(programme, "A review", action=third, estimated="1.5", agreed="2")
    make.support(programme, "A talk", action=third)

    assert said(priority, plan) == (
        "Raised by the Executive (particularly) and one other; "
        "answered by actions 1 and 3; 4 days estimated, 2 agreed"
    )
    make.delivery(helped, "0.5")
    assert said(priority, plan).endswith("4 days estimated, 2 agreed, 0.5 delivered")
    assert said(other, plan).split("; ")[1:] == [
        "answered by actions 1 and 2",
        "2.5 days estimated",
    ]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (None, "answered by action 1; no support asked for"),
        ({}, "answered by action 1; support asked for, days not stated"),
        ({"estimated": "1"}, "answered by action 1; 1 day estimated"),
        ({"agreed": "0"}, "answered by action 1; 0 days agreed"),
    ],
)
def test_days_that_nobody_stated_are_not_0(plan, priority, figures, expected):
    action = answered(plan, priority)
    if figures is not None:
        make.support(make.entitlement(plan), "A workshop", action=action, **figures)

    assert said(priority, plan).endswith(expected)


def test_line_says_that_nothing_is_done_yet(plan, priority):
    assert said(priority, plan).endswith("answered by no action yet; no support asked for")


@pytest.fixture
def traced(plan, priority) -> Finding:
    """A priority with all there can be before and behind it."""
    groups = plan.exercise.sessions.get().working_groups
    comment = make.comment(groups.get(name="Managers"), 3, "Nobody **knows**.", "to_improve")
    priority.comments.add(comment)
    raised(priority, "the Executive", "particularly", reservation="No more meetings.")
    action = answered(plan, priority, heading="Publish one page")
    make.support(make.entitlement(plan), "A workshop", action=action, estimated="2")
    return priority


def test_priority_leads_back_to_comments_and_scores_and_forward_to_actions(
    client, board_member, plan, traced
):
    make.priority(plan.exercise, "Families first", 2)
    client.force_login(board_member)
    page = client.get(address(traced, plan))

    text, html = words(page), page.content.decode()
    for part in (
        "Improvement priority 1 of", "Say who decides", f"{said(traced, plan)}.", "On one page.",
        "Publish one page", "2 days estimated", "A workshop", "Nobody knows.",
        "To be improved: Managers, standard 3, Operational", "No more meetings.",
        "We share one plan 2.5", "Standard title 3 4.5", "2. Families first",
    ):  # fmt: skip
        assert part in text, part
    comment = traced.comments.get()
    assert f"/comments/#comment-{comment.identifier}" in html
    assert f"/findings/#priority-{traced.number}" in html
    assert plan.actions.get().identifier in html
    assert "Change its words" not in text
    assert "Change who" not in text


def test_observer_sees_no_comment_and_no_standard_that_only_comments_name(
    client, observer, plan, traced
):
    client.force_login(observer)
    text = words(client.get(address(traced, plan)))

    assert "We share one plan 2.5" in text
    assert "Nobody knows." not in text
    assert "Standard title 3" not in text


def test_scores_of_an_open_exercise_are_not_shown_to_the_board(
    client, board_member, manager, partnership
):
    exercise = make.scored_exercise(partnership, state="open")
    plan = make.plan(exercise, state="submitted")
    found = make.priority(exercise, "Say who decides")
    found.standards.set(exercise.framework.standards.filter(number=1))

    client.force_login(board_member)
    text = words(client.get(address(found, plan)))
    assert "We share one plan" in text
    assert "2.5" not in text
    assert "/findings/" not in client.get(address(found, plan)).content.decode()
    client.force_login(manager)
    assert "We share one plan 2.5" in words(client.get(address(found, plan)))


def test_an_exercise_without_scores_shows_none(client, manager, partnership):
    exercise = make.exercise(partnership, is_scored=False)
    found = make.priority(exercise, "Say who decides")
    found.standards.set(exercise.framework.standards.filter(number=1))
    client.force_login(manager)

    assert "Not scored" not in words(client.get(address(found, make.plan(exercise))))


def test_who_works_on_it_is_led_on(client, manager, officer, plan, traced):
    ChangePlan.objects.filter(pk=plan.pk).update(state="draft")
    for reader, adds in ((manager, True), (officer, False)):
        client.force_login(reader)
        text = words(client.get(address(traced, plan)))
        assert "Change its words and what it rests on" in text
        assert "Change who raised it" in text
        assert ("Add an action for it" in text) == adds


def test_only_priorities_of_the_plans_exercise_have_a_page(client, manager, plan, partnership):
    theme = Finding.objects.create(exercise=plan.exercise, kind="theme", number=1, title="A theme")
    elsewhere = make.priority(make.exercise(partnership), "Elsewhere")
    client.force_login(manager)

    for other in (theme, elsewhere):
        assert client.get(address(other, plan)).status_code == 404


@pytest.mark.parametrize("arrangement", ["by_priority", "by_standard"])
def test_page_plan_and_paper_print_the_same_line(client, manager, plan, traced, arrangement):
    ChangePlan.objects.filter(pk=plan.pk).update(arrangement=arrangement)
    plan.refresh_from_db()
    unanswered = make.priority(plan.exercise, "Families first", 2)
    paper = make.paper(plan)
    client.force_login(manager)
    printed = [
        words(client.get(address(traced, plan))),
        words(
            client.get(reverse("changeplan:plan", args=[plan.partnership.slug, plan.identifier]))
        ),
        words(client.get(reverse("papers:draft", args=[plan.partnership.slug, paper.identifier]))),
    ]

    for text in printed:
        assert f"{said(traced, plan)}." in text
    for text in printed[1:]:
        assert f"{said(unanswered, plan)}." in text


def test_priority_page_takes_few_queries_however_much_there_is(client, manager, plan, traced):
    client.force_login(manager)
    previous = make.scored_exercise(plan.partnership, framework=plan.exercise.framework)
    type(previous).objects.filter(pk=plan.exercise.pk).update(previous=previous)
    group = traced.comments.get().working_group

    def grow() -> None:
        programme = plan.entitlements.get()
        for place in range(2, 12):
            other = make.priority(plan.exercise, f"Priority {place}", place)
            action = answered(plan, traced, other)
            make.support(programme, f"Support {place}", action=action, estimated="1")
            traced.comments.add(make.comment(group, 2, f"Comment {place}", "evidence"))
            raised(traced, f"Body {place}")

    assert_queries_stay(client, [address(traced, plan)], grow)
