"""Odd papers: nothing in them, far too much, letters of other scripts. Each is rendered once."""

import re
from functools import cache
from io import BytesIO

import page
import pikepdf
import pytest
from django.db import transaction
from fontTools.ttLib import TTFont

from papers import fonts
from papers.content import build
from papers.document import Subheading, Table
from papers.models import Block, Paper
from tests import factories as make
from tests.papers import samples
from tests.papers.reading import words_of
from tests.papers.test_pdf import compared, embedded
from tests.papers.whole import (
    RENDERERS,
    facts_of,
    leaves,
    left_over,
    squeezed,
    undrawn,
    whole_paper,
)  # fmt: skip

# Its records are made once, before the first test; what is printed knows no database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NAMES = ("no actions", "many actions", "a cell of three pages", "a long title", "no sections",
         "an empty section", "a wide plan in a section")  # fmt: skip
MANY = 200
BROKEN = ("many actions", "a cell of three pages")  # where a row is taller than a page
ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.fixture(scope="session")
def odd(django_db_setup, django_db_blocker, soak):
    """The papers by name, as the records make them."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = {name: build(made(name, MANY if soak else MANY // 5)) for name in NAMES}
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="session")
def rendered(odd):
    return cache(lambda name, format: RENDERERS[format](odd[name]))


def made(name: str, many: int) -> Paper:
    paper = whole_paper(make.partnership(), rows=0 if name == "no actions" else 1)
    sections = paper.sections.order_by("is_appendix", "number")
    if name == "a long title":
        paper.title = ("Cynllun newid y tŷ – خطة الشراكة – 😀 " + "a wide title " * 30)[:300]
        sections[0].blocks.filter(number=1).update(text=samples.WORLD)
    elif name == "many actions":
        for place in range(1, many):
            standards, due = (place % 3 + 1,), f"20{place % 9 + 24}-09"
            detail = "So." + " And so on." * (place % 11 * 4)
            make.action(paper.plan, standards=standards, due=due, detail=detail)
    elif name == "a cell of three pages":
        make.status(paper.plan, 2, "\n\n".join(["Words upon words upon words."] * 110))
    elif name == "no sections":
        sections.delete()
    elif name == "an empty section":
        paper.sections.create(number=8, heading="Nothing here")
        paper.sections.create(number=9, heading="Nothing here either", is_appendix=True)
    elif name == "a wide plan in a section":
        Block.objects.filter(section__paper=paper, kind="plan_table").update(
            section=sections[0], number=99
        )
    return paper


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_paper_conforms(rendered, name):
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(rendered(name, "pdf"), profile=profile)
        assert [(f.rule_id, f.message) for f in report.failures] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_paper_says_the_same_in_three_formats(odd, rendered, name):
    facts = facts_of(odd[name])
    assert left_over(words_of(rendered(name, "html"), "html"), facts) == ""
    left_over(words_of(rendered(name, "docx"), "docx"), facts)
    facts = [fact for fact in facts if not ARABIC.search(fact)]  # a PDF has it as it is drawn
    said = "".join(leaves(odd[name], rendered(name, "pdf")))
    if name in BROKEN:  # a row's cells stand side by side on each of its pages
        assert [fact for fact in facts if said.count(fact) < facts.count(fact)] == []
    elif name == "a long title":
        left_over(said, facts)
    else:
        assert undrawn(odd[name], left_over(said, facts)) == ""


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_empty_and_none_ends_in_a_heading(odd, rendered, name):
    paper = odd[name]
    heads = [f"{s.number}{s.heading}" for s in paper.sections if s.items]
    items = [item for s in paper.sections + paper.appendices for item in s.items]
    heads += [item.text for item in items if isinstance(item, Subheading)]
    heads += [item.caption for item in items if isinstance(item, Table)]
    for words in leaves(paper, rendered(name, "pdf")):
        assert words
        assert not words.endswith(tuple(map(squeezed, heads)))


def test_a_headline_stays_with_what_it_heads(odd, rendered):
    found = "".join(leaves(odd["many actions"], rendered("many actions", "pdf")))
    assert found.count("Action:Action") > 30
    for words in leaves(odd["many actions"], rendered("many actions", "pdf")):
        assert len(re.findall(r"Action:Action\d+So\.", words)) == words.count("Action:Action")


def test_a_row_of_three_pages_repeats_its_head_on_each(odd, rendered):
    whole = leaves(odd["a cell of three pages"], rendered("a cell of three pages", "pdf"))
    long = [words for words in whole if "Wordsuponwords" in words]
    assert len(long) >= 3
    assert all("Currentstatus" in words for words in long)


def test_letters_of_any_script_are_drawn_as_themselves_with_our_fonts(rendered):
    document = pikepdf.open(BytesIO(rendered("a long title", "pdf")))
    sources = {path.stem: TTFont(path) for path in fonts.files()}
    used = embedded(document)
    assert used
    assert all("Noto" in str(font.BaseFont) for font in used)
    assert set("ŵŷŴŶŁź’ê😀✅") <= set("".join(compared(font, sources) for font in used))


def test_without_sections_the_front_sheet_stands_alone(odd, rendered):
    assert len(leaves(odd["no sections"], rendered("no sections", "pdf"))) == 1
