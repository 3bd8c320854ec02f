"""Markdown that is written from a rich text is that text again."""

import hypothesis
import pytest
from hypothesis import strategies as st

from changeplan.exchange.markdown import same, tidy, written
from partnership.richtext import ItemList, Paragraph, Run, parse

letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
words = st.text(letters | st.sampled_from('*_[]()<>&\\-+.1 ab\n"'), max_size=8)
hrefs = st.sampled_from(["", "", "https://example.org/a", "https://example.org/b(c)"])
runs = st.builds(Run, words, st.booleans(), st.booleans(), hrefs)
paragraphs = st.builds(Paragraph, st.lists(runs, max_size=4).map(tuple))


def lists(blocks):
    items = st.lists(st.lists(blocks, max_size=3).map(tuple), max_size=3).map(tuple)
    return st.builds(ItemList, items, st.booleans(), st.integers(0, 12))


texts = st.lists(st.recursive(paragraphs, lists, max_leaves=6), max_size=4).map(tuple)


@hypothesis.given(texts)
def test_what_is_written_reads_as_the_same_text(rich):
    assert tidy(parse(written(rich))) == tidy(rich)


@hypothesis.given(st.text(letters | st.sampled_from("*_[]-\n "), max_size=40))
def test_tidying_a_second_time_changes_nothing(markdown):
    once = tidy(parse(markdown))
    assert tidy(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("* a\n* b", "- a\n- b"),
        ("• a\n• b", "- a\n- b"),
        ("__a__ b", "**a** b"),
        ("a  b ", "a b"),
        ("3. a\n4. b", "1. a\n2. b"),
    ],
)
def test_one_text_can_be_written_in_several_ways(one, other):
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), [("a", "**a**"), ("- a", "1. a"), ("a\nb", "a\n\nb")])
def test_a_difference_that_shows_is_one(one, other):
    assert not same(one, other)


def test_plain_words_stay_as_they_are():
    plain = "Mr O'Neill's 50% share (2*3 snake_case) [draft] – see <b> & co."
    assert written(parse(plain.replace("*", "\\*"))).replace("\\", "") == plain
