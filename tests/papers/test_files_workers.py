"""Files made by workers of their own, as in production: shared out, and killed in the middle."""

import os
from dataclasses import replace

import pytest
from django_tasks_db.models import DBTaskResult

from papers import files, renditions
from papers.document import BoardPaper
from papers.management.commands import db_worker
from papers.models import Rendition
from papers.tasks import make_file
from tests.papers import samples
from tests.working import PATIENCE, until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def queue(paper: BoardPaper, format: str) -> Rendition:
    wanted, is_new = renditions.wanted(paper, format)
    assert is_new
    make_file.enqueue(wanted.pk)
    return wanted


def long() -> BoardPaper:
    """A paper that takes a while to print."""
    paper = samples.bromley()
    return replace(paper, sections=paper.sections * 3, appendices=paper.appendices * 3)


def test_two_workers_share_the_work_and_do_nothing_twice():
    titles = [f"Paper {number}" for number in range(8)]
    with worker(), worker():
        for title in titles:
            queue(replace(samples.bromley(), title=title), "docx")
        until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())

    made = Rendition.objects.all()
    assert [each.state for each in made] == ["ready"] * len(titles)
    assert len({bytes(each.content) for each in made}) == len(titles)
    begun_by = [each.worker_ids for each in DBTaskResult.objects.all()]
    assert {len(each) for each in begun_by} == {1}
    assert len({each[0] for each in begun_by}) == 2


def test_what_a_killed_worker_left_is_offered_again_and_taken_up_by_the_next():
    wanted = queue(long(), "pdf")
    with worker() as first:
        until(lambda: Rendition.objects.filter(state="running").exists())
        first.kill()
        first.wait()
    wanted.refresh_from_db()
    offered = files.standing(wanted)
    assert (offered.state, offered.may_retry) == ("lost", True)

    with worker():
        until(lambda: Rendition.objects.filter(state="ready").exists())

    made = Rendition.objects.get()
    assert made.attempts == 2
    assert bytes(made.content).startswith(b"%PDF")


def test_a_worker_that_is_told_to_stop_stops():
    with worker() as idle:
        queue(samples.plain(), "docx")
        until(lambda: Rendition.objects.filter(state="ready").exists())
        idle.terminate()
        assert idle.wait(PATIENCE) == 0


@pytest.mark.parametrize(("session", "taken"), [("own", "19"), ("another's", "0")])
def test_a_worker_gives_way_with_its_session_and_with_nobody_elses(
    monkeypatch, tmp_path, session, taken
):
    steps, group = [], tmp_path / "autogroup"
    group.write_text("0")
    monkeypatch.setattr(db_worker, "AUTOGROUP", group)
    monkeypatch.setattr(os, "nice", steps.append)
    monkeypatch.setattr(os, "getsid", lambda _: os.getpid() if session == "own" else 1)

    db_worker.give_way()

    assert (steps, group.read_text()) == ([19], taken)


def test_where_sessions_are_no_groups_a_worker_gives_way_all_the_same(monkeypatch, tmp_path):
    steps = []
    monkeypatch.setattr(db_worker, "AUTOGROUP", tmp_path / "none" / "autogroup")
    monkeypatch.setattr(os, "nice", steps.append)
    monkeypatch.setattr(os, "getsid", lambda _: os.getpid())
    db_worker.give_way()
    assert steps == [19]
