"""Approved as amended: what the board wants changed, made by the managers, forms a new version."""

import pytest
from django.urls import reverse

from changeplan.models import Action, ChangePlan, PlanVersion
from changeplan.services.actions import edit_action
from changeplan.services.states import submit_plan
from papers.models import Amendment, Decision, Paper
from papers.services import amending
from papers.services.deciding import confirm_decision, record_decision
from papers.services.issuing import issue
from partnership.models import Meeting
from partnership.rules import RuleBroken
from tests import factories as make
from tests import pages
from tests.races import at_once

AMENDED = {"outcome": "amended", "amended": "approve it with two changes", "minute_reference": "12"}
WANTED = "Agree **one** plan by March"


@pytest.fixture
def meeting(partnership) -> Meeting:
    board = make.group(partnership, name="The Board", kind="board")
    return Meeting.objects.get(pk=make.meeting(board, "2024-03-14").pk)


@pytest.fixture
def plan(exercise, manager) -> ChangePlan:
    """A plan of two actions before the board."""
    plan = make.plan(exercise)
    make.action(plan, "Agree one plan", (1,), detail="By June.")
    make.action(plan, "Train the managers", (2,))
    submit_plan(plan=plan, by=manager)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def action(plan) -> Action:
    return plan.actions.get(number=1)


@pytest.fixture
def paper(plan, meeting, officer) -> Paper:
    """Issued, and asking for the approval of the plan."""
    paper = make.paper(plan)
    paper.recommendations.create(
        number=1, asked_of=meeting.group, text="approve the plan", approves_plan=True
    )
    issue(paper=paper, by=officer)
    paper.refresh_from_db()
    return paper


@pytest.fixture
def decision(paper, meeting, officer) -> Decision:
    asked = paper.recommendations.get()
    return record_decision(recommendation=asked, meeting=meeting, values=AMENDED, by=officer)


def want(decision: Decision, action: Action | None, field: str, text: str, by) -> Amendment:
    return amending.add_amendment(decision=decision, action=action, field=field, text=text, by=by)


@pytest.fixture
def asked(decision, action, officer) -> tuple[Amendment, Amendment]:
    """Two amendments of a confirmed decision: a headline, and words alone."""
    both = (
        want(decision, action, "heading", WANTED, officer),
        want(decision, None, "", "Say who pays.", officer),
    )
    confirm_decision(decision=decision, version=1, by=officer)
    return both


def of_plan(plan: ChangePlan, name: str = "amendments", *more: object) -> str:
    return reverse(f"papers:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def of_decision(decision: Decision, name: str, *more: object) -> str:
    paper = decision.recommendation.paper
    place = [paper.partnership.slug, paper.identifier, decision.identifier, *more]
    return reverse(f"papers:{name}", args=place)


def settle(client, plan: ChangePlan, amendment: Amendment, how: str, **more: object):
    sent = {"how": how, "version": amendment.action.version if amendment.action else "", **more}
    return client.post(of_plan(plan, "amendment_settle", amendment.identifier), sent, follow=True)


def test_an_officer_says_with_the_decision_what_the_board_wants_changed(
    client, officer, plan, action, decision
):
    client.force_login(officer)
    form = of_decision(decision, "decision_amend")
    chosen = f"{form}?action={action.identifier}&field=heading"
    assert "Agree one plan" in pages.words(client.get(chosen))
    assert client.post(chosen, {"text": "Agree one plan"}).status_code == 409
    assert client.post(chosen, {"text": WANTED}).status_code == 302
    assert client.post(f"{form}?field=words", {"text": "Say who pays."}).status_code == 302
    confirm = of_decision(decision, "decision_confirm")

    said = pages.words(client.post(confirm, {"version": 1}, follow=True))

    assert "Takes effect when the amendments are made (0 of 2)." in said
    plan.refresh_from_db()
    assert plan.state == ChangePlan.State.RETURNED
    assert "waits for the plan’s managers" in plan.versions.get().reason


def test_managers_settle_it_and_form_the_version_that_is_approved(
    client, manager, plan, action, decision, asked
):
    client.force_login(manager)
    assert "The board wants 2 amendments" in pages.words(client.get(reverse("home")))
    first, second = asked
    said = pages.words(settle(client, plan, first, "make"))
    assert "The change is made." in said
    assert "Form the amended version" not in said
    assert "Say why it is not made." in pages.words(settle(client, plan, second, "decline"))
    said = pages.words(settle(client, plan, second, "decline", reason="It is said already."))
    assert "by Manager: It is said already." in said

    sent = client.post(of_plan(plan, "amended_version"), follow=True)

    assert "is formed, and approved as amended" in pages.words(sent)
    assert "Nothing to change" in pages.words(client.get(of_plan(plan)))
    log = reverse("papers:decision_log", args=[plan.partnership.slug])
    assert "in version 2 of the plan" in pages.words(client.get(log))
    plan.refresh_from_db()
    action.refresh_from_db()
    decision.refresh_from_db()
    version = plan.versions.get(number=2)
    assert (plan.state, action.heading) == (ChangePlan.State.APPROVED, WANTED)
    assert (version.outcome, version.meeting) == ("approved", decision.meeting)
    assert (version.minute_reference, decision.plan_version) == ("12", version)
    assert "Not made: Say who pays. (It is said already.)" in version.note
    told = action.updates.get()
    assert told.text == "Approved as amended by The Board, 14 March 2024, minute 12."
    assert str(told.date) == "2024-03-14"


def test_a_decision_that_amends_the_plan_says_how_before_it_is_confirmed(
    decision, action, officer, plan
):
    with pytest.raises(RuleBroken, match="Say first what the board wants changed"):
        confirm_decision(decision=decision, version=1, by=officer)
    decision.refresh_from_db()
    assert not decision.is_confirmed
    for field, text, words in [
        ("heading", "Agree one plan", "stands there already"),
        ("heading", "x" * 301, "at most 300"),
        ("heading", "  ", "Say what the board wants"),
        ("due", "31/2/2027", "Give the date"),
    ]:
        with pytest.raises(RuleBroken, match=words):
            want(decision, action, field, text, officer)
    elsewhere = make.action(make.plan(plan.exercise))
    with pytest.raises(RuleBroken, match="an action of the plan"):
        want(decision, elsewhere, "heading", "Other", officer)
    want(decision, action, "due", "September 2027", officer)
    confirmed = confirm_decision(decision=decision, version=1, by=officer)
    with pytest.raises(RuleBroken, match="is confirmed"):
        want(confirmed, action, "heading", "Later", officer)


def test_a_date_that_the_board_names_is_a_date_in_the_plan(decision, action, officer, manager):
    made = want(decision, action, "due", "by Sept 2027", officer)
    confirm_decision(decision=decision, version=1, by=officer)
    amending.make_amendment(amendment=made, version=action.version, by=manager)
    action.refresh_from_db()
    assert action.due.stored == "2027-09"


def test_only_managers_make_what_the_board_wants(
    client, officer, board_member, manager, plan, asked
):
    client.force_login(officer)
    assert "Make this change" not in pages.words(client.get(of_plan(plan)))
    assert settle(client, plan, asked[0], "make").status_code == 403
    assert client.post(of_plan(plan, "amended_version")).status_code == 403
    client.force_login(manager)
    assert "Make this change" in pages.words(client.get(of_plan(plan)))
    assert settle(client, plan, asked[0], "other").status_code == 404


def test_an_action_changed_meanwhile_keeps_both_texts(client, manager, plan, asked, action):
    client.force_login(manager)
    first, _ = asked
    edit_action(action=action, changes={"detail": "By May."}, version=1, by=manager)
    edit_action(action=action, changes={"heading": "Agree two plans"}, version=2, by=manager)

    sent = settle(client, plan, first, "make")

    assert sent.status_code == 409
    for text in ("Somebody has changed this", "Agree two plans", "by March", "Agree one plan"):
        assert text in sent.content.decode()
    action.refresh_from_db()
    assert action.heading == "Agree two plans"
    first = Amendment.objects.select_related("action").get(pk=first.pk)
    assert "The change is made." in pages.words(settle(client, plan, first, "make"))
    action.refresh_from_db()
    assert (action.heading, action.detail) == (WANTED, "By May.")


def test_another_field_changed_meanwhile_is_kept(manager, asked, action):
    edit_action(action=action, changes={"detail": "By May."}, version=1, by=manager)
    amending.make_amendment(amendment=asked[0], version=1, by=manager)
    action.refresh_from_db()
    assert (action.heading, action.detail) == (WANTED, "By May.")


def test_other_changes_do_not_slip_in(client, manager, plan, asked, action):
    client.force_login(manager)
    amending.make_amendment(amendment=asked[0], version=1, by=manager)
    amending.mark_made(amendment=asked[1], by=manager)
    other = plan.actions.get(number=2)
    edit_action(action=other, changes={"heading": "Train everybody"}, version=1, by=manager)

    sent = client.post(of_plan(plan, "amended_version"))

    assert sent.status_code == 409
    assert "Train everybody" in sent.content.decode()
    assert WANTED.replace("**", "") not in sent.content.decode().split("Other things")[1]
    assert plan.versions.count() == 1
    assert client.post(of_plan(plan, "amended_version"), {"others": "on"}).status_code == 302
    assert plan.versions.get(number=2).outcome == PlanVersion.Outcome.APPROVED


def test_a_version_waits_until_every_amendment_is_settled(manager, plan, asked):
    first, second = asked
    with pytest.raises(RuleBroken, match="2 amendments must first"):
        amending.form_version(plan=plan, by=manager)
    for each in asked:
        amending.decline_amendment(amendment=each, reason="No.", by=manager)
    with pytest.raises(RuleBroken, match="Nothing that the board wants was made"):
        amending.form_version(plan=plan, by=manager)
    amending.reopen_amendment(amendment=second, by=manager)
    with pytest.raises(RuleBroken, match="settled this amendment already"):
        amending.mark_made(amendment=first, by=manager)
    amending.mark_made(amendment=second, by=manager)
    version = amending.form_version(plan=plan, by=manager)
    with pytest.raises(RuleBroken, match="formed already"):
        amending.reopen_amendment(amendment=second, by=manager)
    with pytest.raises(RuleBroken, match="No decision waits"):
        amending.form_version(plan=plan, by=manager)
    plan.refresh_from_db()
    assert (plan.state, version.number) == (ChangePlan.State.APPROVED, 2)


def test_an_amended_action_of_an_approved_plan_opens_its_next_version(
    paper, meeting, officer, manager, action, plan
):
    whole = paper.recommendations.get()
    one = paper.recommendations.create(number=2, asked_of=meeting.group, text="note action 1")
    one.actions.add(action)
    issue(paper=paper, by=officer, note="Another recommendation.")
    amended = record_decision(recommendation=one, meeting=meeting, values=AMENDED, by=officer)
    made = want(amended, action, "detail", "By May.", officer)
    confirm_decision(decision=amended, version=1, by=officer)
    with pytest.raises(RuleBroken, match="before the board"):
        amending.make_amendment(amendment=made, version=action.version, by=manager)
    approved = {"outcome": "approved", "minute_reference": "11"}
    first = record_decision(recommendation=whole, meeting=meeting, values=approved, by=officer)
    confirm_decision(decision=first, version=1, by=officer)

    amending.make_amendment(amendment=made, version=action.version, by=manager)
    version = amending.form_version(plan=plan, by=manager)

    plan.refresh_from_db()
    amended.refresh_from_db()
    assert (plan.state, amended.plan_version, version.number) == ("approved", version, 2)
    told = [update.text for update in action.updates.order_by("pk")]
    assert told == [
        "Approved by The Board, 14 March 2024, minute 11.",
        "Approved as amended by The Board, 14 March 2024, minute 12.",
    ]
    assert plan.actions.get(number=2).updates.count() == 1


def test_a_further_decision_ends_the_wait(decision, asked, meeting, officer, manager, plan):
    second = record_decision(
        recommendation=decision.recommendation,
        meeting=meeting,
        values={"outcome": "rejected"},
        by=officer,
    )
    confirm_decision(decision=second, version=1, by=officer)
    with pytest.raises(RuleBroken, match="No decision waits"):
        amending.form_version(plan=plan, by=manager)


def test_an_amendment_is_taken_back_while_the_decision_is_open(client, officer, decision, action):
    client.force_login(officer)
    made = want(decision, action, "heading", WANTED, officer)
    drop = of_decision(decision, "amendment_drop", made.identifier)
    assert client.post(drop).status_code == 302
    assert not Amendment.objects.exists()
    kept = want(decision, action, "heading", WANTED, officer)
    confirm_decision(decision=decision, version=1, by=officer)
    drop = of_decision(decision, "amendment_drop", kept.identifier)
    assert "is confirmed" in pages.words(client.post(drop, follow=True))


def test_pages_of_amendments_take_few_queries(client, manager, asked, decision, action, plan):
    client.force_login(manager)
    addresses = [of_plan(plan), reverse("home"), of_decision(decision, "decision_amend")]

    def grow() -> None:
        for number in range(3, 13):
            decision.amendments.create(number=number, action=action, field="detail", text="Soon.")

    pages.assert_queries_stay(client, addresses, grow)


@pytest.mark.django_db(transaction=True)
def test_two_managers_make_an_amendment_once(asked, action, manager, administrator):
    version = action.version
    results = at_once(
        *(
            lambda by=by: amending.make_amendment(amendment=asked[0], version=version, by=by)
            for by in (manager, administrator)
        )
    )

    assert sum(isinstance(each, Amendment) for each in results) == 1
    assert any(isinstance(each, RuleBroken) for each in results)
    action.refresh_from_db()
    assert action.version == version + 1


@pytest.mark.django_db(transaction=True)
def test_two_managers_form_one_version(asked, plan, manager, administrator):
    for each in asked:
        amending.mark_made(amendment=each, by=manager)

    results = at_once(
        *(
            lambda by=by: amending.form_version(plan=plan, with_others=True, by=by)
            for by in (manager, administrator)
        )
    )

    assert sum(isinstance(each, PlanVersion) for each in results) == 1, results
    assert plan.versions.count() == 2
    assert all(action.updates.count() == 1 for action in plan.actions.all())
