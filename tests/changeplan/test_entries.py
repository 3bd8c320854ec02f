"""Writing the current status of a standard: on the page, in the service, by several at once."""

from functools import partial

import pytest
from django.urls import reverse

from changeplan.models import ChangePlan, StatusStatement
from changeplan.services import entries
from partnership.rules import RuleBroken
from tests import factories as make
from tests.pages import MOST_QUERIES, queries, words
from tests.races import at_once, only_one_saves
from tests.writing import IN_PLACE, MOST_TO_SAVE, address, cost, posting

WRITERS = 8


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A draft with two statements on standard 1."""
    plan = make.plan(exercise)
    make.status(plan, 1, "First.")
    make.status(plan, 1, "Second.")
    return plan


@pytest.fixture
def writing(client, manager):
    client.force_login(manager)
    return client


def texts(plan: ChangePlan, number: int = 1) -> list[str]:
    entry = plan.entries.get(standard__number=number)
    return list(entry.status.order_by("number").values_list("text", flat=True))


def statement(plan: ChangePlan, text: str = "First.") -> StatusStatement:
    return StatusStatement.objects.select_related("entry").get(entry__plan=plan, text=text)


def test_a_statement_is_added_behind_the_others(writing, plan):
    new = address(plan, "statement_new", 1)

    answer = writing.post(new, {"text": "A *third*."})

    assert (answer.status_code, answer["Location"]) == (302, f"{address(plan)}#standard-1")
    assert texts(plan) == ["First.", "Second.", "A *third*."]
    assert "The statement is added." in words(writing.get(address(plan)))


def test_a_statement_is_changed_and_signed(writing, plan, manager):
    found = statement(plan)
    StatusStatement.objects.filter(pk=found.pk).update(to_confirm=True)

    writing.post(address(plan, "statement_edit", found.identifier), {"text": "New.", "version": 1})

    assert texts(plan) == ["New.", "Second."]
    found.refresh_from_db()
    assert (found.version, found.to_confirm) == (2, False)
    assert found.history.first().history_user == manager


def test_an_empty_or_unstorable_statement_is_refused_with_what_was_typed(writing, plan):
    edit = address(plan, "statement_edit", statement(plan).identifier)
    for text in ("", "  ", "nul\0", "x" * 20_001):
        answer = writing.post(edit, {"text": text, "version": 1})
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()
    assert texts(plan) == ["First.", "Second."]


def test_a_statement_moves_past_its_neighbour(writing, plan):
    first, second = statement(plan), statement(plan, "Second.")
    move = address(plan, "statement_move", second.identifier)

    writing.post(move, {"past": first.identifier})

    assert texts(plan) == ["Second.", "First."]
    assert writing.post(move, {"past": "zzzz"}).status_code == 404
    assert writing.post(move, {"past": "\0"}).status_code == 404


def test_a_removed_statement_is_listed_and_comes_back(writing, plan):
    found = statement(plan)

    writing.post(address(plan, "statement_remove", found.identifier))

    assert texts(plan) == ["Second."]
    assert "First." not in words(writing.get(address(plan)))
    listed = writing.get(address(plan, "removed"))
    assert "Standard 1: First. Removed by Manager on" in words(listed)
    [bring_back] = posting(listed, "bring-back")
    writing.post(bring_back)
    assert texts(plan) == ["First.", "Second."]


def test_a_second_writer_is_shown_both_texts_and_loses_neither(writing, plan, officer):
    found = statement(plan)
    entries.edit_statement(statement=found, text="Theirs.", version=1, by=officer)

    edit = address(plan, "statement_edit", found.identifier)
    answer = writing.post(edit, {"text": "Mine.", "version": 1})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs." in page
    assert "Mine." in page
    assert texts(plan)[0] == "Theirs."


@pytest.mark.parametrize("name", ["statement_edit", "statement_move", "statement_remove"])
def test_statements_of_another_plan_are_not_found(writing, plan, exercise, name):
    other = make.plan(exercise)
    make.status(other, 1, "Elsewhere.")
    there = address(plan, name, statement(other, "Elsewhere.").identifier)
    assert writing.post(there, {"text": "Mine.", "version": 1}).status_code == 404


@pytest.mark.parametrize("state", ["submitted", "approved", "superseded"])
def test_a_plan_that_stands_is_not_written_to(writing, plan, manager, state):
    decided = {"approved_at": "2024-05-18T09:00Z", "approved_by": manager}
    known = decided if state == "approved" else {}
    ChangePlan.objects.filter(pk=plan.pk).update(state=state, **known)
    edit = address(plan, "statement_edit", statement(plan).identifier)
    assert writing.post(edit, {"text": "Mine.", "version": 1}).status_code == 403
    assert "/edit/" not in writing.get(address(plan)).content.decode()
    stale = statement(plan)
    stale.entry.plan.state = "draft"  # as somebody read it a moment before
    with pytest.raises(RuleBroken, match="stands as it was put to the board"):
        entries.edit_statement(statement=stale, text="Mine.", version=1, by=manager)
    assert texts(plan) == ["First.", "Second."]


@pytest.mark.parametrize("who", ["officer", "board_member", "observer"])
def test_readers_see_no_way_to_write(client, plan, request, who):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(address(plan))
    if answer.status_code == 200:  # a draft is shown to those who work on it alone
        page = answer.content.decode()
        for sign in ("app-quiet", "hx-get", "/edit/", "Add an action", "Retired and removed"):
            assert sign not in page
    new = address(plan, "statement_new", 1)
    assert client.post(new, {"text": "Mine."}).status_code in (403, 404)
    assert texts(plan) == ["First.", "Second."]


def test_in_place_the_form_comes_alone_and_says_where_to_stand(writing, plan):
    edit = address(plan, "statement_edit", statement(plan).identifier)

    part = writing.get(edit, headers=IN_PLACE)
    wrong = writing.post(edit, {"text": "", "version": 1}, headers=IN_PLACE)

    assert "<html" not in part.content.decode()
    assert f'action="{edit}"' in part.content.decode()
    assert wrong.status_code == 422
    own = f"#place-statement-{statement(plan).identifier}"
    assert (wrong["HX-Retarget"], wrong["HX-Reswap"]) == (own, "outerHTML")


def test_in_place_a_save_shows_the_plan_as_its_reader_had_narrowed_it(writing, plan):
    new = address(plan, "statement_new", 1)
    shown = f"{address(plan)}?due=soon"
    here = IN_PLACE | {"HX-Current-URL": f"http://testserver{shown}"}
    assert writing.post(new, {"text": "A third."}, headers=here)["Location"] == shown
    away = IN_PLACE | {"HX-Current-URL": "https://evil.example/p/"}
    answer = writing.post(new, {"text": "A fourth."}, headers=away)
    assert answer["Location"].startswith(address(plan))


def test_a_preview_shows_the_text_and_saves_nothing(writing, plan):
    edit = address(plan, "statement_edit", statement(plan).identifier)

    answer = writing.post(edit, {"text": "So **bold**.", "version": 1, "preview": "text"})

    page = answer.content.decode()
    assert "So <strong>bold</strong>." in page
    assert "So **bold**.</textarea>" in page
    assert "There is a problem" not in page
    assert texts(plan) == ["First.", "Second."]


def test_a_row_is_saved_in_few_queries_however_long_the_plan(writing, plan):
    edit = address(plan, "statement_edit", statement(plan).identifier)
    before = cost(writing, edit, {"text": "New.", "version": 1})
    for number in range(1, 4):
        for extra in range(10):
            make.status(plan, number, f"Statement {extra}.")

    assert cost(writing, edit, {"text": "Newer.", "version": 2}) == before
    assert before <= MOST_TO_SAVE
    assert queries(writing, edit) <= MOST_QUERIES


@pytest.mark.django_db(transaction=True)
def test_of_eight_writers_on_one_statement_nobody_is_lost_in_silence(plan, manager):
    found = statement(plan)
    mine = [f"Writer {number}." for number in range(WRITERS)]

    saved = only_one_saves(
        *(
            partial(entries.edit_statement, statement=found, text=text, version=1, by=manager)
            for text in mine
        )
    )

    assert saved.text == texts(plan)[0]
    assert saved.text in mine


@pytest.mark.django_db(transaction=True)
def test_the_order_stays_whole_while_statements_come_move_and_go(plan, manager):
    entry = plan.entries.get(standard__number=1)
    for text in ("Third.", "Fourth."):
        make.status(plan, 1, text)
    first, fourth = statement(plan), statement(plan, "Fourth.")

    came = at_once(
        partial(entries.add_statement, entry=entry, text="Fifth.", by=manager),
        partial(entries.add_statement, entry=entry, text="Sixth.", by=manager),
        partial(entries.move_statement, statement=first, past=fourth, by=manager),
        partial(entries.move_statement, statement=fourth, past=first, by=manager),
        partial(
            entries.remove_statement, statement=statement(plan, "Second."), version=1, by=manager
        ),
    )

    assert [each for each in came if isinstance(each, Exception)] == []
    numbers = list(entry.status.order_by("number").values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == 5
    assert set(texts(plan)) == {"First.", "Third.", "Fourth.", "Fifth.", "Sixth."}


def test_the_pages_say_where_they_are(writing, plan):
    page = words(writing.get(address(plan, "statement_new", 2)))
    assert "Current status of standard 2" in page
    assert writing.get(address(plan, "statement_new", 99)).status_code == 404
    assert reverse("changeplan:plan", args=[plan.partnership.slug, plan.identifier]) in (
        writing.get(address(plan, "statement_new", 2)).content.decode()
    )
