"""The change plan of the paper of 2010, as a Word file with its layout, comes in whole."""

from decimal import Decimal

import pytest

from changeplan.exchange.columns import guess
from changeplan.exchange.fields import Part
from changeplan.exchange.proposal import Proposal, Verdict, propose
from changeplan.exchange.reading import read

from . import papers


@pytest.fixture(scope="module", params=["one table", "a table on each page"])
def proposal(request) -> Proposal:
    sheet = read("plan.docx", papers.bromley(one_table=request.param == "one table"))
    return propose(sheet, guess(sheet), papers.current_plan())


def steps(proposal: Proposal, part: Part) -> list:
    return [step for step in proposal.steps if step.part == part]


def test_twelve_rows_come_in_one_for_each_standard(proposal):
    assert [row.standards for row in proposal.rows] == [(number,) for number in range(1, 13)]
    assert proposal.rows[10].steps == proposal.rows[11].steps == ()


def test_ten_headlines_come_in_without_the_word_before_them(proposal):
    actions = steps(proposal, Part.ACTION)
    assert [action.title.removesuffix(".") for action in actions] == list(papers.HEADLINES)
    assert {action.verdict for action in actions} == {Verdict.MADE}
    assert [action.standards for action in actions] == [(number,) for number in range(1, 11)]


def test_the_details_keep_their_paragraphs(proposal):
    details = [
        action.values.get("detail", "").split("\n\n") for action in steps(proposal, Part.ACTION)
    ]
    assert [len(paragraphs) for paragraphs in details] == list(papers.DETAILS[:10])


def test_the_status_comes_in_as_statements(proposal):
    told = {
        step.standards[0]: len(step.values["status"]) for step in steps(proposal, Part.STANDARD)
    }
    assert told == {number: n for number, n in enumerate(papers.STATUSES, 1) if n}


def test_twelve_days_come_in_with_five_allocations(proposal):
    support = steps(proposal, Part.SUPPORT)
    assert [step.values["estimated"] for step in support] == [2, 4, 2, 2, 2]
    assert sum(step.values["estimated"] for step in support) == Decimal(12)
    assert [step.standards for step in support] == [(1,), (2,), (6,), (8,), (10,)]
    assert {step.values["programme"] for step in support} == {papers.PROGRAMME}
    actions = {step.standards: step.key for step in steps(proposal, Part.ACTION)}
    assert [step.values["action"] for step in support] == [actions[s.standards] for s in support]


def test_the_row_that_a_page_broke_is_whole_again(proposal):
    support = steps(proposal, Part.SUPPORT)[1]
    assert (support.values["form"], support.values["events"]) == ("workshop", 2)
    assert support.values["focus_areas"] == (
        "Needs analysis",
        "Resource mapping and market development",
        "Outcome based commissioning",
        "Procurement practice",
        "Monitoring and evaluation",
    )
    assert support.values["support_detail"].endswith("looks at progress.")
    assert len(proposal.rows[1].places) == 2
    assert any("Goes on" in doubt.words for doubt in proposal.rows[1].doubts)


def test_days_found_in_words_are_doubtful_and_quoted(proposal):
    doubts = [doubt.words for step in steps(proposal, Part.SUPPORT) for doubt in step.doubts]
    assert sum("Days were read from" in words for words in doubts) == 5
    assert any("“four days”" in words for words in doubts)


def test_nothing_else_is_doubtful(proposal):
    doubtful = [row.standards for row in proposal.rows if row.doubts]
    assert doubtful == [(2,)]
    assert {doubt.field for step in proposal.steps for doubt in step.doubts} == {
        "estimated",
        "focus_areas",
    }
    assert proposal.doubts == ()
