"""What a paper takes as a file: to make, and from the click to its last byte."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from time import sleep

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers import docx, html, pdf
from papers.content import build
from papers.models import Paper, Rendition
from papers.publishing import content_of, issued_file, last_issue
from papers.renditions import rendered

from ..load.server import Worker
from .measuring import Count, Figure, compare, fetch, interleaved, over_bare, seconds, signed_in_as

LOOKS_EVERY = 0.05  # seconds


def pdf_over_weasyprint(paper: Paper, runs: int) -> Figure:
    """All that we do for a PDF, content and finishing included, over WeasyPrint on its HTML."""
    page = html.print_page(build(paper))
    ours, theirs = interleaved(lambda: pdf.render(build(paper)), lambda: pdf.write(page), runs)
    return compare("PDF pipeline", ours, "WeasyPrint alone on the same HTML", theirs, 1.1)


def repeated_over_first(paper: Paper, runs: int) -> Figure:
    """A PDF exported again over the export that rendered it."""
    first: list[float] = []
    again: list[float] = []
    for _ in range(runs):
        Rendition.objects.all().delete()
        first.append(seconds(lambda: rendered(content_of(paper), "pdf")))
        again.append(seconds(lambda: rendered(content_of(paper), "pdf")))
        if Rendition.objects.count() != 1:
            raise RuntimeError("The first export kept no file.")
    return compare("repeated export", again, "first export", first, 0.02)


def word_over_pdf(paper: Paper, runs: int) -> Figure:
    content = build(paper)
    ours, theirs = interleaved(lambda: docx.render(content), lambda: pdf.render(content), runs)
    return compare("Word file", ours, "PDF of the same paper", theirs, 1)


def queries() -> Count:
    """What it takes to know everything that a paper says, whichever paper takes most."""
    most = 0
    for paper in Paper.objects.select_for_paper():
        with CaptureQueriesContext(connection) as taken:
            build(paper)
        most = max(most, len(taken))
    return Count("queries to build a paper", most, 25)


def clicks(issued: Paper, runs: int) -> Iterator[Figure]:
    """From the click to the last byte: of what was issued, and of a draft made ahead or just
    changed."""
    issue = last_issue(issued)
    if issue is None:
        raise RuntimeError("The demonstration has lost its issues.")
    issued_file(issue, "pdf")
    draft = _draft()
    rendered(content_of(draft), "pdf")
    for name, paper in (("an issued paper", issued), ("an unchanged draft", draft)):
        reader = signed_in_as(f"manager@{paper.partnership.slug}.example.org")
        click = partial(fetch, reader, _address(paper))
        yield over_bare(f"click to PDF, {name}", reader, click, runs)
    yield _changed_draft(draft, runs)


def _changed_draft(draft: Paper, runs: int) -> Figure:
    """A draft that changed at the moment of the click, with a worker beside, over its rendering."""
    reader, turn = signed_in_as(f"manager@{draft.partnership.slug}.example.org"), count()

    def change() -> None:
        Paper.objects.filter(pk=draft.pk).update(title=f"Changed for the {next(turn)}. time")

    def click() -> None:
        change()
        while reader.get(_address(draft)).status_code == 202:
            sleep(LOOKS_EVERY)

    def render() -> None:
        change()
        pdf.render(build(Paper.objects.select_for_paper().get(pk=draft.pk)))

    with override_settings(ALLOWED_HOSTS=["testserver"]), Worker():
        ours, theirs = interleaved(click, render, runs)
    return compare("click to PDF, a draft just changed", ours, "its rendering alone", theirs)


def _draft() -> Paper:
    draft = Paper.objects.select_for_paper().filter(state=Paper.State.DRAFT).first()
    if draft is None:
        raise RuntimeError("The demonstration has no draft.")
    return draft


def _address(paper: Paper) -> str:
    return reverse("papers:paper_download", args=[paper.partnership.slug, paper.identifier, "pdf"])
