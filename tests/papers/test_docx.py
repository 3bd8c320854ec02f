"""A board paper as Word: what Democratic Services find when they take it over."""

import io
import zipfile
from functools import cache

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from papers import docx
from tests.papers import samples


@cache
def written(name: str) -> bytes:
    return docx.render(getattr(samples, name)())


def opened(name: str) -> WordDocument:
    return Document(io.BytesIO(written(name)))


@pytest.fixture
def bromley() -> WordDocument:
    return opened("bromley")


def styled(document: WordDocument, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def test_headings_are_real_and_carry_their_numbers(bromley):
    assert styled(bromley, "Title") == ["Commissioning: change plan"]
    assert styled(bromley, "Heading 1") == [
        "1\tSummary",
        "2\tRecommendations",
        "3\tBackground",
        "4\tOverview of outcomes from the exercise",
        "5\tStrategic commissioning change plan",
        "Appendix A: Strategic commissioning change plan",
    ]
    assert styled(bromley, "Heading 2") == ["Themes of the discussion"]


def test_paragraph_numbers_are_text(bromley):
    numbers = [text.split("\t")[0] for text in styled(bromley, "Numbered paragraph")]
    assert numbers == ["1.1", "2.1", *(f"3.{n}" for n in range(1, 8)),
                       "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3"]  # fmt: skip


def test_lists_are_lists(bromley):
    assert len(styled(bromley, "List Bullet")) == 7
    worldly = opened("worldly")
    assert styled(worldly, "List Bullet") == ["first", "second"]
    assert styled(worldly, "Typed number 2") == ["1.\tone", "2.\ttwo"]
    assert styled(worldly, "Numbered continued") == ["after"]


def test_front_sheet_is_text_not_a_table(bromley):
    assert styled(bromley, "Front sheet")[2] == "Agenda item\t9"
    assert styled(opened("plain"), "Front sheet") == []
    assert len(bromley.tables) == 3


def test_only_the_first_row_of_a_table_is_repeated(bromley):
    for table in bromley.tables:
        heads = [bool(row._tr.findall(".//" + qn("w:tblHeader"))) for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)


def test_only_long_rows_may_break(bromley):
    rows = bromley.tables[-1].rows
    whole = [bool(row._tr.findall(".//" + qn("w:cantSplit"))) for row in rows]
    assert whole[0]
    assert not whole[2]
    assert whole[-2:] == [True, True]


def test_every_cell_has_the_width_of_its_column(bromley):
    for table in bromley.tables:
        widths = [cell.width for cell in table.rows[0].cells]
        assert [column.width for column in table.columns] == widths
        assert all([c.width for c in row.cells] == widths for row in table.rows)
    page = bromley.sections[-1]
    across = page.page_width - page.left_margin - page.right_margin
    assert abs(sum(widths) - across) < 700 * len(widths)  # EMU; Word counts in 635ths


def test_an_empty_cell_stays_empty(bromley):
    assert [cell.text for cell in bromley.tables[-1].rows[-1].cells][1:] == ["3.3", "", "", ""]


def test_only_the_appendix_lies_on_its_side(bromley):
    first, last = bromley.sections
    assert (first.page_width.mm, first.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    assert (last.page_width.mm, last.page_height.mm) == pytest.approx((297, 210), abs=0.1)


def test_pages_are_counted_by_fields_and_the_first_has_no_running_title(bromley):
    section = bromley.sections[0]
    for footer in (section.footer, section.first_page_footer):
        fields = footer._element.findall(".//" + qn("w:fldSimple"))
        assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "The Trust Board – Commissioning: change plan"
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert section.different_first_page_header_footer
    assert not bromley.sections[1].different_first_page_header_footer


@pytest.mark.parametrize(("name", "language"), [("bromley", "en-GB"), ("worldly", "cy")])
def test_language_is_said_once_for_all(name, language):
    styles = opened(name).styles.element
    assert {lang.get(qn("w:val")) for lang in styles.iter(qn("w:lang"))} == {language}


def test_the_picture_has_its_words(bromley):
    (shape,) = bromley.inline_shapes
    described = shape._inline.docPr
    assert described.get("title") == "Average score for each standard"
    assert described.get("descr").startswith("Average score for each standard. Twelve bars.")


def test_properties_name_title_and_author(bromley):
    facts = bromley.core_properties
    assert (facts.title, facts.author) == (
        "Commissioning: change plan",
        "Strategic Commissioning Manager",
    )
    assert opened("plain").core_properties.author == "Example Children and Young People Trust"
    assert len(opened("worldly").core_properties.title) == 255


def test_the_same_paper_gives_the_same_bytes_whatever_the_time(monkeypatch):
    before = written("plain")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert docx.render(samples.plain()) == before
    with zipfile.ZipFile(io.BytesIO(before)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_words_stay_words():
    document = opened("hostile")
    assert styled(document, "Title") == [samples.HOSTILE]
    targets = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert {target.split(":")[0] for target in targets} == {"https"}


def test_nothing_of_the_template_is_left_inside():
    with zipfile.ZipFile(io.BytesIO(written("bromley"))) as parts:
        assert "docProps/thumbnail.jpeg" not in parts.namelist()
        assert b"python-docx" not in parts.read("docProps/core.xml")
