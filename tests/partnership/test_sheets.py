"""Tables as files: what is written comes back, and no text becomes a formula."""

import csv
import io
from decimal import Decimal
from time import sleep

import hypothesis
from hypothesis import strategies as st
from openpyxl import load_workbook

from partnership.sheets import Sheet, csv_file, guarded, unguarded, xlsx_file

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'=1",
    "''=1",
    "=cmd|' /C calc'!A0",
]
STARTS = tuple("=+-@\t\r＝＋－＠")

# As `clean_text` lets it in: line ends are "\n", and there is no other control character.
letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
starts = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "\t", "#N/A", "0", "\n="])
texts = st.builds(str.__add__, starts, st.text(letters | st.just("\n"), max_size=20))
figures = st.decimals("-100", "100", places=2)
rows = st.lists(st.tuples(texts, figures, st.integers(-9, 9), st.none() | texts), max_size=5)
HEADINGS = ("Text", "Figure", "Count", "Perhaps")


def sheet_of(*lines: tuple) -> Sheet:
    return Sheet("Results", HEADINGS, tuple(lines))


def read_csv(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def read_xlsx(file: bytes) -> list[tuple]:
    return list(load_workbook(io.BytesIO(file)).active.iter_rows())


@hypothesis.given(rows)
def test_csv_gives_back_every_text_and_number(lines):
    headings, *found = read_csv(csv_file(sheet_of(*lines)))
    assert headings == list(HEADINGS)
    expected = [[text, str(figure), str(count), more or ""] for text, figure, count, more in lines]
    assert [[unguarded(a), b, c, unguarded(d)] for a, b, c, d in found] == expected


@hypothesis.given(rows)
def test_csv_holds_no_text_that_begins_a_formula(lines):
    found = read_csv(csv_file(sheet_of(*lines)))
    assert not [cell for row in found for cell in (row[0], row[3]) if cell.startswith(STARTS)]


@hypothesis.given(texts)
def test_an_apostrophe_is_added_once_and_taken_away_once(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text) in (text, f"'{text}")


def test_known_formulas_are_guarded_and_other_words_are_not():
    assert [guarded(each) for each in FORMULAS] == [f"'{each}" for each in FORMULAS]
    for harmless in ("", "Not scored", "2 = 2", "'quoted'", "–", "n/a"):
        assert guarded(harmless) == harmless


def test_csv_is_marked_as_utf_8_for_excel():
    assert csv_file(sheet_of()).startswith(b"\xef\xbb\xbfText,Figure")


@hypothesis.given(rows)
def test_xlsx_gives_back_every_text_as_text_and_every_number_as_a_number(lines):
    _, *found = read_xlsx(xlsx_file([sheet_of(*lines)], "Results"))
    values = [tuple(cell.value for cell in row) for row in found]
    assert values == [(a or None, float(b), c, d or None) for a, b, c, d in lines]
    for row in found:
        for cell in row:
            assert cell.data_type in ("s", "n", "inlineStr")
            assert cell.quotePrefix is isinstance(cell.value, str) or cell.value is None


def test_xlsx_stores_no_formula_and_no_error():
    lines = [(each, Decimal("2.5"), 1, "#REF!") for each in FORMULAS if each != "\r=1"]
    _, *found = read_xlsx(xlsx_file([sheet_of(*lines)], "Results"))
    assert [row[0].value for row in found] == [line[0] for line in lines]
    assert {cell.data_type for row in found for cell in (row[0], row[3])} <= {"s", "inlineStr"}


def test_xlsx_shows_a_figure_with_the_places_it_has():
    (_, row) = read_xlsx(xlsx_file([sheet_of(("a", Decimal("3.0"), 2, None))], "Results"))
    assert (row[1].value, row[1].number_format) == (3, "0.0")


def test_xlsx_has_headings_that_stay_in_sight():
    book = load_workbook(io.BytesIO(xlsx_file([sheet_of(("a", Decimal(1), 2, "b"))], "A title")))
    assert book.active.freeze_panes == "A2"
    assert book.active["A1"].font.bold
    assert book.properties.title == "A title"


def test_the_same_tables_make_the_same_bytes_at_any_time():
    sheets = [sheet_of(("a", Decimal("1.5"), 2, None)), Sheet("More", ("A",), (("b",),))]
    first = xlsx_file(sheets, "Results")
    sleep(2.1)  # the time of a part of a zip moves every two seconds
    assert xlsx_file(sheets, "Results") == first


def test_text_that_no_cell_can_hold_is_fitted():
    long = ("x" * 40_000, Decimal(1), 1, "a\x00b")
    (_, row) = read_xlsx(xlsx_file([sheet_of(long)], "Results"))
    assert (len(row[0].value), row[0].value[-1], row[3].value) == (32_767, "…", "ab")
