"""Who changed which finding, as those who write findings read it."""

import pytest
from django.urls import reverse

from partnership import records
from standards.models import Attribution, Finding
from tests import factories as make
from tests.pages import assert_queries_stay, words


@pytest.fixture
def finding(exercise) -> Finding:
    return make.priority(exercise, "One plan for all", text="It helps **families**.")


@pytest.fixture
def address(exercise) -> str:
    names = exercise.partnership.slug, exercise.identifier
    return reverse("standards:findings_history", args=names)


def test_changes_of_findings_and_of_who_raised_them_are_told(
    client, manager, officer, exercise, finding, address
):
    standards = list(exercise.framework.standards.filter(number__in=(1, 3)))
    raised = records.create(
        Attribution, by=officer, finding=finding, number=1, category="Parents", strength="some"
    )
    records.change(raised, changes={"strength": "many"}, version=1, by=manager)
    records.change(finding, changes={"standards": standards}, version=1, by=officer)
    records.change(finding, changes={"text": "It helps **parents**."}, version=2, by=manager)
    client.force_login(manager)

    page = words(client.get(address))

    assert "Manager changed the text, " in page
    assert "It helps removed: families., end of removed. added: parents., end of added." in page
    assert "Officer set the standards to 1 and 3, " in page
    assert "One plan for all: Parents Manager changed the strength from Some to Many, " in page
    assert "Officer added the line on who raised it" in page


def test_of_comments_only_their_number_is_told(client, manager, exercise, finding, address):
    table = exercise.sessions.get().working_groups.first()
    said = [make.comment(table, number, f"Secret {number}") for number in (1, 2)]
    records.change(finding, changes={"comments": said[:1]}, version=1, by=manager)
    records.change(finding, changes={"comments": said}, version=2, by=manager)
    client.force_login(manager)

    page = words(client.get(address))

    assert "Manager changed the number of comments from 1 to 2" in page
    assert "Secret" not in page


def test_a_removal_keeps_its_reason(client, officer, finding, address):
    records.remove(finding, version=1, by=officer, reason="Said twice")
    client.force_login(officer)

    page = words(client.get(address))

    assert "Officer removed the finding" in page
    assert "Reason: Said twice" in page


def test_an_exercise_without_findings_says_what_will_be_here(client, officer, address):
    client.force_login(officer)

    assert "No history yet" in words(client.get(address))


def test_history_takes_as_many_queries_however_long(client, officer, finding, address):
    client.force_login(officer)

    def grow() -> None:
        for version in range(1, 40):
            records.change(
                finding, changes={"title": f"Title {version}"}, version=version, by=officer
            )

    assert_queries_stay(client, [address], grow)
