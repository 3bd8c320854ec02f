"""The log of decisions, by meeting and by action, as a page and as a file."""

import csv
from io import StringIO

from django.urls import reverse

from changeplan.models import ChangePlan
from papers.decisions import so_far
from papers.services.deciding import confirm_decision, record_decision
from tests import factories as make
from tests import pages
from tests.papers.deciding import APPROVED, DEFERRED, address, met, on_action


def test_pages_of_decisions_take_few_queries(client, officer, paper, asked, decision):
    client.force_login(officer)
    action = make.action(paper.plan)
    asked.actions.add(action)
    confirm_decision(decision=decision, version=1, by=officer)
    last = record_decision(
        recommendation=asked, meeting=decision.meeting, values=DEFERRED, by=officer
    )
    log = "papers:decision_log", "papers:decision_log_download"
    addresses = [
        address(paper, "decisions"),
        *(reverse(name, args=["northshire"]) for name in log),
        on_action(action),
    ]

    def grow() -> None:
        nonlocal last
        for day in range(1, 11):
            confirm_decision(decision=last, version=1, by=officer)
            meeting = met(last.meeting.group, f"2024-05-{day:02}")
            values = {"recommendation": asked, "meeting": meeting, "values": APPROVED}
            last = record_decision(**values, by=officer)

    pages.assert_queries_stay(client, addresses, grow)


def test_the_log_is_narrowed_and_downloaded(client, officer, paper, asked, decision, board_member):
    confirm_decision(decision=decision, version=1, by=officer)
    other = make.group(paper.partnership, name="The Forum")
    values = {"outcome": "noted", "conditions": "=1+1"}
    record_decision(
        recommendation=asked, meeting=met(other, "2023-05-01"), values=values, by=officer
    )
    client.force_login(officer)
    log, download = (
        reverse(f"papers:{name}", args=["northshire"])
        for name in ("decision_log", "decision_log_download")
    )
    for query, found in [
        ("", {"Approved", "Noted"}),
        ("?year=2023", {"Noted"}),
        ("?outcome=approved", {"Approved"}),
        (f"?body={other.pk}", {"Noted"}),
        ("?body=999999999999999999999&year=x&outcome=%00", {"Approved", "Noted"}),
        ("?outcome=rejected", set()),
    ]:
        assert client.get(log + query).status_code == 200
        rows = list(
            csv.DictReader(StringIO(client.get(download + query).content.decode("utf-8-sig")))
        )
        assert {row["Decided"] for row in rows} == found, query
        assert all(row["Conditions"] in ("", "'=1+1") for row in rows)
    client.force_login(board_member)
    assert "Noted" not in client.get(download).content.decode()


def test_an_action_tells_what_was_decided_on_it(
    client, board_member, paper, asked, decision, officer
):
    ChangePlan.objects.filter(pk=paper.plan_id).update(state="submitted")
    named, other = make.action(paper.plan), make.action(paper.plan)
    asked.actions.add(named)
    confirm_decision(decision=decision, version=1, by=officer)
    client.force_login(board_member)
    log = client.get(reverse("papers:decision_log", args=["northshire"])).content.decode()
    assert on_action(named) in log
    page = reverse(
        "changeplan:action", args=["northshire", named.plan.identifier, named.identifier]
    )
    assert on_action(named) in client.get(page).content.decode()
    assert "Approved 12" in pages.words(client.get(on_action(named)))
    assert "No decision yet" in pages.words(client.get(on_action(other)))
    assert so_far(make.paper(paper.plan)).get() == decision
    assert not so_far(paper).exists()
