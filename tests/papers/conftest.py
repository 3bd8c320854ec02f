"""A board, its meeting, and a paper that it decides on."""

import pytest

from papers.models import Decision, Paper
from papers.services.deciding import record_decision
from papers.services.issuing import issue
from partnership.models import Group
from tests import factories as make
from tests.papers.deciding import APPROVED, met


@pytest.fixture
def board(partnership):
    return make.group(partnership, kind="board")


@pytest.fixture
def meeting(board):
    return met(board, "2024-03-14")


@pytest.fixture
def paper(exercise, officer, board) -> Paper:
    """An issued paper with one recommendation."""
    paper = make.paper(make.plan(exercise))
    paper.recommendations.create(number=1, asked_of=board, text="approve the plan")
    issue(paper=paper, by=officer)
    paper.refresh_from_db()
    return paper


@pytest.fixture
def asked(paper):
    return paper.recommendations.get()


@pytest.fixture
def decision(asked, meeting, officer) -> Decision:
    return record_decision(recommendation=asked, meeting=meeting, values=APPROVED, by=officer)


@pytest.fixture
def three(paper, board, officer) -> Paper:
    """The paper with two more recommendations, of a board that needs three to decide."""
    Group.objects.filter(pk=board.pk).update(quorum=3)
    for number in (2, 3):
        paper.recommendations.create(number=number, asked_of=board, text=f"agree step {number}")
    issue(paper=paper, by=officer, note="Two recommendations more.")
    return paper
