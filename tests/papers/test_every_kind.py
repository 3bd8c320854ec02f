"""A paper of every kind with a block of every kind: the same facts in three formats, and a PDF
that passes both standards."""

import re
from functools import cache

import page
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from papers.content import build
from papers.document import BoardPaper
from papers.models import Paper
from tests import factories as make
from tests.papers.reading import words_of
from tests.papers.whole import (
    RENDERERS,
    facts_of,
    grow,
    leaves,
    left_over,
    undrawn,
    whole_paper,
)  # fmt: skip

BUILD = 25
KINDS = [kind.value for kind in Paper.Kind]
# Its records are made once, before the first test; what is printed knows no database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def papers(django_db_setup, django_db_blocker) -> dict[str, BoardPaper]:
    """One of each kind; the blank one is about nothing, and so each of its blocks says so."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = {}
        for kind in KINDS:
            paper = whole_paper(make.partnership(), 2, kind=kind, title=f"A {kind} paper")
            if kind == Paper.Kind.BLANK:
                paper.exercise = paper.plan = None
            made[kind] = build(paper)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def rendered(papers):
    return cache(lambda kind, name: RENDERERS[name](papers[kind]))


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_conforms(rendered, kind, profile):
    report = page.validate_pdf_bytes(rendered(kind, "pdf"), profile=profile)
    assert [(f.rule_id, f.message) for f in report.failures] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_three_formats_say_the_same_in_the_same_order(papers, rendered, kind):
    facts = facts_of(papers[kind])
    assert len(facts) > (60 if kind == Paper.Kind.BLANK else 200)
    assert left_over(words_of(rendered(kind, "html"), "html"), facts) == ""
    assert re.fullmatch(r"(\d\.)*", left_over(words_of(rendered(kind, "docx"), "docx"), facts))
    said = "".join(leaves(papers[kind], rendered(kind, "pdf")))
    assert undrawn(papers[kind], left_over(said, facts)) == ""


def test_a_paper_with_every_block_takes_as_many_queries_for_ten_times_the_rows(partnership):
    paper = whole_paper(partnership)

    def taken() -> tuple[int, BoardPaper]:
        with CaptureQueriesContext(connection) as found:
            made = build(Paper.objects.select_for_paper().get(pk=paper.pk))
        return len(found), made

    few, before = taken()
    for _ in range(9):
        grow(paper.plan)
    many, after = taken()
    assert len(facts_of(after)) > 2 * len(facts_of(before))
    assert few == many <= BUILD + 1  # one fetches the paper itself
