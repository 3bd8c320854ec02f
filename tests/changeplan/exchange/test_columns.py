"""Which column is which: by heading, by what is in it, and never twice."""

import pytest

from changeplan.exchange.columns import guess
from changeplan.exchange.fields import BY_KEY, FIELDS, FORMS, RATINGS, STATUSES
from changeplan.exchange.headings import plain
from changeplan.exchange.sheet import Row, Sheet
from changeplan.models import Action, SupportAllocation


def sheet(headings: list[str], *rows: list[str]) -> Sheet:
    found = tuple(Row(f"row {n}", tuple(row)) for n, row in enumerate(rows, 2))
    return Sheet("csv", tuple(headings), found)


def test_an_export_is_understood_whole():
    headings = [field.heading for field in FIELDS]
    assert guess(sheet(headings)) == {field.key: n for n, field in enumerate(FIELDS)}
    assert guess(sheet(headings[::-1])) == {field.key: n for n, field in enumerate(FIELDS[::-1])}


def test_every_heading_is_its_own():
    headings = [plain(field.heading) for field in FIELDS]
    assert len(set(headings)) == len(FIELDS) == len(BY_KEY)


def test_aliases_are_written_as_they_are_compared():
    assert [a for field in FIELDS for a in field.aliases if plain(a) != a] == []


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (STATUSES, Action.Status.choices),
        (RATINGS, Action.Rating.choices),
        (FORMS, SupportAllocation.Form.choices),
    ],
)
def test_choices_are_those_of_the_plan(words, choices):
    assert {stored: meant[0] for stored, meant in words.items()} == dict(choices)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("S.A. Score", "score"),
        ("Recommended Actions", "headline"),
        ("Commissioning Support Programme", "purpose"),
        ("LEAD OFFICER(S)", "owner"),
        ("Lead officer (name and post)", "owner"),
        ("R/A/G", "rating"),
        ("By when?", "due"),
        ("What will success look like / success criteria", "success"),
        ("CSP consultancy days", "estimated"),
        ("Proposed actions to address this", "headline"),
        ("Colour of the folder", None),
        ("", None),
    ],
)
def test_headings_are_known_by_many_names(heading, key):
    found = guess(sheet([heading, "Other"], ["", ""]))
    assert found == ({key: 0} if key else {})


@pytest.mark.parametrize(
    ("cells", "key"),
    [(["In progress", "Complete"], "action_status"), (["We have begun.", "Nothing"], "status")],
)
def test_a_status_is_that_of_the_action_or_of_the_standard_by_what_is_in_it(cells, key):
    found = guess(sheet(["No", "Status"], *([str(n), cell] for n, cell in enumerate(cells, 1))))
    assert (
        found == {"standard": 0, "status": 1} | {} if key == "status" else {"standard": 0, key: 1}
    )


def test_numbers_and_scores_are_told_apart_without_headings():
    found = guess(sheet(["", "x", "Action"], ["1", "3.2", "a"], ["12.", "2.9", "b"]))
    assert found == {"standard": 0, "score": 1, "headline": 2}


def test_a_number_before_the_title_is_read_from_the_title():
    assert guess(sheet(["Commissioning standard"], ["3. Governance"], ["Standard 4: Needs"])) == {
        "standard": 0
    }


def test_a_column_of_titles_alone_is_no_number():
    assert guess(sheet(["Standard"], ["Governance"], ["Needs of 2 kinds"])) == {"title": 0}


def test_no_column_is_taken_for_two_fields():
    found = guess(sheet(["Action", "Actions", "Action", "Key action"], ["a", "b", "c", "d"]))
    assert found == {"headline": 0}
