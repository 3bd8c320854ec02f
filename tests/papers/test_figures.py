"""Figures in a writer's text: they print what the blocks print, and never become anything else."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from papers.content import build
from papers.content.figures import figures, put_in_words
from papers.document import BoardPaper
from papers.kinds import BlockKind, FrontSheetSource
from papers.models import Block, Paper
from papers.placeholders import NOT_KNOWN, PLACEHOLDERS, check, fill, names_in
from partnership.richtext import parse, plain_text
from standards.models import Finding, Standard
from tests import factories as make


@pytest.fixture
def paper(partnership) -> Paper:
    """A paper on a scored exercise and on a plan that asks for days."""
    exercise = make.scored_exercise(partnership, date="2024-02")
    plan = make.plan(exercise)
    make.priority(exercise, "A priority")
    asked = make.support(make.entitlement(plan), "A workshop", estimated=Decimal("2.5"), agreed=2)
    make.delivery(asked, "1")
    make.action(plan)
    return Paper.objects.select_for_paper().get(pk=make.paper(plan).pk)


def shown(text: str, paper: Paper) -> str:
    """What a paragraph of the paper says."""
    Block.objects.create(section=paper.sections.first(), number=90, text=text)
    return plain_text(build(paper).sections[0].items[-1].body)


def test_every_placeholder_has_its_value(paper):
    assert figures(paper) == {
        "number of standards": "3",
        "number of groups": "three",
        "number of participants": "nine",
        "lowest average": "2.5",
        "lowest standards": "1 (We share one plan)",
        "highest average": "4.5",
        "highest standards": "3 (Standard title 3)",
        "range of averages": "2.5 to 4.5",
        "average of standard 1": "2.5",
        "average of standard 2": "3.0",
        "average of standard 3": "4.5",
        "number of strengths": "zero",
        "number of themes": "zero",
        "number of improvement priorities": "one",
        "number of actions": "one",
        "days available": "20 days",
        "days estimated": "2.5 days",
        "days agreed": "2 days",
        "days delivered": "1 day",
        "days remaining": "18 days",
        "date of the exercise": "February 2024",
        "dates of the sessions": "8 February 2024",
    }
    assert set(PLACEHOLDERS) <= set(figures(paper))


def test_words_put_to_a_meeting_keep_their_figures_as_text(paper):
    Standard.objects.filter(number=3).update(marked_title="A_b_ 2 * 3 * 4 \\*c\\*")
    words = put_in_words(paper, "**Note** {{ highest standards }}, {{ moon }}")
    assert plain_text(parse(words)) == "Note 3 (A_b_ 2 * 3 * 4 *c*), {{ moon }}"


def test_what_nobody_recorded_is_not_known(partnership):
    bare = make.paper(make.plan(make.exercise(partnership)))
    blank = make.paper(bare.plan, kind=Paper.Kind.BLANK)
    Paper.objects.filter(pk=blank.pk).update(plan=None, exercise=None)
    unknown = {name for name, value in figures(bare).items() if value == NOT_KNOWN}
    assert {"lowest average", "range of averages", "days available", "number of groups"} <= unknown
    assert set(figures(Paper.objects.get(pk=blank.pk)).values()) == {NOT_KNOWN}
    assert shown("Standard 99: {{ average of standard 99 }}.", bare) == f"Standard 99: {NOT_KNOWN}."


def test_a_paragraph_follows_the_data(paper):
    text = "{{Number of Groups}} groups; **lowest {{ lowest\naverage }}**."
    assert shown(text, paper) == "Three groups; lowest 2.5."
    Standard.objects.filter(number=2).update(marked_title="New")
    make.scores(make.working_group(paper.exercise, "Late table"), "1")
    assert plain_text(build(paper).sections[0].items[-1].body) == "Four groups; lowest 2.1."


def test_front_sheet_lead_ins_prose_and_recommendations_take_figures(paper):
    text = "see {{ lowest average }}"
    paper.front_sheet.create(number=1, label="Note", source=FrontSheetSource.TEXT, value=text)
    board = make.group(paper.partnership, name="Board")
    paper.recommendations.create(number=1, asked_of=board, text=text)
    Block.objects.update(text=text)
    made = build(paper)
    assert plain_text(made.front_sheet[0].value) == text.replace("{{ lowest average }}", "2.5")
    assert "The Board is asked to see 2.5" in words_of(made)
    assert "{{" not in str(made)
    silent = str(made).count("says_nothing=True")
    assert words_of(made).count("see 2.5") == len(BlockKind) - silent + 1


def words_of(made: BoardPaper) -> str:
    items = [item for each in made.sections + made.appendices for item in each.items]
    return "\n".join(plain_text(item.body) for item in items if hasattr(item, "body"))


def test_a_value_is_neither_markdown_nor_another_placeholder(paper):
    odd = "**Bold** {{ number of groups }} <b>&"
    Standard.objects.filter(number=3).update(marked_title=odd)
    Finding.objects.update(text="{{ lowest average }}")
    said = shown("{{ highest standards }} {{ {{ lowest average }} }}", paper)
    title = Standard.objects.filter(number=3).first().title
    assert "{{ number of groups }}" in title
    assert said == f"3 ({title}) {{{{ 2.5 }}}}"
    assert "{{ lowest average }}" in str(build(paper))  # a finding's words are its own


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ lowest avarage }}", "no figure called “lowest avarage”. Do you mean {{ lowest av"),
        ("{{ moon }}", "There is no figure called “moon”. Choose one from the list."),
        ("{{ average of standard 0 }}", "Do you mean {{ average of standard 1 }}?"),
        ("{{ }}", "There is no figure called “”."),
        ("{{ lowest average", "Close every {{ with }}."),
        ("{{ lowest **average** }}", "all of it in one style"),
        ("{{ {{ lowest average }} }}", "Close every {{ with }}."),
    ],
)
def test_an_unknown_placeholder_is_refused_in_words(text, words):
    with pytest.raises(ValidationError) as refused:
        check(f"First {{{{ number of groups }}}}, then:\n\n- {text}")
    assert words in " ".join(refused.value.messages)


def test_every_placeholder_on_the_list_is_accepted_however_it_is_typed():
    text = "\n\n".join(f"- {{{{{name.upper()} }}}}" for name in PLACEHOLDERS)
    check(text)
    assert names_in(text) == tuple(PLACEHOLDERS)
    assert names_in("None {{ of these }} { lowest average }") == ()


def test_filling_leaves_a_text_without_figures_as_it_is():
    body = parse("One *two*\nthree \\{ four")
    assert fill(body, lambda name: "x") is body


def test_every_placeholder_is_explained_in_the_documentation():
    page = (Path(settings.BASE_DIR) / "docs" / "figures-in-text.md").read_text()
    assert [f"| `{{{{ {n} }}}}` | {told} |" in page for n, told in PLACEHOLDERS.items()] == [
        True for _ in PLACEHOLDERS
    ]
