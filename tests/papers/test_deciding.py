"""What a body decided: recorded, confirmed, corrected, decided anew."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from papers.decisions import present_count
from papers.models import Decision
from papers.services.deciding import change_decision, confirm_decision, record_decision
from partnership.dates import day_words
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from tests import factories as make
from tests import pages
from tests.papers.deciding import APPROVED, address, met
from tests.races import at_once


def test_an_officer_records_and_confirms_a_decision(client, officer, board_member, paper, meeting):
    client.force_login(officer)
    given = {"meeting": meeting.pk, "present": "Ten members", "was_quorate": "True", **APPROVED}
    sent = client.post(address(paper, "decision_new", 1), given)
    assert (sent.status_code, sent["Location"]) == (302, address(paper, "decisions"))
    made = Decision.objects.get()
    assert (made.asked, made.was_quorate, made.is_confirmed) == ("approve the plan", True, False)
    said = pages.words(client.get(address(paper, "decisions")))
    assert "Approved, to be confirmed" in said
    client.force_login(board_member)
    assert "Nothing is recorded yet." in pages.words(client.get(address(paper, "decisions")))

    client.force_login(officer)
    confirm = address(paper, "decision_confirm", made.identifier)
    assert client.post(confirm, {"version": made.version}).status_code == 302

    client.force_login(board_member)
    said = pages.words(client.get(address(paper, "decisions")))
    assert "to be confirmed" not in said
    assert f"by {officer.name}" in said
    log = reverse("papers:decision_log", args=[paper.partnership.slug])
    assert "Approved 12" in pages.words(client.get(log))
    assert client.post(confirm, {"version": 2}).status_code == 403


def test_amended_words_stand_beside_those_that_were_put(client, officer, paper, meeting):
    client.force_login(officer)
    form = address(paper, "decision_new", 1)
    given = {"meeting": meeting.pk, "outcome": "amended"}
    assert client.post(form, given).status_code == 422
    assert client.post(form, given | {"amended": "approve most of it"}).status_code == 302

    said = pages.words(client.get(address(paper, "decisions")))

    assert "As amended approve most of it As it was put approve the plan" in said


def test_what_was_deferred_says_to_when(client, officer, paper, meeting):
    client.force_login(officer)
    form = address(paper, "decision_new", 1)
    given = {"meeting": meeting.pk, "outcome": "deferred", "amended": "not for this"}
    assert client.post(form, given).status_code == 422
    assert client.post(form, given | {"deferred_to_month": "9", "deferred_to_year": "2027"})

    made = Decision.objects.get()
    assert (str(made.deferred_to), made.amended) == ("September 2027", "")


def test_a_slip_of_the_pen_is_corrected_with_its_reason(decision, officer, manager):
    confirmed = confirm_decision(decision=decision, version=1, by=officer)
    slip = {"minute_reference": "13"}
    with pytest.raises(RuleBroken, match="Say why"):
        change_decision(decision=decision, changes=slip, version=2, by=manager)
    with pytest.raises(RuleBroken, match="Record a further decision"):
        change_decision(
            decision=decision, changes={"outcome": "noted"}, version=2, by=manager, reason="Slip"
        )

    corrected = change_decision(
        decision=confirmed, changes=slip, version=2, by=manager, reason="The minutes say 13."
    )

    last = corrected.history.first()
    assert (corrected.minute_reference, corrected.is_confirmed) == ("13", True)
    assert (last.history_change_reason, last.history_user) == ("The minutes say 13.", manager)


def test_a_change_of_mind_is_a_further_decision(decision, asked, meeting, officer):
    with pytest.raises(RuleBroken, match="Change or confirm that one"):
        record_decision(recommendation=asked, meeting=meeting, values=APPROVED, by=officer)
    confirm_decision(decision=decision, version=1, by=officer)
    later = met(meeting.group, "2024-06-13")

    second = record_decision(
        recommendation=asked, meeting=later, values={"outcome": "rejected"}, by=officer
    )

    assert second.follows == decision
    assert [each.outcome for each in asked.decisions.order_by("pk")] == ["approved", "rejected"]


def test_nothing_is_decided_too_early_or_elsewhere(exercise, paper, asked, board, officer, meeting):
    draft = make.paper(paper.plan)
    draft.recommendations.create(number=1, asked_of=board, text="note it")
    elsewhere = met(make.group(make.partnership()), "2024-03-14")
    for recommendation, where, words in [
        (draft.recommendations.get(), meeting, "Issue it first"),
        (asked, met(board, "2150-01-01"), "still to come"),
        (asked, elsewhere, "not a meeting of this partnership"),
    ]:
        with pytest.raises(RuleBroken, match=words):
            record_decision(
                recommendation=recommendation, meeting=where, values=APPROVED, by=officer
            )


def test_a_decision_changed_meanwhile_is_not_confirmed(client, decision, paper, officer, manager):
    change_decision(decision=decision, changes={"conditions": "If agreed"}, version=1, by=manager)
    with pytest.raises(StaleVersion):
        confirm_decision(decision=decision, version=1, by=officer)
    client.force_login(officer)
    confirm = address(paper, "decision_confirm", decision.identifier)
    for version in ("1", "", "x", "9" * 30):
        sent = client.post(confirm, {"version": version}, follow=True)
        assert "changed by somebody else" in pages.words(sent)
    assert not Decision.objects.get().is_confirmed


def test_all_recommendations_are_recorded_on_one_page(client, officer, three, meeting):
    client.force_login(officer)
    form = address(three, "decisions_record")
    assert f"Quorum: {meeting.group.name} 3." in pages.words(client.get(form))
    given = {
        "meeting": meeting.pk,
        "minute_reference": "12",
        "present": "14",
        "outcome-1": "approved",
        "conditions-1": "If the council agrees.",
        "outcome-2": "amended",
        "outcome-3": "deferred",
        "deferred_to-3_month": "9",
        "deferred_to-3_year": "2027",
        "minute_reference-3": "13",
        "confirm": "on",
    }
    assert client.post(form, given).status_code == 422
    said = pages.words(client.post(form, given | {"amended-2": "agree it"}, follow=True))

    assert "3 decisions recorded." in said
    assert "2 decisions are confirmed." in said
    assert "Yes, 14 present of 3 needed" in said
    made = Decision.objects.order_by("recommendation__number")
    assert [(d.outcome, d.minute_reference, d.is_confirmed) for d in made] == [
        ("approved", "12", True),
        ("amended", "12", False),
        ("deferred", "13", True),
    ]
    assert [d.was_quorate for d in made] == [True] * 3
    rest = client.get(form)
    assert "Recommendation 2" not in pages.words(rest)
    assert client.post(form, {"meeting": meeting.pk}).status_code == 409


def test_without_a_quorum_it_warns_and_confirms_nothing(client, officer, three, meeting):
    client.force_login(officer)
    given = {"meeting": meeting.pk, "present": "A. Chair\nB. Member", "outcome-1": "approved"}

    sent = client.post(address(three, "decisions_record"), given | {"confirm": "on"}, follow=True)

    said = pages.words(sent)
    assert f"There was no quorum. {meeting.group.name} needs 3." in said
    assert "No, 2 present of 3 needed" in said
    made = Decision.objects.get()
    assert not made.is_confirmed

    form = address(three, "decision_edit", made.identifier)
    assert 'name="version" value="1"' in client.get(form).content.decode()
    more = given | {"outcome": "approved", "present": "5", "was_quorate": "False", "version": 1}
    assert client.post(form, more).status_code == 302
    made.refresh_from_db()
    assert made.was_quorate is True


@pytest.mark.parametrize(
    ("present", "count"),
    [("", None), ("14", 14), ("14 members", 14), ("All members", None), ("A. Chair\n\nB. Bee", 2)],
)
def test_those_present_are_counted_where_it_is_said_how_many(present, count):
    assert present_count(present) == count


def test_open_decisions_are_confirmed_together_as_they_were_read(
    client, officer, three, meeting, manager
):
    client.force_login(officer)
    for asked in three.recommendations.all():
        record_decision(recommendation=asked, meeting=meeting, values=APPROVED, by=officer)
    page = client.get(address(three, "decisions")).content.decode()
    sent = dict(re.findall(r'name="(version-\w+)" value="(\d+)"', page))
    assert len(sent) == 3
    first = Decision.objects.first()
    change_decision(decision=first, changes={"conditions": "If"}, version=1, by=manager)

    stale = client.post(address(three, "decisions_confirm"), sent, follow=True)
    assert "changed by somebody else" in pages.words(stale)
    assert not Decision.objects.filter(confirmed_at__isnull=False).exists()
    sent[f"version-{first.identifier}"] = "2"
    done = client.post(address(three, "decisions_confirm"), sent, follow=True)

    assert "3 decisions are confirmed." in pages.words(done)


def test_a_correction_shows_its_date_its_reason_and_what_stood_before(
    client, decision, officer, manager, paper, board_member
):
    confirm_decision(decision=decision, version=1, by=officer)
    client.force_login(manager)
    form = address(paper, "decision_edit", decision.identifier)
    given = {"meeting": decision.meeting_id, "outcome": "approved", "minute_reference": "13"}
    sent = given | {"version": 2, "reason": "The minutes say 13."}
    assert client.post(form, sent).status_code == 302

    client.force_login(board_member)
    said = pages.words(client.get(address(paper, "decisions")))

    today = day_words(timezone.localdate())
    assert f"Corrected {today} by Manager: The minutes say 13. Minute before: 12." in said


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_confirm_once(decision, officer, manager):
    results = at_once(
        lambda: confirm_decision(decision=decision, version=1, by=officer),
        lambda: confirm_decision(decision=decision, version=1, by=manager),
    )

    assert sum(isinstance(result, Decision) for result in results) == 1
    assert any(isinstance(result, RuleBroken | StaleVersion) for result in results)


def test_what_is_drafted_after_the_issue_is_not_what_was_put(
    client, paper, board, officer, board_member, meeting
):
    paper.recommendations.create(number=2, asked_of=board, text="sell the hall")
    paper.recommendations.filter(number=1).update(text="reject the plan")
    for reader, where in ((board_member, "decisions"), (officer, "decisions_record")):
        client.force_login(reader)
        said = pages.words(client.get(address(paper, where)))
        assert "approve the plan" in said
        assert "reject the plan" not in said
        assert "sell the hall" not in said
    answer = client.get(f"/api/v1/papers/{paper.identifier}/").json()
    assert [each["text"] for each in answer["recommendations"]] == ["approve the plan"]
    late = paper.recommendations.get(number=2)
    assert client.get(address(paper, "decision_new", 2)).status_code == 404
    with pytest.raises(RuleBroken, match="after the paper was issued"):
        record_decision(recommendation=late, meeting=meeting, values=APPROVED, by=officer)
    first = paper.recommendations.get(number=1)
    made = record_decision(recommendation=first, meeting=meeting, values=APPROVED, by=officer)
    assert made.asked == "approve the plan"
