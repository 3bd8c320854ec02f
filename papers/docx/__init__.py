"""A board paper as a Word file that Democratic Services can take over: real styles, real fields.

Printed numbers are typed into the text, so that they are found by a search and stay what the HTML
and the PDF say, however the file is edited.
"""

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.section import Section as WordSection
from docx.shared import Mm

from papers.document import (
    BoardPaper,
    Chart,
    Item,
    NumberedParagraph,
    Prose,
    Section,
    Subheading,
    Table,
)
from papers.docx import house, look, ooxml, table, words
from papers.docx.chart import add_chart
from partnership.word_files import packed

PORTRAIT, LANDSCAPE = (Mm(210), Mm(297)), (Mm(297), Mm(210))
MARGIN = Mm(20)
LONGEST_FACT = 255  # characters, in the properties of an OOXML file


def render(paper: BoardPaper) -> bytes:
    """Return the paper as a .docx file. The same paper gives the same bytes.

    Raises fonts.RendererUnavailable when there is a chart and no font to draw it with."""
    document = Document()
    look.apply(document, paper.language, paper.style.ink)
    _describe(document, paper)
    _lay_out(document.sections[0], landscape=False)
    _running_heads(document.sections[0], paper)
    _front(document, paper)
    for section in paper.sections:
        if section.landscape != _is_landscape(document):
            _turn(document, landscape=section.landscape)
        ooxml.add_paragraph(document, "Heading 1", words.numbered(section.number, section.heading))
        _items(document, section)
    for appendix in paper.appendices:
        _appendix(document, appendix)
    return packed(document)


def _describe(document: WordDocument, paper: BoardPaper) -> None:
    facts = document.core_properties
    facts.title, facts.subject = paper.title[:LONGEST_FACT], paper.kind[:LONGEST_FACT]
    facts.author = facts.last_modified_by = paper.credited[:LONGEST_FACT]
    facts.language, facts.comments, facts.keywords = paper.language, "", ""


def _lay_out(section: WordSection, *, landscape: bool) -> None:
    section.page_width, section.page_height = LANDSCAPE if landscape else PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(10)


def _running_heads(section: WordSection, paper: BoardPaper) -> None:
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = paper.running_title
    for footer in (section.first_page_footer, section.footer):
        ooxml.add_page_numbers(footer.paragraphs[0])


def _front(document: WordDocument, paper: BoardPaper) -> None:
    house.add_house(document, paper.style)
    ooxml.add_paragraph(document, "Owner", paper.body_name or paper.partnership)
    ooxml.add_paragraph(document, "Title", paper.title)
    ooxml.add_paragraph(document, "Subtitle", paper.kind_line)
    for field in paper.front_sheet:
        words.add_field(document, field)


def _is_landscape(document: WordDocument) -> bool:
    return document.sections[-1].orientation == WD_ORIENT.LANDSCAPE


def _turn(document: WordDocument, *, landscape: bool) -> None:
    """Go on with a new page that lies, or stands."""
    new = ooxml.begin_section(document)
    new.different_first_page_header_footer = False
    _lay_out(new, landscape=landscape)


def _appendix(document: WordDocument, appendix: Section) -> None:
    turns = appendix.landscape or _is_landscape(document)
    if turns:
        _turn(document, landscape=appendix.landscape)
    heading = ooxml.add_paragraph(document, "Heading 1", f"{appendix.number}: {appendix.heading}")
    heading.paragraph_format.left_indent = heading.paragraph_format.first_line_indent = Mm(0)
    heading.paragraph_format.page_break_before = not turns
    words.add_rich(document, appendix.exempt, words.EXEMPT)
    _items(document, appendix)


def _items(document: WordDocument, section: Section) -> None:
    for item, leads in section.led:
        _item(document, item)
        if leads:
            last = ooxml.last_paragraph(document)
            last.paragraph_format.keep_with_next = True


def _item(document: WordDocument, item: Item) -> None:
    match item:
        case NumberedParagraph():
            words.add_numbered(document, item)
        case Subheading():
            ooxml.add_paragraph(document, "Heading 2", words.numbered(item.number, item.text))
        case Prose():
            words.add_rich(document, item.body, words.PROSE)
        case Table():
            table.add_table(document, item)
        case Chart():
            add_chart(document, item)
