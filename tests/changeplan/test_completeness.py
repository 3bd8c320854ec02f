"""What a change plan still lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeplan.completeness import (
    ActionFacts,
    EntryFacts,
    GapKind,
    PriorityFacts,
    gaps,
    summary,
)


def action(key, owner=True, due=True, relies=False, support=False):
    return ActionFacts(key, f"Action {key}", owner, due, relies, support)


def kinds(found):
    return [(gap.kind, gap.standard, gap.key) for gap in found]


flags = st.booleans()
actions = st.builds(action, st.sampled_from("abc"), flags, flags, flags, flags)
entries = st.lists(
    st.builds(EntryFacts, st.integers(1, 6), flags, st.lists(actions, max_size=3).map(tuple)),
    max_size=6,
    unique_by=lambda entry: entry.standard,
)
priorities = st.lists(st.builds(PriorityFacts, st.text(), st.text(), st.integers(0, 2)), max_size=4)


@pytest.fixture
def bromley():
    """No status for 9, 11 and 12; no action for 11 and 12; 7 leans on support placed elsewhere;
    days asked for 1, 2, 6, 8 and 10. Owners and dates are left out of account."""
    supported = {1, 2, 6, 8, 10}
    return [
        EntryFacts(
            number,
            has_status=number not in {9, 11, 12},
            actions=()
            if number in {11, 12}
            else (
                action(str(number), relies=number in supported | {7}, support=number in supported),
            ),
        )
        for number in range(1, 13)
    ]


def test_bromley_plan_lacks_what_its_paper_lacks(bromley):
    assert kinds(gaps(bromley)) == [
        (GapKind.SUPPORT, 7, "7"),
        (GapKind.STATUS, 9, ""),
        (GapKind.STATUS, 11, ""),
        (GapKind.ACTION, 11, ""),
        (GapKind.STATUS, 12, ""),
        (GapKind.ACTION, 12, ""),
    ]
    found = summary(bromley)
    assert (found.standards, found.with_status, found.with_action) == (12, 9, 10)
    assert (found.actions, found.with_owner, found.priorities) == (10, 10, 0)


def test_gaps_are_said_in_words():
    entry = EntryFacts(3, False, (action("a", owner=False, due=False, relies=True),))
    found = gaps([entry, EntryFacts(4, True)], [PriorityFacts("p", "Schools", 0)])
    assert [gap.words for gap in found] == [
        "Standard 3 has no current status.",
        "“Action a” has no owner.",
        "“Action a” has no due date.",
        "“Action a” relies on support that is not asked for here.",
        "Standard 4 has no action.",
        "No action answers “Schools”.",
    ]


def test_action_serving_several_standards_is_told_and_counted_once():
    shared = action("a", owner=False)
    plan = [EntryFacts(5, True, (shared,)), EntryFacts(2, True, (shared,))]
    assert kinds(gaps(plan)) == [(GapKind.OWNER, 2, "a")]
    assert (summary(plan).actions, summary(plan).with_owner) == (1, 0)
    assert summary(plan).with_action == 2


def test_plan_by_priority_has_no_standards_and_is_checked_all_the_same():
    answered, open_ = PriorityFacts("1", "Governance", 1), PriorityFacts("2", "Schools", 0)
    others = [action("a", due=False)]
    assert kinds(gaps([], [answered, open_], others)) == [
        (GapKind.DUE, None, "a"),
        (GapKind.PRIORITY, None, "2"),
    ]
    found = summary([], [answered, open_], others)
    assert (found.standards, found.actions, found.with_due) == (0, 1, 0)
    assert (found.priorities, found.priorities_answered) == (2, 1)


def test_action_of_a_standard_is_not_told_again_among_the_others():
    shared = action("a", owner=False)
    assert len(gaps([EntryFacts(1, True, (shared,))], other_actions=[shared])) == 1


def test_support_that_is_asked_for_is_no_gap():
    plan = [
        EntryFacts(1, True, (action("a", relies=True, support=True), action("b", support=True)))
    ]
    assert gaps(plan) == ()


def consistent(plan):
    """The same plan with one set of facts for each action."""
    known = {a.key: a for entry in plan for a in entry.actions}
    return [
        EntryFacts(e.standard, e.has_status, tuple(known[k] for k in {a.key for a in e.actions}))
        for e in plan
    ]


@given(entries.map(consistent), priorities)
def test_gaps_and_summary_agree(plan, asked):
    found = [gap.kind for gap in gaps(plan, asked)]
    counts = summary(plan, asked)
    assert found.count(GapKind.STATUS) == counts.standards - counts.with_status
    assert found.count(GapKind.ACTION) == counts.standards - counts.with_action
    assert found.count(GapKind.OWNER) == counts.actions - counts.with_owner
    assert found.count(GapKind.DUE) == counts.actions - counts.with_due
    assert found.count(GapKind.PRIORITY) == counts.priorities - counts.priorities_answered
