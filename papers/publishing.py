"""What a paper says, and the files of what was issued."""

import hashlib
from typing import cast

from django.db import IntegrityError, transaction

from .audience import for_audience
from .content import build
from .document import BoardPaper
from .kinds import Audience
from .models import IssuedFile, IssuedPaper, Paper
from .renditions import rendered
from .storage import load

FORMATS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def last_issue(paper: Paper) -> IssuedPaper | None:
    """Return the paper as it was issued last, None where it was not: one query, without files."""
    return paper.issues.order_by("-number").first()


def what_stands(paper: Paper) -> Paper | IssuedPaper:
    """Return what readers of a paper get: its last issue, or itself while it is a draft."""
    issued = None if paper.state == Paper.State.DRAFT else last_issue(paper)
    return issued or paper


def content_of(source: Paper | IssuedPaper, audience: str = Audience.MEMBERS) -> BoardPaper:
    """Return what an issue said; of a paper, as it was issued last, and of a draft as it stands."""
    standing = what_stands(source) if isinstance(source, Paper) else source
    content = build(standing) if isinstance(standing, Paper) else as_issued(standing)
    return for_audience(content, Audience(audience))


def as_issued(issued: IssuedPaper) -> BoardPaper:
    """Return what an issue said."""
    return cast(BoardPaper, load(issued.content))


def file_of(paper: Paper, format: str, audience: str = Audience.MEMBERS) -> bytes:
    """Return the paper as a file ("html", "pdf" or "docx"), made here and now where there is none.
    A draft's is made once for the same content; an issued one's is the same for ever after.
    For commands: a page asks `files`. Raises RendererUnavailable where a library is missing."""
    standing = what_stands(paper)
    if isinstance(standing, IssuedPaper):
        return issued_file(standing, format, audience)
    return rendered(content_of(standing, audience), format)


def issued_file(issued: IssuedPaper, format: str, audience: str = Audience.MEMBERS) -> bytes:
    """Return the file of an issue: the one that is kept, or made here and now and kept for good."""
    kept = kept_file(issued, format, audience)
    if kept is None:
        made = rendered(content_of(issued, audience), format)
        kept = keep_file(issued=issued, format=format, audience=audience, content=made)
    return bytes(kept.content)


def kept_file(issued: IssuedPaper, format: str, audience: str) -> IssuedFile | None:
    return issued.files.filter(format=format, audience=audience).first()


def keep_file(
    *, issued: IssuedPaper, format: str, content: bytes, audience: str = Audience.MEMBERS
) -> IssuedFile:
    """Keep a file of an issue for good and return it; where another was faster, return theirs."""
    which = {"issue": issued, "format": format, "audience": audience}
    digest = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            return IssuedFile.objects.create(**which, content=content, digest=digest)
    except IntegrityError:
        return IssuedFile.objects.get(**which)
