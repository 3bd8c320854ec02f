"""The public version of a paper: nothing exempt and no contact gets out, in any format or place."""

from dataclasses import replace
from functools import cache

import page as validator
import pytest

from papers import docx, html, pdf
from papers.audience import for_public, has_public_version
from papers.document import Field, NumberedParagraph, Section
from partnership.richtext import parse, text
from tests.papers import samples
from tests.papers.reading import everything_in, words_of

# What a file tells is its making's doing, whatever database its content came from.
pytestmark = pytest.mark.one_database

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
    paper = replace(samples.bromley(), sections=samples.bromley().sections[:1])
    first = replace(paper.appendices[0], items=(samples.ranked("Standards", (1, 2)),))
    contact = Field("Contact officer", parse(f"[{CONTACT}](mailto:{CONTACT})"), is_contact=True)
    return replace(
        paper,
        front_sheet=(*paper.front_sheet, contact),
        appendices=(first, exempt, after),
    )


@cache
def made(name: str, is_public: bool) -> bytes:
    """Return the paper as a file, for the public or for members."""
    return RENDERERS[name](for_public(guarded()) if is_public else guarded())


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
    members = everything_in(made(name, False), name)
    told = everything_in(made(name, True), name)

    for secret in (SECRET, CONTACT):
        assert secret in members
        assert secret not in told
    words = words_of(made(name, True), name)
    assert "Prices" in words
    assert "Not for publication: exempt under paragraph 3." in words
    assert "The tender is still" in words
    assert "left out of the public version" in words


@pytest.mark.parametrize("name", RENDERERS)
def test_the_members_version_says_at_the_head_that_it_is_not_for_publication(name):
    words = words_of(made(name, False), name)
    assert words.index("Prices") < words.rindex("Not for publication") < words.index(SECRET)


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_both_versions_conform(profile):
    for is_public in (True, False):
        report = validator.validate_pdf_bytes(made("pdf", is_public), profile=profile)
        assert [(f.rule_id, f.message) for f in report.failures] == []
