"""Finished papers: rendered once, and the same facts in every format."""

import ast
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from docx import Document
from lxml import html as lxml_html
from pypdf import PdfReader

from papers import renditions
from papers.document import BoardPaper, NumberedParagraph, Subheading, Table
from papers.fonts import RendererUnavailable
from papers.models import Rendition
from partnership.richtext import Paragraph
from tests.papers import samples

# What a file tells is its making's doing, whatever database its content came from.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def count(monkeypatch):
    """Put a counting renderer in place of the PDF's."""
    calls: list[str] = []

    def render(paper: BoardPaper) -> bytes:
        calls.append(paper.slug)
        return f"{len(calls)}".encode()

    monkeypatch.setitem(renditions.RENDERERS, "pdf", render)
    return calls


def test_the_same_paper_is_rendered_once(count):
    assert renditions.rendered(samples.plain(), "pdf") == b"1"
    assert renditions.rendered(samples.plain(), "pdf") == b"1"
    assert len(count) == 1


def test_another_word_is_another_rendition(count):
    renditions.rendered(samples.plain(), "pdf")
    other = replace(samples.plain(), title="Another title")
    assert renditions.rendered(other, "pdf") == b"2"


def test_another_recipe_is_another_rendition(count, monkeypatch):
    renditions.rendered(samples.plain(), "pdf")
    monkeypatch.setattr(renditions, "recipe", lambda: "newer sources")
    assert renditions.rendered(samples.plain(), "pdf") == b"2"


def test_the_recipe_holds_all_of_our_code_that_prints():
    sources = renditions.sources()
    used = set()
    for source in sources:
        if source.suffix == ".py":
            used |= imported_by(source)
    known = {str(source.relative_to(settings.BASE_DIR)) for source in sources}
    assert {name for name in used if name not in known} == set()


def imported_by(source: Path) -> set[str]:
    """Return the files of our own that a module imports from."""
    found = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        here = source.relative_to(settings.BASE_DIR).parts[: -node.level] if node.level else ()
        module = ".".join((*here, node.module))
        names = [module, *(f"{module}.{each.name}" for each in node.names)]
        paths = [Path(*name.split(".")) for name in names]
        files = [each for path in paths for each in (path.with_suffix(".py"), path / "__init__.py")]
        found |= {str(each) for each in files if is_code(settings.BASE_DIR / each)}
    return found


def is_code(path: Path) -> bool:
    return path.exists() and bool(path.read_text())


def test_a_failure_leaves_nothing_behind(monkeypatch):
    def render(paper: BoardPaper) -> bytes:
        raise RendererUnavailable("install it")

    monkeypatch.setitem(renditions.RENDERERS, "pdf", render)
    with pytest.raises(RendererUnavailable):
        renditions.rendered(samples.plain(), "pdf")
    assert not Rendition.objects.exists()


def test_the_longest_unread_go_first_and_what_is_wanted_stays(count, monkeypatch):
    monkeypatch.setattr(renditions, "KEPT", 2)
    waiting, _ = renditions.wanted(samples.bromley(), "pdf")
    for title in ("One", "Two", "Three"):
        renditions.rendered(replace(samples.plain(), title=title), "pdf")
    kept = Rendition.objects.exclude(pk=waiting.pk)
    assert sorted(bytes(each.content) for each in kept) == [b"2", b"3"]

    Rendition.objects.update(used_at=timezone.now() - renditions.UNUSED * 2)
    renditions.tidy()
    assert Rendition.objects.get() == waiting


def facts(paper: BoardPaper) -> list[str]:
    """Return the numbers, headings, captions and beginnings of paragraphs and cells."""
    found = [paper.title, paper.kind_line, *(field.label for field in paper.front_sheet)]
    for section in (*paper.sections, *paper.appendices):
        found += [section.number, section.heading]
        for item in section.items:
            found += item_facts(item)
    return [fact for fact in found if fact]


def item_facts(item) -> list[str]:
    match item:
        case NumberedParagraph(number=number, body=(Paragraph() as first, *_)):
            return [f"{number} {first.plain[:60]}"]
        case Subheading():
            return [item.text]
        case Table():
            cells = [cell[0].plain[:12] for row in item.rows for cell in row if cell]
            return [item.caption, item.note, *(c.heading for c in item.columns), *cells]
    return []


def words_of_html(content: bytes) -> str:
    return lxml_html.fromstring(content.decode().split("\n", 1)[1]).text_content()


def words_of_pdf(content: bytes) -> str:
    return "".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(content)).pages)


def words_of_docx(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return "".join(body.itertext())


@pytest.mark.parametrize(
    ("format", "words"),
    [("html", words_of_html), ("pdf", words_of_pdf), ("docx", words_of_docx)],
)
def test_every_format_says_the_same(format, words):
    paper = samples.bromley()
    said = re.sub(r"\s", "", words(renditions.rendered(paper, format)))
    missing = [fact for fact in facts(paper) if re.sub(r"\s", "", fact) not in said]
    assert missing == []
