"""The pages on which a file comes into a plan: each step, and what can go wrong there."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from changeplan.exchange.template import EXAMPLE
from changeplan.models import ChangePlan
from tests import factories as make
from tests.changeplan.exchange import papers
from tests.changeplan.exchange.sending import Sending, address, download
from tests.changeplan.exchange.test_importing import csv
from tests.pages import MOST_QUERIES, queries, words

BAD_FILES = {
    "nothing": b"",
    "spaces": b"  \n ",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    "a zip of nothing": b"PK\x05\x06" + b"\x00" * 18,
    "a broken zip": b"PK\x03\x04" + b"\x07" * 60,
    "NUL characters": b"Action\r\n\x00\x00\r\n",
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "headings alone": b"Standard number,Action\r\n",
}


@pytest.fixture
def plan(exercise) -> ChangePlan:
    return make.plan(exercise)


@pytest.fixture
def sending(client, manager, plan) -> Sending:
    return Sending(client, manager, plan)


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_refused_in_words_and_changes_nothing(sending, plan, content):
    response = sending.upload(content, "plan.xlsx")
    assert response.status_code == 422
    html = response.content.decode()
    assert "There is a problem" in html
    assert "<title>Error: Import from a file" in html
    assert not plan.imports.exists()


def test_no_file_is_asked_for(sending, plan):
    response = sending.client.post(address(plan, "import_new"))
    assert response.status_code == 422
    assert 'href="#id_file"' in response.content.decode()


def test_a_huge_file_is_refused_unread(sending, plan, monkeypatch):
    monkeypatch.setattr("changeplan.forms.importing.LARGEST_FILE", 10)
    monkeypatch.setattr("changeplan.views.importing.read", None)
    assert sending.upload(b"Action,Owner\r\n" * 3, "plan.csv").status_code == 422


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "pl\x00an.csv", "../../plan.csv"])
def test_a_strange_name_is_no_failure(sending, plan, name):
    assert sending.upload(csv("1,,Agree one plan,,,,,"), name).status_code in (302, 422)


def test_columns_are_guessed_shown_with_their_first_rows_and_changeable(sending, plan):
    content = csv("1,In place,Do it", headings="Nr,How things are,What we will do")
    response = sending.upload(content, "plan.csv")
    page = sending.client.get(response["Location"])
    assert "How things are" in words(page)
    assert "In place" in words(page)
    guessed = [row["field"].value() for row in page.context["form"].rows]
    assert (guessed[0], guessed[2]) == ("standard", "headline")
    sending.send(content, c1="status")
    check = sending.check()
    assert "Would make 1 standard’s status and 1 action" in words(check)


def test_two_columns_cannot_hold_the_same(sending, plan):
    where = sending.upload(csv("1,,Agree one plan,,,,,"), "plan.csv")["Location"]
    response = sending.client.post(where, {"column-0": "headline", "column-2": "headline"})
    assert response.status_code == 422
    assert "Two columns cannot both hold “Action”" in response.content.decode()


def test_a_column_that_tells_something_is_needed(sending, plan):
    where = sending.upload(csv("1,,Agree one plan,,,,,"), "plan.csv")["Location"]
    assert sending.client.post(where, {"column-0": "standard"}).status_code == 422


def test_the_check_shows_old_and_new_side_by_side_and_doubts_in_words(
    client, manager, plan, sending
):
    make.action(plan, "Agree one plan", (1,), detail="Old words.")
    page = sending.send(csv("1,,Agree one plan,New words.,,,,an estimated two days"))
    assert "Would change 1 action" in words(page)
    assert "Old words." in words(page)
    assert "New words." in words(page)
    assert "“two days”, and was read as 2 days" in words(page)


def test_days_in_words_can_be_corrected_or_not_taken(sending, plan):
    content = csv("1,,,,,,Help,about three days", "2,,,,,,More help,two days")
    page = sending.send(content)
    first, second = (n for n in page.context["form"].fields if n.endswith("-estimated"))
    again = sending.decide(page, "again", **{first: "1.5", second: ""})
    assert again.status_code == 302
    page = sending.check()
    assert page.context["form"][first].value() == "1.5"
    assert sending.decide(page).status_code == 302
    allocations = plan.entitlements.get().allocations.order_by("number")
    assert [each.estimated for each in allocations] == [make.Decimal("1.5"), None]


def test_a_wrong_correction_is_said_at_its_field(sending, plan):
    page = sending.send(csv("1,,,,,,Help,about three days"))
    (name,) = (n for n in page.context["form"].fields if n.endswith("-estimated"))
    response = sending.decide(page, **{name: "some"})
    assert response.status_code == 422
    assert f'href="#id_{name}"' in response.content.decode()
    assert not plan.entitlements.exists()


def test_a_row_can_be_left_out(sending, plan):
    page = sending.send(csv("1,,Agree one plan,,,,Help,1", "2,,Say who decides,,,,,"))
    assert sending.decide(page, **{"skip-0": "on"}).status_code == 302
    assert [action.heading for action in plan.actions.all()] == ["Say who decides"]
    assert not plan.entitlements.exists()


def test_only_its_sender_sees_a_file(client, administrator, sending, plan):
    page = sending.send(csv("1,,Agree one plan,,,,,"))
    client.force_login(administrator)
    assert client.get(page.request["PATH_INFO"]).status_code == 404
    assert "plan.csv" not in words(client.get(address(plan, "import_new")))


def test_a_file_that_waits_is_listed_until_it_is_forgotten(client, sending, plan, officer):
    sending.upload(csv("1,,Agree one plan,,,,,"), "our plan.csv")
    assert "our plan.csv" in words(client.get(address(plan, "import_new")))
    forget = address(plan, "import_forget", sending.sent.identifier)
    assert client.get(forget).status_code == 405
    client.force_login(officer)
    assert client.post(forget).status_code == 403
    client.force_login(sending.sent.sent_by)
    assert client.post(forget).status_code == 302
    assert not plan.imports.exists()


def test_what_a_file_says_is_shown_as_words(sending, plan):
    page = sending.send(csv("1,,<script>alert(1)</script>,<b onclick=x>,,,<img src=x>,1"))
    assert b"<script>alert" not in page.content
    assert b"<img src=x" not in page.content
    assert b"<b onclick" not in page.content


def test_the_pages_take_few_queries_however_long_the_file(client, sending, plan):
    sending.send(csv("1,,Agree one plan,,,,Help,1"))
    pages = [address(plan, f"import_{n}", sending.sent.identifier) for n in ("columns", "check")]
    before = [queries(client, page) for page in [*pages, address(plan, "import_new")]]
    sending.send(csv(*(f"{n % 3 + 1},,Action {n},Do it.,,,Help {n},1" for n in range(60))))
    pages = [address(plan, f"import_{n}", sending.sent.identifier) for n in ("columns", "check")]
    after = [queries(client, page) for page in [*pages, address(plan, "import_new")]]
    assert after == before
    assert max(after) <= MOST_QUERIES


def test_the_template_offers_choices_and_its_example_is_left_out(client, manager, plan, sending):
    make.group(plan.partnership, name="The sub-group")
    book = load_workbook(io.BytesIO(template(client, plan, "xlsx")))
    sheet = book["Change plan"]
    headings = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, headings.index("Standard") + 1).value == EXAMPLE
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["1", "2", "3"]
    offered = {str(v.sqref).rstrip("0123456789").split("2:")[0] for v in sheet_lists(sheet)}
    assert len(offered) >= 5
    assert "The sub-group" in [cell.value for row in book["Choices"] for cell in row]
    sheet.cell(3, headings.index("Action") + 1).value = "Agree one plan"
    sheet.cell(3, headings.index("Lead") + 1).value = "The sub-group"
    filled = io.BytesIO()
    book.save(filled)
    sending.take(filled.getvalue(), "filled.xlsx")
    action = plan.actions.get()
    assert (action.heading, action.lead) == ("Agree one plan", "The sub-group")


def test_an_untouched_template_changes_nothing(client, plan, sending):
    for format in ("xlsx", "docx"):
        page = sending.send(template(client, plan, format), f"plan.{format}")
        assert "Nothing would change" in words(page)
        assert "doubt" not in words(page)
        assert page.context["page"].doubts == ()


def test_the_word_template_is_a_table_to_fill_in(client, plan, sending):
    document = Document(io.BytesIO(template(client, plan, "docx")))
    (table,) = document.tables
    headings = [cell.text for cell in table.rows[0].cells]
    table.rows[3].cells[headings.index("Action")].text = "Say who decides"
    filled = io.BytesIO()
    document.save(filled)
    sending.take(filled.getvalue(), "filled.docx")
    action = plan.actions.get()
    assert action.heading == "Say who decides"
    assert [standard.number for standard in action.standards.all()] == [2]


def test_the_word_file_of_2010_comes_in_whole_and_goes_out_and_in_again(
    client, manager, partnership
):
    plan = bromley(partnership)
    sending = Sending(client, manager, plan)
    page = sending.take(papers.bromley(one_table=False), "change plan.docx")
    assert len(page.context["page"]) == 9 + 10 + 5
    entries = plan.entries.order_by("standard__number")
    assert [entry.status.count() for entry in entries] == list(papers.STATUSES)
    headings = [action.heading for action in plan.actions.order_by("number")]
    assert [heading.removesuffix(".") for heading in headings] == list(papers.HEADLINES)
    programme = plan.entitlements.get()
    assert programme.programme == papers.PROGRAMME
    estimated = [each.estimated for each in programme.allocations.order_by("number")]
    assert [int(days) for days in estimated] == [2, 4, 2, 2, 2]
    for format in ("docx", "xlsx", "csv"):
        content = download(client, manager, plan, format)
        again = sending.send(content, f"plan.{format}")
        assert "Nothing would change" in words(again), format


def bromley(partnership) -> ChangePlan:
    """A plan of the twelve standards of the paper."""
    exercise = make.exercise(partnership, standards=12)
    for standard, title in zip(exercise.framework.standards.all(), papers.TITLES, strict=True):
        standard.marked_title = title
        standard.save()
    return make.plan(exercise)


def template(client, plan, format: str) -> bytes:
    response = client.get(address(plan, "import_template", format))
    assert response.status_code == 200
    return response.content


def sheet_lists(sheet):
    return sheet.data_validations.dataValidation
