"""What is to be looked at before a paper is issued, each with the way to mend it."""

import re
from types import SimpleNamespace

import page as validator
import pytest
from django.urls import reverse

from papers import conformance
from papers.content import build
from papers.kinds import BlockKind
from papers.models import AgendaItem, Block, Paper, Rendition
from papers.pages.checks import checks
from papers.renditions import key_of
from papers.services.composing import add_block, add_recommendation, add_section
from standards.models import Score
from tests import factories as make
from tests import pages
from tests.working import work


@pytest.fixture
def paper(exercise) -> Paper:
    return make.paper(make.plan(exercise))


def address(paper: Paper, name: str, *more: str) -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def said(paper: Paper) -> dict[str, str]:
    """Return what is to be looked at, and where that is mended."""
    found = Paper.objects.select_for_paper().get(pk=paper.pk)
    return {check.words: check.href for check in checks(found, build(found))}


def change(paper: Paper, **values) -> None:
    Paper.objects.filter(pk=paper.pk).update(**values)


def write(paper: Paper, by, text: str) -> Block:
    return add_block(section=paper.sections.get(heading="Findings"), text=text, by=by)


def test_what_is_missing_leads_to_where_it_is_mended(officer, paper):
    paper.front_sheet.create(number=1, label="Wards", source="text")
    risk = add_section(paper=paper, heading="Risk implications", implication="risk", by=officer)
    change(paper, purpose=Paper.Purpose.DECISION)

    found = said(paper)

    mended = address(paper, "compose")
    assert found["It stands on no agenda."] == address(paper, "paper_agenda")
    assert found["It does not say which body it goes to."] == address(paper, "about")
    wards = found["The front sheet says nothing after “Wards”."]
    assert wards == address(paper, "front_sheet")
    assert found["2 Risk implications is empty."] == f"{mended}#section-{risk.identifier}"
    legal = f"{address(paper, 'section_new')}?implication=legal"
    assert found["There is no section on legal implications."] == legal
    assert "There is no section on risk implications." not in found
    new = address(paper, "recommendation_new")
    assert found["It is for decision, and recommends nothing."] == new
    assert found["It is not cleared by: Chair."].endswith("#clearances")


def test_every_link_of_a_check_leads_to_a_page(client, officer, paper):
    client.force_login(officer)
    paper.sections.create(number=98, heading="Nothing here yet")
    paper.front_sheet.create(number=1, label="Wards", source="text")
    write(paper, officer, "We agreed {{ date of the exercise }}.")
    links = set(said(paper).values())
    assert len(links) > 6
    for link in links:
        assert client.get(link.partition("#")[0]).status_code == 200, link


def test_a_late_paper_is_told_until_the_chair_takes_it(officer, paper):
    meeting = make.meeting(make.group(paper.partnership), "2010-05-17")
    item = AgendaItem.objects.create(meeting=meeting, number=7, title="Change plan")
    change(paper, agenda_item=item)
    (late,) = (words for words in said(paper) if "late for the meeting on 17 May 2010" in words)
    assert said(paper)[late] == address(paper, "paper_agenda")

    AgendaItem.objects.filter(pk=item.pk).update(kind="late", late_reason="It is urgent.")

    assert late not in said(paper)


def test_a_figure_that_moved_is_named_with_its_paragraph(client, officer, exercise, paper):
    client.force_login(officer)
    live = write(paper, officer, "The lowest average was {{ lowest average }}.")
    typed = write(paper, officer, "Nobody averaged less than **2.5**, or 12.5 in all.")
    apart = write(paper, officer, "We met in the town hall, at 2.50 pm.")
    before = figure(build(paper), "The lowest average was")
    typed.figures = dict(typed.figures) | {"lowest average": "2.5"}
    apart.figures = typed.figures
    Block.objects.bulk_update([typed, apart], ["figures"])

    for score in Score.objects.filter(working_group__session__exercise=exercise):
        Score.objects.filter(pk=score.pk).update(value="1.0", not_applicable=False)

    then = "lowest average was {}. It is 1.0 now."
    found = said(paper)
    moved = [words for words in found if "lowest average was" in words]
    assert moved == [
        f"Paragraph {number(live)} was written when the {then.format(before)}",
        f"Paragraph {number(typed)} was written when the {then.format('2.5')}",
    ]
    assert found[moved[0]] == address(paper, "block_edit", live.identifier)

    kept = {"version": live.version}
    client.post(address(paper, "figures_checked", live.identifier), {"version": 99})
    assert moved[0] in said(paper)
    client.post(address(paper, "figures_checked", live.identifier), kept)
    assert moved[0] not in said(paper)
    assert moved[1] in said(paper)
    live.refresh_from_db()
    assert live.figures["lowest average"] == "1.0"
    assert live.history.first().history_user == officer


def figure(content, words: str) -> str:
    """Return the figure that follows the words."""
    told = str(content.sections)
    return re.search(rf"{words} ([0-9.]+[0-9])", told).group(1)


def number(block: Block) -> str:
    """Return the number that a block's paragraph prints."""
    start = block.text.partition("{")[0].partition("*")[0]
    for section in build(block.section.paper).sections:
        for item in section.items:
            if start in str(item):
                return item.number
    raise AssertionError(block.text)


def test_a_placeholder_without_a_value_is_named(officer, paper):
    block = write(paper, officer, "The days available are {{ days available }}.")
    href = said(paper)["1 Findings: nobody has recorded the days available yet."]
    assert href == address(paper, "block_edit", block.identifier)


def test_a_plan_that_is_not_before_the_board_cannot_be_approved(officer, paper):
    board = make.group(paper.partnership)
    add_recommendation(
        paper=paper, asked_of=board, text="approve the plan", approves_plan=True, by=officer
    )
    words = "Recommendation 1 approves a plan that is not before the board."
    assert said(paper)[words].endswith(f"/{paper.plan.identifier}/")


def test_recommendations_that_no_reader_would_see_are_told(officer, paper):
    board = make.group(paper.partnership)
    add_recommendation(paper=paper, asked_of=board, text="note it", by=officer)
    shown = Block.objects.get(section__paper=paper, kind=BlockKind.RECOMMENDATIONS)
    assert not [words for words in said(paper) if "exempt appendix alone" in words]
    exempt = add_section(
        paper=paper,
        heading="Prices",
        is_appendix=True,
        is_exempt=True,
        exempt_under="3",
        public_interest="The tender is open.",
        by=officer,
    )
    Block.objects.filter(pk=shown.pk).update(section=exempt, number=50)
    assert [words for words in said(paper) if "exempt appendix alone" in words]
    shown.delete()
    assert "No section prints the recommendations." in said(paper)


def test_checks_stand_beside_the_draft_and_take_few_queries(client, officer, paper):
    client.force_login(officer)
    draft = client.get(address(paper, "draft"))
    assert "It stands on no agenda." in pages.words(draft)
    assert f'href="{address(paper, "paper_agenda")}" target="_top"' in draft.content.decode()
    write(paper, officer, "Text of {{ number of groups }}.")
    before = pages.queries(client, address(paper, "before_issue"))
    for place in range(20):
        write(paper, officer, f"Text {place} of {{{{ number of groups }}}}.")
    assert pages.queries(client, address(paper, "before_issue")) == before <= 45


def test_the_file_is_made_and_checked_off_the_request(client, officer, paper):
    client.force_login(officer)
    at = address(paper, "before_issue")
    assert "Not checked yet" in pages.words(client.get(at))

    client.post(address(paper, "file_check"))
    assert "Being checked" in pages.words(client.get(at))
    work()

    said = pages.words(client.get(at))
    assert said.count("it keeps PDF/UA-1 and PDF/A-3a") == 1
    assert "Make the PDF and check it" not in said


def test_a_pdf_that_keeps_not_to_the_standards_stops_the_issue(client, officer, paper, monkeypatch):
    fault = SimpleNamespace(message="A figure has no words", rule_id="FIGURE-1")
    report = SimpleNamespace(failures=[fault])
    monkeypatch.setattr(validator, "validate_pdf_bytes", lambda *args, **kwargs: report)
    client.force_login(officer)
    client.post(address(paper, "file_check"))
    work()

    said = pages.words(client.get(address(paper, "before_issue")))
    assert "PDF/UA-1: A figure has no words (FIGURE-1)" in said
    sent = client.post(address(paper, "issue"), {"note": ""})
    assert sent.status_code == 409
    assert "A figure has no words" in sent.content.decode()
    assert not paper.issues.exists()

    write(paper, officer, "Mended.")  # another file, of which nothing bad is known
    assert client.post(address(paper, "issue"), {"note": ""}).status_code == 302


def test_a_pdf_that_could_not_be_made_stops_the_issue(client, officer, paper):
    client.force_login(officer)
    key = key_of(build(Paper.objects.select_for_paper().get(pk=paper.pk)), "pdf")
    client.post(address(paper, "file_check"))
    issue = address(paper, "issue")
    broken = {"state": "failed", "problem": "A font is missing."}
    Rendition.objects.filter(key=key).update(**broken)
    assert "A font is missing." in client.post(issue, {"note": ""}).content.decode()
    assert not paper.issues.exists()


def test_a_broken_file_is_found_out():
    assert conformance.problems_of(b"%PDF-1.7 nothing")
