"""The pages of a working group: what its members see, and what nobody may see yet."""

import pytest
from django.test import Client
from django.urls import reverse

from standards.models import Exercise, Participant
from standards.services.joining import add_person, change_group
from standards.services.sessions import offer_standard
from tests import factories as make
from tests.pages import assert_queries_stay, queries, words
from tests.tables import Table


@pytest.fixture
def table(partnership) -> Table:
    return Table(partnership, title="The day", people=3)


def at(table: Table, name: str = "standard", *more) -> str:
    place = more or ((1,) if name == "standard" else ())
    return reverse(f"room:{name}", args=[table.group.identifier, *place])


def as_seat(seat: Participant) -> Client:
    client = Client()
    client.force_login(seat.user)
    return client


def text(table: Table, seat: int = 1, name: str = "standard", *more) -> str:
    return words(as_seat(table.seats[seat]).get(at(table, name, *more)))


@pytest.mark.parametrize("said", ["vote", "revealed vote", "comment"])
def test_change_of_group_is_offered_as_long_as_it_is_possible(table, said):
    assert "Change working group" in text(table, 1, "group")
    if said == "comment":
        table.say("The forum is heard.", seat=table.seats[1])
    else:
        make.vote(table.seats[1])
    if said == "revealed vote":
        table.votes("2", None, "3")
    for name in ("group", "standard"):
        assert "Change working group" not in text(table, 1, name)
    assert "so your place is there" in text(table, 1, "change")
    assert "Change working group" in text(table, 2, "group") or said == "revealed vote"


def test_change_of_group_is_not_offered_once_the_session_has_closed(table):
    table.close()
    assert "Change working group" not in text(table, 1, "group")
    assert "nobody can move" in text(table, 1, "change")


def test_group_page_shows_every_standard_as_far_as_it_is(table):
    one = table.seats[1]
    table.votes("3", "4", "2")
    table.agree("3")
    make.vote(one, "2", 2)
    page = text(table, 1, "group")
    assert "1 of 3 agreed" in page
    assert "We share one plan Agreed: 3" in page
    assert "Standard title 2 You have voted" in page
    assert "Standard title 3 To vote" in page
    assert "Go on with standard 3" in page


def test_group_page_says_who_is_here_and_who_keeps_the_record(table):
    page = text(table, 1, "group")
    keeper, me = table.seats[0].user.name, table.seats[1].user.name
    assert f"{keeper}, recorder" in page
    assert f"{me} (you)" in page


def test_group_without_a_recorder_asks_for_one(table):
    table.group.participants.update(is_recorder=False)
    assert "Nobody keeps the record yet" in text(table, 1, "group")


def test_standard_shows_its_title_its_levels_and_whose_words_they_are(table):
    page = as_seat(table.seats[1]).get(at(table)).content.decode()
    assert "We share <strong>one plan</strong>" in page
    shown = text(table)
    assert "2 Level 2 in words 3" in shown
    assert "1 Level 1 in words (our wording)" in shown
    assert "Standard 1 of 3 None of three have voted." in shown


@pytest.mark.parametrize(("shown", "expected"), [(True, True), (False, False)])
def test_standard_shows_last_time_where_the_exercise_says_so(partnership, shown, expected):
    before = make.scored_exercise(partnership, framework=make.framework())
    room = Table(partnership, framework=before.framework, previous=before, shows_previous=shown)
    assert ("Last time: 2.5 on average" in text(room)) is expected


def test_standard_that_the_framework_has_not_is_not_found(table):
    assert as_seat(table.seats[1]).get(at(table, "standard", 9)).status_code == 404


def test_member_sees_their_own_vote_and_nobody_elses(table):
    make.vote(table.seats[1], "4")
    mine = as_seat(table.seats[1]).get(at(table)).content.decode()
    theirs = as_seat(table.seats[2]).get(at(table)).content.decode()
    recorders = as_seat(table.seats[0]).get(at(table)).content.decode()
    assert 'value="4" checked' in mine
    assert " checked" not in theirs
    assert " checked" not in recorders


def test_pages_tell_nothing_of_how_somebody_voted(table):
    """Byte for byte: other members' pages, polls and headers are the same whatever the vote."""
    seen = [shown_after(table, value) for value in ("1", "5", None)]
    assert seen[0] == seen[1] == seen[2]


def shown_after(table: Table, value: str | None) -> list[tuple[list[bytes], dict[str, str]]]:
    """What two other members get once the third has voted so, again and again."""
    voter, number = table.seats[2], 1
    version = voter.votes.count() and voter.votes.get().version
    kind = "score" if value else "pass"
    make.vote(voter, value, number, kind=kind, base_version=version)
    answers = []
    for seat in table.seats[:2]:
        client = as_seat(seat)
        for address in (at(table), at(table, "group"), at(table, "poll") + "?standard=1&state=0"):
            answer = client.get(address)
            headers = {name: value for name, value in answer.headers.items() if name != "Expires"}
            answers.append((without_tokens(answer.content), headers))
    return answers


def without_tokens(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line]


def test_who_has_voted_is_known_to_the_group(table):
    make.vote(table.seats[1])
    page = text(table, 2)
    assert "One of three has voted." in page
    assert f"{table.seats[1].user.name}: has voted" in page
    assert f"{table.seats[0].user.name}, recorder: has not voted" in page


def test_recorder_sees_who_is_still_to_vote_beside_the_reveal(table):
    assert "Reveal the votes" not in text(table, 0)
    make.vote(table.seats[1])
    waiting = f"Not yet voted: {table.seats[0].user.name}, {table.seats[2].user.name}"
    assert f"Reveal the votes {waiting}" in text(table, 0)
    assert "Reveal the votes" not in text(table, 1)


@pytest.mark.parametrize("shows_names", [True, False])
def test_reveal_shows_counts_and_names_only_as_declared(partnership, shows_names):
    table = Table(partnership, shows_names=shows_names)
    table.say("Regular meetings", seat=table.seats[0])
    table.votes("3", "3", "5")
    page = text(table)
    assert "How we voted: From 3 to 5." in page
    names = {seat.user.name for seat in table.seats}
    result = page[page.index("How we voted") : page.index("Your vote")]
    assert "Regular meetings" in result
    assert all((name in result) is shows_names for name in names - {table.seats[1].user.name})
    assert "0" in result


def test_passes_and_not_applicable_are_counted_with_their_reasons(table):
    make.vote(table.seats[0], None, kind="not_applicable", reason="We commission nothing.")
    make.vote(table.seats[1], None, kind="pass")
    table.votes()
    page = text(table)
    assert "Nobody gave a score." in page
    assert "Pass 1" in page
    assert "Not applicable, because: We commission nothing." in page


def test_comment_is_its_authors_until_the_reveal(table):
    table.say("Regular meetings", seat=table.seats[1])
    assert "Regular meetings" in text(table, 1)
    assert "Regular meetings" not in text(table, 2)
    table.votes("3")
    assert "Regular meetings" in text(table, 2)


@pytest.mark.parametrize("fields", [{"votes_first": False}, {"is_scored": False}])
def test_comment_is_told_at_once_where_nobody_votes(partnership, fields):
    table = Table(partnership, **fields)
    table.say("Regular meetings", seat=table.seats[1])
    page = text(table, 2)
    assert "Regular meetings" in page
    assert "Your vote" not in page


def test_exercise_without_scores_has_no_word_of_scoring(partnership):
    table = Table(partnership, is_scored=False)
    for page in (text(table, 0), text(table, 0, "record"), text(table, 0, "sheet")):
        assert "score" not in page.lower().replace("score sheet", "")


def test_second_round_is_offered_and_the_first_stays_in_sight(table):
    table.votes("3", "4", "5")
    assert "Vote again" in text(table)
    make.vote(table.seats[1], "3", round=2)
    assert "Voting again: One of three has voted." in text(table, 2)
    page = text(table)
    assert "You voted: 4" in page
    table.votes(round=2)
    page = text(table)
    assert page.index("round 2: One score: 3.") < page.index("round 1: From 3 to 5.")


def test_late_answer_is_shown_to_its_voter_alone(table):
    table.votes("3", "4")
    make.vote(table.seats[2], "1")
    assert "1 is kept, and shown to you alone. It came after the votes were revealed" in text(
        table, 2
    )
    for seat in (0, 1):
        assert "is kept, and shown" not in text(table, seat)
    assert "From 3 to 4." in text(table, 0)


def test_agreed_score_stands_above_with_its_reason(table):
    table.votes("3", "4")
    table.agree("3.5", "Between the two")
    page = text(table)
    assert "The group agreed 3.5 Between the two" in page
    assert "Vote again" not in page
    assert "Reopen the score" in text(table, 0)
    assert "Reopen the score" not in page


def test_reopened_score_is_open_for_votes_again(table):
    table.votes("3", "4")
    table.agree("3")
    table.reopen()
    page = text(table)
    assert "The score is open again." in page
    assert "Vote again" in page
    assert "Write what the group agrees" in text(table, 0)


def test_offered_standard_is_a_link_and_takes_nobody_away(table, manager):
    table.session.refresh_from_db()
    offer_standard(
        session=table.session,
        standard=table.standard(2),
        version=table.session.version,
        by=manager,
    )
    assert "The room is at standard 2: go there" in text(table)
    assert "The room is at" not in text(table, 1, "standard", 2)


def test_closed_session_can_be_read_and_no_longer_answered(table):
    table.say("Regular meetings", seat=table.seats[1])
    make.vote(table.seats[1])
    table.close()
    page = text(table)
    assert "The session is closed" in page
    assert "Regular meetings" in page
    content = as_seat(table.seats[1]).get(at(table)).content.decode()
    assert 'name="answer"' not in content
    assert 'name="working_well"' not in content


def test_people_page_lets_the_recorder_alone_add_and_hand_over(table):
    assert "Add somebody without a device" in text(table, 0, "people")
    page = text(table, 1, "people")
    assert "Add somebody" not in page
    assert "Hand the record" not in page


def test_recorder_sees_whom_to_vote_for_and_never_what_they_voted(table):
    person = add_person(working_group=table.group, name="Dewi", by=table.by)
    seats = Participant.objects.select_related("working_group__session__exercise", "user")
    make.vote(seats.get(pk=person.pk), "5")
    page = as_seat(table.seats[0]).get(at(table)).content.decode()
    assert "Votes of people without a device" in page
    assert "Voted. Choose again to change it." in page
    assert " checked" not in page
    assert "Votes of people without a device" not in text(table, 1)


def test_guest_sees_the_personal_code_on_every_page(table):
    guest = make.seat(table.group, make.user("Gwen"), personal_code="H7KM9P")
    guest.user.email = None
    guest.user.save()
    make.Membership.objects.create(
        user=guest.user, partnership=table.session.exercise.partnership, role="guest"
    )
    for name in ("group", "standard", "people"):
        client = as_seat(guest)
        assert "H7KM9P" in words(client.get(at(table, name)))
    assert "H7KM9P" not in text(table, 0, "people")


def test_who_moved_leaves_no_trace_in_the_old_group(partnership):
    table = Table.__new__(Table)
    table.session = make.open_room(partnership, groups=2, people=2)
    first, second = table.session.working_groups.order_by("number")
    table.group = first
    mover = first.participants.last()
    change_group(participant=mover, working_group=second, by=mover.user)
    table.seats = list(first.participants.select_related("user"))
    assert mover.user.name not in text(table, 0, "group")


def test_expired_guest_and_inactive_member_have_no_seat(table):
    seat = table.seats[1]
    client = as_seat(seat)
    make.Membership.objects.filter(user=seat.user).update(expires_on="2020-01-01")
    assert client.get(at(table)).status_code == 404
    other = as_seat(table.seats[2])
    table.seats[2].user.set_password("another pass phrase")
    table.seats[2].user.save()
    assert other.get(at(table))["Location"].startswith(reverse("room:join"))


def test_open_session_keeps_people_signed_in(table, settings):
    settings.SESSION_COOKIE_AGE = 60
    client = as_seat(table.seats[1])
    client.get(at(table, "poll"))
    assert client.session.get_expiry_age() <= 60
    client.get(at(table))
    assert client.session.get_expiry_age() > 11 * 60 * 60


def test_pages_take_as_many_queries_for_ten_times_the_people(table):
    table.votes("3", "4", "5")
    table.say("Well said", seat=table.seats[2])
    client = as_seat(table.seats[1])
    names = ("group", "standard", "people", "change", "sheet")
    for name in names:
        client.get(at(table, name))  # the session's expiry is written once

    def grow() -> None:
        for _ in range(20):
            seat = make.seat(table.group)
            seat.working_group = table.group
            make.vote(seat, "3", 2)
            table.say("Said too", seat=seat)

    assert_queries_stay(client, [at(table, name) for name in names], grow)


def test_sheet_and_pages_of_a_planned_session_can_be_read_before(table):
    Exercise.objects.filter(pk=table.session.exercise_id).update(state="planned")
    assert "Score sheet: Table 1" in text(table, 1, "sheet")
    assert queries(as_seat(table.seats[1]), at(table, "sheet")) < 15
