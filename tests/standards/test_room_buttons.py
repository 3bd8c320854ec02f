"""What members and their recorder send: who may, what is answered, and that nothing is lost."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session as Login
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standards.models import Answer, Comment, Participant, Reveal, Score, Vote
from standards.services.joining import add_person
from tests import factories as make
from tests.tables import Table

JSON = {"Accept": "application/json"}
RECORDERS = {
    "reveal": {"round": "1"},
    "agree": {"agreed": "3"},
    "reopen": {"reason": "The schools were not heard."},
}
MOST_QUERIES = 6


@pytest.fixture
def table(partnership) -> Table:
    return Table(partnership)


def at(table: Table, name: str, *more) -> str:
    return reverse(f"room:{name}", args=[table.group.identifier, *more])


def as_seat(seat: Participant) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def send(table: Table, name: str, seat: int = 1, number: int = 1, json: bool = True, **given):
    headers = JSON if json else {}
    return as_seat(table.seats[seat]).post(at(table, name, number), given, headers=headers)


def vote(table: Table, answer: str, seat: int = 1, **given):
    return send(table, "vote", seat, answer=answer, **{"round": "1"} | given)


@pytest.mark.parametrize("name", ["vote", "comment", *RECORDERS, "people/add", "people/claim"])
def test_button_is_for_who_has_a_seat(table, name, request):
    address = (
        reverse("room:group", args=[table.group.identifier]) + f"1/{name}/"
        if "/" not in name
        else at(table, "group") + f"{name}/"
    )
    found = {}
    for who in ("administrator", "manager", "facilitator", "observer", "outsider"):
        client = Client()
        client.force_login(request.getfixturevalue(who))
        found[who] = client.post(address).status_code
    assert set(found.values()) == {404}
    assert Client().post(address).status_code == 302
    assert Client().post(address, headers=JSON).status_code == 401
    assert as_seat(table.seats[0]).get(address).status_code == 405


@pytest.mark.parametrize("name", RECORDERS)
def test_button_of_the_recorder_refuses_other_members(table, name):
    assert send(table, name, seat=1, **RECORDERS[name]).status_code == 403


def test_vote_is_answered_with_what_became_of_it(table):
    answer = vote(table, "4", mutation="one")
    assert answer.json() == {"words": "Saved", "fate": "counted", "version": 1}
    assert vote(table, "4", mutation="one").json()["version"] == 1
    assert vote(table, "2", mutation="two", version="1").json()["version"] == 2
    assert Vote.objects.get().value == 2
    assert Answer.objects.count() == 2


def test_vote_without_script_leads_back_to_the_page(table):
    answer = send(table, "vote", json=False, answer="4", round="1")
    assert answer["Location"] == at(table, "standard", 1) + "#your-answer"
    assert Vote.objects.get().value == 4


@pytest.mark.parametrize("answer", ["", "6", "3.5", "0", "fine"])
def test_vote_that_is_none_is_refused_in_words(table, answer):
    refused = vote(table, answer)
    assert refused.status_code == 422
    assert refused.json()["words"].startswith("Choose a score")


def test_not_applicable_asks_for_its_reason_and_keeps_what_was_typed(table):
    refused = send(table, "vote", json=False, answer="not_applicable", round="1", reason=" ")
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Say why the standard is not applicable." in page
    assert 'value="not_applicable" checked' in page
    assert vote(table, "not_applicable", reason="We commission nothing.").status_code == 200
    assert Vote.objects.get().reason == "We commission nothing."


def test_late_vote_is_kept_and_says_so(table):
    table.votes("3")
    answer = vote(table, "4").json()
    assert answer["fate"] == "revealed"
    assert "after the votes were revealed" in answer["words"]
    assert Answer.objects.get(participant=table.seats[1]).given["value"] == "4"


def test_vote_in_a_round_that_has_not_begun_is_refused(table):
    assert vote(table, "4", round="2").status_code == 409


def test_nobody_votes_for_somebody_with_a_device(table):
    other = table.seats[2].identifier
    assert vote(table, "4", seat=1, participant=other).status_code == 403
    assert vote(table, "4", seat=0, participant=other).status_code == 403
    assert vote(table, "4", participant="zzzzzzzzzzzz").status_code == 404
    assert not Vote.objects.exists()


def test_recorder_votes_for_who_has_no_device(table):
    person = add_person(working_group=table.group, name="Dewi", by=table.by)
    assert vote(table, "4", seat=1, participant=person.identifier).status_code == 403
    assert vote(table, "4", seat=0, participant=person.identifier).status_code == 200
    assert Vote.objects.get().participant == person
    assert Answer.objects.get().by == table.by


def test_vote_of_an_expired_sign_in_is_asked_to_sign_in(table):
    client = as_seat(table.seats[1])
    Login.objects.all().delete()
    answer = client.post(at(table, "vote", 1), {"answer": "3", "round": "1"}, headers=JSON)
    assert answer.status_code == 401


def test_comment_is_kept_changed_and_taken_back(table):
    sent = {"working_well": "Regular meetings", "working_well_version": "0"}
    assert send(table, "comment", **sent).json() == {"words": "Saved", "version": 1}
    assert send(table, "comment", **sent).json()["version"] == 1
    sent = {"working_well": "Monthly meetings", "working_well_version": "1"}
    assert send(table, "comment", **sent).json()["version"] == 2
    sent = {"working_well": "", "working_well_version": "2"}
    assert send(table, "comment", **sent).json()["version"] == 0
    assert not Comment.objects.exists()


def test_comments_of_all_sides_are_kept_at_once_without_script(table):
    sides = {"working_well": "A", "to_improve": "B", "evidence": "https://example.org/report"}
    answer = send(table, "comment", json=False, **sides)
    assert answer["Location"] == at(table, "standard", 1) + "#comments"
    assert set(Comment.objects.values_list("text", flat=True)) == set(sides.values())


def test_two_devices_of_one_person_lose_neither_text(table):
    send(table, "comment", working_well="First", working_well_version="0")
    answer = send(table, "comment", working_well="Second", working_well_version="0")
    assert answer.status_code == 409
    assert (answer.json()["theirs"], answer.json()["version"]) == ("First", 1)
    page = send(table, "comment", json=False, working_well="Second", working_well_version="0")
    assert page.status_code == 409
    content = page.content.decode()
    assert ">Second</textarea>" in content
    assert ">First</p>" in content
    assert 'name="working_well_version" value="1"' in content


def test_comment_that_was_changed_since_is_no_conflict_when_sent_again(table):
    send(table, "comment", working_well="First", working_well_version="0")
    send(table, "comment", working_well="Second", working_well_version="1")
    again = send(table, "comment", working_well="First", working_well_version="0")
    assert again.json() == {"words": "Saved", "version": 2}
    assert Comment.objects.get().text == "Second"


def test_comment_of_somebody_else_signed_in_on_the_device_is_refused(table):
    other = table.seats[2].identifier
    assert send(table, "comment", working_well="A", participant=other).status_code == 403
    assert not Comment.objects.exists()


def test_reveal_shows_the_round_that_the_recorder_saw(table):
    for seat in table.seats:
        make.vote(seat)
    assert send(table, "reveal", 0, round="1").json()["words"] == "The votes are revealed."
    make.vote(table.seats[1], round=2)
    assert send(table, "reveal", 0, round="1").status_code == 200
    assert Reveal.objects.count() == 1


@pytest.mark.parametrize("sent", ["", "two", "1"])
def test_reveal_that_cannot_be_is_refused_in_words(table, sent):
    answer = send(table, "reveal", 0, json=False, round=sent)
    assert answer.status_code in (409, 422)
    assert "This could not be saved" in answer.content.decode()


def test_recorder_agrees_a_score_and_reopens_it(table):
    table.votes("3", "4")
    answer = send(table, "agree", 0, agreed="3.5", reason="Between the two", score_version="0")
    assert answer.json() == {"words": "The agreed score is saved.", "version": 1}
    send(table, "reopen", 0, reason="The schools were not heard.")
    score = Score.objects.get()
    assert (str(score.value), score.is_agreed) == ("3.5", False)
    assert score.history.first().history_change_reason == "The schools were not heard."


def test_agreement_that_breaks_a_rule_is_refused_with_what_was_typed(table):
    table.votes("1", "1")
    answer = send(table, "agree", 0, json=False, agreed="5", reason="")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nobody voted near this score." in page
    assert 'value="5" checked' in page
    assert send(table, "agree", 0, agreed="").status_code == 422
    assert not Score.objects.exists()


def test_two_recorders_at_once_lose_neither_score(table):
    table.votes("3", "4")
    table.agree("3", "As it was")
    page = send(table, "agree", 0, json=False, agreed="4", reason="As it is", score_version="0")
    assert page.status_code == 409
    content = page.content.decode()
    assert "Written in the meantime: 3" in content
    assert "As it was" in content
    assert ">As it is</textarea>" in content
    assert 'name="score_version" value="1"' in content
    assert Score.objects.get().value == 3


def test_reopening_asks_for_a_reason(table):
    table.votes("3")
    table.agree("3")
    assert send(table, "reopen", 0, reason=" ").status_code == 422
    assert Score.objects.get().is_agreed


def test_recorder_adds_people_and_gives_a_new_code(table):
    client = as_seat(table.seats[0])
    client.post(at(table, "add_person"), {"name": "Dewi"})
    person = table.group.participants.get(user__name="Dewi")
    assert not person.has_device
    page = client.post(at(table, "new_code", person.identifier), follow=True)
    renewed = Participant.objects.get(pk=person.pk).personal_code
    assert renewed != person.personal_code
    assert f"is now {renewed}" in page.content.decode()
    assert client.post(at(table, "add_person"), {"name": ""}).status_code == 422


def test_only_the_recorder_adds_people_gives_codes_and_hands_over(table):
    client, other = as_seat(table.seats[1]), table.seats[2].identifier
    assert client.post(at(table, "add_person"), {"name": "Dewi"}).status_code == 403
    assert client.post(at(table, "new_code", other)).status_code == 403
    assert client.post(at(table, "hand_over", other)).status_code == 403


def test_code_of_a_member_with_an_account_cannot_be_made(table):
    client = as_seat(table.seats[0])
    assert client.post(at(table, "new_code", table.seats[1].identifier)).status_code == 404


def test_record_is_handed_over(table):
    client = as_seat(table.seats[0])
    client.post(at(table, "hand_over", table.seats[2].identifier))
    assert table.group.participants.get(is_recorder=True) == table.seats[2]
    assert client.post(at(table, "hand_over", table.seats[1].identifier)).status_code == 403


def test_record_is_claimed_where_nobody_keeps_it_and_only_there(table):
    as_seat(table.seats[1]).post(at(table, "claim"))
    assert table.group.participants.get(is_recorder=True) == table.seats[0]
    table.group.participants.update(is_recorder=False)
    as_seat(table.seats[1]).post(at(table, "claim"))
    assert table.group.participants.get(is_recorder=True) == table.seats[1]


def test_leaving_signs_a_guest_out_and_keeps_what_they_said(table):
    make.vote(table.seats[1])
    seat = table.seats[1]
    client = as_seat(seat)
    assert client.post(at(table, "leave"))["Location"] == reverse("home")
    assert client.get(at(table, "group")).status_code == 200
    seat.user.email = None
    seat.user.save()
    assert client.post(at(table, "leave"))["Location"] == reverse("room:join")
    assert client.get(at(table, "group")).status_code == 302
    assert Vote.objects.filter(participant=seat).exists()


def autosaves(table: Table) -> dict[str, dict[str, str]]:
    mine = table.seats[1].identifier
    return {
        "vote": {"answer": "4", "round": "1", "participant": mine, "mutation": str(uuid4())},
        "comment": {"to_improve": "Fewer meetings", "participant": mine},
    }


@pytest.mark.parametrize("name", ["vote", "comment"])
def test_autosave_takes_at_most_six_queries(table, name):
    client = as_seat(table.seats[1])
    again = {"vote": {"version": "1", "answer": "2"}, "comment": {"to_improve_version": "1"}}
    sent = autosaves(table)[name]
    second = sent | again[name] | {"mutation": str(uuid4())}
    if name == "comment":
        second["to_improve"] = "Shorter meetings"
    for given in (sent, second):
        with CaptureQueriesContext(connection) as taken:
            assert client.post(at(table, name, 1), given, headers=JSON).status_code == 200
        asked = [q["sql"] for q in taken if "SAVEPOINT" not in q["sql"]]
        assert len(asked) <= MOST_QUERIES, asked
