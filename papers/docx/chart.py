"""A chart as a PNG picture, which every version of Word shows, with its words beside it."""

import io

import resvg_py
from docx.document import Document as WordDocument
from docx.shared import Mm

from papers import fonts
from papers.document import Chart
from papers.docx import ooxml

ACROSS, TALLEST = 165, 210  # millimetres, on a portrait page
PIXELS = 1650  # ten to a millimetre: 254 to the inch


def png(svg: str) -> bytes:
    """Return the drawing as PNG, `PIXELS` wide, drawn with our fonts and no other's."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=PIXELS,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(path) for path in fonts.files()],
            font_family="Noto Sans Latin",
            sans_serif_family="Noto Sans Latin",
        )
    )


def add_chart(document: WordDocument, chart: Chart) -> None:
    """Add the title and, below it, the picture."""
    ooxml.add_paragraph(document, "Caption", chart.title)
    paragraph = ooxml.add_paragraph(document, "Body Text")
    picture = paragraph.add_run().add_picture(io.BytesIO(png(chart.svg)), width=Mm(ACROSS))
    if picture.height > Mm(TALLEST):
        picture.width, picture.height = picture.width * Mm(TALLEST) // picture.height, Mm(TALLEST)
    properties = picture._inline.docPr
    properties.set("name", "Chart")
    properties.set("title", chart.title)
    properties.set("descr", chart.alternative)
