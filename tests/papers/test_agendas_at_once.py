"""Several people at the same agenda at the same moment."""

import pytest

from papers.models import AgendaItem, Paper
from papers.services import agendas as services
from partnership.models import Meeting
from partnership.roles import Role
from partnership.rules import RuleBroken
from tests import factories as make
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    partnership = make.partnership()
    return [make.member(partnership, Role.OFFICER, f"Officer {number}") for number in range(4)]


@pytest.fixture
def meeting(people) -> Meeting:
    partnership = people[0].memberships.get().partnership
    return make.meeting(make.group(partnership), "2999-12-08")


@pytest.fixture
def items(meeting, people) -> list[AgendaItem]:
    return [services.add_item(meeting=meeting, title=t, by=people[0]) for t in "ABCD"]


@pytest.fixture
def paper(meeting) -> Paper:
    return make.paper(make.plan(make.exercise(meeting.group.partnership)))


def order_of(meeting) -> list[str]:
    found = list(AgendaItem.objects.filter(meeting=meeting).order_by("number"))
    assert [item.number for item in found] == list(range(1, len(found) + 1))
    return [item.title for item in found]


def test_moves_and_new_items_leave_every_number_once(meeting, items, people):
    first, second, third, fourth = people
    outcomes = at_once(
        lambda: services.move_item(item=items[0], to=4, by=first),
        lambda: services.move_item(item=items[3], to=1, by=second),
        lambda: services.add_item(meeting=meeting, title="E", by=third),
        lambda: services.remove_item(item=items[1], version=1, by=fourth),
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    assert sorted(order_of(meeting)) == list("ACDE")


def test_paper_that_two_place_at_once_stands_on_one_item(items, paper, people):
    outcomes = at_once(
        *(
            lambda item=item, by=by: services.place_paper(paper=paper, item=item, by=by)
            for item, by in zip(items, people, strict=True)
        )
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    paper.refresh_from_db()
    assert paper.agenda_item in items
    assert (paper.version, paper.history.count()) == (5, 5)


def test_two_papers_placed_at_once_both_stand(items, paper, people):
    other = make.paper(paper.plan)
    item = items[0]
    at_once(
        lambda: services.place_paper(paper=paper, item=item, by=people[0]),
        lambda: services.place_paper(paper=other, item=item, late_reason="Snow.", by=people[1]),
    )
    assert set(item.papers.all()) == {paper, other}


def test_no_paper_stands_on_an_item_that_goes_at_that_moment(items, paper, people):
    outcomes = at_once(
        lambda: services.place_paper(paper=paper, item=items[0], by=people[0]),
        lambda: services.remove_item(item=items[0], version=1, by=people[1]),
    )
    assert [isinstance(each, RuleBroken) for each in outcomes].count(True) == 1
    paper.refresh_from_db()
    kept = AgendaItem.objects.filter(pk=items[0].pk).exists()
    assert (paper.agenda_item == items[0]) is kept


def test_standing_items_that_two_copy_at_once_come_once(meeting, items, people):
    following = make.meeting(meeting.group, "2999-12-09")
    services.change_item(item=items[0], changes={"kind": "standing"}, version=1, by=people[0])
    outcomes = at_once(
        *(lambda by=by: services.copy_standing(meeting=following, by=by) for by in people[:2])
    )
    assert [isinstance(each, RuleBroken) for each in outcomes].count(True) == 1, outcomes
    assert order_of(following) == ["A"]
