"""The API, asked over HTTP as people of each role, and by hostile clients."""

import json
import os

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from schemathesis.specs.openapi.checks import ignored_auth

from changeplan.models import ChangePlan
from papers.models import Paper
from standards.models import Attribution, PublishedScore
from tests import factories as make

MOST_QUERIES = 15


@pytest.fixture
def plan(exercise) -> ChangePlan:
    """A submitted plan with an action of two standards, support for it and a delivery."""
    plan = make.plan(exercise, title="Change plan 2024", state="submitted")
    make.status(plan, 1, "A plan **is** in place.")
    serving = make.action(plan, "Agree the priorities", (1, 2), due="2011-04", start="later on")
    serving.priorities.add(make.priority(exercise, "One plan for all"))
    programme = make.entitlement(plan, "20", is_approximate=True)
    asked = make.support(programme, "Group sessions", (1,), estimated="2", action=serving)
    make.delivery(asked, "0.25")
    make.support(programme, "Training", (3,))
    return plan


@pytest.fixture
def paper(plan) -> Paper:
    return make.paper(plan, title="The change plan", state="published")


@pytest.fixture
def addresses(exercise, plan, paper) -> dict[str, str]:
    """Every address of the API, by name."""
    details = {
        "exercise-detail": exercise.identifier,
        "exercise-results": exercise.identifier,
        "plan-detail": plan.identifier,
        "paper-detail": paper.identifier,
        "partnership-detail": exercise.partnership.slug,
    }
    lists = "index", "partnership-list", "exercise-list", "plan-list", "paper-list", "schema"
    found = {name: reverse(f"api-{name}") for name in lists}
    return found | {name: reverse(f"api-{name}", args=[key]) for name, key in details.items()}


def ask(client, user, address: str, status: int = 200):
    """Answer's JSON, after the status was what it should be."""
    client.force_login(user)
    response = client.get(address, headers={"accept": "application/json"})
    assert response.status_code == status, response.content
    return response.json()


def test_index_leads_to_every_list(client, observer, addresses):
    index = ask(client, observer, addresses["index"])
    assert set(index) == {"partnerships", "exercises", "plans", "papers", "schema"}
    for address in index.values():
        ask(client, observer, address)


def test_anonymous_is_refused_everywhere(client, addresses):
    for address in addresses.values():
        assert client.get(address).status_code == 403


def test_outsider_finds_nothing(client, outsider, addresses):
    for name, address in addresses.items():
        if name.endswith(("-detail", "-results")):
            ask(client, outsider, address, 404)
        elif name in ("exercise-list", "plan-list", "paper-list"):
            assert ask(client, outsider, address)["results"] == []


@pytest.mark.parametrize("name", ["plan-detail", "paper-detail"])
def test_facilitator_is_told_that_the_role_lacks_it(client, facilitator, addresses, name):
    assert "does not let you" in ask(client, facilitator, addresses[name], 403)["detail"]


def test_draft_plan_is_shown_to_those_who_work_on_it_alone(
    client, manager, observer, plan, addresses
):
    ChangePlan.objects.filter(pk=plan.pk).update(state="draft")
    assert ask(client, manager, addresses["plan-detail"])["state"] == "draft"
    ask(client, observer, addresses["plan-detail"], 404)
    assert ask(client, observer, addresses["plan-list"])["count"] == 0


def test_results_of_an_open_exercise_are_for_a_few(client, manager, observer, partnership):
    open_one = make.scored_exercise(partnership, state="open")
    address = reverse("api-exercise-results", args=[open_one.identifier])
    ask(client, observer, address, 403)
    assert ask(client, manager, address)["standards"][0]["average"] == "2.5"


def test_partnership_names_the_role_of_whoever_asks(client, board_member, addresses):
    listed = ask(client, board_member, addresses["partnership-list"])["results"]
    assert [(row["name"], row["role"]) for row in listed] == [
        ("Northshire Partnership", "board_member")
    ]
    assert "organisations" in ask(client, board_member, addresses["partnership-detail"])


def test_results_hold_averages_as_strings(client, observer, addresses):
    results = ask(client, observer, addresses["exercise-results"])
    rows = results["standards"]
    assert [row["average"] for row in rows] == ["2.5", "3.0", "4.5"]
    assert [row["groups"] for row in rows] == [3, 2, 2]
    assert rows[1]["not_applicable"] == 1
    assert rows[2]["missing"] == 1
    assert rows[0]["spread"]["high"] == "3.0"
    assert rows[0]["cohorts"][1] == {"cohort": "Operational", "average": "1.5"}
    assert results["lowest"]["standards"] == [1, 2, 3]


def test_results_without_scores_are_the_findings(client, observer, partnership):
    said = make.exercise(partnership, is_scored=False)
    priority = make.priority(said, "Needs assessment", text="Shared by all.")
    Attribution.objects.create(
        finding=priority, number=1, category="Managers", strength="particularly"
    )
    address = reverse("api-exercise-results", args=[said.identifier])
    results = ask(client, observer, address)
    assert results["has_scores"] is False
    assert {row["average"] for row in results["standards"]} == {None}
    (found,) = results["findings"]["priorities"]
    assert found["title"] == "Needs assessment"
    assert found["raised_by"][0]["raiser"] == "Managers"
    assert found["raised_by"][0]["strength"] == "particularly"


def test_recorded_averages_are_said_to_be_recorded(client, observer, partnership):
    recorded = make.exercise(partnership, averaging="recorded_figures")
    standard = recorded.framework.standards.get(number=1)
    PublishedScore.objects.create(exercise=recorded, standard=standard, value="3.2")
    address = reverse("api-exercise-results", args=[recorded.identifier])
    first, second, _ = ask(client, observer, address)["standards"]
    assert (first["average"], first["recorded"]) == ("3.2", True)
    assert (second["average"], second["recorded"]) == (None, False)


def test_plan_holds_entries_actions_days_and_gaps(client, observer, addresses):
    plan = ask(client, observer, addresses["plan-detail"])
    (action,) = plan["actions"]
    assert [entry["number"] for entry in plan["entries"]] == [1, 2, 3]
    assert plan["entries"][0]["status"] == ["A plan **is** in place."]
    assert plan["entries"][0]["actions"] == plan["entries"][1]["actions"] == [action["identifier"]]
    assert plan["entries"][2]["actions"] == []
    assert action["priorities"] == [plan["priorities"][0]["identifier"]]
    assert action["due"] == {"value": "2011-04", "precision": "month", "text": "April 2011"}
    assert action["start"] == {"value": None, "precision": "words", "text": "later on"}
    assert {"kind": "action", "standard": 3, "key": "", "words": "Standard 3 has no action."} in (
        plan["gaps"]
    )


def test_plan_never_gives_a_missing_figure_as_0(client, observer, addresses):
    plan = ask(client, observer, addresses["plan-detail"])
    sessions, training = plan["support"]
    assert (sessions["estimated"], sessions["agreed"], sessions["delivered"]) == (
        "2.00", None, "0.25",
    )  # fmt: skip
    assert (training["estimated"], training["agreed"]) == (None, None)
    (line,) = plan["ledger"]["programmes"]
    assert (line["available"], line["approximate"], line["unplanned"]) == ("20.00", True, "18.00")


def test_approval_names_meeting_and_minute(client, observer, plan, addresses, manager):
    assert ask(client, observer, addresses["plan-detail"])["approval"] is None
    meeting = make.meeting(make.group(plan.partnership, name="The board"), "2024-05-17")
    ChangePlan.objects.filter(pk=plan.pk).update(
        state="approved", approved_at="2024-05-18T09:00Z", approved_by=manager,
        approved_meeting=meeting, minute_reference="9.2",
    )  # fmt: skip
    approval = ask(client, observer, addresses["plan-detail"])["approval"]
    assert (approval["group"], approval["minute_reference"]) == ("The board", "9.2")
    assert approval["date"]["text"] == "17 May 2024"


def test_paper_links_to_its_files(client, observer, paper, addresses):
    found = ask(client, observer, addresses["paper-detail"])
    assert found["title"] == "The change plan"
    assert set(found["files"]) == {"html", "pdf", "docx"}
    assert found["files"]["pdf"].endswith(f"/papers/{paper.identifier}/file.pdf")


@pytest.mark.parametrize(
    "asked",
    ["limit=0", "limit=-1", "limit=x", "limit=", "limit=201", "limit=1e3", "limit=%00",
     "offset=-1", "offset=x", "offset=99999999999999999999", "offset=1.5"],
)  # fmt: skip
def test_bad_page_of_a_list_is_refused_in_words(client, observer, addresses, asked):
    for name in ("partnership-list", "exercise-list", "plan-list", "paper-list"):
        answer = ask(client, observer, f"{addresses[name]}?{asked}", 400)
        assert "must be a whole number" in answer["detail"]


def test_list_is_paged(client, observer, exercise, addresses):
    make.exercise(exercise.partnership)
    first = ask(client, observer, f"{addresses['exercise-list']}?limit=1")
    assert (first["count"], len(first["results"])) == (2, 1)
    second = ask(client, observer, first["next"])
    assert second["results"][0]["identifier"] != first["results"][0]["identifier"]


@pytest.mark.parametrize("room", ["exercises", "plans", "papers", "partnerships"])
@pytest.mark.parametrize("key", ["nosuchrecord", "%00", "a%00b", "%0A", "..%2F", "'--", "é" * 300])
def test_unknown_or_hostile_identifier_is_not_found(client, observer, room, key):
    client.force_login(observer)
    response = client.get(f"/api/v1/{room}/{key}/")
    assert response.status_code == 404
    assert "detail" in json.loads(response.content)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, manager, addresses, method):
    client.force_login(manager)
    for address in addresses.values():
        assert getattr(client, method)(address).status_code == 405


def test_queries_are_few_and_do_not_grow(client, board_member, exercise, plan, paper, addresses):
    before = {name: queries(client, board_member, url) for name, url in addresses.items()}
    grow(exercise, plan)
    after = {name: queries(client, board_member, url) for name, url in addresses.items()}
    assert after == before
    assert max(after.values()) <= MOST_QUERIES


def queries(client, user, address: str) -> int:
    client.force_login(user)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grow(exercise, plan) -> None:
    """Ten times the rows of everything that lists or details hold."""
    programme = plan.entitlements.get()
    board = make.group(plan.partnership, parent=make.group(plan.partnership))
    for number in range(2, 12):
        make.scores(make.working_group(exercise, f"Table {number}", f"Cohort {number}"), "3", "4")
        priority = make.priority(exercise, f"Priority {number}", number)
        done = make.action(plan, f"Action {number}", (1, 2, 3), monitored_by=board)
        done.priorities.add(priority)
        Attribution.objects.create(finding=priority, number=1, category="Managers")
        make.delivery(make.support(programme, f"Purpose {number}", (1, 2), action=done), "1")
        make.status(plan, 1, f"Statement {number}.")
        another = make.plan(make.scored_exercise(plan.partnership), state="submitted")
        make.paper(another, state="published")


def test_schema_has_no_warnings():
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", os.devnull)


@pytest.fixture
def described(client, manager, plan, paper):
    """The API as its own schema describes it, with the API behind it and a manager before it."""
    client.force_login(manager)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    site = get_wsgi_application()

    def signed_in(environ, start_response):
        return site(environ | {"HTTP_COOKIE": cookie}, start_response)

    # As Django's own test client does: a request must not close the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", signed_in)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.soak
def test_every_generated_request_is_answered_as_described(described, plan, paper):
    known = {
        "exercises": {"identifier": plan.exercise.identifier},
        "plans": {"identifier": plan.identifier},
        "papers": {"identifier": paper.identifier},
        "partnerships": {"slug": plan.partnership.slug},
    }
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 10
    for operation in operations:
        room = operation.path.split("/")[3]
        answers_as_described(operation, known.get(room, {}))


def answers_as_described(operation, known: dict[str, str]) -> None:
    """Ask as generated, and once more for a record that there is: generated identifiers are
    nearly always unknown. The manager is signed in whatever a request says of itself, so that
    ignoring it proves nothing."""

    @hypothesis.settings(max_examples=min(hypothesis.settings.default.max_examples // 3, 300))
    @hypothesis.given(operation.as_strategy())
    def answers(case):
        case.call_and_validate(excluded_checks=[ignored_auth])
        if case.path_parameters:
            case.path_parameters = known
            case.call_and_validate(excluded_checks=[ignored_auth])

    answers()
