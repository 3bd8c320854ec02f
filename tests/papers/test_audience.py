"""The public version of a paper: nothing exempt and no contact gets out, in any format or place."""

import zipfile
from dataclasses import replace
from io import BytesIO

import page as validator
import pytest
from pypdf import PdfReader

from papers import docx, html, pdf
from papers.audience import for_public, has_public_version
from papers.document import Field, NumberedParagraph, Section
from partnership.richtext import parse, text
from tests.papers import samples
from tests.papers.reading import words_of

SECRET, CONTACT = "Xylophone tender", "zebedee@example.org"
WHY = parse("Not for publication: exempt under paragraph 3.\n\nThe tender is still **open**.")
RENDERERS = {
    "html": lambda paper: html.page(paper).encode(),
    "pdf": pdf.render,
    "docx": docx.render,
}


def guarded():
    """Return a paper whose second appendix is exempt and which names a contact."""
    secrets = (
        NumberedParagraph("B.1", text(f"{SECRET} one")),
        replace(samples.ranked(f"{SECRET} two", (1, 2)), note=f"{SECRET} three"),
        replace(samples.chart(f"{SECRET} four"), title=f"{SECRET} five"),
    )
    exempt = Section("appendix-b", "Appendix B", "Prices", secrets, landscape=True, exempt=WHY)
    after = Section("appendix-c", "Appendix C", "Sources", (NumberedParagraph("C.1", text("See")),))
    paper = samples.bromley()
    contact = Field("Contact officer", parse(f"[{CONTACT}](mailto:{CONTACT})"), is_contact=True)
    return replace(
        paper,
        front_sheet=(*paper.front_sheet, contact),
        appendices=(*paper.appendices, exempt, after),
    )


def everything_in(file: bytes, name: str) -> str:
    """Return all that a file holds: texts, metadata, packed parts."""
    if name == "docx":
        with zipfile.ZipFile(BytesIO(file)) as parts:
            return "\n".join(
                parts.read(part).decode("utf-8", "replace") for part in parts.namelist()
            )
    if name == "html":
        return file.decode()
    reader = PdfReader(BytesIO(file))
    objects = [
        reader.get_object(n) for n in range(1, len(reader.xref_objStm) + len(reader.xref[0]))
    ]
    held = [o.get_data().decode("latin-1") for o in objects if hasattr(o, "get_data")]
    return "\n".join([words_of(file, name), str(reader.metadata), *map(str, objects), *held])


def test_the_public_version_keeps_letters_headings_and_reasons():
    public = for_public(guarded())

    assert [a.number for a in public.appendices] == ["Appendix A", "Appendix B", "Appendix C"]
    exempt = public.appendices[1]
    assert (exempt.heading, exempt.exempt, exempt.landscape) == ("Prices", WHY, False)
    assert "Contact officer" not in [field.label for field in public.front_sheet]
    assert for_public(public) == public


def test_contacts_stay_where_the_paper_does_not_hide_them():
    open_paper = replace(guarded(), hides_contacts=False)
    assert "Contact officer" in [field.label for field in for_public(open_paper).front_sheet]


def test_a_paper_without_secrets_has_one_version():
    assert not has_public_version(samples.bromley())
    assert has_public_version(guarded())


@pytest.mark.parametrize("name", RENDERERS)
def test_no_byte_of_a_public_file_tells_what_is_exempt(name):
    members = everything_in(RENDERERS[name](guarded()), name)
    public = RENDERERS[name](for_public(guarded()))

    told = everything_in(public, name)
    for secret in (SECRET, CONTACT):
        assert secret in members
        assert secret not in told
    words = words_of(public, name)
    assert "Prices" in words
    assert "Not for publication: exempt under paragraph 3." in words
    assert "The tender is still" in words
    assert "left out of the public version" in words


@pytest.mark.parametrize("name", RENDERERS)
def test_the_members_version_says_at_the_head_that_it_is_not_for_publication(name):
    words = words_of(RENDERERS[name](guarded()), name)
    assert words.index("Prices") < words.rindex("Not for publication") < words.index(SECRET)


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_both_versions_conform(profile):
    for paper in (guarded(), for_public(guarded())):
        report = validator.validate_pdf_bytes(pdf.render(paper), profile=profile)
        assert [(f.rule_id, f.message) for f in report.failures] == []
