"""The styles of the Word file: Arial 12 point, left aligned, numbers hanging in the margin."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from papers.docx import ooxml

PETROL, GREY, BLACK = RGBColor(0x0D, 0x52, 0x65), RGBColor(0x45, 0x56, 0x5E), RGBColor(0, 0, 0)
FONT = "Arial"
HANGING = 13  # millimetres between a number and its paragraph
FRONT = 48
ALARM = {"val": "single", "sz": "24", "space": "8", "color": "8C1D18"}
RULE = {"val": "single", "sz": "4", "space": "4", "color": "C2CED3"}

# name: (based on, points, bold, colour, left mm, first line mm, before pt, after pt)
STYLES: dict[str, tuple[str, float, bool, RGBColor, float, float, float, float]] = {
    "Owner": ("Normal", 15, True, PETROL, 0, 0, 0, 0),
    "House": ("Normal", 12, True, BLACK, 0, 0, 0, 8),
    "Title": ("Normal", 24, True, PETROL, 0, 0, 2, 4),
    "Subtitle": ("Normal", 12, False, GREY, 0, 0, 0, 14),
    "Heading 1": ("Normal", 16, True, BLACK, HANGING, -HANGING, 20, 8),
    "Heading 2": ("Normal", 13, True, BLACK, HANGING, -HANGING, 12, 6),
    "Body Text": ("Normal", 12, False, BLACK, 0, 0, 0, 8),
    "Numbered paragraph": ("Normal", 12, False, BLACK, HANGING, -HANGING, 0, 8),
    "Numbered continued": ("Normal", 12, False, BLACK, HANGING, 0, 0, 8),
    "Front sheet": ("Normal", 12, False, BLACK, FRONT, -FRONT, 0, 6),
    "Front continued": ("Normal", 12, False, BLACK, FRONT, 0, 0, 6),
    "List Bullet": ("Normal", 12, False, BLACK, HANGING + 6, -6, 0, 4),
    "List Bullet 2": ("Normal", 12, False, BLACK, HANGING + 12, -6, 0, 4),
    "List Continue": ("Normal", 12, False, BLACK, HANGING + 6, 0, 0, 4),
    "List Continue 2": ("Normal", 12, False, BLACK, HANGING + 12, 0, 0, 4),
    "Typed number": ("Normal", 12, False, BLACK, HANGING + 7, -7, 0, 4),
    "Typed number 2": ("Normal", 12, False, BLACK, HANGING + 14, -7, 0, 4),
    "Caption": ("Normal", 12, True, BLACK, 0, 0, 8, 6),
    "Note": ("Normal", 10.5, False, GREY, 0, 0, 4, 12),
    "Exempt": ("Normal", 12, True, BLACK, 5, 0, 0, 8),
    "Exempt reason": ("Normal", 12, False, BLACK, 5, 0, 0, 8),
    "Table text": ("Normal", 12, False, BLACK, 0, 0, 3, 3),
    "Table heading": ("Table text", 12, True, RGBColor(255, 255, 255), 0, 0, 3, 3),
    "Table bullet": ("List Bullet", 12, False, BLACK, 5, -5, 0, 3),
    "Table continue": ("Table text", 12, False, BLACK, 5, 0, 0, 3),
    "Table number": ("Table text", 12, False, BLACK, 7, -7, 0, 3),
    "Header": ("Normal", 9, False, GREY, 0, 0, 0, 0),
    "Footer": ("Normal", 9, False, GREY, 0, 0, 0, 0),
}
COLOURED = ("Owner", "Title")  # and the heads of tables
KEPT_WITH_NEXT = ("House", "Owner", "Title", "Heading 1", "Heading 2", "Caption", "Exempt")


def apply(document: WordDocument, language: str, colour: str) -> None:
    """Set every style the renderer uses, the language of the whole text, and the house's colour."""
    styles = document.styles
    _normal(styles["Normal"])
    for name, facts in STYLES.items():
        style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set(styles, style, *facts)
        style.paragraph_format.keep_with_next = name in KEPT_WITH_NEXT
    for name in COLOURED:
        styles[name].font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, PETROL
    ooxml.border(styles["Front sheet"].element, top=RULE, between=RULE)
    ooxml.border(styles["Header"].element, bottom=RULE)
    for name in ("Exempt", "Exempt reason"):
        ooxml.border(styles[name].element, left=ALARM)
    ooxml.border(styles["Title"].element)
    for line in styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for side in line:
            side.set(qn("w:color"), "8FA0A7")
    ooxml.set_language(document, language)


def _normal(style: Any) -> None:
    style.font.size = Pt(12)
    _typeface(style)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(8), 1.15
    form.widow_control = True


def _set(
    styles: Any,
    style: Any,
    base: str,
    points: float,
    bold: bool,
    colour: RGBColor,
    left: float,
    first: float,
    before: float,
    after: float,
) -> None:
    style.base_style, style.hidden, style.quick_style = styles[base], False, True
    style.font.size, style.font.bold, style.font.italic = Pt(points), bold, False
    style.font.color.rgb = colour
    _typeface(style)
    form = style.paragraph_format
    form.left_indent, form.first_line_indent = Mm(left), Mm(first)
    form.space_before, form.space_after = Pt(before), Pt(after)
    if first < 0:
        form.tab_stops.add_tab_stop(Mm(left))


def _typeface(style: Any) -> None:
    style.font.name = FONT
    for name in ("w:spacing", "w:kern"):
        for old in style.element.rPr.findall(qn(name)):
            style.element.rPr.remove(old)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
