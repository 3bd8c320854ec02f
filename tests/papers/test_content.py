"""What building and showing a paper costs, and that an issued paper stays as it was."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.content import build
from papers.document import digest
from papers.models import Block, Paper
from papers.publishing import content_of
from papers.services.issuing import issue
from papers.storage import dump, load
from standards.models import Finding
from tests import factories as make
from tests import pages
from tests.papers import samples

BUILD = 25


@pytest.fixture
def paper(exercise) -> Paper:
    """A paper with a block of every kind, on a plan with one of everything."""
    plan = make.plan(exercise)
    grow(plan, 1)
    return make.paper(plan)


def grow(plan, times: int) -> None:
    """Add statements, actions with support, and findings to the plan and its exercise."""
    given = plan.entitlements.first() or make.entitlement(plan)
    for _ in range(times):
        number = plan.actions.count() + 1
        action = make.action(plan, standards=(1,))
        action.priorities.add(make.priority(plan.exercise, f"Priority {number}", number))
        make.support(given, f"Purpose {number}", (1,), action=action)
        make.status(plan, 1, "It is so.")


def fetched() -> Paper:
    return Paper.objects.select_for_paper().get()


def taken(run) -> int:
    with CaptureQueriesContext(connection) as found:
        run()
    return len(found)


def test_building_a_paper_takes_as_many_queries_for_ten_times_the_rows(paper):
    few, before = build(fetched()), taken(lambda: build(fetched()))
    grow(paper.plan, 10)
    many, after = build(fetched()), taken(lambda: build(fetched()))
    assert 2 * len(str(many)) > 3 * len(str(few))
    assert before == after <= BUILD + 1  # one fetches the paper itself


def test_the_page_of_an_issued_paper_takes_few_queries(paper, client, board_member):
    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.PUBLISHED)
    issue(paper=paper, by=None)
    client.force_login(board_member)
    address = reverse("papers:paper", args=[paper.partnership.slug, paper.identifier])
    assert pages.queries(client, address) <= pages.MOST_QUERIES


def test_the_page_of_a_draft_takes_as_many_queries_for_ten_times_the_rows(paper, client, manager):
    client.force_login(manager)
    address = reverse("papers:paper", args=[paper.partnership.slug, paper.identifier])
    pages.assert_queries_stay(client, [address], lambda: grow(paper.plan, 10))


def test_a_draft_is_read_in_a_frame_of_our_own_page_alone(paper, client, manager):
    client.force_login(manager)
    where = [paper.partnership.slug, paper.identifier]
    outside = client.get(reverse("papers:paper", args=where))
    framed = client.get(reverse("papers:draft", args=where))
    assert "Priority 1" not in pages.words(outside)
    assert "Priority 1" in pages.words(framed)
    assert f'src="{reverse("papers:draft", args=where)}"' in outside.content.decode()
    assert "frame-src 'self'" in outside["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in outside["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"


def test_the_list_of_papers_takes_as_many_queries_for_ten_papers(paper, client, manager):
    client.force_login(manager)
    address = reverse("papers:papers", args=[paper.partnership.slug])
    pages.assert_queries_stay(
        client, [address], lambda: [make.paper(paper.plan) for _ in range(10)]
    )


def test_an_issued_paper_stays_as_it_was(paper):
    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.PUBLISHED)
    paper.refresh_from_db()
    issued = issue(paper=paper, by=None)
    as_issued = content_of(paper)
    Finding.objects.all().delete()
    Block.objects.all().delete()
    assert content_of(paper) == as_issued != build(paper)
    assert digest(content_of(paper)) == issued.digest


def test_a_draft_is_shown_as_it_stands(paper):
    before = content_of(paper)
    grow(paper.plan, 1)
    assert content_of(paper) != before


def test_an_issued_paper_refuses_to_change(paper):
    issued = issue(paper=paper, by=None)
    with pytest.raises(ValueError, match="does not change"):
        issued.save()
    assert [issue(paper=paper, by=None).number, issue(paper=paper, by=None).number] == [2, 3]


@pytest.mark.parametrize("sample", ["bromley", "hostile", "worldly", "plain"])
def test_a_stored_paper_comes_back_whole(sample):
    made = getattr(samples, sample)()
    assert load(json.loads(json.dumps(dump(made)))) == made


def test_a_block_without_its_records_says_so(exercise):
    plan = make.plan(exercise)
    paper = make.paper(plan, kind=Paper.Kind.EVALUATION)
    Paper.objects.filter(pk=paper.pk).update(plan=None)
    said = str(build(Paper.objects.get(pk=paper.pk)))
    assert said.count("No change plan has been named for this paper.") == 4
