"""Plans as council officers really send them, in layouts that nobody designed."""

import datetime

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from changeplan.exchange.columns import guess
from changeplan.exchange.current import (
    Body,
    CurrentPlan,
)
from changeplan.exchange.fields import Part
from changeplan.exchange.proposal import Proposal, propose
from changeplan.exchange.reading import read

from . import papers
from .papers import TITLES, excel, word

W = nsdecls("w")


GOVERNANCE, NEEDS = TITLES[2], TITLES[4]


USUAL = [((3,), "Review the sub-groups"), ((5,), "Share the needs data")]


def proposed(data: bytes, name: str = "plan.docx", plan: CurrentPlan | None = None) -> Proposal:
    sheet = read(name, data)
    return propose(sheet, guess(sheet), plan or papers.current_plan())


def steps(proposal: Proposal, part: Part = Part.ACTION) -> list:
    return [step for step in proposal.steps if step.part == part]


def told(proposal: Proposal) -> list[tuple]:
    return [(step.standards, step.title) for step in steps(proposal)]


def value(step, key):
    found = step.values.get(key)
    return found.names[0] if isinstance(found, Body) else found


def doubts(proposal: Proposal) -> str:
    rows = [d.words for row in proposal.rows for d in row.doubts]
    deep = [d.words for step in proposal.steps for d in step.doubts]
    return " ".join([*(d.words for d in proposal.doubts), *rows, *deep])


def changes(proposal: Proposal) -> list[tuple]:
    return [
        (s.verdict.value, s.part.value, c.field, c.old, c.new)
        for s in proposal.steps
        for c in s.changes
    ]


def paragraphs(*lines, style=None):
    def fill(cell):
        cell.paragraphs[0].text, cell.paragraphs[0].style = lines[0], style
        for each in lines[1:]:
            cell.add_paragraph(each, style=style)

    return fill


def numbering(document, levels, count):
    """So many w:num that share one w:abstractNum, as Word makes them when rows are pasted."""
    part = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(levels)
    )
    part.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{inner}</w:abstractNum>'))
    return [part.add_num(77).numId for _ in range(count)]


def number(paragraph, num, level=0):
    place = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    place.get_or_add_ilvl().val, place.get_or_add_numId().val = level, num


def auto_numbered(levels, places):
    document = Document()
    ids = numbering(document, levels, max(p[0] for p in places) + 1)
    table = papers.add_table(
        document,
        ("No", "Action", "Owner"),
        *[("", f"Action: do {n}", "Jo") for n in range(len(places))],
    )
    for row, (num, level) in enumerate(places, 1):
        number(table.cell(row, 0).paragraphs[0], ids[num], level)
    return papers.saved(document)


def title_page_and_small_tables():
    d = Document()
    d.add_heading("Change plan", 0)
    papers.add_table(d, ("Version", "Date", "Author"), ("0.1", "1 May 2010", "J Smith"))
    d.add_paragraph("Groups who took part")
    papers.add_table(d, ("Group", "People", "Number"), ("Board", "Chair", "12"))
    d.add_paragraph("The plan")
    papers.add_table(
        d,
        ("No", "Standard", "Action", "Owner"),
        ("3", GOVERNANCE, USUAL[0][1], "Jo"),
        ("5", NEEDS, USUAL[1][1], "Al"),
    )
    return papers.saved(d)


def scores_then_actions():
    d = Document()
    papers.add_table(
        d,
        ("No", "Standard", "Score"),
        *[(str(n), TITLES[n - 1], papers.SCORES[n - 1]) for n in range(1, 13)],
    )
    d.add_paragraph("")
    papers.add_table(
        d, ("No", "Action", "By when"), ("3", USUAL[0][1], "Sept 11"), ("5", USUAL[1][1], "ASAP")
    )
    return papers.saved(d)


def two_row_header_repeated():
    d = Document()
    top, low = ("Std", "Standard", "Action", ""), ("", "", "What", "Who")
    t = papers.add_table(d, top, low)

    def join(at):
        t.cell(at, 0).merge(t.cell(at + 1, 0))
        t.cell(at, 1).merge(t.cell(at + 1, 1))
        t.cell(at, 2).merge(t.cell(at, 3))

    join(0)
    papers._fill(t.add_row(), ("3", GOVERNANCE, USUAL[0][1], "Jo"))
    papers._fill(t.add_row(), top)
    papers._fill(t.add_row(), low)
    join(3)
    papers._fill(t.add_row(), ("5", NEEDS, USUAL[1][1], "Al"))
    return papers.saved(d)


def number_and_title_with_rag():
    return word(
        ("Standard", "Action", "Lead officer", "By when", "RAG", "Resources"),
        (f"3. {GOVERNANCE}", USUAL[0][1], "J. Lead Officer (Health)", "Q3 2011", "Amber", "½ day"),
        (f"5) {NEEDS}", USUAL[1][1], "Head of X", "31/03/2011", "G", "two to three days"),
    )


def columns_over_two_tables():
    d = Document()
    papers.add_table(
        d,
        ("No", "Standard", "Score", "Current status"),
        ("3", GOVERNANCE, "2.3", "Begun"),
        ("5", NEEDS, "3.3", "Half"),
    )
    d.add_paragraph("")
    papers.add_table(
        d, ("No", "Action", "Owner"), ("3", USUAL[0][1], "Jo"), ("5", USUAL[1][1], "Al")
    )
    return papers.saved(d)


def standards_across():
    return word(
        ("Standard number", "3", "5"),
        ("Standard", GOVERNANCE, NEEDS),
        ("Current status", "Begun", "Half"),
        ("Action", USUAL[0][1], USUAL[1][1]),
    )


def vertical_numbered():
    d = Document()
    for n, a in ((3, USUAL[0][1]), (5, USUAL[1][1])):
        papers.add_table(
            d, ("Standard", f"{n}. {TITLES[n - 1]}"), ("Status", "begun"), ("Action", a)
        )
        d.add_paragraph("")
    return papers.saved(d)


def controls_fields_and_changes():
    def tracked(cell):
        p = cell.paragraphs[0]._p
        for x in (
            f'<w:r {W}><w:t xml:space="preserve">Review the </w:t></w:r>',
            f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>old </w:delText></w:r></w:del>',
            f'<w:ins {W} w:id="2" w:author="a"><w:r><w:t>sub-groups</w:t></w:r></w:ins>',
        ):
            p.append(parse_xml(x))

    def control(cell):
        cell._tc.remove(cell.paragraphs[0]._p)
        cell._tc.append(
            parse_xml(
                f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Share the needs data</w:t></w:r></w:p>"
                "</w:sdtContent></w:sdt>"
            )
        )

    return word(("No", "Action", "Owner"), ("3", tracked, "Jo"), ("5", control, "Al"))


HEAD = ["No", "Standard", "Action", "Owner", "Due", "Estimated days"]


ROWS = [
    [3, GOVERNANCE, USUAL[0][1], "Jo", datetime.date(2011, 3, 31), 2],
    [5, NEEDS, USUAL[1][1], "Al", "Sept 11", 0.5],
]


def xlsx(change=None, head=HEAD, rows=ROWS):
    return excel(head, *rows, change=change)


def shifted(book):
    book.active.insert_cols(1, 2)
    book.active.insert_rows(1, 4)
    book.active["C2"] = "Strategic plan"


def more_sheets(book):
    for title, rows in {
        "Lists": [["Red"], ["Amber"]],
        "Scores": [["Standard", "Group A"], [GOVERNANCE, 2]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)


WORKING = {
    "title page and small tables": ("p.docx", title_page_and_small_tables),
    "scores, then actions": ("p.docx", scores_then_actions),
    "two header rows, merged, repeated": ("p.docx", two_row_header_repeated),
    "number and title in one cell, RAG, resources": ("p.docx", number_and_title_with_rag),
    "columns over two tables": ("p.docx", columns_over_two_tables),
    "standards across": ("p.docx", standards_across),
    "a vertical table per standard": ("p.docx", vertical_numbered),
    "tracked changes and content controls": ("p.docx", controls_fields_and_changes),
    "Excel, not in A1": ("p.xlsx", lambda: xlsx(shifted)),
    "Excel, several sheets": ("p.xlsx", lambda: xlsx(more_sheets)),
    "CSV with semicolons in cp1252": (
        "p.csv",
        lambda: f"No;Action\r\n3;{USUAL[0][1]}\r\n5;{USUAL[1][1]}\r\n;;–\r\n".encode("cp1252"),
    ),
    "CSV with tabs in UTF-16": (
        "p.txt",
        lambda: f"No\tAction\r\n3\t{USUAL[0][1]}\r\n5\t{USUAL[1][1]}\r\n".encode("utf-16"),
    ),
    "CSV with a double BOM": (
        "p.csv",
        f"\ufeff\ufeffNo,Action\n3,{USUAL[0][1]}\n5,{USUAL[1][1]}\n".encode,
    ),
    "CSV with empty rows and columns": (
        "p.csv",
        f"Plan,,,\n,,,\nNo,Action,,\n3,{USUAL[0][1]},,\n,,,\n5,{USUAL[1][1]},,\n".encode,
    ),
}


def placeholder(c):
    c._tc.remove(c.paragraphs[0]._p)
    c._tc.append(
        parse_xml(
            f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:p><w:r>"
            "<w:t>Click here to enter text.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )


def dropdown(c):
    for x in (
        (
            '<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="Red"/>'
            '<w:listEntry w:val="Amber"/></w:ddList></w:ffData></w:fldChar>'
        ),
        "<w:instrText> FORMDROPDOWN </w:instrText>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        c.paragraphs[0]._p.append(parse_xml(f"<w:r {W}>{x}</w:r>"))


def shade(c):
    c._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="FF0000"/>'))
