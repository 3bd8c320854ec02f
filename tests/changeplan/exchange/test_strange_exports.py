"""Our own exports, opened, changed and saved by other programs: only what changed is proposed."""

import csv
import datetime
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from changeplan.exchange.current import (
    Body,
    CurrentAction,
    CurrentPlan,
    CurrentPriority,
    CurrentSupport,
)
from changeplan.exchange.proposal import Proposal, Verdict
from changeplan.exchange.writing import plan_file

from . import papers
from .strange import (
    changes,
    proposed,
)

FULL = {
    "headline": "Review the sub-groups",
    "action_standards": "3, 5",
    "priorities": "1. Schools\n2. Market; and more",
    "detail": "One **bold** para.\n\n[link](<https://example.org/a?b=1>).\n\n"
    "- a\n- b _it_\n\n1. x\n2. y",
    "success": "Families see it.\nNext line",
    "lead": "Primary Care Trust",
    "owner": "Alex Example",
    "monitored_by": "Commissioning Strategy Group",
    "start": "1 April 2026",
    "due": "September 2026",
    "recurrence": "Every year",
    "target_score": "3.5",
    "action_status": "In progress",
    "rating": "At risk",
    "relied_on": "Support “from” elsewhere – and more",
}


ASKED = {
    "programme": "CSP",
    "purpose": "Two workshops",
    "support_detail": "For **all**.\n\n- x",
    "form": "Workshop",
    "events": "2",
    "focus_areas": "Schools\nHealth",
    "estimated": "2.5",
    "agreed": "1.25",
}


FIRST, SECOND, THIRD = "bcdfghjkmnpq", "rstvwxyz2345", "zzzzzzzz2222"


OTHER = FULL | {
    "headline": "Second; “quotes”, ☂",
    "action_standards": "3",
    "due": "30 September 2026",
    "depends_on": FIRST,
}
OF_NONE = FULL | {"headline": "Serves none", "action_standards": ""}
REVIEW = ASKED | {
    "purpose": "A review",
    "form": "Review",
    "events": "",
    "estimated": "",
    "agreed": "",
}
TRAINING = ASKED | {"purpose": "Training", "support_standards": "2, 3"}


def rich_plan() -> CurrentPlan:
    empty = papers.current_plan()
    status = {1: ("A **bold** start.\n\nOf two.", "- a bullet\n- and"), 3: ("One.", "Two.")}
    return papers.current_plan(
        standards=tuple(replace(s, status=status.get(s.number, ())) for s in empty.standards),
        actions=(
            CurrentAction(FIRST, 1, (3, 5), FULL),
            CurrentAction(SECOND, 2, (3,), OTHER),
            CurrentAction(THIRD, 3, (), OF_NONE),
        ),
        support=(
            CurrentSupport("mnpqrstv2222", FIRST, (), ASKED),
            CurrentSupport("mnpqrstv3333", FIRST, (), REVIEW),
            CurrentSupport("mnpqrstv4444", "", (2, 3), TRAINING),
        ),
        priorities=(
            CurrentPriority("p1", 1, "Schools"),
            CurrentPriority("p2", 2, "Market; and more"),
        ),
        bodies=(*empty.bodies, Body("programme", "9", ("CSP",))),
    )


def in_excel(change) -> Proposal:
    """The export, opened, changed and saved by another program."""
    plan = rich_plan()
    book = load_workbook(io.BytesIO(plan_file(plan, "Plan", "xlsx")))
    sheet = book.worksheets[0]
    change(sheet, {cell.value: cell.column for cell in sheet[1]})
    return proposed(papers.saved(book), "plan.xlsx", plan)


def row_of(sheet, at, reference):
    column = at["Action reference"]
    return [r for r in range(2, sheet.max_row + 1) if sheet.cell(r, column).value == reference]


def reversed_rows(sheet, at):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)][::-1]
    for r, row in enumerate(rows, 2):
        for c, words in enumerate(row, 1):
            sheet.cell(r, c).value = words


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx"])
def test_round_trip_of_a_rich_plan(form):
    plan = rich_plan()
    assert changes(proposed(plan_file(plan, "Plan", form), f"p.{form}", plan)) == []


def test_saved_by_another_tool():
    assert changes(in_excel(lambda s, at: None)) == []


@pytest.mark.parametrize(
    "column", ["Owner", "Standard number", "Support reference", "Current status", "Programme"]
)
def test_a_column_deleted(column):
    assert changes(in_excel(lambda s, at: s.delete_cols(at[column]))) == []


def test_titles_above_headings_renamed_total_below():
    def change(s, at):
        s.cell(1, at["Due"]).value = "By when"
        s.cell(s.max_row + 1, 1).value = "Total"
        s.insert_rows(1, 2)
        s["A1"] = "Our plan in May"

    assert changes(in_excel(change)) == []


def test_a_row_added():
    def change(s, at):
        r = s.max_row + 1
        for name, words in {"Standard number": 5, "Action": "New", "Due": "Q3 2011"}.items():
            s.cell(r, at[name]).value = words

    made = in_excel(change)
    assert [s.title for s in made.steps if s.verdict == Verdict.MADE] == ["New"]


@pytest.mark.parametrize(
    "save",
    [
        lambda rows, o: csv.writer(o, delimiter=";").writerows(rows),
        lambda rows, o: csv.writer(o, delimiter="\t").writerows(rows),
        lambda rows, o: csv.writer(o).writerows(
            [
                [
                    {"September 2026": "Sep-26", "30 September 2026": "30-Sep-26"}.get(w, w)
                    for w in r
                ]
                for r in rows
            ]
        ),
    ],
)
def test_csv_saved_again(save):
    plan = rich_plan()
    rows = list(csv.reader(io.StringIO(plan_file(plan, "P", "csv").decode("utf-8-sig"))))
    out = io.StringIO()
    save(rows, out)
    assert changes(proposed(out.getvalue().encode("utf-16"), "p.csv", plan)) == []


def test_rows_sorted_in_excel_change_nothing():
    assert changes(in_excel(reversed_rows)) == []


def test_a_row_copied_in_excel_does_not_say_its_status_twice():
    def change(s, at):
        (first,) = [r for r in row_of(s, at, FIRST) if s.cell(r, at["Current status"]).value]
        r = s.max_row + 1
        for column in range(1, s.max_column + 1):
            s.cell(r, column).value = s.cell(first, column).value
        for name in ("Action reference", "Support reference"):
            s.cell(r, at[name]).value = None
        s.cell(r, at["Action"]).value = "A new one"

    assert [c for c in changes(in_excel(change)) if c[1] == "standard"] == []


def test_deleting_the_column_of_action_references_doubles_nothing():
    made = in_excel(lambda s, at: s.delete_cols(at["Action reference"]))
    assert changes(made) == []


def test_deleting_standards_served_changes_nothing():
    assert changes(in_excel(lambda s, at: s.delete_cols(at["Standards served"]))) == []


def test_deleting_action_changes_nothing():
    assert changes(in_excel(lambda s, at: s.delete_cols(at["Action"]))) == []


def test_deleting_support_changes_nothing():
    assert changes(in_excel(lambda s, at: s.delete_cols(at["Support"]))) == []


def test_deleting_both_references_changes_no_support():
    def change(s, at):
        for name in sorted(("Action reference", "Support reference"), key=lambda n: -at[n]):
            s.delete_cols(at[name])

    assert [c for c in changes(in_excel(change)) if c[1] == "support"] == []


def test_a_month_that_excel_made_a_date_is_a_month():
    def change(s, at):
        cell = s.cell(row_of(s, at, FIRST)[0], at["Due"])
        cell.value, cell.number_format = datetime.date(2026, 9, 1), "mmm-yy"

    assert changes(in_excel(change)) == []
