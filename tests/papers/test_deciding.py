"""What a body decided: recorded, confirmed, corrected, decided anew, and what it sets off."""

import pytest
from django.urls import reverse

from changeplan.models import ChangePlan
from changeplan.services.states import submit_plan
from papers.models import Decision, Paper
from papers.services.deciding import change_decision, confirm_decision, record_decision
from papers.services.issuing import issue
from partnership.dates import PreciseDate
from partnership.models import Meeting
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from tests import factories as make
from tests import pages
from tests.races import at_once

APPROVED = {"outcome": "approved", "minute_reference": "12"}
DEFERRED = {"outcome": "deferred", "deferred_to": PreciseDate("2024-09")}


@pytest.fixture
def board(partnership):
    return make.group(partnership, kind="board")


def met(board, day: str) -> Meeting:
    return Meeting.objects.get(pk=make.meeting(board, day).pk)


@pytest.fixture
def meeting(board):
    return met(board, "2024-03-14")


@pytest.fixture
def paper(exercise, officer, board) -> Paper:
    """An issued paper with one recommendation."""
    paper = make.paper(make.plan(exercise))
    paper.recommendations.create(number=1, asked_of=board, text="approve the plan")
    issue(paper=paper, by=officer)
    paper.refresh_from_db()
    return paper


@pytest.fixture
def asked(paper):
    return paper.recommendations.get()


@pytest.fixture
def decision(asked, meeting, officer) -> Decision:
    return record_decision(recommendation=asked, meeting=meeting, values=APPROVED, by=officer)


def address(paper: Paper, name: str, *more: object) -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def on_action(action) -> str:
    slug = action.plan.partnership.slug
    return reverse("papers:action_decisions", args=[slug, action.plan.identifier, action.identifier])


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


def test_approval_reaches_the_version_that_was_printed(exercise, manager, officer, board, meeting):
    plan = make.plan(exercise, state=ChangePlan.State.DRAFT)
    version = submit_plan(plan=plan, by=manager)
    paper = make.paper(plan)
    asked = paper.recommendations.create(
        number=1, asked_of=board, text="approve the plan", approves_plan=True
    )
    issued = issue(paper=paper, by=officer)
    assert issued.plan_version == version
    made = record_decision(recommendation=asked, meeting=meeting, values=APPROVED, by=officer)
    plan.refresh_from_db()
    assert plan.state == ChangePlan.State.SUBMITTED

    confirm_decision(decision=made, version=1, by=officer)

    plan.refresh_from_db()
    version.refresh_from_db()
    assert (plan.state, plan.approved_meeting, plan.minute_reference) == ("approved", meeting, "12")
    assert (version.outcome, version.meeting) == ("approved", meeting)


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


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_confirm_once(decision, officer, manager):
    results = at_once(
        lambda: confirm_decision(decision=decision, version=1, by=officer),
        lambda: confirm_decision(decision=decision, version=1, by=manager),
    )

    assert sum(isinstance(result, Decision) for result in results) == 1
    assert any(isinstance(result, RuleBroken | StaleVersion) for result in results)
