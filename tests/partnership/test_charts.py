"""What a chart says, whatever it is given, in a browser, a PDF and a Word file."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st

from partnership import charts
from partnership.charts import (
    Bar,
    Change,
    Dot,
    DotRow,
    bar_chart,
    change_chart,
    days_chart,
    dot_chart,
)
from partnership.drawing import FORBIDDEN, measure, wrap

SVG = "{http://www.w3.org/2000/svg}"
LOW, HIGH = Decimal(1), Decimal(5)
HOSTILE = "</svg><script>alert('x')</script> & \"quoted\" \x00\x0b\ud800\uffff 日本語"
LONG = "Children, young people, parents and carers take part in commissioning decisions " * 3

words = st.text(max_size=200)
scores = st.decimals(min_value=1, max_value=5, places=1)


def bars(label="Governance", key="k", width=charts.WIDE, value=Decimal("2.3")):
    return bar_chart([Bar(label, value, label)], LOW, HIGH, label, label, key, width)


def dots(label="Governance", key="k", width=charts.WIDE, value=Decimal("2.3")):
    row = DotRow(label, value, [Dot(Decimal("2.5"), series, label) for series in (0, 0, 1)])
    return dot_chart([row], LOW, HIGH, [label, label], label, label, key, width)


def changes(label="Governance", key="k", width=charts.WIDE, value=Decimal("2.3")):
    row = Change(label, Decimal("2.7"), value)
    return change_chart([row], LOW, HIGH, (label, label), label, label, key, width)


def days(label="Governance", key="k", width=charts.WIDE, value=Decimal(12)):
    return days_chart(Decimal(10), value, None, Decimal("2.5"), label, label, key, True, width)


every_chart = pytest.mark.parametrize("draw", [bars, dots, changes, days])
every_width = pytest.mark.parametrize("width", [charts.WIDE, charts.PHONE])


def said(svg: str) -> str:
    return " ".join(node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@every_chart
def test_a_picture_begins_with_its_title_and_description(draw):
    root = ElementTree.fromstring(draw(label="Scores & days", key="plan 2010"))
    title, described, *_ = root
    assert (title.tag, title.text) == (f"{SVG}title", "Scores & days")
    assert (described.tag, described.text) == (f"{SVG}desc", "Scores & days")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"


@every_chart
@every_width
def test_hostile_text_stays_text(draw, width):
    root = ElementTree.fromstring(draw(label=HOSTILE, key='"><script>', width=width))
    assert not list(root.iter(f"{SVG}script"))
    assert "alert('x')" in root[0].text
    assert not FORBIDDEN.search("".join(root.itertext()))


@given(words, words, st.one_of(st.none(), scores))
def test_any_words_and_scores_make_well_formed_pictures(label, key, value):
    for draw in (bars, dots, changes, days):
        ElementTree.fromstring(draw(label=label, key=key, value=value))


@every_chart
def test_two_keys_share_no_id(draw):
    ids = [set(re.findall(r'id="([^"]+)"', draw(key=key))) for key in ("a", "b")]
    assert ids[0]
    assert not ids[0] & ids[1]


@every_chart
def test_only_presentation_attributes_are_used(draw):
    assert not re.search(r"\b(style|class)=|var\(|currentColor|foreignObject|href=", draw())


@every_chart
@every_width
def test_no_text_leaves_the_picture(draw, width):
    root = ElementTree.fromstring(draw(label=LONG, width=width))
    _, _, right, bottom = (Decimal(edge) for edge in root.get("viewBox").split())
    for node in root.iter(f"{SVG}text"):
        x, y = Decimal(node.get("x")), Decimal(node.get("y"))
        length = measure(node.text, int(node.get("font-size")))
        shift = {"end": length, "middle": length / 2}.get(node.get("text-anchor"), Decimal(0))
        assert x - shift >= 0
        assert x - shift + length <= right + 1
        assert 0 < y < bottom


@every_chart
def test_a_picture_can_be_drawn_for_a_word_file(draw):
    png = bytes(resvg_py.svg_to_bytes(svg_string=draw(label=LONG)))
    assert png.startswith(b"\x89PNG")


def test_bar_lengths_are_in_proportion_to_their_scores():
    svg = bar_chart([Bar("a", Decimal(2)), Bar("b", Decimal(4))], LOW, HIGH, "t", "d", "k")
    lengths = [
        Decimal(node.get("width"))
        for node in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if node.get("fill") == charts.PETROL
    ]
    assert lengths[1] == 2 * lengths[0]


def test_a_score_is_printed_with_one_decimal_rounded_half_up():
    assert "2.3" in said(bars(value=Decimal("2.25"))).split()


@pytest.mark.parametrize("draw", [bars, dots])
def test_a_missing_score_is_never_a_nought(draw):
    svg = bar_chart([Bar("a", None)], LOW, HIGH, "t", "d", "k")
    if draw is dots:
        svg = dot_chart([DotRow("a", None, [])], LOW, HIGH, ["c"], "t", "d", "k")
    assert "Not scored" in said(svg)
    assert "0.0" not in said(svg)


def test_every_group_has_a_mark_and_equal_scores_do_not_hide_each_other():
    root = ElementTree.fromstring(dots())
    marks = [node for node in root.iter(f"{SVG}g") if node.find(f"{SVG}title") is not None]
    places = [mark.find(f"{SVG}g").get("transform") for mark in marks]
    assert len(places) == 3
    assert len(set(places)) == 3
    assert [mark.find(f"{SVG}title").text for mark in marks] == ["Governance: 2.5"] * 3


def test_cohorts_differ_by_shape_and_not_only_by_colour():
    shapes = {re.sub(r'fill="[^"]+"', "", charts.series_mark(place)(0, 0)) for place in range(6)}
    assert len(shapes) == 6


def test_a_group_without_an_average_is_still_shown():
    svg = dot_chart(
        [DotRow("a", None, [Dot(Decimal(3), 0, "Group A")])], LOW, HIGH, ["c"], "t", "d", "k"
    )
    assert "Group A: 3.0" in svg
    assert "Not scored" not in said(svg)


@pytest.mark.parametrize(
    ("previous", "current", "shown"),
    [("2.7", "3.1", "+0.4"), ("3.1", "2.7", "−0.4"), ("2.94", "2.86", "no change")],
)
def test_a_change_is_the_difference_of_the_printed_figures(previous, current, shown):
    row = Change("a", Decimal(previous), Decimal(current))
    assert shown in said(change_chart([row], LOW, HIGH, ("2009", "2010"), "t", "d", "k"))


def test_days_beyond_those_available_are_said_and_hatched():
    svg = days_chart(Decimal(10), Decimal("12.5"), Decimal(8), None, "t", "d", "k")
    assert "12.5 days, 2.5 over" in said(svg)
    assert svg.count("url(#k-hatch)") == 1
    assert "10 days available" in said(svg)
    assert "None recorded" in said(svg)


def test_days_within_those_available_are_not_called_over():
    svg = days_chart(Decimal(20), Decimal(12), None, None, "t", "d", "k", approximate=True)
    assert "over" not in said(svg)
    assert "About 20 days available" in said(svg)


def test_days_without_an_entitlement_have_no_limit():
    svg = days_chart(None, Decimal(12), None, None, "t", "d", "k")
    assert "available" not in said(svg)
    assert "over" not in said(svg)


def test_both_draws_a_wide_picture_and_one_for_a_telephone():
    picture = charts.both(bar_chart, [Bar("a", Decimal(3))], LOW, HIGH, "t", "d", key="scores")
    assert 'viewBox="0 0 760' in picture.wide
    assert 'viewBox="0 0 340' in picture.narrow
    assert 'id="scores-title"' in picture.wide
    assert 'id="scores-narrow-title"' in picture.narrow


def test_a_cell_bar_is_hidden_from_assistive_technology_and_absent_without_a_score():
    assert 'aria-hidden="true"' in charts.score_bar(Decimal("2.5"), HIGH)
    assert 'width="50"' in charts.score_bar(Decimal("2.5"), HIGH)
    assert charts.score_bar(None, HIGH) == ""


@given(words, st.integers(min_value=40, max_value=400))
def test_wrapped_lines_fit_and_lose_words_only_with_an_ellipsis(text, room):
    lines = wrap(text, room)
    assert len(lines) <= 2
    assert all(measure(line) <= room for line in lines)
    kept = " ".join(lines)
    assert "…" in kept or kept.split() == FORBIDDEN.sub("", text).split()
