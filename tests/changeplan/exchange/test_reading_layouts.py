"""Plans in layouts that nobody designed for: each comes in as the same two or three actions."""

import datetime

import pytest
from docx import Document

from changeplan.exchange.columns import guess
from changeplan.exchange.fields import Part
from changeplan.exchange.proposal import Proposal, propose
from changeplan.exchange.reading import read

from . import papers
from .papers import TITLES, excel, word

GOVERNANCE, NEEDS = TITLES[2], TITLES[4]


def proposed(name: str, data: bytes) -> Proposal:
    sheet = read(name, data)
    return propose(sheet, guess(sheet), papers.current_plan())


def told(proposal: Proposal) -> list[tuple]:
    """The standards, the headline, the owner and the due date of each action."""
    return [
        (step.standards, step.title, step.values.get("owner"), step.values.get("due"))
        for step in proposal.steps
        if step.part == Part.ACTION
    ]


USUAL = [
    ((3,), "Review the sub-groups", "Head of governance", "2026-09-30"),
    ((5,), "Share the needs data", "Head of insight", "2026-12"),
]


def another_order() -> bytes:
    return word(
        ("By when", "Lead officer", "What we will do", "Standard", "Self-assessment score"),
        ("30/09/2026", "Head of governance", "Review the sub-groups", f"3. {GOVERNANCE}", "2.3"),
        ("Dec 2026", "Head of insight", "Share the needs data", f"5. {NEEDS}", "3.3"),
    )


def more_columns() -> bytes:
    return word(
        ("Ref", "Theme", "Standard", "Action", "Cost (£)", "Owner", "Risk", "Deadline"),
        ("3", "A", GOVERNANCE, USUAL[0][1], "1,000", USUAL[0][2], "Low", "30 September 2026"),
        ("5", "B", NEEDS, USUAL[1][1], "0", USUAL[1][2], "High", "December 2026"),
    )


def two_rows_of_headings() -> bytes:
    document = Document()
    table = papers.add_table(
        document,
        ("Standard", "", "Action", "", ""),
        ("No.", "Score", "What", "Who", "By when"),
        ("3", "2.3", "Review the sub-groups", "Head of governance", "30.09.2026"),
        ("5", "3.3", "Share the needs data", "Head of insight", "12/2026"),
    )
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(0, 4))
    return papers.saved(document)


def standards_across_the_table() -> bytes:
    document = Document()
    table = papers.add_table(
        document,
        ("Action", "Owner", "Due"),
        (f"Standard 3: {GOVERNANCE}", "", ""),
        ("Review the sub-groups", "Head of governance", "30 Sept 2026"),
        (f"Standard 5: {NEEDS}", "", ""),
        ("Share the needs data", "Head of insight", "by December 2026"),
    )
    for row in (1, 3):
        table.cell(row, 0).merge(table.cell(row, 2))
    return papers.saved(document)


def a_table_for_each_standard() -> bytes:
    document = Document()
    rows = {
        f"Standard 3: {GOVERNANCE}": ("Review the sub-groups", "Head of governance", "2026-09-30"),
        f"Standard 5: {NEEDS}": ("Share the needs data", "Head of insight", "2026-12"),
    }
    for heading, row in rows.items():
        document.add_heading(heading, 2)
        papers.add_table(document, ("Action", "Responsible", "Timescale"), row)
    return papers.saved(document)


def a_form_for_each_standard() -> bytes:
    document = Document()
    for number, action, owner, due in (
        ("3", "Review the sub-groups", "Head of governance", "30 September 2026"),
        ("5", "Share the needs data", "Head of insight", "December 2026"),
    ):
        papers.add_table(
            document,
            ("Standard number", number),
            ("Current position", "We have begun."),
            ("Action", action),
            ("Owner", owner),
            ("Due date", due),
        )
        document.add_paragraph("")
    return papers.saved(document)


def another_tools_csv() -> bytes:
    return (
        "Task ID;Task Name;Bucket;Progress;Priority;Assigned To;Start date;Due Date;Std\r\n"
        "x1;Review the sub-groups;Governance;In progress;Medium;Head of governance;"
        "01/04/2026;30/09/2026;3\r\n"
        "x2;Share the needs data;Insight;Not started;Low;Head of insight;;12/2026;5\r\n"
    ).encode("utf-8-sig")


def excel_under_titles() -> bytes:
    def merge(book):
        book.active.merge_cells("A1:F1")

    return excel(
        ["Strategic commissioning change plan"],
        ["Draft for the board", None, None, "May 2026"],
        [],
        ["Std no", "Commissioning standard", "Score", "Recommended actions", "Owner", "When"],
        [3, GOVERNANCE, 2.3, USUAL[0][1], USUAL[0][2], datetime.date(2026, 9, 30)],
        [5, NEEDS, 3.3, USUAL[1][1], USUAL[1][2], "December 2026"],
        ["Total", None, None, 2],
        change=merge,
    )


def no_numbers_but_titles() -> bytes:
    return word(
        ("Standard", "Action", "Owner", "When"),
        (GOVERNANCE, "Review the sub-groups", "Head of governance", "30th September 2026"),
        (NEEDS.replace("really ", ""), "Share the needs data", "Head of insight", "December, 2026"),
    )


def no_headings_that_a_plan_knows() -> bytes:
    return (
        b"N1,Words,Person,Moment\r\n"
        b"3,Action: Review the sub-groups,Head of governance,x\r\n"
        b"5,Action: Share the needs data,Head of insight,y\r\n"
    )


LAYOUTS = {
    "another order": another_order,
    "more columns": more_columns,
    "two rows of headings": two_rows_of_headings,
    "standards across the table": standards_across_the_table,
    "a table for each standard": a_table_for_each_standard,
    "a form for each standard": a_form_for_each_standard,
    "another tool’s CSV": another_tools_csv,
    "Excel under titles": excel_under_titles,
    "no numbers but titles": no_numbers_but_titles,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_plan_in_another_layout_comes_in(layout):
    assert told(proposed("plan", LAYOUTS[layout]())) == USUAL


def test_columns_without_known_headings_are_guessed_by_what_is_in_them():
    proposal = proposed("plan.csv", no_headings_that_a_plan_knows())
    assert [(each[0], each[1]) for each in told(proposal)] == [each[:2] for each in USUAL]
    assert any("no table" in doubt.words.lower() for doubt in proposal.doubts)


def test_actions_as_bullets_are_an_action_each():
    def bullets(cell):
        cell.paragraphs[0].text = "Review the sub-groups"
        cell.paragraphs[0].style = "List Bullet"
        cell.add_paragraph("Share the needs data.", style="List Bullet")

    proposal = proposed("a.docx", word(("Standard", "Actions"), (f"3. {GOVERNANCE}", bullets)))
    assert [each[:2] for each in told(proposal)] == [
        ((3,), "Review the sub-groups"),
        ((3,), "Share the needs data"),
    ]
    assert "2 items" in proposal.steps[0].doubts[0].words


def test_one_action_in_merged_cells_serves_several_standards():
    document = Document()
    table = papers.add_table(
        document,
        ("No", "Score", "Action", "CSP support"),
        ("10", "2.7", "Action: Train everybody", "Two days of training"),
        ("11", "3.0", "", ""),
        ("12", "3.3", "", ""),
    )
    papers.merged(table, 1, 3, 2)
    papers.merged(table, 1, 3, 3)
    proposal = proposed("a.docx", papers.saved(document))
    action, support = proposal.steps
    assert (action.title, action.standards) == ("Train everybody", (10, 11, 12))
    assert (support.standards, support.values["estimated"]) == ((10, 11, 12), 2)
    assert "merged" in action.doubts[0].words


def test_several_actions_in_a_cell_are_told_apart():
    def actions(cell):
        cell.paragraphs[0].add_run("Action 1: Review the sub-groups").bold = True
        cell.add_paragraph("One by one.")
        cell.add_paragraph().add_run("Action 2: Tell the board").bold = True

    proposal = proposed("a.docx", word(("No", "Score", "Action"), ("3", "2.3", actions)))
    first, second = proposal.steps
    assert (first.title, first.values["detail"]) == ("Review the sub-groups", "One by one.")
    assert second.title == "Tell the board"
    assert "2 actions" in first.doubts[0].words


def test_bold_lines_head_actions_where_nothing_else_does():
    def actions(cell):
        cell.paragraphs[0].add_run("Review the sub-groups").bold = True
        cell.add_paragraph("One by one.")

    proposal = proposed("a.docx", word(("No", "Score", "Action"), ("3", "2.3", actions)))
    (step,) = proposal.steps
    assert (step.title, step.values["detail"]) == ("Review the sub-groups", "One by one.")


def test_a_row_without_a_number_stands_under_the_row_above():
    proposal = proposed("a.csv", b"No,Action,Owner\n3,First,A\n,Second,B\n")
    assert [each[:2] for each in told(proposal)] == [((3,), "First"), ((3,), "Second")]
    assert "standard 3" in proposal.rows[1].doubts[0].words


def test_a_contents_table_before_the_plan_is_passed_over_and_told():
    document = Document()
    papers.add_table(document, ("Version", "Page"), ("1", "2"))
    document.add_paragraph("")
    papers.add_table(document, ("No", "Action"), ("3", "Review"))
    sheet = read("a.docx", papers.saved(document))
    assert [row.cells for row in sheet.rows] == [("3", "Review")]
    assert sheet.doubts == ("Table 1 was passed over: it does not look like a change plan.",)
