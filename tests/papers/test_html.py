"""A board paper as HTML: what a reader, a screen reader and a browser find in it."""

import re

import pytest
from lxml import html as lxml_html

from papers import html
from tests.papers import samples

ALLOWED_LINKS = ("http://", "https://", "mailto:")


@pytest.fixture
def bromley():
    return lxml_html.fromstring(html.render(samples.bromley()))


def words(element) -> str:
    return " ".join(element.text_content().split())


def test_render_gives_one_title_and_a_heading_for_each_section(bromley):
    assert [words(h) for h in bromley.iter("h1")] == ["Commissioning: change plan"]
    assert [words(h) for h in bromley.iter("h2")] == [
        "1 Summary",
        "2 Recommendations",
        "3 Background",
        "4 Overview of outcomes from the exercise",
        "5 Strategic commissioning change plan",
        "Appendix A: Strategic commissioning change plan",
    ]
    assert [words(h) for h in bromley.iter("h3")] == ["Themes of the discussion"]


def test_render_puts_the_number_into_its_paragraph(bromley):
    numbered = [words(p) for p in bromley.xpath("//div[contains(@class,'paper-numbered')]/p")]
    assert "4.1 The averages lie in the range of two or three." in numbered
    assert [p.split()[0] for p in numbered[2:9]] == [f"3.{n}" for n in range(1, 8)]


def test_render_keeps_a_list_with_the_paragraph_that_announces_it(bromley):
    (item,) = [div for div in bromley.iter("div") if words(div).startswith("4.4 ")]
    assert len(item.findall("ul/li")) == 7


def test_render_gives_the_front_sheet_as_terms_and_values(bromley):
    (sheet,) = bromley.iter("dl")
    pairs = dict(zip(map(words, sheet.iter("dt")), map(words, sheet.iter("dd")), strict=True))
    assert pairs["Agenda item"] == "9"
    assert pairs["Lead partner"] == "London Borough of Bromley"


def test_render_without_a_front_sheet_has_no_empty_list():
    assert "<dl" not in html.render(samples.plain())


def test_render_names_every_table_and_its_headers(bromley):
    tables = list(bromley.iter("table"))
    assert [words(t.find("caption")) for t in tables] == [
        "Strongest standards",
        "Lowest averages",
        "Change plan",
    ]
    for table in tables:
        assert {th.get("scope") for th in table.find("thead").iter("th")} == {"col"}
        for row in table.find("tbody"):
            assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(row) - 1)
            assert row[0].get("scope") == "row"


def test_render_leaves_an_empty_cell_empty(bromley):
    last = bromley.xpath("//table")[-1].find("tbody")[-1]
    assert [words(cell) for cell in last][1:] == ["3.3", "", "", ""]


def test_render_lets_only_wide_tables_scroll_and_names_the_region(bromley):
    (region,) = bromley.xpath("//*[@role='region']")
    assert region.get("tabindex") == "0"
    assert words(bromley.get_element_by_id(region.get("aria-labelledby"))) == "Change plan"


def test_render_marks_rows_that_may_break_and_only_those(bromley):
    rows = bromley.xpath("//table")[-1].find("tbody")
    assert rows[1].get("class").startswith("paper-long paper-long-")
    assert rows[11].get("class") is None


def test_render_names_the_chart_above_the_picture_and_in_it(bromley):
    figure = bromley.find(".//figure")
    assert words(figure.find("figcaption")) == "Average score for each standard"
    assert words(figure.find("svg")[0]) == "Average score for each standard"


def test_render_uses_no_inline_style_and_each_id_once(bromley):
    assert bromley.xpath("//@style") == []
    ids = bromley.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_page_stands_alone():
    page = html.page(samples.worldly())
    root = lxml_html.document_fromstring(page.split("\n", 1)[1])
    assert page.startswith("<!DOCTYPE html>")
    assert root.get("lang") == "cy"
    assert root.findtext(".//title") == samples.worldly().title
    assert root.xpath("//meta[@name='author']/@content") == ["Strategic Commissioning Manager"]
    assert ".paper-table" in root.findtext(".//style")
    assert root.xpath("//@src | //link | //script") == []
    assert "url(" not in page


def test_page_names_the_body_as_author_where_the_paper_has_none():
    page = html.page(samples.plain())
    assert '<meta name="author" content="Example Children and Young People Trust">' in page


def test_hostile_words_stay_words():
    root = lxml_html.fromstring(html.render(samples.hostile()))
    unwanted = {"script", "style", "img", "link", "iframe", "object", "image"}
    assert unwanted.isdisjoint(element.tag for element in root.iter())
    assert all(href.startswith(ALLOWED_LINKS) for href in root.xpath("//@href"))
    assert not [a for a in root.xpath("//@*") if str(a.attrname).startswith("on")]
    assert root.find(".//h1").text_content() == samples.HOSTILE


def test_style_sheets_fetch_nothing():
    for name in ("paper", "print"):
        assert not re.search(r"url\(|@import", html.stylesheet(name))
