"""Files as councils write them, built in the test: facts of a paper of 2010, in our own words."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook

from changeplan.exchange.current import Body, CurrentPlan, CurrentStandard

PROGRAMME = "Commissioning Support Programme"
HEADINGS = (
    "",
    "Commissioning Standard",
    "S.A. Score",
    "Current Status",
    "Recommended Actions",
    PROGRAMME,
)
TITLES = tuple(
    " ".join(title.split())
    for title in """
We are clear and agreed about the outcomes improvements we need to achieve for children, young
people and families in our area

We have robust, up-to-date commissioning arrangements which allow us to improve outcomes for
children, young people and families

We have the right governance

Partners and stakeholders, including children, young people and families, understand and support
the approach we take to commissioning

We really understand the needs of our children, young people and families in our area

We invest wisely and influence the market effectively to improve outcomes for children, young
people and their families

We monitor the impact and manage the performance of services in order to improve outcomes

Our commissioners work effectively together to secure improved services and outcomes

We successfully secure major service reconfiguration and change to improve outcomes through
commissioning

Our leaders understand commissioning and work together to deliver change through best
commissioning practice across the Children’s Trust

We have the right people with the skills, knowledge and expertise to deliver change and improve
outcomes through commissioning

We have a culture of continuous learning and improvement involving all commissioners, providers
and stakeholders
""".strip().split("\n\n")
)
SCORES = ("3.2", "2.9", "2.3", "2.7", "3.3", "3.2", "3.2", "3.3", "3.1", "2.7", "3.0", "3.3")
STATUSES = (2, 2, 2, 3, 1, 2, 1, 2, 0, 2, 0, 0)  # paragraphs
DETAILS = (3, 3, 2, 4, 3, 1, 2, 2, 3, 1, 0, 0)
HEADLINES = (
    "Cross-cutting priorities identified by way of the CYPP project plan",
    "Commissioning strategies for services and priorities developed",
    "Governance brought up to the ASCL Act 2009; sub-groups and reporting reviewed",
    "Consultation made part of every strategy. Communication reviewed",
    "Needs analysis resource developed for the partners",
    "Resources mapped across the Trust Board",
    "Sub-groups monitored further",
    "Joint commissioning policy and processes agreed",
    "Regular reports, and an annual report of achievements",
    "Commissioning training kept going across partners",
)
FOCUSED = f"It is recommended that {PROGRAMME} support is focused on"
TWO_DAYS = "with an estimated two days of support."
SUPPORT = {
    1: (f"{FOCUSED} sessions (or a session) on priorities, with two days of support estimated.",),
    2: (
        f"{FOCUSED} helping with strategies.",
        "It is estimated that four days of consultancy support could be used for two workshops.",
        "The workshops pass on good practice in areas such as:",
        "• Needs analysis;",
        "• Resource mapping",
    ),
    6: (f"{FOCUSED} a project plan for mapping resources, {TWO_DAYS}",),
    8: (f"{FOCUSED} processes for joint commissioning, {TWO_DAYS}",),
    10: (f"{FOCUSED} first training, in a ‘train the trainer’ approach, {TWO_DAYS}",),
}
OVERLEAF = (
    "and market development;",
    "• Outcome based commissioning;",
    "• Procurement practice;",
    "• Monitoring and evaluation.",
    "The second workshop returns to the first and looks at progress.",
)
LAST_ON_PAGE = {1, 2, 3, 4, 6, 8, 9}  # standards after which the table begins anew

Fill = str | Sequence[str] | Callable[[Any], None]


def current_plan(**more: Any) -> CurrentPlan:
    """A plan without anything in it, on the twelve standards with their scores."""
    standards = tuple(
        CurrentStandard(number, title, score)
        for number, (title, score) in enumerate(zip(TITLES, SCORES, strict=True), 1)
    )
    bodies = (
        Body("group", "1", ("Commissioning Strategy Group", "CSG")),
        Body("organisation", "2", ("Primary Care Trust", "PCT")),
        Body("member", "3", ("Alex Example",)),
    )
    return CurrentPlan(**({"standards": standards, "bodies": bodies} | more))


def bromley(*, one_table: bool) -> bytes:
    """The appendix of the paper: landscape, a row for each standard, headings on every page, and a
    row that a page breaks. As one table, or as a table on each page."""
    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    document.add_heading("Strategic Commissioning Change Plan", 1)
    table = _begun(document)
    for number in range(1, 13):
        _fill(table.add_row(), bromley_row(number))
        if number == 2:
            table = table if one_table else _begun(document)
            if one_table:
                _fill(table.add_row(), HEADINGS)
            _fill(table.add_row(), ("", "", "", "", "", OVERLEAF))
        if number in LAST_ON_PAGE:
            if one_table:
                _fill(table.add_row(), HEADINGS)
            else:
                table = _begun(document)
    document.add_paragraph("The plan outlines an estimated twelve days of support.")
    return saved(document)


def bromley_row(number: int) -> tuple[Fill, ...]:
    def action(cell: Any) -> None:
        if number > len(HEADLINES):
            return
        cell.paragraphs[0].add_run(f"Action: {HEADLINES[number - 1]}.").bold = True
        for place in range(DETAILS[number - 1]):
            cell.add_paragraph(f"Step {place + 1} of what is to be done for standard {number}.")

    status = [f"Statement {n + 1} on standard {number}." for n in range(STATUSES[number - 1])]
    support = SUPPORT.get(number, ())
    return f"{number}.", TITLES[number - 1], SCORES[number - 1], status, action, support


def _begun(document: Any) -> Any:
    document.add_paragraph("BROMLEY CHILDREN AND YOUNG PEOPLE TRUST BOARD")
    table = document.add_table(0, len(HEADINGS), "Table Grid")
    _fill(table.add_row(), HEADINGS)
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    return table


def _fill(row: Any, cells: Iterable[Fill]) -> None:
    for cell, words in zip(row.cells, cells, strict=True):
        fill(cell, words)


def fill(cell: Any, words: Fill) -> None:
    """Put words, paragraphs, or what a function makes into a cell."""
    if callable(words):
        words(cell)
        return
    first, *more = [words] if isinstance(words, str) else words or [""]
    cell.text = first
    for paragraph in more:
        cell.add_paragraph(paragraph)


def word(*rows: Sequence[Fill], document: Any = None) -> bytes:
    """A Word file with one table."""
    document = document or Document()
    add_table(document, *rows)
    return saved(document)


def add_table(document: Any, *rows: Sequence[Fill]) -> Any:
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        _fill(table.add_row(), row)
    return table


def merged(table: Any, top: int, bottom: int, column: int) -> None:
    """Merge the cells of a column as Word does it: the first begins, the others go on."""
    for place in range(top, bottom + 1):
        facts = table.cell(place, column)._tc.get_or_add_tcPr()
        mark = OxmlElement("w:vMerge")
        if place == top:
            mark.set(qn("w:val"), "restart")
        facts.append(mark)


def saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def excel(*rows: Sequence[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """An Excel file with one sheet, changed in the end by a function of its workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    return saved(book)
