"""What a paper says, and its file in one of three formats."""

from typing import cast

from .content import build
from .document import BoardPaper
from .models import Paper
from .renditions import rendition
from .storage import load

FORMATS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def content_of(paper: Paper) -> BoardPaper:
    """Return the paper as it was issued last; a draft as it stands now."""
    if paper.state != Paper.State.DRAFT and (issued := paper.issues.order_by("-number").first()):
        return cast(BoardPaper, load(issued.content))
    return build(paper)


def file_of(paper: Paper, name: str) -> bytes:
    """Return the paper as a file of the format ("html", "pdf" or "docx"), rendered once for the
    same content. Raises RendererUnavailable where a system library is missing, saying which."""
    return rendition(content_of(paper), name)
