"""Who cleared a paper: recorded, asked for before it is issued, and taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from papers.models import Clearance, Paper, PaperSettings
from papers.services.clearing import record_clearance, withdraw_clearance
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from tests import factories as make
from tests import pages
from tests.races import at_once

TODAY = {"cleared_on_day": "8", "cleared_on_month": "3", "cleared_on_year": "2024"}


@pytest.fixture
def paper(exercise) -> Paper:
    return make.paper(make.plan(exercise))


def address(paper: Paper, name: str, *more: str) -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def clear(paper: Paper, by, name: str = "Finance", **fields) -> Clearance:
    given = {"cleared_by": "Head of Finance", "cleared_on": timezone.localdate()} | fields
    return record_clearance(paper=paper, name=name, by=by, **given)


def test_an_officer_records_a_clearance(client, officer, paper):
    client.force_login(officer)
    said = pages.words(client.get(address(paper, "before_issue")))
    assert said.count("Not cleared yet") == 3
    form = pages.words(client.get(address(paper, "clearance_new")))
    for name in ("Finance", "Legal", "Chair"):
        assert f"{name}: cleared by" in form

    given = {"by_2": "Monitoring Officer", "note": "With *one* remark"}
    sent = client.post(address(paper, "clearance_new"), given | TODAY)

    assert (sent.status_code, sent["Location"]) == (302, address(paper, "before_issue"))
    kept = Clearance.objects.get()
    assert (kept.name, kept.cleared_by, str(kept.cleared_on)) == (
        "Legal",
        "Monitoring Officer",
        "2024-03-08",
    )
    assert kept.history.get().history_user == officer
    said = pages.words(client.get(address(paper, "before_issue")))
    assert "by Monitoring Officer on 8 March 2024" in said
    assert "It is not cleared by: Finance." in said
    assert "It is not cleared by: Legal." not in said


def test_all_are_recorded_at_once_or_none(client, officer, paper):
    client.force_login(officer)
    new = address(paper, "clearance_new")
    everybody = {"by_1": "Head of Finance", "by_2": "Monitoring Officer", "by_3": "The chair"}
    nobody = client.post(new, {"by_1": " "} | TODAY)
    assert nobody.status_code == 422
    assert "Say who cleared the paper" in nobody.content.decode()
    assert client.post(new, everybody | TODAY | {"by_2": "x" * 121}).status_code == 422
    assert not Clearance.objects.exists()

    said = pages.words(client.post(new, everybody | TODAY, follow=True))

    assert "Cleared: Finance, Legal and Chair." in said
    assert "Record clearances" not in said
    assert Clearance.objects.filter(cleared_on="2024-03-08").count() == 3


def test_what_is_cleared_is_asked_for_no_more(client, officer, paper):
    client.force_login(officer)
    for name in ("Finance", "Legal", "Chair"):
        clear(paper, officer, name)
    sent = client.get(address(paper, "clearance_new"), follow=True)
    assert "Every clearance is recorded." in pages.words(sent)


def test_a_partnership_has_its_own_list(client, officer, paper):
    PaperSettings.objects.create(partnership=paper.partnership, clearances=["Section 151 officer"])
    client.force_login(officer)
    said = pages.words(client.get(address(paper, "before_issue")))
    assert "It is not cleared by: Section 151 officer." in said
    assert "Finance" not in said
    with pytest.raises(RuleBroken, match="not among the clearances"):
        clear(paper, officer)


def test_a_withdrawn_clearance_stays_on_record_with_the_reason(client, officer, paper):
    kept = clear(paper, officer)
    client.force_login(officer)
    away = address(paper, "clearance_withdraw", kept.identifier)
    assert client.post(away, {"version": kept.version, "reason": " "}).status_code == 422

    sent = client.post(away, {"version": kept.version, "reason": "The sums changed."}, follow=True)

    said = pages.words(sent)
    assert "It is not cleared by: Finance." in said
    assert "The sums changed." in said
    assert not Clearance.objects.exists()
    assert Clearance.everything.get().removed_by == officer
    assert clear(paper, officer).pk != kept.pk


def test_what_makes_no_sense_is_refused(officer, paper):
    clear(paper, officer)
    with pytest.raises(RuleBroken, match="recorded already"):
        clear(paper, officer)
    with pytest.raises(RuleBroken, match="still to come"):
        clear(paper, officer, "Legal", cleared_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="Say why"):
        withdraw_clearance(clearance=Clearance.objects.get(), version=1, reason="", by=officer)
    with pytest.raises(StaleVersion):
        withdraw_clearance(clearance=Clearance.objects.get(), version=9, reason="x", by=officer)


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_same_at_once_record_it_once(officer, manager, paper):
    results = at_once(lambda: clear(paper, officer), lambda: clear(paper, manager))
    assert sorted(type(result).__name__ for result in results) == ["Clearance", "RuleBroken"]
