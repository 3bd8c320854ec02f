"""Writing a paper: sections, blocks and recommendations, by one and by several at once."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from papers.kinds import BlockKind
from papers.models import Block, Paper, Section
from papers.services import composing
from papers.services.deciding import record_decision
from papers.services.issuing import issue
from partnership.models import User
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from tests import factories as make
from tests.races import at_once

WRITERS = 8


@pytest.fixture
def paper(exercise) -> Paper:
    """A draft with the sections One (paragraphs a, b, c) and Two, and an appendix."""
    paper = make.paper(make.plan(exercise))
    paper.sections.all().delete()
    by = make.user("Writer")
    one = composing.add_section(paper=paper, heading="One", by=by)
    for text in "abc":
        composing.add_block(section=one, text=text, by=by)
    composing.add_section(paper=paper, heading="Two", by=by)
    composing.add_section(paper=paper, heading="Data", is_appendix=True, by=by)
    return paper


@pytest.fixture
def one(paper) -> Section:
    return paper.sections.get(heading="One")


def texts(section: Section) -> list[str]:
    return list(section.blocks.order_by("number").values_list("text", flat=True))


def headings(paper: Paper, *, is_appendix: bool = False) -> list[str]:
    rows = paper.sections.filter(is_appendix=is_appendix).order_by("number")
    return list(rows.values_list("heading", flat=True))


def block(paper: Paper, text: str) -> Block:
    return Block.objects.select_related("section__paper").get(section__paper=paper, text=text)


def recommend(paper: Paper, officer: User, text: str = "note it", **values):
    values = {"asked_of": make.group(paper.partnership)} | values
    return composing.add_recommendation(paper=paper, text=text, by=officer, **values)


def test_what_is_added_stands_behind_what_it_was_added_below(paper, one, officer):
    composing.add_section(paper=paper, heading="Between", after=one, by=officer)
    composing.add_block(section=one, text="new", after=block(paper, "a"), by=officer)

    assert headings(paper) == ["One", "Between", "Two"]
    assert headings(paper, is_appendix=True) == ["Data"]
    assert texts(one) == ["a", "new", "b", "c"]


def test_a_block_moves_within_its_section_and_past_its_ends(paper, one, officer):
    two = paper.sections.get(heading="Two")

    composing.move_block(block=block(paper, "c"), to=1, by=officer)
    assert texts(one) == ["c", "a", "b"]
    composing.move_block(block=block(paper, "b"), to=4, by=officer)
    composing.move_block(block=block(paper, "a"), to=3, by=officer)
    assert (texts(one), texts(two)) == (["c"], ["a", "b"])
    composing.move_block(block=block(paper, "a"), to=0, by=officer)
    assert (texts(one), texts(two)) == (["c", "a"], ["b"])
    composing.move_block(block=block(paper, "c"), to=0, by=officer)  # the paper ends here

    assert texts(one) == ["c", "a"]
    assert block(paper, "a").version == 1


def test_a_move_disturbs_nobody_who_is_writing(paper, one, officer):
    found = block(paper, "a")
    composing.move_block(block=found, to=3, by=officer)

    changes = {"text": "a, rewritten"}
    composing.change_block(block=found, changes=changes, version=1, by=officer)

    assert texts(one) == ["b", "c", "a, rewritten"]


def test_what_is_removed_comes_back_to_its_place(paper, one, officer):
    gone = composing.remove_block(block=block(paper, "b"), version=1, by=officer)
    assert texts(one) == ["a", "c"]
    composing.restore_block(block=gone, by=officer)
    assert texts(one) == ["a", "b", "c"]

    gone = composing.remove_block(block=block(paper, "b"), version=3, by=officer)
    composing.move_block(block=block(paper, "c"), to=1, by=officer)  # numbers them anew
    composing.restore_block(block=gone, by=officer)
    composing.restore_block(block=gone, by=officer)  # whoever comes second finds it there
    assert texts(one) == ["c", "b", "a"]


def test_a_section_comes_back_whole(paper, one, officer):
    gone = composing.remove_section(section=one, version=1, by=officer)
    assert headings(paper) == ["Two"]
    with pytest.raises(RuleBroken, match="“One” was removed too"):
        composing.restore_block(block=Block.objects.get(text="a"), by=officer)
    with pytest.raises(RuleBroken, match="was removed meanwhile"):
        composing.add_block(section=one, text="d", by=officer)

    composing.restore_section(section=gone, by=officer)

    assert (headings(paper), texts(one)) == (["One", "Two"], ["a", "b", "c"])


def test_a_section_on_implications_comes_back_once_alone(paper, one, officer):
    section = composing.change_section(
        section=one, changes={"implication": "legal"}, version=1, by=officer
    )
    gone = composing.remove_section(section=section, version=2, by=officer)
    composing.add_section(paper=paper, heading="Law", implication="legal", by=officer)

    with pytest.raises(RuleBroken, match="has a section on these implications already"):
        composing.restore_section(section=gone, by=officer)


def test_only_an_appendix_is_exempt_and_it_says_why(paper, one, officer):
    appendix = paper.sections.get(is_appendix=True)
    exempt = {"is_exempt": True, "exempt_under": "3", "public_interest": "It names prices."}
    with pytest.raises(ValidationError, match="Only an appendix is exempt"):
        composing.change_section(section=one, changes=exempt, version=1, by=officer)
    changes = exempt | {"public_interest": ""}
    with pytest.raises(ValidationError, match="public-interest test"):
        composing.change_section(section=appendix, changes=changes, version=1, by=officer)

    composing.change_section(section=appendix, changes=exempt, version=1, by=officer)
    open_again = exempt | {"is_exempt": False}
    section = composing.change_section(section=appendix, changes=open_again, version=2, by=officer)

    assert (section.is_exempt, section.exempt_under, section.public_interest) == (False, "", "")


def test_a_text_keeps_the_figures_that_its_writer_saw(paper, one, officer):
    text = "{{ number of standards }} standards"
    found = composing.add_block(section=one, text=text, by=officer)
    assert found.figures["number of standards"] == "3"

    seen = {"number of standards": "2"}
    changes = {"text": "Two"}
    changed = composing.change_block(block=found, changes=changes, version=1, by=officer, seen=seen)

    assert changed.figures == seen
    table = composing.add_block(section=one, kind=BlockKind.SCORES_TABLE, by=officer)
    assert table.figures == {}


@pytest.mark.parametrize("text", ["{{ secret key }}", "{{ number of standards"])
def test_an_unknown_figure_is_an_error(paper, one, officer, text):
    with pytest.raises(ValidationError):
        composing.add_block(section=one, text=text, by=officer)
    with pytest.raises(ValidationError):
        recommend(paper, officer, text)


def test_a_block_stays_what_it_is(paper, one, officer):
    found = block(paper, "a")
    changed = composing.change_block(
        block=found, changes={"kind": BlockKind.PROSE}, version=1, by=officer
    )
    assert changed.kind == BlockKind.PROSE

    changes = {"kind": BlockKind.PLAN_TABLE}
    with pytest.raises(RuleBroken, match="Remove it, and add another"):
        composing.change_block(block=found, changes=changes, version=2, by=officer)


def test_recommendations_name_what_belongs_to_the_paper(paper, officer, exercise):
    action = make.action(paper.plan, "Agree one plan")
    made = recommend(paper, officer, actions=[action], approves_plan=True)
    last = recommend(paper, officer, "approve it")
    composing.move_recommendation(recommendation=last, to=1, by=officer)

    assert list(made.actions.all()) == [action]
    asked = paper.recommendations.order_by("number")
    assert list(asked.values_list("text", "number")) == [("approve it", 1), ("note it", 2)]
    elsewhere = make.action(make.plan(exercise))
    with pytest.raises(RuleBroken, match="actions of the paper's own plan"):
        recommend(paper, officer, actions=[elsewhere])
    with pytest.raises(RuleBroken, match="Only a body of this partnership"):
        recommend(paper, officer, asked_of=make.group(make.partnership()))
    Paper.objects.filter(pk=paper.pk).update(plan=None, kind="blank")
    with pytest.raises(RuleBroken, match="no plan to approve"):
        recommend(Paper.objects.get(pk=paper.pk), officer, approves_plan=True)


def test_a_recommendation_that_was_decided_on_stays(paper, officer):
    asked = recommend(paper, officer)
    other = recommend(paper, officer)
    issue(paper=paper, by=officer)
    meeting = make.meeting(make.group(paper.partnership))
    meeting.refresh_from_db()
    record_decision(recommendation=asked, meeting=meeting, values={"outcome": "noted"}, by=officer)

    with pytest.raises(RuleBroken, match="it stays in the paper"):
        composing.remove_recommendation(recommendation=asked, version=1, by=officer)
    gone = composing.remove_recommendation(recommendation=other, version=1, by=officer)
    composing.restore_recommendation(recommendation=gone, by=officer)

    assert paper.recommendations.count() == 2


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_lose_nothing(paper, one, officer):
    first, second = block(paper, "a"), block(paper, "b")
    change = partial(composing.change_block, version=1, by=officer)
    done = at_once(
        *(
            partial(composing.add_block, section=one, text=f"new {n}", after=first, by=officer)
            for n in range(WRITERS)
        ),
        partial(change, block=first, changes={"text": "mine"}),
        partial(change, block=first, changes={"text": "theirs"}),
        partial(change, block=second, changes={"text": "another"}),
        partial(composing.move_block, block=second, to=1, by=officer),
    )

    assert [type(each) for each in done if isinstance(each, Exception)] == [StaleVersion]
    rows = list(one.blocks.order_by("number"))
    assert [row.number for row in rows] == list(range(1, WRITERS + 4))
    assert {row.text for row in rows} >= {f"new {n}" for n in range(WRITERS)} | {"another", "c"}
