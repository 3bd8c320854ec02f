"""Two issues of a paper compared, section by section and paragraph by paragraph."""

from dataclasses import replace

import pytest

from papers.comparing import compare, lines_of
from papers.document import NumberedParagraph, Section
from partnership.richtext import parse, text
from tests.papers import samples

PAPER = samples.bromley()


def told(before, after) -> list[tuple[str, str, str]]:
    """Return each change as its chapter, its kind and its name."""
    found = compare(before, after).chapters
    return [(chapter.title, str(c.kind), c.name) for chapter in found for c in chapter.changes]


def with_items(place: int, *items):
    """Return the paper with other items in the section at a place."""
    sections = list(PAPER.sections)
    sections[place] = replace(sections[place], items=items)
    return replace(PAPER, sections=tuple(sections))


def test_the_same_paper_has_no_changes():
    assert compare(PAPER, PAPER).count == 0


def test_a_changed_paragraph_shows_the_words_that_went_and_came():
    after = with_items(0, NumberedParagraph("1.1", parse(_said().replace("fact", "finding"))))

    (chapter,) = compare(PAPER, after).chapters
    (change,) = chapter.changes

    assert (chapter.title, change.kind, change.name) == ("1 Summary", "Changed", "Paragraph 1.1")
    assert [p.text.strip() for p in change.pieces if p.mark != "same"] == ["fact", "finding"]


def _said() -> str:
    return f"The Board is told fact 1.1. {samples.FILLER}"


def test_paragraphs_that_only_took_another_number_have_not_changed():
    first = NumberedParagraph("3.1", text("Something new stands first."))
    kept = PAPER.sections[2].items
    moved = [replace(item, number=f"3.{n}") for n, item in enumerate(kept, 2)]

    assert told(PAPER, with_items(2, first, *moved)) == [("3 Background", "Added", "Paragraph 3.1")]
    assert told(with_items(2, first, *moved), PAPER) == [
        ("3 Background", "Removed", "Paragraph 3.1")
    ]


def test_a_changed_paragraph_says_which_number_it_had():
    first = NumberedParagraph("1.1", text("New."))
    after = with_items(0, first, NumberedParagraph("1.2", parse(_said() + " More.")))

    changes = compare(PAPER, after).chapters[0].changes

    assert [(c.kind, c.name, c.was) for c in changes] == [
        ("Added", "Paragraph 1.1", ""),
        ("Changed", "Paragraph 1.2", "Paragraph 1.1"),
    ]


def test_a_paragraph_that_stands_elsewhere_is_told_once_as_moved():
    first, *others = PAPER.sections[2].items
    assert others
    place = [replace(item, number=f"3.{n}") for n, item in enumerate((*others, first), 1)]
    after = with_items(2, *place)

    (chapter,) = compare(PAPER, after).chapters
    (change,) = chapter.changes

    assert (change.kind, change.name, change.was) == (
        "Moved", f"Paragraph 3.{len(place)}", "Paragraph 3.1"
    )  # fmt: skip
    assert [piece.mark for piece in change.pieces] == ["same"]


def test_a_paragraph_may_move_to_another_section_and_stand_there_twice():
    moved, *others = PAPER.sections[2].items
    there = [*PAPER.sections[0].items, moved, replace(moved, number="1.9")]
    sections = list(with_items(0, *there).sections)
    sections[2] = replace(sections[2], items=tuple(others))
    after = replace(PAPER, sections=tuple(sections))

    kinds = [kind for _, kind, _ in told(PAPER, after)]

    assert sorted(kinds) == ["Added", "Moved"]
    assert sorted(kind for _, kind, _ in told(after, PAPER)) == ["Moved", "Removed"]


def test_sections_that_come_and_go_are_told_whole():
    extra = Section("section-9", "1", "Risks", (NumberedParagraph("1.1", text("None.")),))
    after = replace(PAPER, sections=(extra, *PAPER.sections))

    assert told(PAPER, after) == [
        ("1 Risks", "Added", "Heading"),
        ("1 Risks", "Added", "Paragraph 1.1"),
    ]
    assert {kind for _, kind, _ in told(after, PAPER)} == {"Removed"}


def test_a_section_with_another_heading_is_the_same_section():
    sections = (replace(PAPER.sections[0], heading="In short"), *PAPER.sections[1:])
    assert told(PAPER, replace(PAPER, sections=sections)) == [("1 In short", "Changed", "Heading")]


def test_tables_are_compared_row_by_row():
    table = samples.plan_table()
    cells = list(table.rows[2])
    cells[2] = text("The plan is in force.")
    rows = (*table.rows[:2], tuple(cells), *table.rows[3:11])
    appendix = replace(PAPER.appendices[0], items=(replace(table, rows=rows),))

    changes = told(PAPER, replace(PAPER, appendices=(appendix,)))

    assert [(kind, name[:8]) for _, kind, name in changes] == [
        ("Changed", "Row: S3 "),
        ("Removed", "Row: S12"),
        ("Removed", "Text"),
    ]


def test_the_front_sheet_and_the_title_are_compared():
    front = (replace(PAPER.front_sheet[2], value=text("9a")), *PAPER.front_sheet[3:])
    after = replace(PAPER, title="Another title", front_sheet=(*PAPER.front_sheet[:2], *front))

    assert told(PAPER, after) == [
        ("Front sheet", "Changed", "Title"),
        ("Front sheet", "Changed", "Agenda item"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[one](https://example.org/1)", "[one](https://example.org/2)"),
        ("- one\n- two", "1. one\n2. two"),
    ],
)
def test_links_and_lists_count_as_words(before, after):
    assert lines_of(parse(before)) != lines_of(parse(after))
