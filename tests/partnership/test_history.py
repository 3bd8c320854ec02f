"""Rows of history as lines that a manager reads."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from changeplan.models import Action, ChangePlan, SupportDelivery
from partnership import history, order, records
from partnership.dates import PreciseDate
from partnership.history import Kind, Line, Link
from partnership.roles import Role
from tests import factories as make

FIELDS = {
    "heading": "heading",
    "detail": "detail",
    "owner": "owner",
    "lead_group": "lead group",
    "due": "due date",
    "target_score": "target score",
    "status": "status",
    "to_confirm": "question whether it still stands",
}
LINKS = {
    "standards": Link("standards", "number"),
    "depends_on": Link("actions before it", "heading"),
}
KIND = Kind("action", "action", Action, FIELDS, lambda row: row.heading, ("owner__user",), LINKS)
DELIVERY = Kind("delivery", "delivery", SupportDelivery, {"date": "date"}, lambda row: "")


@pytest.fixture
def plan(exercise) -> ChangePlan:
    return make.plan(exercise)


@pytest.fixture
def action(plan, manager) -> Action:
    return records.create(Action, by=manager, plan=plan, number=1, heading="Agree a strategy")


def read(*kinds: Kind, who=None) -> tuple[Line, ...]:
    sources = [(kind, kind.rows) for kind in kinds or (KIND,)]
    return history.lines(sources, history.entries(sources, who))


def latest(action: Action, by, **changes) -> Line:
    """The line of one more change."""
    action.refresh_from_db()
    records.change(action, changes=changes, version=action.version, by=by)
    return read()[0]


def test_a_date_that_was_set_moved_and_cleared(action, manager):
    set_, moved = (latest(action, manager, due=PreciseDate(d)) for d in ("2027-05", "2027-06-09"))
    cleared = latest(action, manager, due=None)

    assert (set_.who, set_.name) == ("Manager", "Agree a strategy")
    assert set_.words == "set the due date to May 2027"
    assert moved.words == "changed the due date from May 2027 to 9 June 2027"
    assert cleared.words == "cleared the due date, which was 9 June 2027"


def test_time_is_told_as_the_clock_on_the_wall(action):
    action.history.update(history_date=datetime(2027, 7, 3, 13, 5, tzinfo=UTC))

    assert read()[0].when_words == "3 July 2027 at 14:05"


def test_choices_numbers_and_names_are_told_in_words(action, plan, manager, officer):
    group = make.group(plan.partnership, name="Planning group")
    owner = plan.partnership.memberships.get(user=officer)

    line = latest(
        action, manager, status="in_progress", target_score=Decimal("3.5"), lead_group=group,
        owner=owner, to_confirm=True,
    )  # fmt: skip

    assert line.words == (
        "changed the owner, the lead group, the target score, the status and the question whether "
        "it still stands"
    )
    assert {change.label: change.short for change in line.changes} == {
        "owner": "from nothing to Officer",
        "lead group": "from nothing to Planning group",
        "target score": "from nothing to 3.5",
        "status": "from Not started to In progress",
        "question whether it still stands": "from no to yes",
    }


def test_relations_are_told_with_one_change_of_the_record(action, plan, manager):
    standards = list(plan.exercise.framework.standards.order_by("number"))
    other = make.action(plan, "Train the board")

    first = latest(action, manager, standards=standards[:2])
    both = latest(action, manager, standards=standards[1:], depends_on=[other])

    assert first.words == "set the standards to 1 and 2"
    assert {change.label: change.short for change in both.changes} == {
        "standards": "from 1 and 2 to 2 and 3",
        "actions before it": "from nothing to Train the board",
    }


def test_long_text_shows_what_went_and_what_came(action, manager):
    latest(action, manager, detail="Meet the **schools** in May.")
    line = latest(action, manager, detail="Meet the **schools** in early June.")

    assert line.words == "changed the detail"
    assert [(str(piece.mark), piece.text.strip()) for piece in line.changes[0].pieces] == [
        ("same", "Meet the schools in"),
        ("gone", "May."),
        ("new", "early June."),
    ]


def test_text_that_changed_in_form_only_shows_its_signs(action, manager):
    latest(action, manager, detail="Meet the schools.")
    line = latest(action, manager, detail="Meet the **schools.**")

    assert line.changes[0].pieces[-1].text == "**schools.**"


def test_removal_gives_its_reason_and_return_says_so(action, manager, officer):
    gone = records.remove(action, version=1, by=manager, reason="Done by the county")
    removal = read()[0]
    records.restore(gone, by=officer)
    returned = read()[0]

    assert (removal.words, removal.reason) == ("removed the action", "Done by the county")
    assert (removal.removed, returned.removed) == (True, False)
    assert (returned.who, returned.words, returned.reason) == (
        "Officer", "brought back the action", "",
    )  # fmt: skip


def test_moving_one_past_others_is_one_line(plan, manager):
    actions = [make.action(plan, f"Action {number}") for number in (1, 2, 3)]
    before = len(read())

    order.move(actions[2], within=plan, siblings=plan.actions.all(), to=1, by=manager)

    assert len(read()) == before + 1
    assert (read()[0].words, read()[0].name) == ("changed the order of the actions", "")


def test_a_record_from_a_file_was_added_by_nobody_named(plan):
    make.action(plan)

    assert (read()[0].who, read()[0].words) == (history.UNNAMED, "added the action")


def test_who_has_left_is_named_as_they_were(action, plan, officer):
    leaver = make.member(plan.partnership, Role.MANAGER, "Priya Nair")
    seat = leaver.memberships.get()
    latest(action, leaver, owner=seat)
    latest(action, officer, owner=None)
    seat.delete()
    leaver.is_active = False
    leaver.save()

    cleared, given, _ = read()

    assert given.who == "Priya Nair"
    assert given.words == f"set the owner to {history.UNKNOWN}"
    assert cleared.words == f"cleared the owner, which was {history.UNKNOWN}"


def test_kinds_stand_together_latest_first_and_by_one_person(action, plan, manager, officer):
    support = make.support(make.entitlement(plan), "A workshop")
    delivery = records.create(
        SupportDelivery, by=officer, allocation=support, date=date(2027, 3, 3), days=1,
        delivered_by="Support team",
    )  # fmt: skip
    latest(action, manager, heading="Agree a plan")
    records.change(delivery, changes={"date": date(2027, 3, 4)}, version=1, by=officer)

    def told(who=None):
        return [(line.who, line.words) for line in read(KIND, DELIVERY, who=who)]

    mine = [
        ("Officer", "changed the date from 3 March 2027 to 4 March 2027"),
        ("Officer", "added the delivery"),
    ]
    assert told() == [
        mine[0],
        ("Manager", "changed the heading from “Agree a strategy” to “Agree a plan”"),
        mine[1],
        ("Manager", "added the action"),
    ]
    assert told(officer) == mine
    sources = [(kind, kind.rows) for kind in (KIND, DELIVERY)]
    assert list(history.people(sources)) == [manager, officer]


def test_a_page_takes_the_same_queries_however_long_the_history_is(action, manager):
    def cost() -> int:
        sources = [(KIND, KIND.rows), (DELIVERY, DELIVERY.rows)]
        with CaptureQueriesContext(connection) as taken:
            history.lines(sources, history.entries(sources)[:20])
        return len(taken)

    few = cost()
    for number in range(30):
        latest(action, manager, heading=f"Heading {number}")

    assert cost() == few <= 3


def test_a_page_knows_what_was_before_its_first_line(action, manager):
    latest(action, manager, status="in_progress")
    latest(action, manager, status="complete")
    sources = [(KIND, KIND.rows)]

    (line,) = history.lines(sources, history.entries(sources)[1:2])

    assert line.words == "changed the status from Not started to In progress"
