"""Hostile text in every field of a paper makes no request, embeds nothing and breaks nothing."""

import zipfile
from io import BytesIO

import page
import pikepdf
import pytest
from django.apps import apps
from django.db import models, transaction
from lxml import etree
from lxml import html as lxml_html

from papers.content import build
from papers.document import BoardPaper
from papers.models import Paper
from partnership.fields import IdentifierField
from tests import factories as make
from tests.papers import samples
from tests.papers.reading import words_of
from tests.papers.test_pdf import watched
from tests.papers.whole import RENDERERS, facts_of, leaves, left_over, whole_paper

# Its records are made once, before the first test; what is printed knows no database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROOMS = ("papers", "changeplan", "standards", "partnership")
OURS = {"svg", "title", "desc", "g", "rect", "path", "text", "circle", "defs", "pattern"}
SCHEMES = ("http://", "https://", "mailto:")


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> tuple[BoardPaper, dict[str, bytes], list[str]]:
    """The paper, its three files, and what was asked of a server that its texts point to."""
    with watched() as (address, asked):
        with django_db_blocker.unblock(), transaction.atomic():
            paper = whole_paper(make.partnership())
            text = samples.HOSTILE_MARKDOWN.replace("http://127.0.0.1/", address)
            for model in (m for room in ROOMS for m in apps.get_app_config(room).get_models()):
                spoil(model, text)
            content = build(Paper.objects.select_for_paper().get(pk=paper.pk))
            transaction.set_rollback(True)
        files = {name: render(content) for name, render in RENDERERS.items()}
    return content, files, asked


def spoil(model: type[models.Model], text: str) -> None:
    """Put the text into every field of every record that takes words, each time another."""
    named = [field for field in model._meta.local_fields if takes_words(field)]
    for record in model._default_manager.all():
        told = f"{record.pk} {text}"
        values = {f.name: told[: f.max_length] for f in named if getattr(record, f.name)}
        if values:
            type(record)._base_manager.filter(pk=record.pk).update(**values)


def takes_words(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    fixed = (IdentifierField, models.SlugField, models.EmailField)
    name = field.model._meta.model_name
    return is_text and not (
        field.choices or isinstance(field, fixed) or name.startswith("historical")
    )


def test_nothing_is_asked_for(made):
    assert made[2] == []


def test_its_words_are_words_in_every_format(made):
    content, files, _ = made
    facts = facts_of(content)
    assert sum("<script>alert(1)</script>" in fact for fact in facts) > 60
    assert left_over(words_of(files["html"], "html"), facts) == ""
    left_over(words_of(files["docx"], "docx"), facts)
    said = "".join(leaves(content, files["pdf"]))
    assert said.count("<script>alert(1)</script>") > 60
    assert "root:x:" not in said


def test_the_page_has_our_markup_alone(made):
    root = lxml_html.document_fromstring(made[1]["html"].decode().split("\n", 1)[1])
    drawn = {each.tag for svg in root.iter("svg") for each in svg.iter()}
    assert drawn <= OURS
    unwanted = {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "image",
        "base",
        "form",
        "foreignobject",
    }
    assert unwanted.isdisjoint(each.tag for each in root.iter())
    assert len(list(root.iter("style"))) == 1
    assert all(str(href).startswith(SCHEMES) for href in root.xpath("//@href"))
    assert root.xpath("//@src | //@style | //@srcdoc | //@data") == []
    assert not [a for a in root.xpath("//@*") if str(a.attrname).startswith("on")]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_pdf_conforms(made, profile):
    assert page.validate_pdf_bytes(made[1]["pdf"], profile=profile).failures == []


def test_the_pdf_embeds_nothing_and_leads_to_web_addresses_alone(made):
    document = pikepdf.open(BytesIO(made[1]["pdf"]))
    assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
    assert "/OpenAction" not in document.Root
    marks = [mark for leaf in document.pages for mark in leaf.get("/Annots", [])]
    assert marks
    assert {str(mark.A.S) for mark in marks} == {"/URI"}
    assert all(str(mark.A.URI).startswith(SCHEMES) for mark in marks)


def test_the_word_file_is_sound_and_leads_to_web_addresses_alone(made):
    archive = zipfile.ZipFile(BytesIO(made[1]["docx"]))
    parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
    links = [link for n, p in parts.items() if n.endswith(".rels") for link in etree.fromstring(p)]
    outward = [link for link in links if link.get("TargetMode") == "External"]
    assert outward
    assert {link.get("Type").rsplit("/", 1)[1] for link in outward} == {"hyperlink"}
    assert all(link.get("Target").startswith(SCHEMES) for link in outward)
    assert not [name for name in parts if name.endswith((".bin", ".vml", ".html", ".svg"))]
    words = etree.fromstring(parts["word/document.xml"])
    fields = words.xpath("//*[local-name()='instrText' or local-name()='fldSimple']")
    assert fields == []  # the page numbers, which are fields, stand in the footers


def test_control_characters_come_into_no_format(exercise):
    """No door lets them in; a text that has them all the same does not stop a paper."""
    odd = make.paper(make.plan(exercise), title="Bell \x07, escape \x1b, no letter \uffff.")
    odd.sections.first().blocks.filter(number=1).update(text="*Bell* \x07.")
    content = build(odd)
    assert content.title == "Bell , escape , no letter ."
    for name in ("html", "docx"):
        assert "Bell ." in words_of(RENDERERS[name](content), name)
