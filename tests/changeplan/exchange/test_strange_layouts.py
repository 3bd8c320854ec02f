"""Layouts that the reader was not designed for: read as a reasonable person takes them, or with a
doubt that tells of it."""

import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl.styles import PatternFill

from changeplan.exchange.fields import Part
from changeplan.exchange.reading import read
from changeplan.exchange.sheet import Unreadable

from . import papers
from .papers import TITLES, excel, word
from .strange import (
    GOVERNANCE,
    NEEDS,
    USUAL,
    WORKING,
    W,
    auto_numbered,
    doubts,
    dropdown,
    paragraphs,
    placeholder,
    proposed,
    shade,
    steps,
    told,
    value,
    xlsx,
)


@pytest.mark.parametrize("layout", WORKING)
def test_a_layout_that_officers_send_is_read(layout):
    name, build = WORKING[layout]
    assert told(proposed(build(), name)) == USUAL


@pytest.mark.parametrize(
    "data", [b"<html><table><tr><td>No</td></tr></table></html>", b"{\\rtf1 x}"]
)
def test_refusals(data):
    with pytest.raises(Unreadable):
        read("plan.doc", data)


def test_numbers_that_word_counts_over_several_lists():
    """Word counts on over all w:num of one w:abstractNum: this shows 1. 2. 3."""
    found = told(proposed(auto_numbered(["%1."], [(0, 0), (1, 0), (2, 0)])))
    assert [each[0] for each in found] == [(1,), (2,), (3,)]


def test_outline_numbers():
    """Word shows 1, 1.1, 1.2, 2"""
    found = told(proposed(auto_numbered(["%1.", "%1.%2"], [(0, 0), (0, 1), (0, 1), (0, 0)])))
    assert [each[0] for each in found] == [(1,), (1,), (1,), (2,)]


def test_row_numbers_beside_numbers_of_standards():
    found = told(proposed(b"No,Standard,Action\n1,3,a\n2,3,b\n3,5,c\n", "p.csv"))
    assert [each[0] for each in found] == [(3,), (3,), (5,)]


def test_row_numbers_beside_titles_of_standards():
    found = told(
        proposed(
            excel(
                ["Ref", "Commissioning standard", "Action"],
                [1, GOVERNANCE, "a"],
                [2, GOVERNANCE, "b"],
                [3, NEEDS, "c"],
            ),
            "p.xlsx",
        )
    )
    assert [each[0] for each in found] == [(3,), (3,), (5,)]


def test_numbers_such_as_3_1_are_standards_not_scores():
    found = told(proposed(b"No,Action\n3.1,a\n3.2,b\n5.1,c\n", "p.csv"))
    assert [each[0] for each in found] == [(3,), (3,), (5,)]


def test_tables_with_slightly_different_headings():
    d = Document()
    for n, head in (
        (3, ("Action", "Lead officer", "By when")),
        (5, ("Actions", "Lead Officer(s)", "Timescale")),
    ):
        d.add_heading(f"Standard {n}", 2)
        papers.add_table(d, head, (f"Do {n}", "Head of X", "May 2011"))
    found = proposed(papers.saved(d))
    assert told(found) == [((3,), "Do 3"), ((5,), "Do 5")]
    assert [value(s, "due") for s in steps(found)] == ["2011-05"] * 2


@pytest.mark.parametrize("second", ["5", "6"])
def test_actions_with_the_same_headline_keep_their_owners_or_are_doubtful(second):
    found = proposed(
        "No,Action,Owner,Due\n5,Hold a workshop,A,May 2011\n"
        f"{second},Hold a workshop,B,June 2011\n".encode(),
        "p.csv",
    )
    both = {value(s, "owner") for s in steps(found)} == {"A", "B"}
    assert both or "passed over" in doubts(found)


def test_financial_years_are_no_months():
    found = proposed(b"No,Action,By when\n3,a,2010/11\n5,b,2011-12\n", "p.csv")
    assert "2010/11" in (value(steps(found)[0], "due") or "") or doubts(found)
    assert value(steps(found)[1], "due") != "2011-12" or doubts(found)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Two workshops on governance. Jo Bloggs to arrange by May.", "Jo Bloggs"),
        ("Support from the LA (5 days), not CSP", "not CSP"),
        ("2 workshops (half day each) plus 1 day preparation", "preparation"),
        ("Day 1: governance. Day 2: needs", "Day 2"),
        ("c. 3 days on market development", "market development"),
    ],
)
def test_short_support_keeps_all_its_words(said, kept):
    found = proposed(word(("No", "Action", "CSP support"), ("3", "a", said)))
    (step,) = steps(found, Part.SUPPORT)
    assert kept in f"{step.title} {step.values.get('support_detail', '')}"


def test_cells_merged_downwards_hold_for_every_row():
    d = Document()
    t = papers.add_table(
        d,
        ("No", "Current status", "Action", "Owner", "Due"),
        ("3", "Begun", "Review", "Jo", "May 2011"),
        ("4", "", "Tell", "", ""),
    )
    for column in (1, 3, 4):
        papers.merged(t, 1, 2, column)
    found = proposed(papers.saved(d))
    assert [value(s, "owner") for s in steps(found)] == ["Jo", "Jo"]
    assert [value(s, "due") for s in steps(found)] == ["2011-05"] * 2
    assert [s.standards for s in steps(found, Part.STANDARD)] == [(3,), (4,)]


def test_a_sheet_for_each_standard():
    def change(book):
        book.active.title = "Standard 3"
        second = book.create_sheet("Standard 5")
        for row in (["Action", "Owner"], ["Do 5", "Al"]):
            second.append(row)

    found = proposed(excel(["Action", "Owner"], ["Do 3", "Jo"], change=change), "p.xlsx")
    assert told(found) == [((3,), "Do 3"), ((5,), "Do 5")]


def test_a_standard_named_above_the_headings():
    found = proposed(
        excel(["Standard 3: Governance"], [], ["Action", "Owner"], ["Do 3", "Jo"]), "p.xlsx"
    )
    assert told(found) == [((3,), "Do 3")]


def test_a_form_for_each_standard_with_its_name_across():
    d = Document()
    for n in (3, 5):
        d.add_paragraph("")
        t = papers.add_table(
            d,
            (f"Standard {n}: {TITLES[n - 1]}", ""),
            ("Where we are now", "Begun"),
            ("Action", f"Do {n}"),
            ("By when", "Q3 2011"),
        )
        t.cell(0, 0).merge(t.cell(0, 1))
    assert told(proposed(papers.saved(d))) == [((3,), "Do 3"), ((5,), "Do 5")]


@pytest.mark.parametrize("numbers", [("S3", "S5"), ("III", "V"), ("Governance", "Needs")])
def test_an_action_of_no_standard_is_doubtful(numbers):
    found = proposed(
        f"Standard,Action,Owner\n{numbers[0]},Aa,x\n{numbers[1]},Bb,y\n".encode(), "p.csv"
    )
    assert all(s.standards for s in steps(found)) or "standard" in doubts(found)


@pytest.mark.parametrize("said", ["TBC", "None", "N/A", "-", "No action required"])
def test_words_for_nothing_make_no_action(said):
    found = proposed(word(("No", "Action"), ("3", "Review"), ("5", said)))
    assert told(found) == [((3,), "Review")] or doubts(found)


@pytest.mark.parametrize(
    "said", ["No support required", "Not required", "None identified", "Nil.", "No"]
)
def test_words_for_nothing_ask_for_no_support(said):
    found = proposed(word(("No", "Action", "CSP support"), ("3", "Review", said)))
    assert not steps(found, Part.SUPPORT) or doubts(found)


def test_words_for_nothing_are_no_status():
    found = proposed(
        word(("No", "Current status", "Action"), ("3", "N/A", "Review"), ("5", "-", "Look"))
    )
    assert not steps(found, Part.STANDARD) or doubts(found)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2 x half-day workshops", 1),
        ("3 x 1 day workshops", 3),
        ("Two workshops, 1 day each", 2),
        ("2 workshops @ 0.5 days", 1),
    ],
)
def test_days_of_several_events_are_multiplied_or_said_to_be_of_one(said, days):
    found = proposed(word(("No", "Action", "CSP support"), ("3", "a", said)))
    (step,) = steps(found, Part.SUPPORT)
    assert step.values["estimated"] == days or "each" in doubts(found)


def test_label_alone_and_then_bullets():
    def cell(c):
        c.paragraphs[0].text = "Actions:"
        for each in ("Review", "Tell"):
            c.add_paragraph(each, style="List Bullet")

    assert told(proposed(word(("No", "Recommended actions"), ("3", cell)))) == [
        ((3,), "Review"),
        ((3,), "Tell"),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "p.docx",
            lambda: word(
                ("No", "Action"), ("3", "Review the sub-groups\nTell the board\nWrite to schools")
            ),
        ),
        (
            "p.xlsx",
            lambda: excel(
                ["No", "Action"], [3, "Review the sub-groups\nTell the board\nWrite to schools"]
            ),
        ),
    ],
)
def test_lines_of_a_cell_do_not_run_together(name, data):
    found = proposed(data(), name)
    assert steps(found)[0].title == "Review the sub-groups" or doubts(found)


def test_typed_numbers_are_a_list():
    found = proposed(word(("No", "Action"), ("3", paragraphs("1. Review", "2. Tell"))))
    assert [t[1] for t in told(found)] == ["Review", "Tell"]


@pytest.mark.parametrize("said", ["All", "Cross-cutting", "A culture of learning"])
def test_a_standard_that_is_named_but_not_known_is_not_that_of_the_row_above(said):
    found = proposed(
        f"Standard,Action,Current status\n3,a,Good\n4,b,Good\n5,c,Good\n{said},d,Bad\n".encode(),
        "p.csv",
    )
    assert told(found)[3][0] == ()


def test_another_table_does_not_go_on_under_the_last_standard():
    d = Document()
    papers.add_table(d, ("No", "Action", "Owner"), ("3", "Review", "Jo"))
    d.add_heading("Risks", 2)
    papers.add_table(
        d, ("Risk", "Owner", "Action", "Likelihood"), ("No money", "FD", "Ask for money", "Low")
    )
    assert ((3,), "Ask for money") not in told(proposed(papers.saved(d)))


def test_placeholders_of_content_controls_are_no_words():
    found = proposed(
        word(
            ("No", "Action", "Current status"), ("3", "Review", placeholder), ("5", placeholder, "")
        )
    )
    assert told(found) == [((3,), "Review")]


@pytest.mark.parametrize("cell", [dropdown, shade])
def test_a_rating_told_by_a_form_field_or_a_colour_is_read_or_told(cell):
    found = proposed(word(("No", "Action", "RAG"), ("3", "Review", cell)))
    assert value(steps(found)[0], "rating") or doubts(found)


def test_colours_of_excel_are_told():
    def change(b):
        b.active["C2"].fill = PatternFill("solid", fgColor="FFFF0000")

    assert doubts(
        proposed(excel(["No", "Action", "RAG"], [3, "Review", None], change=change), "p.xlsx")
    )


def test_notes_and_boxes_are_told():
    def cell(c):
        c.paragraphs[0].text = "Look"
        c.paragraphs[0]._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
        c.add_paragraph()._p.append(
            parse_xml(
                f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
                "<w:txbxContent><w:p><w:r><w:t>Action in a box</w:t></w:r></w:p></w:txbxContent>"
                "</v:textbox></v:shape></w:pict></w:r>"
            )
        )

    assert doubts(proposed(word(("No", "Action"), ("3", cell))))


def test_hidden_rows_are_told():
    def change(b):
        b.active.row_dimensions[3].hidden = True

    assert "hidden" in doubts(proposed(xlsx(change), "p.xlsx"))


@pytest.mark.parametrize(
    "data",
    [
        b"No,Action,Owner,Due\n3,Review, then look,Jo,May 2011\n5,Share,Al,June 2011\n",
        b'No, "Action", "Owner"\n3, "Review, then look", "Jo"\n',
    ],
)
def test_a_row_with_more_cells_than_headings_is_doubtful(data):
    found = proposed(data, "p.csv")
    assert steps(found)[0].title == "Review, then look" or "cells" in doubts(found)


def test_a_row_that_lacks_a_cell_is_doubtful():
    d = Document()
    t = papers.add_table(
        d,
        ("No", "Evidence base", "Action", "Owner"),
        ("3", "x", "Review", "Jo"),
        ("5", "y", "Share", "Al"),
    )
    row = t.rows[2]._tr
    row.remove(row.tc_lst[1])
    assert "cells" in doubts(proposed(papers.saved(d)))


def test_a_column_that_names_another_field_is_not_taken_for_standards():
    found = proposed(b"Standard,Action,Target score\nGovernance,a,3\nNeeds,b,4\n", "p.csv")
    assert [value(s, "target_score") for s in steps(found)] == [3, 4]


def test_a_target_off_the_scale_is_doubtful_and_left_out():
    found = proposed(b"No,Action,Target score\n1,a,3\n2,b,4\n3,c,9\n4,d,5\n5,e,0.5\n", "p.csv")
    assert [value(step, "target_score") for step in steps(found)] == [3, 4, None, 5, None]
    assert doubts(found).count("a score goes from 1 to 5") == 2


def test_a_column_called_as_in_our_template_is_that_whatever_it_holds():
    found = proposed(b"Standard number,Current status\n1,Begun\n99,Begun too\n", "p.csv")
    assert [s.standards for s in steps(found, Part.STANDARD)] == [(1,)]
    assert "The exercise has no standard 99" in doubts(found)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plan.xlsx", "plan.xlsx is not an Excel file, although its name says so"),
        ("plan.docx", "plan.docx is not a Word file, although its name says so"),
        ("plan.exe", "plan.exe is not a Word, Excel or CSV file"),
        ("plan.csv", "holds no table"),
    ],
)
def test_text_without_a_table_is_told_by_what_its_name_says(name, said):
    with pytest.raises(Unreadable, match=said):
        read(name, b"only words")
