"""What a paper says, and its file in one of three formats."""

from typing import cast

from .content import build
from .document import BoardPaper
from .models import IssuedPaper, Paper
from .renditions import rendition
from .services.issuing import keep_file
from .storage import load

FORMATS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def last_issue(paper: Paper) -> IssuedPaper | None:
    """Return the paper as it was issued last, None where it was not: one query, without files."""
    return paper.issues.order_by("-number").first()


def content_of(paper: Paper) -> BoardPaper:
    """Return the paper as it was issued last; a draft as it stands now."""
    issued = None if paper.state == Paper.State.DRAFT else last_issue(paper)
    return as_issued(issued) if issued else build(paper)


def as_issued(issued: IssuedPaper) -> BoardPaper:
    """Return what an issue said."""
    return cast(BoardPaper, load(issued.content))


def file_of(paper: Paper, name: str) -> bytes:
    """Return the paper as a file of the format ("html", "pdf" or "docx"). A draft's is rendered
    once for the same content; an issued one's is made once and the same for ever after.
    Raises RendererUnavailable where a system library is missing, saying which."""
    issued = None if paper.state == Paper.State.DRAFT else last_issue(paper)
    return issued_file(issued, name) if issued else rendition(build(paper), name)


def issued_file(issued: IssuedPaper, name: str) -> bytes:
    """Return the file of an issue, made and kept when it is first asked for."""
    kept = issued.files.filter(format=name).first()
    if kept is None:
        made = rendition(as_issued(issued), name)
        kept = keep_file(issued=issued, format=name, content=made)
    return bytes(kept.content)
