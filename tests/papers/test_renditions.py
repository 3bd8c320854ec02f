"""Finished papers: rendered once, and the same facts in every format."""

import io
import re
import threading
from dataclasses import replace

import pytest
from docx import Document
from lxml import html as lxml_html
from pypdf import PdfReader

from papers import renditions
from papers.document import BoardPaper, NumberedParagraph, Subheading, Table
from papers.fonts import RendererUnavailable
from partnership.richtext import Paragraph
from tests.papers import samples


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.RENDITIONS_DIR = tmp_path / "renditions"
    return settings.RENDITIONS_DIR


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
    assert renditions.rendition(samples.plain(), "pdf") == b"1"
    assert renditions.rendition(samples.plain(), "pdf") == b"1"
    assert len(count) == 1


def test_another_word_is_another_rendition(count):
    renditions.rendition(samples.plain(), "pdf")
    other = replace(samples.plain(), title="Another title")
    assert renditions.rendition(other, "pdf") == b"2"


def test_another_recipe_is_another_rendition(count, monkeypatch):
    renditions.rendition(samples.plain(), "pdf")
    monkeypatch.setattr(renditions, "recipe", lambda: "newer sources")
    assert renditions.rendition(samples.plain(), "pdf") == b"2"


def test_two_who_ask_at_once_wait_for_one(monkeypatch):
    begun, calls = threading.Barrier(4), []

    def render(paper: BoardPaper) -> bytes:
        calls.append(paper)
        threading.Event().wait(0.05)
        return b"once"

    def ask() -> None:
        begun.wait()
        assert renditions.rendition(samples.plain(), "pdf") == b"once"

    monkeypatch.setitem(renditions.RENDERERS, "pdf", render)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


def test_a_failure_leaves_nothing_behind(monkeypatch, shelf):
    def render(paper: BoardPaper) -> bytes:
        raise RendererUnavailable("install it")

    monkeypatch.setitem(renditions.RENDERERS, "pdf", render)
    with pytest.raises(RendererUnavailable):
        renditions.rendition(samples.plain(), "pdf")
    assert [path for path in shelf.iterdir() if path.suffix != ".lock"] == []


def test_the_longest_unread_go_first(count, monkeypatch, shelf):
    monkeypatch.setattr(renditions, "KEPT", 2)
    for title in ("One", "Two", "Three"):
        renditions.rendition(replace(samples.plain(), title=title), "pdf")
    assert sorted(path.read_bytes() for path in shelf.glob("*.pdf")) == [b"2", b"3"]


def test_renditions_are_for_this_user_of_the_machine_only(count, shelf):
    renditions.rendition(samples.plain(), "pdf")
    assert shelf.stat().st_mode & 0o077 == 0


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
    said = re.sub(r"\s", "", words(renditions.rendition(paper, format)))
    missing = [fact for fact in facts(paper) if re.sub(r"\s", "", fact) not in said]
    assert missing == []
