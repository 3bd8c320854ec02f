"""One small question every three seconds: whether the group has news."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standards.models import Participant
from tests import factories as make
from tests.tables import Table


@pytest.fixture
def table(partnership) -> Table:
    return Table(partnership)


def poll(table: Table, client: Client, beat: object, **query):
    address = reverse("room:poll", args=[table.group.identifier])
    return client.get(address, {"beat": beat} | query, headers={"HX-Request": "true"})


def as_seat(seat: Participant) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def test_poll_without_news_is_silent_in_two_queries(table):
    client, beat = as_seat(table.seats[1]), table.beat
    for query in ({}, {"standard": "1", "state": "0-0-1-0"}):
        with CaptureQueriesContext(connection) as taken:
            answer = poll(table, client, beat, **query)
        assert (answer.status_code, answer.content) == (204, b"")
        assert len(taken) <= 2


def test_poll_hears_of_a_first_vote_and_not_of_its_change(table):
    client, before = as_seat(table.seats[1]), table.beat
    make.vote(table.seats[2])
    assert "One of three has voted." in poll(table, client, before, standard="1").content.decode()
    now = table.beat
    make.vote(table.seats[2], "5", base_version=1)
    assert poll(table, client, now, standard="1").status_code == 204


def test_poll_brings_the_forms_only_when_they_have_changed(table):
    client = as_seat(table.seats[1])
    make.vote(table.seats[2])
    same = poll(table, client, 0, standard="1", state="0-0-1-0").content.decode()
    assert 'id="group"' in same
    assert 'id="your-answer"' not in same
    table.votes()
    other = poll(table, client, 0, standard="1", state="0-0-1-0").content.decode()
    assert 'id="your-answer"' in other
    assert "How we voted" in other
    assert "Vote again" in other
    assert 'id="comments"' not in other  # somebody may be typing


def test_poll_of_the_group_page_brings_its_list(table):
    table.votes("3")
    answer = poll(table, as_seat(table.seats[1]), 0).content.decode()
    assert 'id="live"' in answer
    assert "Votes revealed" in answer


def test_poll_hands_the_recorder_the_form_that_the_reveal_opens(table):
    before = poll(table, as_seat(table.seats[0]), 0, standard="1", state="").content.decode()
    assert 'name="agreed"' not in before
    table.votes("3")
    after = poll(table, as_seat(table.seats[0]), 0, standard="1", state="").content.decode()
    assert 'name="agreed"' in after
    others = poll(table, as_seat(table.seats[1]), 0, standard="1", state="").content.decode()
    assert 'name="agreed"' not in others


@pytest.mark.parametrize("number", ["9", "x", "", "٣"])
def test_poll_of_no_standard_is_not_found(table, number):
    assert poll(table, as_seat(table.seats[1]), 0, standard=number).status_code == 404


def test_poll_is_refused_to_whoever_has_no_seat(table, manager):
    client = Client()
    assert poll(table, client, 0).status_code == 401
    client.force_login(manager)
    assert poll(table, client, 0).status_code == 404
    table.seats[1].user.is_active = False
    table.seats[1].user.save()
    assert poll(table, as_seat(table.seats[1]), 0).status_code in (401, 404)


def test_poll_does_not_keep_anybody_signed_in(table, settings):
    settings.SESSION_COOKIE_AGE = 60
    client = as_seat(table.seats[1])
    answer = poll(table, client, 0)
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
