"""A plan as a file: every column, for whoever may see the plan."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from changeplan.exchange.fields import FIELDS
from changeplan.exchange.reading import read
from changeplan.models import ChangePlan
from changeplan.services import states
from partnership import records
from tests import factories as make
from tests.pages import queries

MOST = 10
HEADINGS = [field.heading for field in FIELDS]


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A plan of two actions and three kinds of support."""
    plan = make.plan(exercise)
    group = make.group(plan.partnership, name="The sub-group")
    priority = make.priority(exercise, "Listen to schools", number=2)
    make.status(plan, 1, "A **bold** start.")
    make.status(plan, 1, "And a second statement.")
    first = make.action(plan, "Agree one plan", (1, 3), lead_group=group, due="2026-09")
    first.priorities.add(priority)
    second = make.action(plan, "Serves no standard", owner_title="Head of service", rating="red")
    second.depends_on.add(first)
    offer = make.entitlement(plan)
    asked = make.support(offer, "Two workshops", action=first, estimated="2.5", events=2)
    make.delivery(asked, "0.5")
    make.delivery(asked, "0.25", "2024-07-01")
    make.support(offer, "A review", action=first, focus_areas=["Schools", "Health"])
    make.support(offer, "Training", (2,), estimated="1")
    return plan


def address(plan, format: str) -> str:
    place = [plan.partnership.slug, plan.identifier, format]
    return reverse("changeplan:plan_download", args=place)


def download(client, user, plan, format: str = "csv") -> bytes:
    client.force_login(user)
    response = client.get(address(plan, format))
    assert response.status_code == 200
    assert f'filename="change-plan.{format}"' in response["Content-Disposition"]
    return response.content


def test_every_numbered_list_of_a_word_file_counts_for_itself(client, manager, plan):
    counted = "1. one\n2. two\n\nThen\n\n1. again\n   1. within\n2. and"
    make.action(plan, "Count", (1,), detail=counted)
    make.action(plan, "Go on", (2,), detail="7. seven\n8. eight")
    content = download(client, manager, plan, "docx")
    sheet = read("plan.docx", content)
    place = sheet.headings.index("Detail")
    told = [row.cells[place] for row in sheet.rows if row.cells[place]]
    assert told == [
        "1. one\n2. two\n\nThen\n\n1. again\n\n   1. within\n\n2. and",
        "7. seven\n8. eight",
    ]
    document = Document(io.BytesIO(content))
    named = document.element.body.iter(qn("w:numId"))
    assert len({each.get(qn("w:val")) for each in named}) == 4


def test_what_excel_takes_for_a_character_stays_as_it_was_written(client, manager, plan):
    words = "_x000D_ and _x0041_ and _x005F_x000D_"
    make.action(plan, words, (1,))
    content = download(client, manager, plan, "xlsx")
    sheet = read("plan.xlsx", content)
    place = sheet.headings.index("Action")
    assert words in [row.cells[place] for row in sheet.rows]
    with ZipFile(io.BytesIO(content)) as book:
        told = b"".join(book.read(name) for name in book.namelist())
    assert b"_x005F_x000D_ and _x005F_x0041_ and _x005F_x005F_x005F_x000D_" in told


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_has_every_column_and_a_row_for_each_thing(client, manager, plan):
    rows = lines(download(client, manager, plan))
    assert list(rows[0]) == HEADINGS
    told = [(row["Standard number"], row["Action"], row["Support"]) for row in rows]
    assert told == [
        ("1", "Agree one plan", "Two workshops"),
        ("1", "Agree one plan", "A review"),
        ("2", "", "Training"),
        ("3", "", ""),
        ("", "Serves no standard", ""),
    ]


def test_csv_tells_all_that_is_known_of_each(client, manager, plan):
    first, again, _, _, last = lines(download(client, manager, plan))
    assert first["Current status"] == "A **bold** start.\n\nAnd a second statement."
    assert (first["Standard"], first["Score"]) == ("We share one plan", "2.5")
    assert (first["Standards served"], first["Lead"]) == ("1, 3", "The sub-group")
    assert first["Improvement priorities answered"] == "2. Listen to schools"
    assert (first["Due"], first["Action status"]) == ("September 2026", "Not started")
    days = first["Estimated days"], first["Agreed days"], first["Delivered days"]
    assert days == ("2.5", "", "0.75")
    assert again["Current status"] == again["Due"] == ""
    assert again["Focus areas"] == "Schools\nHealth"
    assert (last["Owner"], last["Rating"]) == ("Head of service", "Off track")
    assert last["Depends on actions"] == first["Action reference"]


def test_excel_has_the_same_rows_with_figures_as_numbers(client, manager, plan):
    book = load_workbook(io.BytesIO(download(client, manager, plan, "xlsx")))
    headings, first, *_ = book.worksheets[0].iter_rows(values_only=True)
    row = dict(zip(headings, first, strict=True))
    assert list(headings) == HEADINGS
    assert (row["Standard number"], row["Score"], row["Estimated days"]) == (1, 2.5, 2.5)
    assert (row["Action"], row["Agreed days"]) == ("Agree one plan", None)


def test_word_is_one_table_on_a_landscape_page_with_a_repeated_header(client, manager, plan):
    document = Document(io.BytesIO(download(client, manager, plan, "docx")))
    page, (table,) = document.sections[0], document.tables
    assert page.page_width > page.page_height
    headings = [cell.text for cell in table.rows[0].cells]
    assert headings == [heading for heading in HEADINGS if heading in headings]
    assert {"Standard number", "Current status", "Action", "Due", "Estimated days"} <= {*headings}
    assert "Target score" not in headings
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    status = table.rows[1].cells[headings.index("Current status")]
    assert [paragraph.text for paragraph in status.paragraphs] == [
        "A bold start.",
        "And a second statement.",
    ]
    assert [run.text for run in status.paragraphs[0].runs if run.bold] == ["bold"]


@pytest.mark.parametrize("format", ["csv", "xlsx", "docx"])
def test_the_same_plan_makes_the_same_bytes(client, manager, plan, format):
    assert download(client, manager, plan, format) == download(client, manager, plan, format)


@pytest.mark.parametrize("format", ["csv", "xlsx", "docx"])
def test_a_file_takes_few_queries_however_long_the_plan(client, manager, plan, format):
    client.force_login(manager)
    before = queries(client, address(plan, format))
    offer = plan.entitlements.get()
    for _ in range(10):
        action = make.action(plan, standards=(1, 2), lead_group=plan.partnership.groups.first())
        make.delivery(make.support(offer, "More", action=action, estimated="1"), "1")
    assert queries(client, address(plan, format)) == before <= MOST


def test_what_would_be_a_formula_is_text(client, manager, plan):
    make.action(plan, '=HYPERLINK("https://example.org")', (1,), owner_title="+44")
    row = lines(download(client, manager, plan))[2]
    assert (row["Action"][:4], row["Owner"]) == ("'=HY", "'+44")
    book = load_workbook(io.BytesIO(download(client, manager, plan, "xlsx")))
    (cell,) = [c for line in book.worksheets[0] for c in line if str(c.value).startswith("=")]
    assert cell.data_type == "s"


def test_removed_things_are_not_in_the_file(client, manager, plan):
    action = plan.actions.get(number=2)
    records.remove(action, version=1, by=manager)
    assert b"Serves no standard" not in download(client, manager, plan)


def test_who_may_not_read_the_version_in_work_gets_the_approved_one(
    client, manager, board_member, plan
):
    states.submit_plan(plan=plan, by=manager)
    states.approve_plan(plan=plan, number=1, minute_reference="9.2", by=manager)
    approved = download(client, board_member, plan)
    states.begin_version(plan=plan, by=manager)
    records.remove(plan.actions.get(number=2), version=1, by=manager)
    make.action(plan, "A secret of the manager", (1,))
    assert b"A secret of the manager" in download(client, manager, plan)
    theirs, then = lines(download(client, board_member, plan)), lines(approved)
    inherited = "Standards supported"  # a version tells those of the action too
    assert [row | {inherited: ""} for row in theirs] == [row | {inherited: ""} for row in then]


def test_scores_of_an_open_exercise_are_for_those_who_see_its_results(
    client, manager, board_member, exercise
):
    opened = make.exercise(exercise.partnership, state="open")
    make.scores(make.working_group(opened, "Table"), "3")
    plan = make.plan(opened, state="submitted")
    assert lines(download(client, manager, plan))[0]["Score"] == "3.0"
    assert lines(download(client, board_member, plan))[0]["Score"] == ""


def test_an_unknown_format_is_not_found(client, manager, plan):
    client.force_login(manager)
    assert client.get(address(plan, "pdf")).status_code == 404
