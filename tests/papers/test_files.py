"""A paper as a file, asked for on a page and made beside it: the way of a reader."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from papers import ahead, files, renditions
from papers.content import build
from papers.models import Block, Paper, Rendition
from tests import factories as make
from tests import pages
from tests.working import work

BROWSER = {"headers": {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}}


@pytest.fixture
def paper(exercise) -> Paper:
    return make.paper(make.plan(exercise))


@pytest.fixture
def reader(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture(autouse=True)
def made(monkeypatch) -> list[str]:
    """Put quick renderers in place, and count what they make."""
    calls: list[str] = []

    def render(name: str):
        return lambda paper: calls.append(name) or f"{name} {paper.title}".encode()

    for name in ("pdf", "docx"):
        monkeypatch.setitem(renditions.RENDERERS, name, render(name))
    return calls


def address(paper: Paper, format: str = "pdf", name: str = "paper_download") -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, format])


def say(paper: Paper, words: str) -> None:
    Block.objects.filter(section__paper=paper, kind="prose").update(text=words)


def test_a_click_waits_on_a_page_that_ends_in_the_download(reader, paper, made):
    sent = reader.get(address(paper), **BROWSER)
    assert sent.status_code == 303
    assert sent["Location"].startswith(address(paper, name="paper_file"))
    waiting = pages.words(reader.get(sent["Location"]))
    assert "It is next." in waiting
    assert "Look again" in waiting
    assert made == []

    work()

    ready = reader.get(sent["Location"])
    assert "Your file is ready." in pages.words(ready)
    assert f'http-equiv="refresh" content="0; url={address(paper)}' in ready.content.decode()
    file = reader.get(ready.context["file"])
    assert file.content == f"pdf {paper.title}".encode()
    assert f'filename="{paper.slug}.pdf"' in file["Content-Disposition"]
    assert reader.get(address(paper), **BROWSER).content == file.content
    assert made == ["pdf"]


def test_the_download_is_what_was_clicked_whatever_is_changed_meanwhile(reader, paper):
    page = reader.get(address(paper), **BROWSER)["Location"]
    work()
    Paper.objects.filter(pk=paper.pk).update(title="Another title")

    assert reader.get(reader.get(page).context["file"]).content == f"pdf {paper.title}".encode()
    assert reader.get(address(paper), **BROWSER).status_code == 303


def test_who_asks_for_no_page_is_told_when_to_ask_again(reader, paper, monkeypatch):
    told = reader.get(address(paper))
    assert (told.status_code, told.json()["state"]) == (202, "waiting")
    assert int(told["Retry-After"]) > 0

    monkeypatch.setitem(renditions.RENDERERS, "pdf", lambda paper: 1 / 0)
    work()
    told = reader.get(address(paper))
    assert (told.status_code, told.json()["state"]) == (503, "failed")


def test_a_web_page_is_made_at_once(reader, paper):
    assert paper.title.encode() in reader.get(address(paper, "html"), **BROWSER).content
    assert not Rendition.objects.exists()


def test_however_many_ask_it_is_made_once(reader, paper, made):
    for _ in range(3):
        reader.get(address(paper))
    work()
    assert made == ["pdf"]
    assert Rendition.objects.get().attempts == 1


def test_a_failure_is_said_in_words_and_can_be_tried_again(reader, paper, made, monkeypatch):
    def broken(paper):
        raise renditions.fonts.RendererUnavailable("To print PDFs, install Pango.")

    with monkeypatch.context() as patched:
        patched.setitem(renditions.RENDERERS, "pdf", broken)
        page = reader.get(address(paper), **BROWSER)["Location"]
        work()
    said = pages.words(reader.get(page))
    assert "To print PDFs, install Pango." in said
    assert "Try again" in said

    assert reader.post(page)["Location"].startswith(address(paper, name="paper_file"))
    assert reader.post(page).status_code == 303  # a second click is not a third attempt
    work()

    assert "Your file is ready." in pages.words(reader.get(page))
    assert Rendition.objects.get().attempts == 2
    assert made == ["pdf"]


def test_an_old_failure_is_not_held_against_who_asks_anew(reader, paper, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setitem(renditions.RENDERERS, "pdf", lambda paper: 1 / 0)
        reader.get(address(paper))
        work()
    assert reader.get(address(paper)).status_code == 503
    Rendition.objects.update(finished_at=timezone.now() - files.STALE)
    assert reader.get(address(paper)).status_code == 202


def test_what_was_lost_is_said_and_can_be_tried_again(reader, paper, made):
    page = reader.get(address(paper), **BROWSER)["Location"]
    started = {"started_at": timezone.now(), "worker_ids": ["elsewhere:7:ab"], "status": "RUNNING"}
    DBTaskResult.objects.update(**started)
    Rendition.objects.update(state="running", started_at=started["started_at"])
    assert "It is being made now." in pages.words(reader.get(page))

    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=6))
    assert "It was lost on the way" in pages.words(reader.get(page))
    reader.post(page)
    work()
    assert "Your file is ready." in pages.words(reader.get(page))
    assert made == ["pdf"]


def test_it_is_said_when_no_worker_runs(client, officer, administrator, paper):
    said = {}
    for user in (officer, administrator):
        client.force_login(user)
        page = client.get(address(paper), **BROWSER)["Location"]
        Rendition.objects.update(asked_at=timezone.now() - files.PATIENCE)
        said[user] = pages.words(client.get(page))
    for words in said.values():
        assert "nothing that makes files seems to be running" in words
    assert "manage.py db_worker" in said[administrator]
    assert "db_worker" not in said[officer]


def test_a_poll_is_answered_when_there_is_news(reader, paper):
    page = reader.get(address(paper), **BROWSER)["Location"]
    poll = {"headers": {"hx-request": "true"}}
    same = reader.get(f"{page}&seen=It is next.", **poll)
    assert same.status_code == 204
    work()
    news = reader.get(f"{page}&seen=It is next.", **poll)
    assert "data-starts" in news.content.decode()
    assert pages.queries(reader, page) <= pages.MOST_QUERIES


def test_nobody_gets_a_file_by_its_address_alone(reader, paper, exercise, outsider, observer):
    exempt = {"is_exempt": True, "exempt_under": "3", "public_interest": "Prices."}
    paper.sections.filter(is_appendix=True).update(**exempt)
    page = reader.get(address(paper), **BROWSER)["Location"]
    work()
    file = reader.get(page).context["file"]
    for user in (outsider, observer):  # the paper is a draft
        reader.force_login(user)
        assert reader.get(file).status_code == 404
        assert reader.get(page).status_code == 404

    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.PUBLISHED)
    other = make.paper(make.plan(exercise), state=Paper.State.PUBLISHED)
    # An observer sees nothing exempt, and gets no further with the address of somebody who does.
    assert reader.get(file).status_code == 202
    assert reader.get(file.replace(paper.identifier, other.identifier)).status_code == 202
    work()
    assert reader.get(address(other)).content == f"pdf {other.title}".encode()


def test_a_draft_is_made_ahead_when_it_rests(reader, paper, made):
    for words in ("One", "Two"):
        say(paper, words)
        ahead.rests(paper)
    task = DBTaskResult.objects.get()
    assert timedelta(seconds=15) < task.run_after - timezone.now() <= ahead.RESTS_FOR
    work()
    assert made == []

    DBTaskResult.objects.update(run_after=timezone.now())
    work()

    assert sorted(made) == ["docx", "pdf"]
    assert reader.get(address(paper), **BROWSER).status_code == 200


def test_reading_a_draft_has_its_files_made_once(reader, paper, made):
    draft = reverse("papers:draft", args=[paper.partnership.slug, paper.identifier])
    for _ in range(3):
        reader.get(draft)
        assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    reader.get(draft)
    work()
    assert sorted(made) == ["docx", "pdf"]


def test_asking_again_costs_little_more_than_building_the_paper(paper):
    with CaptureQueriesContext(connection) as building:
        build(paper)
    files.ask(paper, "pdf")
    with CaptureQueriesContext(connection) as asking:
        files.ask(paper, "pdf")
    assert len(asking) <= len(building) + 6
