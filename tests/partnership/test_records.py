"""The one way to make and change a versioned record: nothing lost, everything signed."""

from collections.abc import Callable
from decimal import Decimal
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from changeplan.models import Action, ChangePlan, SupportEntitlement
from partnership import records
from partnership.dates import PreciseDate
from partnership.models import User
from partnership.records import StaleVersion
from standards.models import Exercise, Session, Standard, WorkingGroup
from tests import factories as make


@pytest.fixture
def plan(exercise: Exercise) -> ChangePlan:
    return ChangePlan.objects.create(
        partnership=exercise.partnership, exercise=exercise, title="Change plan"
    )


@pytest.fixture
def action(plan: ChangePlan, manager: User) -> Action:
    return records.create(Action, by=manager, plan=plan, number=1, heading="Draw up a strategy")


@pytest.fixture
def standards(exercise: Exercise) -> list[Standard]:
    return list(exercise.framework.standards.all())


def test_a_change_counts_a_version_and_is_kept(action: Action, manager: User):
    changed = records.change(action, changes={"heading": "Agree it"}, version=1, by=manager)

    action.refresh_from_db()
    assert (changed.heading, changed.version) == ("Agree it", 2)
    assert (action.heading, action.version) == ("Agree it", 2)


def test_a_stale_change_keeps_what_the_other_wrote_and_shows_it(action: Action, manager: User):
    records.change(action, changes={"heading": "The other's"}, version=1, by=manager)

    with pytest.raises(StaleVersion) as caught:
        records.change(action, changes={"heading": "Mine"}, version=1, by=manager)

    action.refresh_from_db()
    assert (action.heading, action.version) == ("The other's", 2)
    assert caught.value.current == action
    assert caught.value.current.heading == "The other's"
    assert action.history.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"heading": "Agree it"},
        {"standards": 2},
        {"heading": "Agree it", "standards": 3, "due": PreciseDate("2011-04")},
    ],
)
def test_a_change_writes_one_line_of_history_with_its_relations(
    action: Action, standards: list[Standard], officer: User, changes: dict
):
    related = standards[: changes.get("standards", 0)]
    given = changes | ({"standards": related} if related else {})

    records.change(action, changes=given, version=1, by=officer, reason="The board asked")

    latest, first = action.history.all()
    assert (latest.history_type, first.history_type) == ("~", "+")
    assert (latest.version, first.version) == (2, 1)
    assert (latest.history_user, latest.history_change_reason) == (officer, "The board asked")
    assert set(latest.standards or ()) == {standard.pk for standard in related}
    assert not first.standards


def test_a_record_is_made_with_its_relations_in_one_line_of_history(
    plan: ChangePlan, standards: list[Standard], officer: User
):
    made = records.create(
        Action,
        by=officer,
        plan=plan,
        number=1,
        heading="Train\r\nthe trainers",
        standards=standards[:2],
        target_score=Decimal("3.5"),
    )

    made.refresh_from_db()
    assert (made.heading, made.version, made.target_score) == (
        "Train\nthe trainers",
        1,
        Decimal("3.5"),
    )
    assert list(made.standards.all()) == standards[:2]
    line = made.history.get()
    assert (line.history_type, line.history_user, line.version) == ("+", officer, 1)
    assert sorted(line.standards) == [standard.pk for standard in standards[:2]]


def test_a_reason_may_be_long(action: Action, manager: User):
    reason = "The board asked for this at length. " * 20

    records.change(action, changes={"heading": "Agree it"}, version=1, by=manager, reason=reason)

    assert action.history.first().history_change_reason == reason


def test_a_change_that_breaks_a_rule_saves_nothing(
    action: Action, standards: list[Standard], manager: User
):
    changes = {"heading": "", "detail": "A detail", "standards": standards}

    with pytest.raises(ValidationError) as caught:
        records.change(action, changes=changes, version=1, by=manager)

    action.refresh_from_db()
    assert set(caught.value.message_dict) == {"heading"}
    assert (action.heading, action.detail, action.version) == ("Draw up a strategy", "", 1)
    assert not action.standards.exists()
    assert action.history.count() == 1


def test_a_rule_over_several_fields_is_refused_in_words(
    action: Action, exercise: Exercise, manager: User
):
    changes = {
        "lead_group": make.group(exercise.partnership),
        "lead_organisation": exercise.partnership.organisations.create(name="The council"),
    }

    with pytest.raises(ValidationError, match="Name a group or an organisation as the lead"):
        records.change(action, changes=changes, version=1, by=manager)

    assert action.history.count() == 1


def test_a_record_that_breaks_a_rule_is_not_made(plan: ChangePlan, manager: User):
    with pytest.raises(ValidationError) as caught:
        records.create(SupportEntitlement, by=manager, plan=plan, programme="CSP", days="0")

    assert "Enter more than 0 days." in caught.value.messages
    assert not plan.entitlements.exists()


def test_a_number_taken_already_is_refused(action: Action, plan: ChangePlan, manager: User):
    with pytest.raises(ValidationError, match="already exists"):
        records.create(Action, by=manager, plan=plan, number=1, heading="Another")


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x0c", "\x1b", "\x85", "\ud800", "\uffff"])
def test_characters_that_cannot_be_stored_are_refused_by_name(
    action: Action, plan: ChangePlan, manager: User, character: str
):
    said = f"U\\+{ord(character):04X}.*Remove it and try again"
    wrong = {"heading": f"One{character}two", "detail": "All is well", "owner_title": character}

    with pytest.raises(ValidationError, match=said) as changing:
        records.change(action, changes=wrong, version=1, by=manager)
    with pytest.raises(ValidationError, match=said) as making:
        records.create(Action, by=manager, plan=plan, number=2, **wrong)

    assert set(changing.value.message_dict) == {"heading", "owner_title"}
    assert set(making.value.message_dict) == {"heading", "owner_title"}
    action.refresh_from_db()
    assert (action.detail, action.version) == ("", 1)


@pytest.mark.parametrize("value", [PreciseDate("later\0"), "later\0"])
def test_a_date_in_words_passes_the_same_door(action: Action, manager: User, value: object):
    with pytest.raises(ValidationError, match=r"U\+0000"):
        records.change(action, changes={"due": value}, version=1, by=manager)


def test_line_ends_come_out_alike(action: Action, manager: User):
    text = "One\r\ntwo\rthree\n\tfour"

    changed = records.change(action, changes={"detail": text}, version=1, by=manager)

    assert changed.detail == "One\ntwo\nthree\n\tfour"


@pytest.mark.parametrize("field", ["version", "identifier"])
def test_what_nobody_edits_is_not_changed(action: Action, manager: User, field: str):
    with pytest.raises(ValueError, match=field):
        records.change(action, changes={field: 7}, version=1, by=manager)


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_lose_nothing():
    group = _working_group()
    person = make.user()
    version = group.version

    _at_once(8, lambda: [_add_one(group.pk, person) for _ in range(20)])

    group.refresh_from_db()
    assert group.expected == 1 + 160
    assert group.version == version + 160
    assert group.history.filter(history_type="~").count() == 160


def _working_group() -> WorkingGroup:
    exercise = make.exercise(make.partnership(), state=Exercise.State.OPEN)
    group = make.working_group(exercise, "Table one")
    group.expected = 1
    group.save_without_historical_record()
    return group


def _add_one(pk: int, person: User) -> None:
    while True:
        group = WorkingGroup.objects.get(pk=pk)
        changes = {"expected": (group.expected or 0) + 1}
        try:
            records.change(group, changes=changes, version=group.version, by=person)
        except StaleVersion:
            continue
        return


def _at_once(count: int, work: Callable[[], object]) -> None:
    failures: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # told below, in the thread of the test
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_relations_alone_count_a_version(exercise: Exercise, manager: User):
    session: Session = exercise.sessions.get()
    board = make.group(exercise.partnership)

    changed = records.change(session, changes={"groups": [board]}, version=1, by=manager)

    assert changed.version == 2
    assert session.history.first().groups == [board.pk]
