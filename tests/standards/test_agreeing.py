"""The group's own record: when a score is agreed, reopened, corrected; comments."""

from decimal import Decimal
from functools import partial

import pytest

from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from standards.models import Score
from standards.services.agreeing import (
    Agreement,
    agree_score,
    correct_score,
)
from standards.services.results import close_exercise, latest_version
from standards.services.sessions import open_session
from tests import factories as make
from tests.races import at_once
from tests.tables import Table

WHOLE, HALVES = {"half_points": False}, {"half_points": True}


@pytest.fixture
def table(partnership) -> Table:
    return Table(partnership)


def test_a_score_is_agreed_after_the_reveal_and_signed(table):
    with pytest.raises(RuleBroken, match="Reveal the votes"):
        table.agree("3", "We agreed")
    table.votes("3", "4")
    before = table.beat
    score = table.agree("3.5", "Between the two")

    assert (score.value, score.reason, score.version) == (Decimal("3.5"), "Between the two", 1)
    assert [line.history_user for line in score.history.all()] == [table.by]
    assert table.beat > before


def test_without_votes_first_the_recorder_simply_writes_the_score(partnership):
    table = Table(partnership, votes_first=False)

    assert table.agree("2").is_agreed


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        *((WHOLE, value) for value in ("0", "6", "-1", "2.5", "0.5", "5.5", "2.25")),
        *((HALVES, value) for value in ("0", "0.5", "5.5", "6", "2.25", "2.4999999999999999999")),
        *((HALVES, value) for value in ("NaN", "-NaN", "sNaN", "Infinity", "1E+999999", "1E-99")),
    ],
)
def test_a_score_off_the_scale_or_its_step_is_refused(partnership, fields, value):
    table = Table(partnership, votes_first=False, **fields)

    with pytest.raises(RuleBroken, match="from 1 to 5"):
        table.agree(value, "Why not")
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"value": None}, "Enter the agreed score"),
        ({"value": None, "not_applicable": True}, "Say why"),
        ({"value": None, "not_applicable": True, "reason": " \n"}, "Say why"),
        ({"value": "3", "not_applicable": True, "reason": "Not ours"}, "give no score"),
        ({"reason": "a\x00b"}, "cannot be stored"),
        ({"reason": "a\udfffb"}, "cannot be stored"),
        ({"reason": "x" * 1_000_000}, "longer than"),
    ],
)
def test_an_agreement_says_a_score_or_why_there_is_none(partnership, given, says):
    table = Table(partnership, votes_first=False)

    with pytest.raises(RuleBroken, match=says):
        table.agree(**given)
    assert table.agree(None, "Schools do this", not_applicable=True).value is None


def test_a_standard_of_another_framework_is_not_scored(partnership):
    table, foreign = Table(partnership, votes_first=False), Table(partnership).standard()

    with pytest.raises(RuleBroken, match="no such standard"):
        agree_score(
            working_group=table.group,
            standard=foreign,
            agreement=Agreement(Decimal(3)),
            by=table.by,
        )


def test_a_score_is_never_agreed_in_an_exercise_without_scores(partnership):
    with pytest.raises(RuleBroken, match="no such standard"):
        Table(partnership, votes_first=False, is_scored=False).agree("3")


@pytest.mark.parametrize(
    ("votes", "value", "needs_reason"),
    [
        (["2", "4"], "2", False),
        (["2", "4"], "2.5", False),
        (["2", "4"], "3.5", False),
        (["2", "4"], "3", True),
        (["2", "2"], "5", True),
        (["2", None], "3", True),
        ([None, None], "3", False),
    ],
)
def test_a_score_away_from_every_vote_asks_for_a_reason(table, votes, value, needs_reason):
    table.votes(*votes)

    if needs_reason:
        for reason in ("", "  \n"):
            with pytest.raises(RuleBroken, match="Nobody voted near"):
                table.agree(value, reason)
    assert table.agree(value, "The inspection says so" if needs_reason else "").is_agreed


def test_it_is_the_last_revealed_votes_that_a_score_is_near_to(table):
    table.votes("2", "2")
    table.votes("5", round=2)
    make.vote(table.seats[1], "4", round=3)  # not revealed: it tells nothing

    with pytest.raises(RuleBroken, match="Nobody voted near"):
        table.agree("4")
    assert table.agree("5").is_agreed


def test_the_second_of_two_recorders_sees_what_the_first_wrote(table):
    table.votes("3")
    table.agree("3", "First")

    with pytest.raises(StaleVersion) as refused:
        table.agree("3", "Second")
    assert refused.value.current.reason == "First"
    assert table.agree("3", "Second", version=1).version == 2


def test_an_agreement_sent_again_changes_nothing(table):
    table.votes("3")
    first = table.agree("3", "Sent\r\ntwice")

    assert table.agree("3", "Sent\r\ntwice") == first
    assert (Score.objects.get().version, Score.history.count()) == (1, 1)


def test_a_reopened_score_counts_nowhere_until_it_is_agreed_again(table):
    table.votes("3")
    table.agree("3")
    for reason in ("", "  "):
        with pytest.raises(RuleBroken, match="Say why"):
            table.reopen(reason)
    reopened = table.reopen("The schools were not heard")

    assert not Score.objects.agreed().exists()
    assert reopened.history.first().history_change_reason == "The schools were not heard"
    assert make.vote(table.seats[0], "4", round=2).counted
    with pytest.raises(RuleBroken, match="open already"):
        table.reopen()
    assert table.agree("3", version=2).is_agreed


def test_after_the_closing_a_score_is_corrected_with_a_reason_only(table):
    table.votes("3")
    table.agree("3")
    with pytest.raises(RuleBroken, match="not closed"):
        table.correct("4", 1)
    table.close()

    with pytest.raises(RuleBroken, match="not open"):
        table.agree("4", "Quietly", version=1)
    with pytest.raises(RuleBroken, match="is closed"):
        table.reopen()
    with pytest.raises(RuleBroken, match="Say why"):
        table.correct("4", 1, correction=" ")
    with pytest.raises(StaleVersion):
        table.correct("4", 7)
    with pytest.raises(RuleBroken, match="cannot be stored"):
        table.correct("4", 1, correction="a\x00b")
    corrected = table.correct("4", 1, correction="The recorder misread a note")
    assert (corrected.value, corrected.version) == (4, 2)
    assert corrected.history.first().history_change_reason == "The recorder misread a note"


def test_a_correction_of_a_closed_exercise_makes_a_new_version_of_its_results(table):
    table.votes("3")
    table.agree("3")
    exercise = table.session.exercise
    exercise.refresh_from_db()
    exercise = close_exercise(exercise=exercise, version=exercise.version, by=table.by)
    first = latest_version(exercise)
    table.correct("4", 1, correction="Misread")
    table.correct("4", 2, correction="Again the same")

    assert (first.number, first.averages["1"]) == (1, "3.0")
    frozen = list(exercise.frozen.values_list("number", "averages", "reason"))
    assert [(n, a["1"], reason) for n, a, reason in frozen] == [
        (1, "3.0", ""),
        (2, "4.0", "Misread"),
    ]


def test_a_closed_session_opens_again_only_with_a_reason(table):
    table.close()
    again = partial(open_session, session=table.session, version=table.session.version, by=table.by)

    with pytest.raises(RuleBroken, match="Say why"):
        again()
    assert again(reason="It was closed by mistake").state == "open"
    last = table.session.history.first()
    assert (last.state, last.history_change_reason) == ("open", "It was closed by mistake")


@pytest.mark.django_db(transaction=True)
def test_of_two_agreements_at_once_one_stands_and_the_other_is_shown_it(partnership):
    table = Table(partnership, votes_first=False)
    found = at_once(*[partial(table.agree, str(n), f"Because {n}") for n in range(1, 5)])

    (stands,) = [each for each in found if isinstance(each, Score)]
    assert {type(each) for each in found} == {Score, StaleVersion}
    assert Score.objects.get().value == stands.value
    assert {each.current.value for each in found if isinstance(each, StaleVersion)} == {
        stands.value
    }


@pytest.mark.django_db(transaction=True)
def test_an_agreement_and_the_closing_at_once_leave_no_score_that_changed_after(partnership):
    for _ in range(5):
        table = Table(partnership, votes_first=False)
        agreed, _ = at_once(partial(table.agree, "3"), table.close)

        assert isinstance(agreed, Score | RuleBroken)
        assert Score.objects.filter(working_group=table.group).count() == isinstance(agreed, Score)


@pytest.mark.django_db(transaction=True)
def test_results_freeze_with_a_correction_or_get_a_version_for_it(partnership):
    for _ in range(5):
        table = Table(partnership, votes_first=False)
        table.agree("3")
        table.close()
        exercise = table.session.exercise
        exercise.refresh_from_db()
        close = partial(close_exercise, exercise=exercise, version=exercise.version, by=table.by)

        corrected, closed = at_once(partial(table.correct, "4", 1), close)
        assert isinstance(corrected, Score), corrected
        assert latest_version(closed).averages["1"] == "4.0"


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_both_reach_the_results(partnership):
    session = make.open_room(partnership, groups=2, votes_first=False)
    exercise, by = session.exercise, make.user()
    one, two = (make.scores(group, "3") for group in session.working_groups.all())
    exercise.refresh_from_db()
    exercise = close_exercise(exercise=exercise, version=exercise.version, by=by)
    standard = exercise.framework.standards.get(number=1)
    given = {"standard": standard, "agreement": Agreement(Decimal(5), version=1), "by": by}

    found = at_once(
        *[partial(correct_score, working_group=g, correction=f"{g}", **given) for g in (one, two)]
    )
    assert [type(each) for each in found] == [Score, Score]
    assert [v.averages["1"] for v in exercise.frozen.all()] == ["3.0", "4.0", "5.0"]
