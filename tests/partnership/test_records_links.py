"""What a record is linked with: written where it changed, told by the history of each version."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import sleep

import pytest
from django.db import connection, transaction

from changeplan.models import Action, ChangePlan
from changeplan.services.actions import move_action
from changeplan.services.progress import report_progress
from partnership import order, records
from partnership.models import User
from standards.models import Exercise, Standard
from tests import factories as make


@pytest.fixture
def plan(exercise: Exercise) -> ChangePlan:
    return make.plan(exercise)


@pytest.fixture
def standards(exercise: Exercise) -> list[Standard]:
    return list(exercise.framework.standards.order_by("number"))


@pytest.fixture
def action(plan: ChangePlan, standards: list[Standard], manager: User) -> Action:
    other = make.action(plan, "Think it over")
    values = {"standards": standards[:2], "depends_on": [other]}
    return records.create(Action, by=manager, plan=plan, number=2, heading="Do it", **values)


def then(action: Action, version: int) -> tuple[set[int], int]:
    """The numbers of the standards that a version served, and how many actions it waited for."""
    said = records.as_of(action, version)
    served = Standard.objects.filter(pk__in=said["standards"])
    return set(served.values_list("number", flat=True)), len(said["depends_on"])


def change(action: Action, by: User, **changes: object) -> Action:
    return records.change(action, changes=changes, version=action.version, by=by)


def test_every_version_tells_its_links_whether_they_changed_or_not(action, standards, manager):
    second = change(action, manager, heading="Do it well")
    third = change(second, manager, standards=standards[1:3])
    fourth = change(third, manager, depends_on=[], standards=third.standards.all())
    fifth = change(fourth, manager, standards=[])

    told = [then(fifth, version) for version in range(1, 6)]
    assert told == [({1, 2}, 1), ({1, 2}, 1), ({2, 3}, 1), ({2, 3}, 0), (set(), 0)]
    assert not fifth.standards.exists()


def test_a_move_and_a_removal_keep_what_a_record_is_linked_with(action, plan, manager):
    order.move(action, within=plan, siblings=plan.actions.all(), to=1, by=manager)
    records.remove(action, version=1, by=manager)

    moved = action.history.get(history_change_reason="Moved")
    assert (moved.number, len(moved.standards), len(moved.depends_on)) == (1, 2, 1)
    assert then(action, 2) == ({1, 2}, 1)


def test_a_link_with_what_was_removed_counts_again_when_that_comes_back(action, plan, manager):
    waited_for = plan.actions.get(number=1)
    gone = records.remove(waited_for, version=1, by=manager)
    changed = change(action, manager, depends_on=[])
    assert not changed.depends_on.exists()
    assert records.as_of(changed, 2)["depends_on"] == {waited_for.pk}

    records.restore(gone, by=manager)

    assert list(changed.depends_on.all()) == [waited_for]


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_record_in_hand_can_be_linked_anew_and_anew(action, plan, standards, manager, is_gone):
    if is_gone:
        records.remove(plan.actions.get(number=1), version=1, by=manager)
    with transaction.atomic():
        held = records.hold(action)
        for version, served in enumerate((standards[2:], [], standards[:1]), start=1):
            changes = {"standards": served, "depends_on": []}
            held = records.change(held, changes=changes, version=version, by=manager, held=True)

    told = [then(action, version) for version in range(1, 5)]
    assert told == [({1, 2}, 1), ({3}, is_gone), (set(), is_gone), ({1}, is_gone)]


def test_a_refused_change_leaves_links_and_history_alone(action, standards, manager):
    with pytest.raises(records.StaleVersion):
        records.change(action, changes={"standards": standards}, version=7, by=manager)

    assert (action.standards.count(), action.history.count()) == (2, 1)


def waiting_behind(first: Callable[[], object], second: Callable[[], object]) -> object:
    """Do the second while the first is not committed yet, so that it has to wait."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            running = pool.submit(closing, second)
            sleep(0.5)
        return running.result(30)


def closing(act: Callable[[], object]) -> object:
    try:
        return act()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["report", "move"])
def test_history_tells_the_links_that_came_while_its_writer_waited(
    action, plan, standards, manager, way
):
    moved = plan.actions.get(pk=action.pk)
    day = {"on": date(2026, 1, 5), "status": "in_progress", "rating": "", "text": "Begun"}
    ways = {
        "report": lambda: report_progress(action=moved, by=manager, **day),
        "move": lambda: move_action(action=moved, past=plan.actions.get(number=1), by=manager),
    }

    waiting_behind(lambda: change(action, manager, standards=standards, depends_on=[]), ways[way])

    line = action.history.first()
    assert sorted(line.standards) == [standard.pk for standard in standards]
    assert not line.depends_on
    assert line.history_change_reason == ("Moved" if way == "move" else line.history_change_reason)
