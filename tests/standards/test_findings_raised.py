"""Who raised a priority, on its pages; and the buttons of findings, for each role."""

import pytest

from partnership import records
from standards.models import Finding
from standards.services import findings as services
from tests.pages import fragments, ids, words
from tests.standards.finding import address, at


@pytest.fixture
def group(exercise):
    return exercise.sessions.get().working_groups.get(name="Managers")


@pytest.fixture
def priority(exercise, officer) -> Finding:
    values = {"title": "Say who decides"}
    return services.make_finding(exercise=exercise, kind="priority", values=values, by=officer)


@pytest.fixture
def working(client, officer):
    client.force_login(officer)
    return client


def raised(**changes) -> dict:
    given = dict.fromkeys(
        ("working_group", "cohort", "category", "named_as", "strength", "point", "reservation"), ""
    )
    return given | changes


def test_who_raised_a_priority_is_written_changed_and_ordered(working, exercise, priority, group):
    place = at(priority, "attributions")
    for sent in (
        raised(working_group=group.pk, strength="particularly", named_as="The managers"),
        raised(cohort=group.cohort.pk, reservation="Less *operational*."),
        raised(category="Head teachers", strength="many"),
        raised(point="Put it on the website."),
    ):
        assert working.post(place, sent)["Location"] == place

    _, _, three, four = priority.attributions.order_by("number")
    working.post(at(three, "attribution_move"), {"to": 1})
    working.post(at(four, "attribution_remove"), {"version": 1})
    change = raised(category="Head teachers", strength="all", version=1)
    assert working.post(at(three, "attribution_edit"), change)["Location"] == place

    text = words(working.get(place))
    assert text.index("Head teachers All") < text.index("The managers Particularly")
    assert "Reservation: Less operational." in text
    assert "Removed by Officer" in text
    working.post(at(four, "attribution_restore"))
    assert [each.number for each in priority.attributions.order_by("number")] == [1, 2, 3, 4]
    assert "Put it on the website." in words(working.get(address(exercise)))


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (raised(), "Name who raised it"),
        (raised(category="Partners", cohort="own"), "Name one of the three"),
        (raised(category="x" * 121), "at most 120 characters"),
        (raised(category="a\0b"), "Null characters are not allowed"),
        (raised(cohort="99999999999999999999"), "Select a valid choice"),
        (raised(category="Partners", strength="much"), "Select a valid choice"),
    ],
)
def test_an_attribution_that_cannot_be_saved_says_why(working, exercise, priority, sent, problem):
    if sent["cohort"] == "own":
        sent = sent | {"cohort": exercise.cohorts.first().pk}
    answer = working.post(at(priority, "attributions"), sent)

    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert fragments(answer) <= ids(answer)
    assert not priority.attributions.exists()


BUTTONS = [
    f"{record}_{button}"
    for record in ("finding", "attribution")
    for button in ("move", "remove", "restore")
]


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_are_for_who_writes_findings(
    client, officer, manager, administrator, board_member, observer, facilitator, invited,
    outsider, priority, name,
):  # fmt: skip
    record = priority
    if name.startswith("attribution"):
        record = services.make_attribution(
            finding=priority, values={"category": "Partners"}, by=officer
        )
    sent = {"to": 1, "version": 1}
    home = address(priority.exercise) if record == priority else at(priority, "attributions")
    refused = dict.fromkeys((board_member, observer, facilitator, invited), 403)
    for reader, status in (refused | {outsider: 404}).items():
        client.force_login(reader)
        assert client.post(at(record, name), sent).status_code == status
    client.logout()
    assert client.post(at(record, name), sent)["Location"].startswith("/accounts/login/")
    before = {"version": 1, "removed_at": None}
    assert type(record).objects.filter(pk=record.pk, **before).exists()
    assert client.get(at(record, name)).status_code in (302, 405)
    for writer in (officer, manager, administrator):
        client.force_login(writer)
        record = type(record).everything.get(pk=record.pk)
        if record.removed_at:
            records.restore(record, by=officer)
            record.refresh_from_db()
        answer = client.post(at(record, name), sent | {"version": record.version})
        assert (answer.status_code, answer["Location"].split("#")[0]) == (302, home)
