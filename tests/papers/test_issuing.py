"""Issuing a paper: looked over, put to its meeting, and the same ever after."""

import hashlib
from itertools import product

import pytest
from django.urls import reverse

from papers import html, renditions
from papers.kinds import Audience
from papers.models import AgendaItem, Block, IssuedFile, IssuedPaper, Paper
from papers.publishing import FORMATS, file_of, keep_file
from papers.services.issuing import issue
from partnership.rules import RuleBroken
from tests import factories as make
from tests import pages
from tests.races import at_once
from tests.working import work


@pytest.fixture
def paper(exercise) -> Paper:
    return make.paper(make.plan(exercise))


def address(paper: Paper, name: str, *more: str) -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def say(paper: Paper, words: str) -> None:
    """Change what the paper says."""
    Block.objects.create(section=paper.sections.first(), number=99, text=words)


def test_an_officer_issues_a_paper(client, officer, board_member, paper):
    client.force_login(officer)
    assert "Issue this paper" in pages.words(client.get(address(paper, "paper")))
    assert pages.queries(client, address(paper, "issue")) <= pages.MOST_QUERIES

    sent = client.post(address(paper, "issue"), {"note": ""})

    assert (sent.status_code, sent["Location"]) == (302, address(paper, "paper"))
    issued = IssuedPaper.objects.get()
    assert (issued.number, issued.issued_by, issued.note) == (1, officer, "")
    paper.refresh_from_db()
    assert paper.state == Paper.State.PUBLISHED
    assert paper.history.first().history_user == officer
    assert client.get(address(paper, "paper_download", "pdf")).status_code == 202
    work()
    kept_for = {(kept.format, kept.audience) for kept in issued.files.all()}
    assert kept_for == set(product(FORMATS, Audience.values))
    for kept in issued.files.all():
        assert kept.digest == hashlib.sha256(bytes(kept.content)).hexdigest()
    client.force_login(board_member)
    assert paper.title in pages.words(client.get(address(paper, "paper")))


def test_issued_files_stay_whatever_changes(client, officer, paper, monkeypatch):
    issue(paper=paper, by=officer)
    paper.refresh_from_db()
    before = {name: file_of(paper, name) for name in FORMATS}

    say(paper, "Something else entirely.")
    monkeypatch.setattr(html, "page", lambda paper: "another template")
    monkeypatch.setattr(renditions, "RENDERERS", {})
    renditions.recipe.cache_clear()

    assert {name: file_of(paper, name) for name in FORMATS} == before
    client.force_login(officer)
    for name in FORMATS:
        assert client.get(address(paper, "paper_download", name)).content == before[name]


def test_files_made_ahead_are_those_of_the_issue(client, officer, paper, monkeypatch):
    before = {name: file_of(paper, name) for name in ("pdf", "docx")}
    monkeypatch.setattr(renditions, "RENDERERS", dict.fromkeys(FORMATS, lambda paper: b"late"))

    issue(paper=paper, by=officer)

    client.force_login(officer)
    for name, content in before.items():
        assert client.get(address(paper, "paper_download", name)).content == content


def test_files_that_were_lost_on_the_way_are_made_from_what_was_issued(officer, paper):
    issue(paper=paper, by=officer)
    paper.refresh_from_db()
    assert not IssuedFile.objects.exists()
    say(paper, "Said too late.")

    assert b"Said too late." not in file_of(paper, "html")
    assert IssuedFile.objects.get().format == "html"


def test_a_correction_is_a_new_issue_that_says_what_changed(client, officer, paper):
    issue(paper=paper, by=officer)
    client.force_login(officer)
    say(paper, "A figure put right.")
    assert "A figure put right." not in pages.words(client.get(address(paper, "paper")))
    assert "A figure put right." in pages.words(client.get(address(paper, "draft")))

    wordless = client.post(address(paper, "issue"), {"note": " "})
    assert wordless.status_code == 422
    sent = client.post(address(paper, "issue"), {"note": "One figure was wrong."})

    assert sent.status_code == 302
    said = pages.words(client.get(address(paper, "paper")))
    assert "One figure was wrong." in said
    assert "A figure put right." in said
    assert [each.number for each in paper.issues.all()] == [1, 2]


def test_a_correction_that_changes_nothing_is_refused(client, officer, paper):
    issue(paper=paper, by=officer)
    client.force_login(officer)

    sent = client.post(address(paper, "issue"), {"note": "Nothing, really."})

    assert sent.status_code == 409
    assert "Nothing has changed since the paper was last issued." in sent.content.decode()
    with pytest.raises(RuleBroken, match="Say what changed"):
        issue(paper=paper, by=officer)


def test_what_is_missing_is_said_beside_the_draft(client, officer, paper):
    client.force_login(officer)
    paper.sections.create(number=98, heading="Nothing here yet")

    said = pages.words(client.get(address(paper, "draft")))

    assert "Look at this before it is issued" in said
    assert "It stands on no agenda." in said
    assert "Nothing here yet is empty." in said


def test_a_file_is_kept_once_and_never_changes(officer, paper):
    issued = issue(paper=paper, by=officer)
    first = keep_file(issued=issued, format="pdf", content=b"one")

    assert keep_file(issued=issued, format="pdf", content=b"two") == first
    with pytest.raises(ValueError, match="does not change"):
        first.save()


def test_only_officers_and_managers_issue(client, board_member, manager, paper):
    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.PUBLISHED)
    client.force_login(board_member)
    assert client.post(address(paper, "issue"), {"note": "Mine"}).status_code == 403
    assert not IssuedPaper.objects.exists()
    client.force_login(manager)
    assert client.post(address(paper, "issue"), {"note": ""}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_make_one_issue(officer, manager, paper):
    results = at_once(
        lambda: issue(paper=paper, by=officer, note="First"),
        lambda: issue(paper=paper, by=manager, note="Second"),
    )

    assert [type(result) for result in results].count(IssuedPaper) == 1
    assert any(isinstance(result, RuleBroken) for result in results)


def on_the_agenda(paper: Paper, day: str) -> None:
    meeting = make.meeting(make.group(paper.partnership), day)
    item = AgendaItem.objects.create(meeting=meeting, number=7, title="Change plan")
    Paper.objects.filter(pk=paper.pk).update(agenda_item=item)


def test_a_draft_says_by_when_it_must_be_published(client, officer, paper):
    client.force_login(officer)
    on_the_agenda(paper, "2150-05-18")
    assert "To be published by 8 May 2150" in pages.words(client.get(address(paper, "paper")))
    assert "late for the meeting" not in pages.words(client.get(address(paper, "draft")))

    on_the_agenda(paper, "2010-05-17")
    said = pages.words(client.get(address(paper, "draft")))
    assert "late for the meeting on 17 May 2010" in said
    assert "with 5 clear days of notice it had to be published by 7 May 2010" in said


def test_a_meeting_whose_day_is_not_known_asks_for_no_notice(client, officer, paper):
    client.force_login(officer)
    on_the_agenda(paper, "2150-05")
    assert "To be published by" not in pages.words(client.get(address(paper, "paper")))
