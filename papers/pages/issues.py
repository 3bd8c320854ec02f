"""The issues of a paper as a page lists them, with the files that their reader may have."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ..audience import has_public_version
from ..kinds import Audience, Format
from ..models import IssuedFile, IssuedPaper
from ..publishing import as_issued

DIGITS = 12  # of a hash: enough to tell files apart by eye


@dataclass(frozen=True)
class FileRow:
    """A file of an issue: "PDF" or "PDF, public version", its address, and the first digits of its
    SHA-256, "" while it is being made."""

    label: str
    href: str
    digest: str


@dataclass(frozen=True)
class IssueRow:
    """An issue with its files."""

    issue: IssuedPaper
    files: tuple[FileRow, ...]


def issue_rows(issues: Iterable[IssuedPaper], reader: Audience, slug: str) -> tuple[IssueRow, ...]:
    """Return the issues. The public's files are for everybody, the members' for members alone. Two
    queries."""
    found = list(issues)
    kept = IssuedFile.objects.filter(issue__in=found).defer("content")
    digests = {(f.issue_id, f.format, f.audience): f.digest[:DIGITS] for f in kept}
    return tuple(IssueRow(each, tuple(_files(each, reader, slug, digests))) for each in found)


def _files(
    issue: IssuedPaper, reader: Audience, slug: str, digests: dict[tuple[int, str, str], str]
) -> Iterable[FileRow]:
    for audience in _versions(issue, reader):
        for format in (Format.PDF, Format.DOCX, Format.HTML):
            where = [slug, issue.paper.identifier, issue.number, format.value]
            href = reverse("papers:issue_download", args=where)
            label = str(format.label)
            if reader == Audience.MEMBERS and audience == Audience.PUBLIC:
                label, href = f"{label}, public version", f"{href}?for={Audience.PUBLIC}"
            yield FileRow(label, href, digests.get((issue.pk, format.value, audience.value), ""))


def _versions(issue: IssuedPaper, reader: Audience) -> tuple[Audience, ...]:
    if reader == Audience.PUBLIC:
        return (Audience.PUBLIC,)
    return tuple(Audience) if has_public_version(as_issued(issue)) else (Audience.MEMBERS,)
