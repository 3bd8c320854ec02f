"""What python-docx lacks words for: fields, links, borders, language, and a zip without a clock."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from partnership.richtext import Run


def element(name: str, **attributes: str) -> Any:
    """Return a new element such as element("w:lang", val="en-GB"), attributes in w:."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_paragraph(container: Any, style: str, words: str = "") -> WordParagraph:
    """Add a paragraph to a document or a cell. The style is set by its identifier, which is its
    name without spaces: python-docx's look-up by name took half the time of a paper."""
    paragraph: WordParagraph = container.add_paragraph(words)
    set_style(paragraph, style)
    return paragraph


def last_paragraph(document: WordDocument) -> WordParagraph:
    """Return the paragraph added last; python-docx would walk through all of them."""
    return WordParagraph(document.element.body.sectPr.getprevious(), document._body)


def set_style(paragraph: WordParagraph, style: str) -> None:
    """Give a paragraph the style of this name."""
    paragraph._p.style = style.replace(" ", "")


def add_page_numbers(paragraph: WordParagraph) -> None:
    """Write "Page x of y", both of them fields that Word keeps up to date."""
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        simple = element("w:fldSimple", instr=field)
        simple.append(paragraph.add_run("1")._r)
        paragraph._p.append(simple)


def add_link(paragraph: WordParagraph, run: Run) -> None:
    """Write a run that leads to an address."""
    link = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    made: WordRun = paragraph.add_run(run.text, "Hyperlink")
    made.bold, made.italic = run.bold or None, run.italic or None
    link.append(made._r)
    paragraph._p.append(link)


def begin_section(document: WordDocument) -> Section:
    """Begin a section on a new page. The break goes into the last paragraph: python-docx gives it
    an empty one, which can take up a page of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    empty = document.element.body.p_lst[-1]
    before = empty.getprevious()
    if before.tag == qn("w:p"):
        before.get_or_add_pPr().append(empty.pPr.sectPr)
        empty.getparent().remove(empty)
    return section


def border(style: Any, **sides: dict[str, str]) -> None:
    """Give a paragraph style these borders and no others."""
    properties = style.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if not sides:
        return
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "between"):
        if side in sides:
            borders.append(element(f"w:{side}", **sides[side]))
    properties.insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
    )


def set_language(document: WordDocument, language: str) -> None:
    """Say which language the text is in, in the defaults that every style inherits."""
    lang = document.styles.element.find(".//" + qn("w:rPrDefault")).find(".//" + qn("w:lang"))
    settings = document.settings.element
    for place in (lang, settings.find(qn("w:themeFontLang"))):
        place.attrib.clear()
        place.set(qn("w:val"), language)
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
