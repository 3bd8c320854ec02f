"""Writing actions in a long plan, and by several at once: the cost, and that nothing is lost."""

from functools import partial

import pytest

from changeplan.services import actions
from partnership.records import StaleVersion
from tests import factories as make
from tests.changeplan.test_actions import everything, headings
from tests.pages import MOST_QUERIES, queries
from tests.races import at_once, only_one_saves
from tests.writing import MOST_TO_SAVE, address, cost

WRITERS = 8


def test_an_action_is_saved_in_as_many_queries_however_long_the_plan(writing, plan):
    action = plan.actions.get(number=1)
    edit, everything_of = address(plan, "action_edit", action.identifier), everything(plan)
    writing.post(edit, everything_of | {"version": 1})
    before = cost(writing, edit, everything_of | {"version": 2, "heading": "Again"})
    pages_before = [queries(writing, edit), queries(writing, address(plan))]
    for _ in range(30):
        make.action(plan, "", (1, 2))
        make.group(plan.partnership)

    assert cost(writing, edit, everything_of | {"version": 3, "heading": "Anew"}) == before
    assert before <= MOST_TO_SAVE
    assert [queries(writing, edit), queries(writing, address(plan))] == pages_before
    assert max(pages_before) <= MOST_QUERIES
    action.refresh_from_db()
    for name in ("standards", "priorities", "depends_on"):
        assert [row.pk for row in getattr(action, name).all()] == everything_of[name]


@pytest.mark.parametrize("who", ["manager", "officer"])
def test_the_plan_of_240_actions_takes_as_few_queries_as_that_of_24(
    client, partnership, request, who
):
    plan = make.plan(make.exercise(partnership, standards=12))
    client.force_login(request.getfixturevalue(who))
    found = []
    for size in (24, 240):
        while plan.actions.count() < size:
            make.action(plan, "", (plan.actions.count() % 12 + 1,))
        found.append(queries(client, address(plan)))
    assert found[0] == found[1] <= MOST_QUERIES


@pytest.mark.django_db(transaction=True)
def test_of_eight_writers_on_one_action_nobody_is_lost_in_silence(plan, action, manager):
    mine = [{"heading": f"Writer {number}"} for number in range(WRITERS)]

    saved = only_one_saves(
        *(
            partial(actions.edit_action, action=action, changes=changes, version=1, by=manager)
            for changes in mine
        )
    )

    assert saved.heading == headings(plan)[0]
    assert {"heading": saved.heading} in mine


@pytest.mark.django_db(transaction=True)
def test_the_order_stays_whole_while_actions_come_move_and_go(plan, action, manager):
    second, third = plan.actions.get(number=2), plan.actions.get(number=3)

    came = at_once(
        partial(actions.add_action, plan=plan, values={"heading": "Fourth"}, by=manager),
        partial(actions.copy_action, action=second, by=manager),
        partial(actions.move_action, action=action, past=third, by=manager),
        partial(actions.move_action, action=third, past=action, by=manager),
        partial(actions.retire_action, action=second, reason="Done.", version=1, by=manager),
        partial(actions.add_action, plan=plan, values={"heading": "Fifth"}, by=manager),
    )

    refused = [each for each in came if isinstance(each, Exception)]
    assert [type(each) for each in refused] in ([], [StaleVersion])  # moved before it was retired
    numbers = list(plan.actions.order_by("number").values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == 5 + len(refused)
    assert {"Agree the priorities", "Think it over", "Fourth", "Fifth"} < set(headings(plan))
