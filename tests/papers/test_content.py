"""What building and showing a paper costs, and that an issued paper stays as it was."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from papers.content import build
from papers.document import Item, NumberedParagraph, Prose, Table, digest
from papers.kinds import BlockKind
from papers.models import Block, Paper
from papers.publishing import content_of
from papers.services.issuing import issue
from papers.storage import dump, load
from partnership.richtext import plain_text
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


def nothings(paper: Paper) -> list[str]:
    """What the blocks say that have nothing to show."""
    items = [item for s in build(paper).sections + build(paper).appendices for item in s.items]
    return [plain_text(i.body) for i in items if isinstance(i, Prose) and i.says_nothing]


def test_a_block_without_its_records_says_so(exercise):
    paper = make.paper(make.plan(exercise), kind=Paper.Kind.EVALUATION)
    Paper.objects.filter(pk=paper.pk).update(plan=None)
    said = nothings(Paper.objects.get(pk=paper.pk))
    assert said.count("No change plan has been named for this paper.") == 5
    assert "There is no earlier exercise to compare the scores with." in said
    assert "No decision on an earlier paper has been confirmed." in said


def test_a_paper_about_nothing_says_so_block_by_block(partnership):
    bare = make.plan(make.exercise(partnership))
    in_words = make.plan(make.exercise(partnership, is_scored=False))
    unscored = [nothings(make.paper(plan)) for plan in (bare, in_words)]
    assert [said.count("No standard has been scored.") for said in unscored] == [7, 7]
    blank = make.paper(bare, kind=Paper.Kind.BLANK)
    Paper.objects.filter(pk=blank.pk).update(plan=None, exercise=None)
    assert len(nothings(Paper.objects.get(pk=blank.pk))) == len(BlockKind) - 2


def test_a_block_with_nothing_to_show_takes_no_number(exercise):
    paper = make.paper(make.plan(exercise))
    items = build(paper).sections[0].items
    numbers = [item.number for item in items if isinstance(item, NumberedParagraph)]
    assert numbers == [f"1.{place}" for place in range(1, len(numbers) + 1)]


def showing(plan, *kinds: BlockKind, **fields) -> tuple[Item, ...]:
    """What blocks of these kinds show, one after the other."""
    paper = make.paper(plan, **fields)
    paper.sections.exclude(number=1).delete()
    paper.sections.get().blocks.exclude(kind__in=kinds).delete()
    return build(paper).sections[0].items


def words_in(table: Table) -> list[list[str]]:
    return [[plain_text(cell) for cell in row] for row in table.rows]


def test_the_scores_table_says_what_stands_behind_an_average(partnership):
    plan = make.plan(make.scored_exercise(partnership))
    _, table = showing(plan, BlockKind.SCORES_TABLE)
    assert [column.heading for column in table.columns] == [
        "Standard", "Average (of 5)", "Strategic", "Operational", "Groups", "Scores from and to",
    ]  # fmt: skip
    assert words_in(table) == [
        ["1. We share one plan", "2.5", "3.0", "1.5", "3", "1.5 to 3"],
        ["2. Standard title 2", "3.0", "4.0", "2.0", "2 of 3", "2 to 4"],
        ["3. Standard title 3", "4.5", "5.0", "4.0", "2 of 3", "4 to 5"],
    ]
    assert table.note.startswith("Each average is the mean of the scores agreed")


def test_change_since_last_time_lists_what_moved_and_says_the_rest(partnership):
    first = make.scored_exercise(partnership, title="The first exercise")
    again = make.exercise(partnership, framework=first.framework, previous=first)
    make.scores(make.working_group(again, "Table"), "3.5", "3", None)
    lead, table = showing(make.plan(again), BlockKind.CHANGE_SINCE)
    assert plain_text(lead.body).endswith(
        "Since The first exercise, one average rose and one stayed as they were."
    )
    assert table.caption == "Average scores that moved since The first exercise"
    assert words_in(table) == [["1. We share one plan", "2.5", "3.5", "+1.0"]]
    assert table.note == "No change on standard 2. Standard 3 cannot be compared."


def test_the_timeline_is_a_picture_beside_its_table(exercise):
    plan = make.plan(exercise)
    make.action(plan, "Begin", start="2024-05", due="2024-06-30")
    make.action(plan, "Whenever")
    make.action(plan, "Sooner", due="2024-03", status="complete")
    make.action(plan, "Afterwards", due="later this year")
    _, chart, table = showing(plan, BlockKind.ACTION_TIMELINE)
    assert "Today" not in chart.svg
    assert [row[0] for row in words_in(table)] == [
        "3. Sooner", "1. Begin", "4. Afterwards", "2. Whenever",
    ]  # fmt: skip
    assert words_in(table)[1] == ["1. Begin", "May 2024", "30 June 2024", "Not started"]
    assert words_in(table)[3] == ["2. Whenever", "", "No date", "Not started"]


def test_decisions_so_far_are_those_confirmed_on_earlier_papers(exercise, officer):
    plan = make.plan(exercise)
    board = make.group(plan.partnership, name="The Board")
    earlier = make.paper(plan, title="The plan")
    confirmed = {"confirmed_at": timezone.now(), "confirmed_by": officer}
    made = make.decision(
        earlier, outcome="amended", amended="note it **twice**", minute_reference="41/24",
        conditions="If money is found.", meeting=make.meeting(board, "2024-03-14"), **confirmed,
    )  # fmt: skip
    make.decision(earlier, follows=made, meeting=make.meeting(board, "2024-05-16"))
    other = make.plan(make.exercise(plan.partnership))
    make.decision(make.paper(other, title="Another"), **confirmed)
    _, table = showing(plan, BlockKind.DECISIONS_SO_FAR)
    assert table.caption == "Decisions of The Board, 14 March 2024"
    assert words_in(table) == [
        [
            "The plan\nnote it",
            "Approved as amended:\nnote it twice\nConditions:\nIf money is found.",
            "41/24",
        ]
    ]


def test_the_paper_that_was_decided_on_does_not_tell_its_own_decisions(exercise, officer):
    paper = make.paper(make.plan(exercise))
    make.decision(paper, confirmed_at=timezone.now(), confirmed_by=officer)
    assert "No decision on an earlier paper has been confirmed." in nothings(paper)
