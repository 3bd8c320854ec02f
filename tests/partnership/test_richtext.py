"""Markdown in, safe HTML and plain words out."""

import re
from html import unescape
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership import richtext
from partnership.richtext import ItemList, Paragraph, Run

SIGNS = st.text("*_[]()<>#-+.!`~|&;:/\\ \n\t\"'1a\xa0•ojvscript", max_size=80)
ANYTHING = st.text(max_size=200) | SIGNS
WORDS = st.lists(st.text("abcdefgéß 0123456789,", min_size=1, max_size=30), max_size=6)


class Tags(HTMLParser):
    """Collects what an HTML text holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def html(markdown: str) -> str:
    return richtext.to_html(richtext.parse(markdown))


def plain(markdown: str) -> str:
    return richtext.plain_text(richtext.parse(markdown))


def squeezed(words: str) -> str:
    return "".join(words.split())


@given(ANYTHING)
@example("- " * 200 + "deep")
@example("*a **b " * 200)
@example("[" * 300 + "](" * 300)
@example("999999999. far\n- \n  1) \n")
@example("[a](http://[::1)")
@example("&#0; &#x110000; &#xD800; \0")
def test_no_text_is_too_odd_to_read(markdown: str):
    tree = richtext.parse(markdown)

    richtext.to_html(tree)
    richtext.plain_text(tree)
    richtext.paragraphs(markdown)
    richtext.inline(markdown)


@given(ANYTHING)
@example('<img src=x onerror="alert(1)">')
@example("[x](javascript:alert(1)) <javascript:alert(1)>")
@example('[x](http://a"onclick="alert(1))')
def test_html_is_always_safe(markdown: str):
    made = html(markdown)

    for tag, attributes in Tags(made).found:
        assert tag in {"p", "strong", "em", "a", "ul", "ol", "li", "br"}
        assert set(attributes) <= {"a": {"href", "rel"}, "ol": {"start"}}.get(tag, set())
        assert re.match(
            r"(https?://.|mailto:)", attributes.get("href", "https://x") or "", re.IGNORECASE
        )


@given(ANYTHING)
def test_html_is_clean_already(markdown: str):
    made = html(markdown)

    assert made == nh3.clean(
        made,
        tags=richtext.ALLOWED_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=richtext.ALLOWED_SCHEMES,
        link_rel="noopener noreferrer",
    )


@given(WORDS)
def test_plain_writing_keeps_every_word(paragraphs: list[str]):
    markdown = "\n\n".join(paragraphs)

    assert squeezed(plain(markdown)) == squeezed(markdown)
    assert squeezed(Tags(html(markdown)).words) == squeezed(markdown)


@given(ANYTHING)
def test_html_and_plain_text_say_the_same(markdown: str):
    words = Tags(html(markdown)).words

    assert squeezed(words) == squeezed(plain(markdown))


@given(st.text(min_size=1, max_size=60))
def test_text_takes_signs_for_what_they_are(words: str):
    assert richtext.plain_text(richtext.text(words)) == words


def test_text_of_nothing_is_nothing():
    assert richtext.text("") == richtext.parse("") == richtext.parse(" \n ") == ()


def test_bold_in_italics_and_italics_in_bold():
    assert richtext.inline("*it **both** it* **bold *both***") == (
        Run("it ", italic=True),
        Run("both", bold=True, italic=True),
        Run(" it", italic=True),
        Run(" "),
        Run("bold ", bold=True),
        Run("both", bold=True, italic=True),
    )
    assert html("*it **both***") == "<p><em>it </em><strong><em>both</em></strong></p>"


def test_lists_nest_and_count_from_where_they_begin():
    made = richtext.parse("3. three\n   - inner\n     more\n4. four")

    outer = made[0]
    assert isinstance(outer, ItemList)
    assert (outer.ordered, outer.start, len(outer.items)) == (True, 3, 2)
    inner = outer.items[0][1]
    assert inner == ItemList(((Paragraph((Run("inner"), Run("\n"), Run("more"))),),))
    assert richtext.to_html(made) == (
        '<ol start="3"><li><p>three</p><ul><li>inner<br>more</li></ul></li><li>four</li></ol>'
    )
    assert richtext.plain_text(made) == "three\ninner\nmore\nfour"


@pytest.mark.parametrize("depth", [5, 30, 45])
def test_lists_lose_no_word_however_deep_they_go(depth: int):
    markdown = "\n".join("  " * level + f"- level{level}" for level in range(depth))

    assert plain(markdown).split() == [f"level{level}" for level in range(depth)]


@pytest.mark.parametrize(
    ("markdown", "href"),
    [
        ("[a page](https://example.org/a?b=1&c=2)", "https://example.org/a?b=1&c=2"),
        ("[a page](HTTP://EXAMPLE.ORG)", "HTTP://EXAMPLE.ORG"),
        ("[write](mailto:manager@example.org)", "mailto:manager@example.org"),
        ("<https://example.org>", "https://example.org"),
    ],
)
def test_a_link_to_the_web_or_to_a_person_stays(markdown: str, href: str):
    (run,) = richtext.inline(markdown)

    assert run.href == href
    assert Tags(html(markdown)).found[1][1]["href"] == href


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "/p/northshire/",
        "https:",
        "http:///only-a-path",
        "ftp://example.org",
        "&#106;avascript:alert(1)",
    ],
)
def test_a_link_to_anywhere_else_is_lost_but_keeps_its_words(address: str):
    made = html(f"See [the **paper**]({address}) now")

    assert "<a" not in made
    assert "the <strong>paper</strong>" in made


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "<b>bold</b>",
        '<img src="x" onerror="alert(1)">',
        "<!-- hidden -->",
        "&lt;script&gt;",
    ],
)
def test_raw_html_is_shown_as_text(raw: str):
    made = html(f"Before {raw} after")

    assert [tag for tag, _ in Tags(made).found] == ["p"]
    assert unescape(raw) in Tags(made).words


@pytest.mark.parametrize(
    "markdown",
    ["# Heading", "> Quoted", "```\ncode\n```", "`code`", "![alt]", "| a | b |", "---"],
)
def test_what_it_does_not_know_stays_plain_text(markdown: str):
    assert {tag for tag, _ in Tags(html(markdown)).found} <= {"p", "br"}
    assert squeezed(plain(markdown)) == squeezed(markdown)


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("•\tOne\n•\tTwo", "<p>•\tOne<br>•\tTwo</p>"),
        ("·       One\n·       Two", "<p>·       One<br>·       Two</p>"),
        ("o\tInner\no\tInner", "<p>o\tInner<br>o\tInner</p>"),
        ("1.\tOne\n2.\tTwo", "<ol><li>One</li><li>Two</li></ol>"),
        ("“Smart” quotes – it’s fine…", "<p>“Smart” quotes – it’s fine…</p>"),
        ("Section\xa010 of the\xa0Act", "<p>Section&nbsp;10 of the&nbsp;Act</p>"),
        ("One paragraph\nthe next line", "<p>One paragraph<br>the next line</p>"),
        ("a)\tFirst\nb)\tSecond", "<p>a)\tFirst<br>b)\tSecond</p>"),
    ],
)
def test_what_officers_paste_from_word_keeps_its_words(pasted: str, shown: str):
    assert html(pasted) == shown


def test_inline_of_a_list_is_nothing_and_of_paragraphs_the_first():
    assert richtext.inline("- item") == ()
    assert richtext.inline("one\n\ntwo") == (Run("one"),)


def test_paragraphs_take_a_list_as_one():
    assert richtext.paragraphs("One **two**\n\n- a\n- b\n\nThree") == ["One two", "a\nb", "Three"]
