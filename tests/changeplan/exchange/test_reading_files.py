"""What stands in Word, Excel and CSV files is read as their own programs show it."""

import datetime

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook

from changeplan.exchange.reading import read
from changeplan.exchange.sheet import Sheet

from . import papers

HEADINGS = ("No", "Score", "Action")


def cell(fill: papers.Fill) -> str:
    """What is read of one cell of a Word table."""
    return read("a.docx", papers.word(HEADINGS, ("3", "2.3", fill))).rows[0].cells[2]


def runs(xml: str) -> papers.Fill:
    """A cell with this in its paragraph."""

    def fill(into) -> None:
        paragraph = parse_xml(f"<w:p {nsdecls('w', 'r')}>{xml}</w:p>")
        into._tc.replace(into.paragraphs[0]._p, paragraph)

    return fill


def run(words: str, style: str = "") -> str:
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


BOX = f"<w:txbxContent><w:p>{run('a box')}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (run("Plain"), "Plain"),
        (run("Bold", "<w:b/>") + run(" plain"), "**Bold** plain"),
        (run("Bold ", "<w:b/>") + run("still", '<w:b w:val="1"/>'), "**Bold still**"),
        (run("Not", '<w:b w:val="0"/>'), "Not"),
        (run("Sloped", "<w:i/>"), "_Sloped_"),
        (run("By style", '<w:rStyle w:val="Strong"/>'), "**By style**"),
        (run("A") + "<w:r><w:br/></w:r>" + run("B"), "A\nB"),
        (run("A") + "<w:r><w:br/><w:br/></w:r>" + run("B"), "A\n\nB"),
        (run("A") + "<w:r><w:tab/></w:r>" + run("B"), "A B"),
        (run("2 * 3 * 4"), "2 \\* 3 \\* 4"),
        (run("Shown") + run("hidden", "<w:vanish/>"), "Shown"),
        (f'{run("A ")}<w:ins w:id="1">{run("new")}</w:ins>', "A new"),
        (f'{run("A")}<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>', "A"),
        (f"<w:moveFrom>{run('old')}</w:moveFrom><w:moveTo>{run('B')}</w:moveTo>", "B"),
        (f"<w:sdt><w:sdtContent>{run('Kept')}</w:sdtContent></w:sdt>", "Kept"),
        ("<w:r><w:fldChar/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>" + run("May"), "May"),
        (run("Beside") + f"<w:r><w:pict>{BOX}</w:pict></w:r>", "Beside"),
    ],
)
def test_words_are_read_as_word_shows_them(xml, words):
    assert cell(runs(xml)) == words


def test_lists_keep_their_bullets_numbers_and_levels():
    def fill(into) -> None:
        into.text = "Steps:"
        for words, style in (
            ("first", "List Bullet"),
            ("inner", "List Bullet 2"),
            ("more of it", "List Continue 2"),
            ("second", "List Bullet"),
            ("one", "List Number"),
            ("two", "List Number"),
        ):
            into.add_paragraph(words, style=style)
        into.add_paragraph("•\ttyped")
        into.add_paragraph("7.\tnumbered")

    assert cell(fill) == (
        "Steps:\n\n- first\n\n  - inner\n\n    more of it\n\n- second\n\n1. one\n2. two\n\n"
        "- typed\n\n7. numbered"
    )


def test_a_link_keeps_where_it_leads_and_a_dangerous_one_does_not():
    def fill(into) -> None:
        for address in ("https://example.org/a", "javascript:alert(1)"):
            link = OxmlElement("w:hyperlink")
            target = into.part.relate_to(address, "x/hyperlink", is_external=True)
            link.set(qn("r:id"), target)
            link.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>here </w:t></w:r>"))
            into.paragraphs[0]._p.append(link)

    assert cell(fill) == "[here](<https://example.org/a>) here"


def test_numbers_that_word_counts_are_read():
    def counted(into) -> None:
        into.paragraphs[0].style = "List Number"

    sheet = read("a.docx", papers.word(HEADINGS, *[(counted, "2.3", "Act")] * 3))
    assert [row.cells[0] for row in sheet.rows] == ["1", "2", "3"]


def test_a_table_in_a_cell_becomes_paragraphs_and_is_doubtful():
    def fill(into) -> None:
        into.text = "By date:"
        inner = into.add_table(2, 2)
        for place, words in enumerate(("May", "Begin", "June", "End")):
            inner.cell(place // 2, place % 2).text = words

    sheet = read("a.docx", papers.word(HEADINGS, ("3", "2.3", fill)))
    assert sheet.rows[0].cells[2] == "By date:\n\nMay – Begin\n\nJune – End"
    assert sheet.doubts == ("A table inside a cell was made into paragraphs.",)


def test_a_table_that_is_there_for_the_look_is_looked_into():
    document = Document()
    outer = document.add_table(1, 1).cell(0, 0)
    inner = outer.add_table(2, 3)
    for place, words in enumerate((*HEADINGS, "3", "2.3", "Act")):
        inner.cell(place // 3, place % 3).text = words
    assert read("a.docx", papers.saved(document)).rows[0].cells == ("3", "2.3", "Act")


def test_deleted_rows_are_gone_and_short_rows_are_filled():
    document = Document()
    table = papers.add_table(document, HEADINGS, ("3", "2.3", "Gone"), ("4", "2.7", "Kept"))
    facts = table.rows[1]._tr.get_or_add_trPr()
    facts.append(OxmlElement("w:del"))
    table.rows[2]._tr.remove(table.rows[2]._tr.tc_lst[2])
    (row,) = read("a.docx", papers.saved(document)).rows
    assert row.cells == ("4", "2.7", "")


def book_of(change) -> Sheet:
    book = Workbook()
    change(book)
    return read("a.xlsx", papers.saved(book))


def test_excel_gives_numbers_dates_and_truths_as_they_show():
    def fill(book) -> None:
        book.active.append(["Action", "Score", "Due", "Start", "Done"])
        day = datetime.date(2026, 9, 30)
        book.active.append(["A", 3.3000000000000003, day, datetime.date(2026, 1, 2), True])

    assert book_of(fill).rows[0].cells == ("A", "3.3", "2026-09-30", "2026-01-02", "Yes")


def test_excel_counts_dates_from_1904_where_the_file_says_so():
    def fill(book) -> None:
        book.epoch = datetime.datetime(1904, 1, 1)  # noqa: DTZ001
        book.active.append(["Action", "Due"])
        book.active.append(["A", datetime.date(2026, 9, 30)])

    assert book_of(fill).rows[0].cells == ("A", "2026-09-30")


def test_excel_reads_all_sheets_that_show_and_passes_over_the_others():
    def fill(book) -> None:
        book.active.title = "One"
        for name, state in (("Two", "visible"), ("Secret", "hidden"), ("Notes", "visible")):
            book.create_sheet(name).sheet_state = state
        for place, name in enumerate(("One", "Two", "Secret"), 1):
            book[name].append(["Standard number", "Action"])
            book[name].append([place, f"Act {place}"])
        book["Notes"].append(["Nothing of interest"])

    sheet = book_of(fill)
    assert [row.cells for row in sheet.rows] == [("1", "Act 1"), ("2", "Act 2")]
    assert [row.place for row in sheet.rows] == ["sheet “One”, row 2", "sheet “Two”, row 2"]
    assert any("“Secret”" in doubt for doubt in sheet.doubts)
    assert any("“Notes” was passed over" in doubt for doubt in sheet.doubts)


def test_excel_tells_merged_cells_and_errors():
    def fill(book) -> None:
        for row in (["No", "Action"], [1, "Both"], [2, None], [3, "#REF!"]):
            book.active.append(row)
        book.active.merge_cells("B2:B3")
        book.active["B4"].data_type = "e"

    sheet = book_of(fill)
    assert [row.joined for row in sheet.rows] == [(), (1,), ()]
    assert sheet.rows[2].cells == ("3", "")
    assert "shows an error, #REF!" in sheet.rows[2].doubts[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_in_any_usual_encoding_and_with_any_separator(encoding, separator):
    lines = [("No", "Action"), ("3", f'"Séance – 1{separator}\n""two"""')]
    data = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    sheet = read("a.csv", data)
    assert sheet.headings == ("No", "Action")
    assert sheet.rows[0].cells == ("3", f'Séance – 1{separator}\n"two"')
    assert bool(sheet.doubts) is (encoding == "cp1252")


@pytest.mark.parametrize(("separator", "other"), [(",", ";"), (";", ",")])
def test_lines_within_a_cell_do_not_tell_the_separator(separator, other):
    detail = "\n".join([f"one{other} and", f"another{other}"] * 4)
    rows = [("No", "Action", "Detail"), ("3", "Act", f'"{detail}"'), ("4", "Wait", f'"{detail}"')]
    data = "\r\n".join(separator.join(row) for row in rows).encode()
    assert [row.cells[:2] for row in read("a.csv", data).rows] == [("3", "Act"), ("4", "Wait")]


def test_csv_says_its_separator_or_misses_a_quotation_mark():
    assert read("a.csv", b"sep=|\r\nNo|Action\r\n3|a,b;c\r\n").rows[0].cells == ("3", "a,b;c")
    sheet = read("a.csv", b'No,Action\n3,"a"b\n4,c\n')
    assert [row.cells[0] for row in sheet.rows] == ["3", "4"]
    assert "quotation mark" in sheet.doubts[0]


def test_characters_that_no_database_holds_are_left_out():
    assert read("a.csv", b"No,Action\n3,a\x0bb\x01c\n").rows[0].cells == ("3", "a\nbc")


def test_a_formula_guarded_in_an_export_is_the_text_again():
    assert read("a.csv", b"No,Action\n3,'=1+1\n").rows[0].cells == ("3", "=1+1")
