"""From a paper's record to a file: content first, then its rendition in one of three formats."""

from .content import build
from .models import Paper
from .renditions import rendition

FORMATS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def file_of(paper: Paper, name: str) -> bytes:
    """Return the paper as it stands now, as a file of the format ("html", "pdf" or "docx").

    Rendered once for the same content. Raises RendererUnavailable where a system library is
    missing, saying which.
    """
    return rendition(build(paper), name)
