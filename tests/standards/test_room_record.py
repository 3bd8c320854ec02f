"""The flip-chart way: what a group agreed and said, on one page, also after the event."""

import pytest
from django.test import Client
from django.urls import reverse

from partnership.roles import Role
from standards.models import Comment, Participant, Score
from standards.services.results import close_exercise, latest_version
from tests import factories as make
from tests.pages import words
from tests.tables import Table

JSON = {"Accept": "application/json"}
ALL = {
    "agreed": "3.5",
    "reason": "As we said",
    "working_well": "Regular meetings",
    "to_improve": "Fewer papers",
}


@pytest.fixture
def table(partnership) -> Table:
    return Table(partnership, votes_first=False)


def page(table: Table) -> str:
    return reverse("room:record", args=[table.group.identifier])


def line(table: Table, number: int = 1) -> str:
    return reverse("room:record_standard", args=[table.group.identifier, number])


def client_of(who: "Participant | object") -> Client:
    client = Client()
    client.force_login(who.user if isinstance(who, Participant) else who)
    return client


def test_record_keeps_score_and_words_of_a_standard_at_once(table):
    client = client_of(table.seats[0])
    answer = client.post(line(table), ALL)
    assert answer["Location"] == page(table) + "#standard-1"
    score = Score.objects.get()
    assert (str(score.value), score.reason, score.is_agreed) == ("3.5", "As we said", True)
    assert set(Comment.objects.values_list("participant", "text")) == {
        (None, "Regular meetings"),
        (None, "Fewer papers"),
    }
    shown = client.get(page(table)).content.decode()
    assert ">Regular meetings</textarea>" in shown
    assert 'value="3.5" checked' in shown


def test_record_saves_one_part_alone_for_the_script(table):
    client = client_of(table.seats[0])
    sent = {"to_improve": "Fewer papers", "to_improve_version": "0"}
    assert client.post(line(table), sent, headers=JSON).json() == {"words": "Saved", "version": 1}
    assert not Score.objects.exists()


def test_two_people_in_the_record_lose_neither_text(table):
    client = client_of(table.seats[0])
    table.say("First")
    table.agree("2", "Theirs")
    answer = client.post(line(table), {"working_well": "Second"}, headers=JSON)
    assert answer.status_code == 409
    assert (answer.json()["theirs"], answer.json()["version"]) == ("First", 1)
    shown = client.post(line(table), ALL | {"working_well": "Second"})
    assert shown.status_code == 409
    content = shown.content.decode()
    for kept in (">Second</textarea>", ">First</p>", ">As we said</textarea>", "meantime: 2"):
        assert kept in content
    assert 'name="working_well_version" value="1"' in content
    assert Score.objects.get().reason == "Theirs"  # all of it, or nothing


def test_score_that_somebody_else_wrote_is_answered_to_the_script(table):
    table.agree("2", "Theirs")
    answer = client_of(table.seats[0]).post(line(table), {"agreed": "4"}, headers=JSON)
    assert answer.status_code == 409
    assert answer.json()["theirs"] == "2 Theirs"


def test_record_waits_for_the_reveal_where_votes_come_first(partnership):
    table = Table(partnership)
    make.vote(table.seats[1])
    client = client_of(table.seats[0])
    before = words(client.get(page(table)))
    assert "Some have voted on this standard. Reveal the votes before the score is agreed" in before
    assert before.count("Agreed score") == 2  # of the two standards that nobody voted on
    answer = client.post(line(table), ALL)
    assert answer.status_code == 409
    assert "Reveal the votes before you agree a score." in answer.content.decode()
    assert ">Regular meetings</textarea>" in answer.content.decode()


def test_record_takes_a_score_from_paper_where_votes_come_first_and_nobody_voted(partnership):
    table = Table(partnership)
    client = client_of(table.seats[0])
    assert "write the agreed score as it stands on paper" in words(client.get(page(table)))
    assert client.post(line(table), ALL).status_code == 302
    assert str(Score.objects.get().value) == "3.5"
    assert make.vote(table.seats[1]).fate == "closed"


def test_scores_from_paper_are_written_on_the_record_alone(partnership):
    table = Table(partnership)
    address = reverse("room:agree", args=[table.group.identifier, 1])
    assert client_of(table.seats[0]).post(address, {"agreed": "3"}).status_code == 409
    assert not Score.objects.exists()


def test_recorder_reads_the_record_once_the_session_has_closed(table):
    table.agree("3.5", "As we said")
    table.say("Regular meetings")
    table.close()
    client = client_of(table.seats[0])
    shown = client.get(page(table))
    assert "the record can only be read" in words(shown)
    assert "Agreed: 3.5 As we said" in words(shown)
    assert "Regular meetings" in words(shown)
    assert "<textarea" not in shown.content.decode()
    assert client.post(line(table), ALL | {"correction": "Misread"}).status_code == 403
    assert client_of(table.seats[1]).get(page(table)).status_code == 403


@pytest.mark.parametrize("sent", [{"agreed": "6"}, {"agreed": "3", "score_version": "-1"}])
def test_record_refuses_what_is_no_score(table, sent):
    assert client_of(table.seats[0]).post(line(table), sent).status_code == 422


def test_record_is_the_recorders_and_of_those_who_run_the_exercise(
    table, manager, board_member, observer, outsider
):
    found = {
        who.name: client_of(who).post(line(table, 2), {"agreed": "3"}).status_code
        for who in (manager, board_member, observer, outsider, table.seats[1].user)
    }
    assert found == {
        "Manager": 302,
        "Board member": 404,
        "Observer": 404,
        "Outsider": 404,
        table.seats[1].user.name: 403,
    }
    assert Client().post(line(table)).status_code == 302


def test_flip_chart_is_entered_after_the_event_with_a_reason(table, manager):
    table.close()
    client = client_of(manager)
    assert "What you write here now needs a reason" in words(client.get(page(table)))
    refused = client.post(line(table), ALL)
    assert refused.status_code == 409
    assert not Score.objects.exists()
    why = {"correction": "From the flip chart"}
    assert client.post(line(table), ALL | why).status_code == 302
    assert Comment.objects.count() == 2


def test_entry_after_closing_makes_a_new_version_of_the_results(table, manager):
    exercise = table.session.exercise
    exercise.refresh_from_db()
    close_exercise(exercise=exercise, version=exercise.version, by=manager)
    answer = client_of(manager).post(line(table), ALL | {"correction": "From the flip chart"})
    assert answer.status_code == 302
    exercise.refresh_from_db()
    latest = latest_version(exercise)
    assert (latest.number, latest.reason) == (2, "From the flip chart")


def test_recorder_writes_no_more_once_the_session_is_closed(table):
    table.close()
    answer = client_of(table.seats[0]).post(line(table), ALL | {"correction": "Late"})
    assert answer.status_code == 403
    assert not Score.objects.exists()


def test_sheet_has_a_place_for_every_standard(partnership):
    table = Table(partnership, standards=12)
    table.votes("3")
    table.agree("3")
    for who in (table.seats[1], make.member(partnership, Role.MANAGER)):
        shown = words(client_of(who).get(reverse("room:sheet", args=[table.group.identifier])))
        assert "12. Standard title 12 1 2 3 4 5 n/a Working well To improve" in shown
        assert "Agreed: 3" in shown
