"""A board paper as PDF: conformance, tags, pages, fonts, and that nothing is ever fetched."""

import io
import re
import threading
from dataclasses import replace
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer

import page
import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from papers import fonts, pdf
from papers.document import NumberedParagraph, Section
from partnership.richtext import parse
from tests.papers import samples

SAMPLES = ("bromley", "hostile", "worldly", "plain")


@cache
def printed(name: str) -> bytes:
    return pdf.render(getattr(samples, name)())


@cache
def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(printed(name)))


def tags(document: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Dictionary]:
    """Return the elements of the tag tree of these kinds, in reading order."""

    def walk(element):
        for kid in element.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                yield kid
                yield from walk(kid)

    return [e for e in walk(document.Root.StructTreeRoot) if str(e.S).strip("/") in kinds]


def texts(name: str) -> list[str]:
    return [leaf.extract_text() for leaf in PdfReader(io.BytesIO(printed(name))).pages]


def lie_on_their_side(name: str) -> list[bool]:
    return [leaf.mediabox[2] > leaf.mediabox[3] for leaf in opened(name).pages]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_paper_is_accessible_and_lasting(name, profile):
    report = page.validate_pdf_bytes(printed(name), profile=profile)
    assert [(f.rule_id, f.message) for f in report.failures] == []
    assert report.rules.passed == {"ua1": 104, "3a": 156}[profile]


def test_metadata_say_title_author_and_language():
    document = opened("bromley")
    assert str(document.docinfo["/Title"]) == "Commissioning: change plan"
    assert str(document.docinfo["/Author"]) == "Strategic Commissioning Manager"
    assert str(document.Root.Lang) == "en-GB"
    assert str(opened("worldly").Root.Lang) == "cy"
    assert document.Root.ViewerPreferences.DisplayDocTitle


def test_bookmarks_follow_the_headings():
    with opened("bromley").open_outline() as outline:
        (paper,) = outline.root
        assert paper.title == "Commissioning: change plan"
        assert [mark.title for mark in paper.children][3:] == [
            "4 Overview of outcomes from the exercise",
            "5 Strategic commissioning change plan",
            "Appendix A: Strategic commissioning change plan",
        ]


def test_every_picture_has_its_words():
    (figure,) = tags(opened("bromley"), "Figure")
    assert str(figure.Alt) == "Average score for each standard"


def test_every_cell_knows_its_headers():
    document = opened("bromley")
    index = document.Root.StructTreeRoot.IDTree.Names
    known = {str(name) for name in list(index)[::2]}
    for head in tags(document, "TH"):
        assert str(head.A.Scope) == ("/Column" if head.P.P.S == "/THead" else "/Row")
    cells = tags(document, "TD")
    assert len(cells) > 12 * 4
    for cell in cells:
        headers = [str(name) for name in cell.A.Headers]
        assert len(headers) == 2
        assert known.issuperset(headers)


def test_front_sheet_is_a_list_of_labels_and_values():
    first = tags(opened("bromley"), "L")[0]
    assert len(first.K) == 7
    assert all([str(kid.S) for kid in item.K] == ["/Lbl", "/LBody"] for item in first.K)


def test_running_heads_are_artifacts():
    leaf = opened("bromley").pages[1]
    marks = [
        operands
        for operands, operator in pikepdf.parse_content_stream(leaf)
        if str(operator) == "BDC" and str(operands[0]) == "/Artifact"
    ]
    assert [str(properties.Type) for _, properties in marks] == ["/Pagination", "/Pagination"]


def test_every_page_but_the_first_has_a_running_title_and_all_are_counted():
    pages = texts("bromley")
    for number, words in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in words
        assert ("The Trust Board – Commissioning: change plan" in words) == (number > 1)


def test_a_title_of_300_characters_runs_on_one_line():
    assert len(samples.worldly().title) == 300
    running = samples.worldly().running_title
    assert running.endswith(" …")
    assert running.split("😀")[1] in texts("worldly")[1]


def test_only_the_appendix_lies_on_its_side():
    sides = lie_on_their_side("bromley")
    first = sides.index(True)
    assert first > 2
    assert all(sides[first:])
    assert "Appendix A: " in texts("bromley")[first]


def test_every_page_of_the_appendix_repeats_its_header_above_a_row():
    for words in texts("bromley")[lie_on_their_side("bromley").index(True) :]:
        head, rows = re.split(r"Support\s+programme", words, maxsplit=1)
        assert "Commissioning" in head
        assert "Score" in head
        assert len(rows.split("Page")[0].split()) > 5


def test_a_row_taller_than_a_page_is_printed_whole():
    whole = "".join(texts("bromley"))
    assert whole.count("Action: cross-cutting priorities") == 6 + 9


def test_no_heading_ends_a_page():
    running = samples.bromley().running_title
    for words in texts("bromley")[:-1]:
        last = words.split("Page ")[0].replace(running, "").rstrip()
        assert not last.endswith(("Summary", "Background", "exercise", "change plan", "discussion"))


def test_only_our_fonts_are_embedded_and_each_letter_is_drawn_as_itself():
    sources = {path.stem: TTFont(path) for path in fonts.files()}
    drawn = ""
    for font in embedded(opened("worldly")):
        assert "Noto" in str(font.BaseFont)
        drawn += compared(font, sources)
    assert set("ŵŷŴŶŁź’ê😀✅") <= set(drawn)


def embedded(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return list({f.objgen: f for f in document.pages[0].Resources.Font.values()}.values())


def compared(font: pikepdf.Dictionary, sources: dict[str, TTFont]) -> str:
    """Return the letters whose outline in the PDF is the one in our file, and fail on another."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
    inside, family = TTFont(io.BytesIO(program.read_bytes())), str(font.BaseFont)
    if "Arabic" in family:  # its letters change their shape with their neighbours
        return ""
    letters = [(g, c) for g, c in names_of_glyphs(font) if len(c) == 1 and c.strip()]
    for glyph, letter in letters:
        name = inside.getGlyphName(glyph)
        outlines = [outline(s, s.getBestCmap().get(ord(letter))) for s in sources.values()]
        assert outline(inside, name) in outlines, f"{letter} in {family}"
    return "".join(letter for _, letter in letters)


def names_of_glyphs(font: pikepdf.Dictionary) -> list[tuple[int, str]]:
    lines = font.ToUnicode.read_bytes().decode().split("endbfchar")
    pairs = [
        line.split() for part in lines[:-1] for line in part.split("beginbfchar")[1].split("\n")
    ]
    return [
        (int(pair[0].strip("<>"), 16), bytes.fromhex(pair[1].strip("<>")).decode("utf-16-be"))
        for pair in pairs
        if len(pair) == 2
    ]


def outline(font: TTFont, name: str | None) -> list | None:
    if name is None:
        return None
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.value


def test_the_same_paper_gives_the_same_bytes_after_others():
    before = printed("worldly")
    pdf.render(samples.plain())
    assert pdf.render(samples.worldly()) == before


def test_no_stream_ends_where_readers_would_miss_its_last_byte():
    """Left to itself, one such paper in fifteen has a stream that ends in a carriage return."""
    for number in range(60):
        paragraph = NumberedParagraph("1.1", parse(f"Word {number}."))
        section = Section("one", "1", "One", (paragraph,))
        made = pdf.render(replace(samples.plain(), title=f"Paper {number}", sections=(section,)))
        assert b"\r\nendstream" not in made


def test_a_letter_that_no_font_has_is_printed_as_unknown():
    odd = parse("Unassigned \U000308ff, private \uf0b7, and a word after.")
    section = Section("odd", "1", "Odd", (NumberedParagraph("1.1", odd),))
    made = pdf.render(replace(samples.plain(), sections=(section,)))
    for profile in ("ua1", "3a"):
        assert page.validate_pdf_bytes(made, profile=profile).failures == []
    words = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Unassigned \ufffd, private \ufffd, and a word after." in words


def test_hostile_words_are_printed_as_words():
    whole = "".join(texts("hostile"))
    assert "<script>alert(1)" in whole
    assert "root:x:" not in whole
    assert "/EmbeddedFiles" not in opened("hostile").Root.get("/Names", {})
    links = [a.A.URI for leaf in opened("hostile").pages for a in leaf.get("/Annots", [])]
    assert {str(link).split(":")[0] for link in links} == {"https"}


def test_printing_fetches_nothing(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">Secret</text></svg>')
    with watched() as (address, asked):
        sources = [address, secret.as_uri(), "data:image/svg+xml,<svg/>", "paper:../settings.py"]
        tries = "".join(
            f'<img src="{s}" alt="x"><link rel="stylesheet" href="{s}"><object data="{s}"></object>'
            f'<link rel="attachment" href="{s}"><p style="background: url({s})">x</p>'
            f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{s}"/></svg>'
            for s in sources
        )
        made = pdf.write(f'<html lang="en"><title>t</title><body>{tries}</body></html>')
    assert asked == []
    document = pikepdf.open(io.BytesIO(made))
    assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
    assert not list(document.pages[0].Resources.XObject)
    assert "Secret" not in PdfReader(io.BytesIO(made)).pages[0].extract_text()


class watched:
    """A web server on this machine that remembers what it was asked for."""

    def __enter__(self) -> tuple[str, list[str]]:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_error(404)

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/", asked

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def test_without_pango_the_message_says_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(__import__("sys").modules, "weasyprint", raising=False)
    with pytest.raises(fonts.RendererUnavailable, match=r"install libpango-1\.0-0"):
        pdf.engine()


def test_without_fonts_the_message_says_which(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with pytest.raises(fonts.RendererUnavailable, match="Noto Sans Latin is not in"):
        fonts.files()
