"""The partnership's logo and house name at the head of a Word file."""

import io

from docx.document import Document as WordDocument
from docx.shared import Emu, Mm

from papers.document import HouseStyle
from papers.docx import ooxml

WIDEST, TALLEST = Mm(60), Mm(20)
PIXEL = Mm(25.4) // 96  # as browsers and the PDF show one


def add_house(document: WordDocument, style: HouseStyle) -> None:
    """Add the logo with what stands in for it, and the house name, where there are any."""
    if style.picture:
        paragraph = ooxml.add_paragraph(document, "House")
        picture = paragraph.add_run().add_picture(io.BytesIO(style.picture))
        across, down = (PIXEL * side for side in style.picture_size)
        scale = max(1, across / WIDEST, down / TALLEST)
        picture.width, picture.height = Emu(int(across / scale)), Emu(int(down / scale))
        properties = picture._inline.docPr
        properties.set("name", "Logo")
        properties.set("descr", style.logo_alternative)
    if style.name:
        ooxml.add_paragraph(document, "House", style.name)
