"""A reveal that would tell how one person voted is asked about first, whatever the vote was."""

import pytest
from django.test import Client
from django.urls import reverse

from standards.models import Reveal
from tests import factories as make
from tests.pages import words
from tests.tables import Table

ONE = "Only one person has voted."
TWO = "Only two people have voted, so each will know how the other voted."


def press(table: Table, accept: str = "text/html", **given):
    client = Client()
    client.force_login(table.by)
    address = reverse("room:reveal", args=[table.group.identifier, 1])
    return client.post(address, {"round": "1"} | given, headers={"Accept": accept})


def page(answer) -> str:
    answer.status_code = {409: 200}[answer.status_code]
    return words(answer)


@pytest.mark.parametrize(("votes", "why"), [(1, ONE), (2, TWO)])
def test_reveal_that_tells_a_vote_is_asked_about_and_then_done(partnership, votes, why):
    table = Table(partnership, people=4)
    for seat in table.seats[:votes]:
        make.vote(seat, "2")
    asked = page(press(table))
    assert "Reveal the votes now?" in asked
    assert why in asked
    assert f"Not yet voted: {table.seats[votes].user.name}" in asked
    assert not Reveal.objects.exists()
    assert press(table, acknowledged="yes").status_code == 302
    assert Reveal.objects.count() == 1


def test_the_question_is_the_same_whatever_was_voted(partnership):
    table = Table(partnership)
    asked = []
    for version, value in enumerate(["1", "5"]):
        make.vote(table.seats[1], value, base_version=version)
        asked.append(page(press(table)))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("people", "votes", "fields"),
    [(1, 1, {}), (2, 2, {}), (4, 3, {}), (3, 1, {"shows_names": True})],
)
def test_reveal_that_tells_nothing_more_is_not_asked_about(partnership, people, votes, fields):
    table = Table(partnership, people=people, **fields)
    for seat in table.seats[:votes]:
        make.vote(seat, "2")
    assert press(table).status_code == 302
    assert Reveal.objects.count() == 1


def test_reveal_of_one_vote_is_asked_about_while_more_people_are_expected(partnership):
    table = Table(partnership, people=1)
    make.vote(table.seats[0])
    table.group.expected = 5
    table.group.save()
    assert ONE in page(press(table))


def test_reveal_of_a_second_round_in_which_one_voted_is_asked_about(partnership):
    table = Table(partnership)
    table.votes("2", "3", "4")
    make.vote(table.seats[1], "3", round=2)
    assert ONE in page(press(table, round="2"))


def test_script_is_told_why(partnership):
    table = Table(partnership)
    make.vote(table.seats[1])
    answer = press(table, "application/json")
    assert answer.status_code == 409
    assert answer.json()["words"].startswith(ONE)
