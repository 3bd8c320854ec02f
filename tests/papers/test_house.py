"""How papers look: the settings, the logo that is let in, and what three formats make of them."""

import io
import re
import struct
import zlib
from base64 import b64encode
from dataclasses import replace
from decimal import Decimal

import page
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from papers import docx, html, pdf
from papers.content import build
from papers.document import HouseStyle
from papers.house import contrast_with_white, settings_of
from papers.models import Logo, Paper, PaperSettings
from papers.publishing import content_of
from papers.services.house import as_png, save_settings
from papers.services.issuing import issue
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from tests import factories as make
from tests.papers import samples

ADDRESS = "/p/northshire/papers/settings/"
WORDS = "Northshire Partnership"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def picture(size=(40, 20), form="PNG", mode="RGB", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, 0).save(file, form, **options)
    return file.getvalue()


def bomb(side: int) -> bytes:
    """A small PNG that says it is `side` pixels a side."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 10_000)), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def styled() -> HouseStyle:
    return HouseStyle("North & Co", "#6b2d5c", b64encode(picture((600, 200))).decode(), WORDS)


@pytest.fixture
def save(partnership, officer):
    def save(version=0, logo=None, drops_logo=False, **changes) -> PaperSettings:
        given = {"partnership": partnership, "version": version, "by": officer}
        return save_settings(changes=changes, logo=logo, drops_logo=drops_logo, **given)

    return save


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", "21.0"), ("#ffffff", "1.0"), ("#767676", "4.5")]
)
def test_the_contrast_is_that_of_wcag(colour, ratio):
    assert contrast_with_white(colour).quantize(Decimal("0.1")) == Decimal(ratio)


def test_a_colour_that_is_hard_to_read_is_refused_with_its_ratio(save):
    with pytest.raises(RuleBroken, match=r"#777777 with white is 4\.4 to 1, and text needs 4\.5"):
        save(colour="#777777")
    assert save(colour="#767676").version == 1


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (SVG, "SVG drawing"),
        (b"\xef\xbb\xbf <svg/>", "SVG drawing"),
        (b"GIF89a" + b"\0" * 50, "cannot be read"),
        (picture(form="GIF", mode="P"), "cannot be read"),
        (picture()[:60], "cannot be read"),
        (b"", "cannot be read"),
        (bomb(4001), "4001 by 4001 pixels"),
        (bomb(60_000), "cannot be read"),
        (bomb(3000), "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 1024 * 1024, "larger than 1 MB"),
    ],
    ids=["svg", "svg bom", "gif", "gif 2", "cut", "empty", "wide", "bomb", "hollow", "large"],
)
def test_what_is_no_fit_picture_is_refused_whatever_its_name(save, sent, why):
    with pytest.raises(RuleBroken, match=why):
        save(logo=sent, logo_alternative=WORDS)
    assert not Logo.objects.exists()


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("JPEG", "CMYK")]
)
def test_a_logo_is_drawn_anew_as_a_png_on_white_of_at_most_600_across(form, mode):
    content, width, height = as_png(picture((1200, 300), form, mode))
    with Image.open(io.BytesIO(content)) as drawn:
        assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "RGB", (600, 150))
    assert (width, height) == (600, 150)


def test_what_hides_in_a_picture_is_not_kept():
    sent = picture(form="JPEG", exif=b"Exif\0\0secret place", comment=b"secret words")
    assert b"secret" in sent
    assert b"secret" not in as_png(sent + b"secret tail")[0]


def test_a_logo_needs_words_for_those_who_cannot_see_it(save):
    with pytest.raises(RuleBroken, match="Say in words what the logo shows"):
        save(logo=picture())
    saved = save(logo=picture(), logo_alternative=WORDS)
    with pytest.raises(RuleBroken, match="Say in words"):
        save(saved.version, logo_alternative=" ")


def test_two_who_save_at_once_do_not_overwrite_each_other(save):
    save(house_name="One")
    with pytest.raises(StaleVersion):
        save(house_name="Two")
    assert save(1, house_name="Three").version == 2


def test_a_draft_takes_the_new_logo_and_an_issued_paper_keeps_its_own(save, exercise, officer):
    first = save(logo=picture(), logo_alternative=WORDS, colour="#6b2d5c")
    paper = make.paper(make.plan(exercise))
    issue(paper=paper, by=officer)
    save(first.version, drops_logo=True, colour="#000000")
    paper.refresh_from_db()
    assert build(paper).style == HouseStyle(colour="#000000")
    kept = content_of(Paper.objects.get(pk=paper.pk)).style
    assert (kept.colour, kept.logo_alternative) == ("#6b2d5c", WORDS)
    assert kept.picture == bytes(Logo.objects.get().content)


def test_a_page_asks_this_site_alone_for_its_colour_and_logo(save, client, exercise, officer):
    save(logo=picture(), logo_alternative=WORDS, colour="#6b2d5c")
    paper = make.paper(make.plan(exercise))
    client.force_login(officer)
    shown = client.get(f"/p/northshire/papers/{paper.identifier}/draft/").content.decode()
    digest = Logo.objects.get().digest
    logo, colour = f"/p/northshire/papers/logos/{digest}.png", "/p/northshire/papers/colours/"
    assert f'<img src="{logo}" alt="{WORDS}">' in shown
    assert f'href="{colour}6b2d5c.css"' in shown
    assert "style=" not in shown
    assert client.get(f"{colour}6b2d5c.css").content == b".paper { --paper-colour: #6b2d5c; }"
    assert client.get(logo)["Content-Type"] == "image/png"
    assert client.get(logo.replace(digest, "0" * 64)).status_code == 404


def test_a_file_of_its_own_holds_its_colour_and_logo():
    made = html.page(replace(samples.plain(), style=styled()))
    assert ".paper { --paper-colour: #6b2d5c; }" in made
    assert re.search(f'<img src="data:image/png;base64,[^"]+" alt="{WORDS}">', made)
    assert "North &amp; Co" in made


def test_a_colour_that_is_none_breaks_nothing():
    hostile = HouseStyle("<b>", "red}</style><script>", "", '"><script>')
    made = html.page(replace(samples.plain(), style=hostile))
    assert "<script" not in made
    assert HouseStyle.colour in made


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.render(replace(samples.bromley(), style=styled()))


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_pdf_with_logo_and_colour_conforms(printed, profile):
    assert page.validate_pdf_bytes(printed, profile=profile).failures == []


def test_a_pdf_shows_the_logo_with_its_words_and_the_colour(printed):
    document = pikepdf.open(io.BytesIO(printed))
    alternatives = [str(each.Alt) for each in document.objects if _is_figure(each)]
    assert WORDS in alternatives
    first = document.pages[0]
    assert len(first.get_images()) == 1
    parts = (
        [bytes(content.read_bytes()) for content in first.Contents]
        if isinstance(first.Contents, pikepdf.Array)
        else [first.Contents.read_bytes()]
    )
    assert b"0.419608 0.176471 0.360784" in b"".join(parts)


def _is_figure(each) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure" and "/Alt" in each


def test_word_shows_the_logo_with_its_words_the_house_name_and_the_colour():
    paper = replace(samples.bromley(), style=styled())
    made = Document(io.BytesIO(docx.render(paper)))
    logo = made.inline_shapes[0]
    assert logo._inline.docPr.get("descr") == WORDS
    assert logo.width / logo.height == pytest.approx(3, rel=0.01)
    words = [paragraph.text for paragraph in made.paragraphs[:4]]
    assert words == ["", "North & Co", "The Trust Board", "Commissioning: change plan"]
    assert str(made.styles["Title"].font.color.rgb) == "6B2D5C"
    assert 'w:fill="6B2D5C"' in made.tables[0].rows[0]._tr.xml


def form(**changes) -> dict[str, object]:
    """What a browser sends of the form: two lines of a front sheet, the second placed first."""
    lines = {"1_place": "2", "1_label": "Contact", "1_source": "text", "1_is_contact": "on"}
    lines |= {"2_place": "1", "2_label": "Title", "2_source": "title"}
    lines |= {"3_place": "", "3_label": "", "3_source": "text"}
    sent = {"house_name": "North", "colour": "6B2D5C", "implications": ["legal"]}
    sent |= {"clearances": "Finance\n\n Monitoring officer \nFinance", "version": "0"}
    return sent | {f"front_sheet_{name}": value for name, value in lines.items()} | changes


def test_all_settings_are_saved_on_one_page(client, partnership, officer):
    client.force_login(officer)
    file = SimpleUploadedFile("logo.svg", picture(), "image/svg+xml")
    sent = client.post(ADDRESS, form(picture=file, logo_alternative=WORDS))
    assert sent.status_code == 302, sent.context["form"].errors
    saved = settings_of(partnership)
    assert (saved.house_name, saved.colour, saved.implications) == ("North", "#6b2d5c", ["legal"])
    assert saved.clearances == ["Finance", "Monitoring officer"]
    assert saved.front_sheet == [
        {"label": "Title", "source": "title"},
        {"label": "Contact", "source": "text", "is_contact": True},
    ]
    assert saved.logo.width == 40
    shown = client.get(ADDRESS).content.decode()
    assert 'value="Contact"' in shown
    sent = client.post(f"{ADDRESS}logo/remove/", {"version": saved.version})
    assert settings_of(partnership).logo is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"colour": "#eeeeee"}, "1.1 to 1, and text needs 4.5 to 1"),
        ({"colour": "red"}, "# and six figures"),
        ({"front_sheet_1_source": "secrets"}, "Choose what the line shows"),
        ({"front_sheet_1_label": "x" * 121}, "at most 120 characters"),
        ({"clearances": "x" * 61}, "at most 60 characters"),
        ({"implications": ["none"]}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_saved(client, officer, changes, why):
    client.force_login(officer)
    answer = client.post(ADDRESS, form(**changes))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not PaperSettings.objects.exists()


def test_only_those_who_may_take_the_logo_away(client, save, manager, observer):
    saved = save(logo=picture(), logo_alternative=WORDS)
    for person in (manager, observer):
        client.force_login(person)
        assert client.post(f"{ADDRESS}logo/remove/", {"version": 1}).status_code == 403
    saved.refresh_from_db()
    assert saved.logo
