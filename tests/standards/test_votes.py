"""The votes inside the groups: counted once revealed, beside the groups' agreed scores."""

from decimal import Decimal

import pytest
from django.urls import reverse

from partnership.numbers import display
from standards.material import materials
from standards.services.agreeing import Agreement, agree_score, reopen_score
from standards.services.results import close_exercise
from standards.services.voting import reveal
from standards.votes import votes_within
from tests import factories as make
from tests.pages import words


@pytest.fixture
def room(partnership):
    """An open session: Table 1 of three people, Table 2 of three."""
    return make.open_room(partnership, groups=2)


@pytest.fixture
def tables(room):
    return list(room.working_groups.order_by("number"))


def standard_of(room, number: int = 1):
    return room.exercise.framework.standards.get(number=number)


def poll(room, table, *values, number: int = 1, round: int = 1, revealed: bool = True):
    """The members of a table vote ("pass" or points), and their recorder reveals it."""
    for member, value in zip(table.participants.order_by("pk"), values, strict=False):
        if value == "pass":
            make.vote(member, None, number, kind="pass", round=round)
        elif value == make.NOT_APPLICABLE:
            reason = "Not ours to do."
            make.vote(member, None, number, kind="not_applicable", reason=reason, round=round)
        else:
            make.vote(member, value, number, round=round)
    if revealed:
        recorder = table.participants.get(is_recorder=True)
        reveal(
            working_group=table,
            standard=standard_of(room, number),
            by=recorder.user,
            acknowledged=True,
        )


def agree(room, table, value: str, number: int = 1, version: int = 0):
    recorder = table.participants.get(is_recorder=True)
    agreement = Agreement(Decimal(value), "We agreed on it.", version=version)
    return agree_score(
        working_group=table, standard=standard_of(room, number), agreement=agreement,
        by=recorder.user,
    )  # fmt: skip


def close(room, by):
    exercise = room.exercise
    exercise.refresh_from_db()
    return close_exercise(exercise=exercise, version=exercise.version, by=by)


def within(room):
    exercise = room.exercise
    standards = exercise.framework.standards.all()
    return votes_within(exercise, materials([exercise], standards)[exercise.pk])


def get(client, user, exercise, name: str, *more):
    client.force_login(user)
    place = [exercise.partnership.slug, exercise.identifier, *more]
    return client.get(reverse(f"standards:{name}", args=place))


def test_votes_are_counted_by_group_once_revealed(room, tables):
    poll(room, tables[0], "2", "2", "5")
    poll(room, tables[1], "3", "pass", make.NOT_APPLICABLE)
    first, second = within(room)[1].ballots
    assert (first.group, first.counts, first.spread.range) == ("Table 1", (0, 2, 0, 0, 1), 3)
    assert (second.counts, second.passes, second.not_applicable) == ((0, 0, 1, 0, 0), 1, 1)
    assert (second.n, second.voters) == (1, 3)


def test_votes_of_a_round_that_was_not_revealed_are_not_counted(room, tables):
    poll(room, tables[0], "2", "2", "5", revealed=False)
    assert within(room) == {}


def test_votes_of_a_second_round_count_when_it_is_revealed_too(room, tables):
    poll(room, tables[0], "2", "2", "5")
    poll(room, tables[0], "3", "4", round=2, revealed=False)
    assert within(room)[1].ballots[0].counts == (0, 2, 0, 0, 1)
    reveal(working_group=tables[0], standard=standard_of(room), by=make.user(), acknowledged=True)
    assert within(room)[1].ballots[0].counts == (0, 0, 1, 1, 1)  # who kept still kept their vote


def test_votes_of_a_round_never_revealed_stay_secret_when_the_exercise_closes(
    client, room, tables, manager
):
    poll(room, tables[0], "2", "2", "5")
    poll(room, tables[0], "1", "1", "1", round=2, revealed=False)
    poll(room, tables[1], "1", "4", number=2, revealed=False)
    agree(room, tables[0], "3")
    close(room, manager)
    assert list(within(room)) == [1]
    assert within(room)[1].ballots[0].counts == (0, 2, 0, 0, 1)
    assert "How members voted" not in words(get(client, manager, room.exercise, "standard", 2))


def test_late_votes_are_not_counted(room, tables, manager):
    poll(room, tables[0], "2", "2")
    make.vote(tables[0].participants.order_by("pk")[2], "5")
    assert within(room)[1].ballots[0].voters == 2


def test_spread_within_and_the_widest_groups(room, tables):
    poll(room, tables[0], "2", "2", "5")
    poll(room, tables[1], "4", "4", "4")
    found = within(room)[1]
    assert (found.range, [ballot.group for ballot in found.widest]) == (3, ["Table 1"])
    assert display(found.consensus, 4) == "0.6950"  # of 0.3900 and 1


def test_one_vote_alone_lies_nowhere(room, tables):
    poll(room, tables[0], "2", "pass", "pass")
    found = within(room)[1]
    assert (found.range, found.consensus, found.widest) == (None, None, ())


def test_standard_page_sets_votes_beside_scores_and_names_nobody(
    client, room, tables, manager, board_member
):
    poll(room, tables[0], "2", "2", "5")
    poll(room, tables[1], "3", "pass", make.NOT_APPLICABLE)
    agree(room, tables[0], "3")
    agree(room, tables[1], "4")
    close(room, manager)
    text = words(get(client, board_member, room.exercise, "standard", 1))
    assert "Table 1 0 2 0 0 1 0 0 2 to 5 0.39 3" in text
    assert "Table 2 0 0 1 0 0 1 1 3, one vote only – 4" in text
    assert "Between the groups: 3 to 4, consensus 0.81." in text
    for member in tables[0].participants.all():
        assert member.user.name not in text


def test_results_page_sets_spread_within_beside_spread_between(
    client, room, tables, manager, observer
):
    poll(room, tables[0], "2", "2", "5")
    poll(room, tables[1], "3", "pass", make.NOT_APPLICABLE)
    agree(room, tables[0], "3")
    agree(room, tables[1], "4")
    close(room, manager)
    text = words(get(client, observer, room.exercise, "results"))
    assert "furthest apart Standard 1 We share one plan Votes from 2 to 5 in Table 1." in text
    for measure in (
        "Range between groups 1 – –",
        "Range within a group 3 – –",
        "Consensus between groups 0.81 – –",
        "Consensus within groups 0.39 – –",
        "Members who gave a score 4 0 0 Passed 1 0 0 Said not applicable 1 0 0",
    ):
        assert measure in text
    assert "On standard 1 the members of one group lie further apart than the groups do" in text


def test_results_page_has_no_section_on_votes_before_a_reveal(client, room, tables, manager):
    poll(room, tables[0], "2", "2", "5", revealed=False)
    make.scores(tables[1], "3", "4", "5")
    assert "Votes inside the groups" not in words(get(client, manager, room.exercise, "results"))


def test_unrevealed_votes_change_no_page_of_results(client, room, tables, manager):
    """Whatever the members vote, what may be asked of the results stays the same to the letter."""
    make.scores(tables[1], "3", "4", "5")
    names = ("results", "exercise", "comments", "comments_download")
    asked = [(name,) for name in names] + [("standard", 1), ("results_download", "csv")]
    api = reverse("api-exercise-results", args=[room.exercise.identifier])

    def everything() -> list[str]:
        client.force_login(manager)
        pages = [get(client, manager, room.exercise, *each) for each in asked]
        return [page.content.decode().split("csrf")[0] for page in [*pages, client.get(api)]]

    before = everything()
    poll(room, tables[0], "2", "pass", make.NOT_APPLICABLE, revealed=False)
    first = everything()
    make.vote(tables[0].participants.order_by("pk")[0], "5", base_version=1)
    assert first == everything() == before


def test_reopened_score_leaves_the_results_until_it_is_agreed_again(client, room, tables, manager):
    poll(room, tables[0], "2", "2", "5")
    score = agree(room, tables[0], "3")
    reopen_score(score=score, reason="Somebody came late.", by=manager)
    make.scores(tables[1], "4")
    text = words(get(client, manager, room.exercise, "results"))
    assert "Not scored by Table 1." in text
