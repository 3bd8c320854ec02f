"""What people and groups say of a standard while the room is open."""

import pytest

from partnership.records import StaleVersion
from partnership.rules import LONGEST_TEXT, RuleBroken
from standards.models import Comment, Finding
from tests.tables import Table


@pytest.fixture
def table(partnership) -> Table:
    return Table(partnership)


def test_a_comment_is_written_changed_and_taken_back(table):
    made = table.say("Regular\r\nmeetings")

    assert (made.text, made.version, made.participant) == ("Regular\nmeetings", 1, None)
    assert table.say("Regular\r\nmeetings") == made  # sent again
    assert table.say("Monthly meetings", version=1).version == 2
    with pytest.raises(StaleVersion):
        table.say("", version=1)
    assert table.say("  ", version=2) is None
    assert not Comment.objects.exists()
    assert table.say("") is None
    assert [line.history_type for line in Comment.history.all()] == ["-", "~", "+"]
    assert {line.history_user for line in Comment.history.all()} == {table.by}


def test_two_people_typing_in_the_groups_record_lose_nothing(table):
    table.say("First")

    with pytest.raises(StaleVersion) as refused:
        table.say("Second")
    assert refused.value.current.text == "First"


def test_each_participant_has_a_comment_of_their_own_on_each_side(table):
    one, two, _ = table.seats
    table.say("Mine", seat=one)
    table.say("Hers", seat=two)
    table.say("To do", seat=one, side="to_improve")
    table.say("The group’s")

    assert Comment.objects.count() == 4


def test_a_private_comment_is_not_announced_before_the_reveal(table):
    one = table.seats[0]
    before = table.beat
    table.say("Mine", seat=one)
    table.say("Mine, longer", 1, seat=one)
    table.say("", 2, seat=one)
    assert table.beat == before

    table.votes("3")
    shown = table.beat
    table.say("Mine after all", seat=one)
    assert table.beat == shown + 1
    table.say("The group’s")
    assert table.beat == shown + 2


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "x" * (LONGEST_TEXT + 1)])
def test_a_comment_that_cannot_be_stored_is_refused_in_words(table, text):
    with pytest.raises(RuleBroken, match=r"cannot be stored|longer than"):
        table.say(text)


def test_a_comment_that_a_finding_rests_on_stays(table):
    made = table.say("Regular meetings")
    finding = Finding.objects.create(
        exercise=table.session.exercise, kind="strength", number=1, title="Meetings"
    )
    finding.comments.add(made)

    with pytest.raises(RuleBroken, match="finding rests"):
        table.say("", version=1)


def test_no_comment_changes_once_the_session_is_closed(table):
    table.say("Regular meetings")
    table.close()

    for text in ("Other", ""):
        with pytest.raises(RuleBroken, match="closed"):
            table.say(text, version=1)
