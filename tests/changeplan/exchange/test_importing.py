"""A file comes into a plan: what is made and changed, all of it or nothing."""

from decimal import Decimal

import pytest

from changeplan.models import ChangePlan, PlanImport, SupportAllocation, SupportEntitlement
from changeplan.services import applying
from partnership import records
from partnership.rules import RuleBroken
from tests import factories as make
from tests.changeplan.exchange.sending import Sending, address, download
from tests.pages import words

HEADINGS = "Standard number,Current status,Action,Detail,Owner,Due,Support,Estimated days"


def csv(*lines: str, headings: str = HEADINGS) -> bytes:
    return "\r\n".join([headings, *lines]).encode()


@pytest.fixture
def plan(exercise) -> ChangePlan:
    return make.plan(exercise)


@pytest.fixture
def sending(client, manager, plan) -> Sending:
    return Sending(client, manager, plan)


def test_rows_become_statuses_actions_and_support(sending, plan):
    sending.take(
        csv(
            "1,We have a plan.,Agree one plan,In three steps.,Head of service,September 2027,"
            "Two workshops,2.5",
            "2,,Say who decides,,,,,",
        )
    )
    status = plan.entries.get(standard__number=1).status.get()
    first, second = plan.actions.order_by("number")
    asked = first.allocations.get()
    assert status.text == "We have a plan."
    assert (first.heading, first.detail) == ("Agree one plan", "In three steps.")
    assert (first.owner_title, first.due.stored) == ("Head of service", "2027-09")
    assert [s.number for s in first.standards.all()] == [1]
    assert (asked.purpose, asked.estimated) == ("Two workshops", Decimal("2.5"))
    assert (second.heading, second.allocations.count()) == ("Say who decides", 0)


def test_what_was_made_is_signed_and_has_a_history(sending, plan, manager):
    sending.take(csv("1,,Agree one plan,,,,,"))
    (line,) = plan.actions.get().history.all()
    assert (line.history_user, line.version) == (manager, 1)


def test_the_last_page_leads_to_what_was_made(sending, plan):
    page = sending.take(csv("1,We have a plan.,Agree one plan,,,,A workshop,1"))
    action = plan.actions.get()
    html = page.content.decode()
    assert f'href="{address(plan, "action", action.identifier)}"' in html
    assert f'href="{address(plan, "allocation", action.allocations.get().identifier)}"' in html
    assert f'href="{address(plan, "plan")}#standard-1"' in html
    assert page.templates[0].name == "changeplan/importing/done.html"


def test_a_file_is_imported_once(sending, plan):
    page = sending.send(csv("1,,Agree one plan,,,,,"))
    assert sending.decide(page).status_code == 302
    assert sending.decide(page).status_code == 302
    assert plan.actions.count() == 1
    assert sending.sent.rows.keys() == {"made"}


@pytest.mark.parametrize("format", ["csv", "xlsx", "docx"])
def test_an_export_comes_back_and_changes_nothing(client, manager, plan, sending, format):
    full(plan)
    page = sending.send(download(client, manager, plan, format), f"plan.{format}")
    assert "Nothing would change" in words(page)
    assert page.context["page"].changes_nothing
    assert page.context["page"].doubtful == 0
    assert b'name="apply"' not in page.content


def test_an_export_changed_in_excel_brings_its_changes_alone(client, manager, plan, sending):
    full(plan)
    content = download(client, manager, plan, "csv").decode("utf-8-sig")
    changed = content.replace("Agree one plan", "Agree one shared plan").replace("2.5", "3.5", 1)
    changed = changed.replace("A second statement.", "A second one.")
    version = plan.actions.get(number=2).version
    sending.take(changed.encode("utf-8-sig"))
    first, second = plan.actions.order_by("number")
    assert first.heading == "Agree one shared plan"
    assert (second.version, first.allocations.get().estimated) == (version, Decimal("2.5"))
    texts = [s.text for s in plan.entries.get(standard__number=1).status.order_by("number")]
    assert texts == ["A **bold** start.\n\nOf two paragraphs.", "A second one."]


def test_a_statement_of_two_paragraphs_keeps_its_history(client, manager, plan, sending):
    full(plan)
    content = download(client, manager, plan, "csv").decode("utf-8-sig")
    sending.take(content.replace("A second statement.", "Another.").encode())
    first, second = plan.entries.get(standard__number=1).status.order_by("number")
    assert (first.version, second.version) == (1, 2)
    assert second.text == "Another."


def test_a_failure_in_the_last_row_leaves_the_plan_as_it_was(sending, plan, monkeypatch):
    page = sending.send(csv("1,New status.,First,,,,Help,2", "2,,Second,,,,,", "3,,Third,,,,,"))
    add = applying.actions.add_action

    def failing(**given):
        if given["values"]["heading"] == "Third":
            raise RuleBroken("The third is one too many.")
        return add(**given)

    monkeypatch.setattr(applying.actions, "add_action", failing)
    response = sending.decide(page)
    assert response.status_code == 409
    assert "“Third”: The third is one too many." in response.content.decode()
    assert not plan.actions.exists()
    assert not SupportEntitlement.objects.filter(plan=plan).exists()
    assert not plan.entries.get(standard__number=1).status.exists()
    assert sending.sent.applied_at is None


def test_somebody_elses_change_since_the_check_shows_the_check_again(
    client, manager, administrator, plan, sending
):
    full(plan)
    content = download(client, manager, plan, "csv").decode()
    page = sending.send(content.replace("Agree one plan", "Agree a plan").encode())
    action = plan.actions.get(number=1)
    records.change(action, changes={"heading": "Theirs"}, version=1, by=administrator)
    response = sending.decide(page)
    assert response.status_code == 409
    html = response.content.decode()
    assert "Somebody changed the plan since you looked" in html
    assert "Theirs" in html
    assert plan.actions.get(number=1).heading == "Theirs"
    assert sending.decide(response).status_code == 302
    assert plan.actions.get(number=1).heading == "Agree a plan"


def test_a_plan_before_the_board_takes_nothing_in(sending, plan):
    page = sending.send(csv("1,,Agree one plan,,,,,"))
    ChangePlan.objects.filter(pk=plan.pk).update(state="submitted")
    assert sending.decide(page).status_code == 403
    assert sending.upload(csv("1,,Agree one plan,,,,,"), "plan.csv").status_code == 403
    assert not plan.actions.exists()


def test_agreed_days_pass_the_same_rule_as_any(client, manager, plan, sending):
    make.support(make.entitlement(plan, "2"), "A workshop", (1,), estimated="1")
    content = download(client, manager, plan, "csv").decode("utf-8-sig")
    header, row, *rest = content.split("\r\n")
    cells = row.split(",")
    cells[header.split(",").index("Agreed days")] = "5"
    page = sending.send("\r\n".join([header, ",".join(cells), *rest]).encode())
    response = sending.decide(page)
    assert response.status_code == 409
    assert "2 days" in response.content.decode()


def agreeing(content: str, *days: str) -> bytes:
    """A plan's own file, with days agreed in its first rows."""
    header, *rows = content.split("\r\n")
    place = header.split(",").index("Agreed days")
    lines = [row.split(",") for row in rows]
    for cells, figure in zip(lines, days, strict=False):
        cells[place] = figure
    return "\r\n".join([header, *(",".join(cells) for cells in lines)]).encode()


def test_days_above_an_approximate_entitlement_are_agreed_once_that_is_known(
    client, manager, plan, sending
):
    offer = make.entitlement(plan, "4", is_approximate=True)
    for number in (1, 2):
        make.support(offer, f"Workshop {number}", (number,), estimated="1")
    content = download(client, manager, plan, "csv").decode("utf-8-sig")
    page = sending.send(agreeing(content, "5", "2"))
    assert "I know that" not in words(page)

    asked = sending.decide(page)
    assert asked.status_code == 409
    said = asked.content.decode()
    assert "I know that this is 3 days more than there are, approximately" in said
    assert "is 3 days more than the approximately 4 days available" in said
    assert not SupportAllocation.objects.filter(agreed__isnull=False).exists()

    assert sending.decide(asked, acknowledged="2").status_code == 409
    assert sending.decide(asked, acknowledged="3").status_code == 302
    agreed = SupportAllocation.objects.order_by("number").values_list("agreed", flat=True)
    assert list(agreed) == [Decimal(5), Decimal(2)]


def test_old_files_are_forgotten(sending, plan, manager):
    old = make.sent_file(plan, manager)
    PlanImport.objects.filter(pk=old.pk).update(sent_at="2020-01-01T00:00Z")
    kept = make.sent_file(plan, manager)
    sending.upload(csv("1,,Agree one plan,,,,,"), "plan.csv")
    assert not PlanImport.objects.filter(pk=old.pk).exists()
    assert PlanImport.objects.filter(pk=kept.pk).exists()


def full(plan: ChangePlan) -> None:
    """Two actions with all that an action can have, and support of every kind."""
    group = make.group(plan.partnership, name="The sub-group")
    priority = make.priority(plan.exercise, "Listen to schools", number=2)
    make.status(plan, 1, "A **bold** start.\n\nOf two paragraphs.")
    make.status(plan, 1, "A second statement.")
    make.status(plan, 3, "- a bullet\n- and another")
    first = make.action(
        plan,
        "Agree one plan",
        (1, 3),
        lead_group=group,
        monitored_by=group,
        reports_to=group,
        owner_title="Head of service",
        start="2026-09-01",
        due="2027-03",
        recurrence="Every year",
        detail="One paragraph.\n\n- with\n- bullets",
        success="Families see it.",
        target_score=Decimal("3.5"),
        relied_on_support="Support from *elsewhere*",
    )
    first.priorities.add(priority)
    second = make.action(
        plan, "=Serves no standard", due="later this year", rating="red", status="in_progress"
    )
    second.depends_on.add(first)
    offer = make.entitlement(plan)
    other = make.entitlement(plan, None, programme="Regional offer", short_name="")
    asked = make.support(offer, "Two workshops", action=first, estimated="2.5", form="workshop")
    make.delivery(asked, "0.5")
    make.support(other, "A review", action=second, focus_areas=["Schools", "Health"], events=2)
    make.support(offer, "Training", (2, 3), estimated="1.25", detail="For **all**.")
