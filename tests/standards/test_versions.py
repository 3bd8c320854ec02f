"""Results are frozen as an exercise closes; a correction makes a new version, and what was made
from an older one says so."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from papers.models import Paper
from papers.services.issuing import issue
from partnership.rules import RuleBroken
from standards.models import ResultsVersion, Session
from standards.services.agreeing import Agreement, correct_score
from standards.services.results import close_exercise, freeze_results, latest_version
from standards.versions import revisions
from tests import factories as make
from tests.pages import fragments, ids, queries, words

MARCH = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def closed(partnership, manager):
    """A scored exercise, closed by the manager."""
    made = make.scored_exercise(partnership, title="Self-assessment", state="open")
    session = made.sessions.get()
    session.state, session.join_code, session.join_key = "open", "C4KM-7TXR", "key"
    session.save()
    return close_exercise(exercise=made, version=1, by=manager)


@pytest.fixture
def plan(closed):
    return make.plan(closed, state="submitted", results_version=latest_version(closed))


@pytest.fixture
def paper(plan):
    version = plan.results_version
    made = make.paper(plan, state=Paper.State.PUBLISHED, results_version=version)
    issue(paper=made, by=None)
    return made


def correct(exercise, by, value: str | None = "4.5", why: str = "Misheard.", number: int = 1):
    """Correct Table one's score after the exercise has closed, on 3 March 2026."""
    group = exercise.sessions.get().working_groups.get(name="Table one")
    standard = exercise.framework.standards.get(number=number)
    score = group.scores.get(standard=standard)
    given = None if value is None else Decimal(value)
    agreement = Agreement(given, "Ours.", value is None, version=score.version)
    correct_score(
        working_group=group, standard=standard, agreement=agreement, correction=why, by=by
    )
    ResultsVersion.objects.filter(exercise=exercise, number__gt=1).update(at=MARCH)


def get(client, user, name: str, record):
    client.force_login(user)
    return client.get(reverse(name, args=[record.partnership.slug, record.identifier]))


def results(client, user, exercise) -> str:
    return words(get(client, user, "standards:results", exercise))


def test_closing_freezes_the_averages_and_closes_the_sessions(closed, manager):
    version = latest_version(closed)
    assert (version.number, version.by, version.reason) == (1, manager, "")
    assert version.averages == {"1": "2.5", "2": "3.0", "3": "4.5"}
    assert closed.sessions.get().state == Session.State.CLOSED


def test_correction_makes_a_new_version_with_its_reason(closed, officer):
    correct(closed, officer)
    version = latest_version(closed)
    assert (version.number, version.by, version.reason) == (2, officer, "Misheard.")
    assert version.averages["1"] == "3.0"


def test_correction_that_corrects_nothing_makes_no_version(closed, officer):
    correct(closed, officer)
    correct(closed, officer, why="Once more.")
    assert latest_version(closed).number == 2


def test_correction_of_a_reason_alone_is_a_version_that_changed_no_average(closed, officer):
    correct(closed, officer, value="3")
    assert [each.moved_words for each in revisions(closed)] == ["", "No average changed."]


def test_correction_needs_a_reason(closed, officer):
    with pytest.raises(RuleBroken, match="Say why"):
        correct(closed, officer, why=" ")
    assert latest_version(closed).number == 1


def test_revisions_say_which_averages_moved(closed, officer):
    correct(closed, officer)
    correct(closed, officer, value=None, number=3, why="Not theirs.")
    _, second, third = revisions(closed)
    assert second.moved_words == "It changed standard 1 from 2.5 to 3.0."
    assert third.moved_words == "It changed standard 3 from 4.5 to 4.0."


def test_average_that_goes_is_said_to_be_none(closed):
    for number, averages in ((2, {"1": None, "2": "3.0", "3": "4.5"}), (3, {"1": "2.0"})):
        ResultsVersion.objects.create(
            exercise=closed, number=number, averages=averages, reason="A reason",
            by=closed.closed_by, digest="0" * 64,
        )  # fmt: skip
    _, second, third = revisions(closed)
    assert second.moved_words == "It changed standard 1 from 2.5 to not scored."
    assert third.moved_words == (
        "It changed standard 1 from not scored to 2.0, standard 2 from 3.0 to not scored and "
        "standard 3 from 4.5 to not scored."
    )


def test_results_page_says_which_version_it_is(client, closed, observer, officer):
    text = results(client, observer, closed)
    assert "by Manager. Results version 1." in text
    correct(closed, officer)
    text = results(client, observer, closed)
    assert "Results version 2, corrected on 3 March 2026 by Officer." in text
    assert "2 3 March 2026 Officer Misheard. It changed standard 1 from 2.5 to 3.0." in text


def test_results_page_of_an_open_exercise_has_no_version(client, manager, partnership):
    exercise = make.scored_exercise(partnership, state="open")
    text = results(client, manager, exercise)
    assert "Closed on" not in text
    assert "Versions" not in text


def test_results_in_words_say_when_they_were_closed(client, observer, manager, partnership):
    exercise = make.exercise(partnership, is_scored=False, state="open")
    make.priority(exercise, "Needs assessment")
    close_exercise(exercise=exercise, version=1, by=manager)
    assert "by Manager. Results version 1." in results(client, observer, exercise)


def test_results_page_leads_only_to_places_that_exist(client, closed, officer):
    correct(closed, officer)
    page = get(client, officer, "standards:results", closed)
    assert {"versions", "downloads"} <= fragments(page) <= ids(page)


def test_plan_says_which_results_it_was_made_from(client, observer, plan):
    assert "Made from results version 1." in words(get(client, observer, "changeplan:plan", plan))


def test_plan_says_that_its_results_were_corrected(client, observer, officer, plan):
    correct(plan.exercise, officer)
    text = words(get(client, observer, "changeplan:plan", plan))
    assert (
        "Made from results version 1; the results were corrected on 3 March 2026: Misheard." in text
    )
    assert "It changed standard 1 from 2.5 to 3.0." in text


def test_plan_says_every_correction_since(client, observer, officer, plan):
    correct(plan.exercise, officer)
    correct(plan.exercise, officer, "5", "Added wrongly.")
    text = words(get(client, observer, "changeplan:plan", plan))
    assert "corrected on 3 March 2026: Misheard. It changed standard 1 from 2.5 to 3.0." in text
    assert "The results were corrected again on 3 March 2026: Added wrongly." in text


def test_plan_made_from_the_corrected_results_says_nothing_of_the_correction(
    client, observer, officer, closed
):
    correct(closed, officer)
    plan = make.plan(closed, state="submitted", results_version=latest_version(closed))
    text = words(get(client, observer, "changeplan:plan", plan))
    assert "Made from results version 2." in text
    assert "corrected" not in text


def test_plan_of_no_known_version_says_nothing(client, observer, closed):
    plan = make.plan(closed, state="submitted")
    assert "Made from" not in words(get(client, observer, "changeplan:plan", plan))


def test_paper_page_says_that_its_results_were_corrected(client, observer, officer, paper):
    before = words(get(client, observer, "papers:paper", paper))
    assert "Results of the exercise, version 1" in before
    assert "Made from results version 1" not in before
    correct(paper.exercise, officer)
    text = words(get(client, observer, "papers:paper", paper))
    assert (
        "Made from results version 1; the results were corrected on 3 March 2026: Misheard." in text
    )


def test_draft_paper_says_that_its_figures_are_the_corrected_ones(client, observer, officer, plan):
    draft = make.paper(plan, results_version=plan.results_version)
    correct(plan.exercise, officer)
    text = words(get(client, officer, "papers:paper", draft))
    assert "The figures in this draft are the corrected ones" in text


def test_issued_paper_keeps_what_it_said(client, observer, officer, paper):
    address = reverse(
        "papers:paper_download", args=[paper.partnership.slug, paper.identifier, "html"]
    )
    client.force_login(observer)
    before = client.get(address).content
    correct(paper.exercise, officer)
    assert client.get(address).content == before
    assert b"Made from results" not in before


def test_pages_take_as_many_queries_after_ten_corrections(
    client, observer, officer, plan, paper, closed
):
    records = {"standards:results": closed, "changeplan:plan": plan, "papers:paper": paper}
    addresses = [
        reverse(name, args=[record.partnership.slug, record.identifier])
        for name, record in records.items()
    ]
    correct(closed, officer)
    client.force_login(observer)
    before = [queries(client, each) for each in addresses]
    for place in range(10):
        correct(closed, officer, str(1 + place % 5), f"Reason {place}")
    assert [queries(client, each) for each in addresses] == before
    assert max(before) <= 15


def test_api_gives_the_version_of_the_results_and_its_time(client, observer, officer, closed):
    client.force_login(observer)
    address = reverse("api-exercise-results", args=[closed.identifier])
    assert client.get(address).json()["version"]["number"] == 1
    correct(closed, officer)
    version = client.get(address).json()["version"]
    assert (version["number"], version["made_at"][:10]) == (2, "2026-03-03")


def test_api_gives_no_version_before_an_exercise_closes(client, manager, partnership):
    exercise = make.scored_exercise(partnership, state="open")
    client.force_login(manager)
    address = reverse("api-exercise-results", args=[exercise.identifier])
    assert client.get(address).json()["version"] is None


def test_api_says_the_state_of_every_session_and_no_code(client, observer, partnership):
    room = make.open_room(partnership)
    client.force_login(observer)
    for address in (
        reverse("api-exercise-list"),
        reverse("api-exercise-detail", args=[room.exercise.identifier]),
    ):
        response = client.get(address)
        found = response.json()
        (session,) = (found if "sessions" in found else found["results"][0])["sessions"]
        assert session["state"] == "open"
        assert room.join_code not in response.content.decode()
        assert room.join_key not in response.content.decode()


def test_freezing_again_without_a_change_keeps_the_version(closed, officer):
    first = latest_version(closed)
    assert freeze_results(exercise=closed, reason="Again.", by=officer) == first
