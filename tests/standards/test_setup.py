"""Setting an exercise up, naming who runs it, and closing it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partnership.dates import PreciseDate
from partnership.models import Membership, User
from partnership.roles import Role
from standards.models import Exercise, Participant, Vote
from tests import factories as make
from tests.pages import chosen, words
from tests.standards.running import RUNNERS, of_exercise


@pytest.fixture
def planned(partnership, invited) -> Exercise:
    """A planned exercise of the facilitator, with one session and no groups yet."""
    made = make.exercise(partnership, state="planned", title="Self-assessment 2027")
    made.facilitators.add(invited)
    return made


@pytest.fixture
def invited_elsewhere(partnership) -> User:
    return make.member(partnership, Role.INVITED_FACILITATOR, "Invited elsewhere")


def typed(exercise: Exercise | None = None, **more) -> dict[str, object]:
    """The form of an exercise as somebody fills it in."""
    given = {
        "title": "Self-assessment 2027",
        "purpose": "To see how far we are.",
        "framework": exercise.framework_id if exercise else make.framework().pk,
        "date_month": "3",
        "date_year": "2027",
        "is_scored": "True",
        "half_points": "True",
        "votes_first": "True",
        "shows_names": "False",
        "shows_previous": "False",
        "averaging": "mean_of_cohorts",
    }
    return given | ({"version": exercise.version} if exercise else {}) | more


def new(client, partnership, **more):
    return client.post(reverse("standards:exercise_new", args=[partnership.slug]), typed(**more))


def test_exercise_new_makes_a_planned_exercise_of_all_that_was_chosen(client, manager, partnership):
    client.force_login(manager)
    before = make.scored_exercise(partnership)
    chosen = {"previous": before.pk, "shows_previous": "True", "half_points": "False"}
    response = new(client, partnership, **chosen)
    made = Exercise.objects.get(title="Self-assessment 2027")
    assert response["Location"] == of_exercise(made, "exercise")
    assert (made.state, made.date, made.previous) == ("planned", PreciseDate("2027-03"), before)
    assert (made.half_points, made.votes_first, made.shows_names) == (False, True, False)
    assert (made.averaging, made.shows_previous) == ("mean_of_cohorts", True)
    assert made.history.get().history_user == manager


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "Enter title"),
        ({"title": "self-ASSESSMENT"}, "Another exercise of this partnership has this title"),
        ({"date_month": "13"}, "Date must be a real date"),
        ({"date_year": ""}, "Date must include a year"),
        ({"date_words": "in spring"}, "in figures or in words, not in both"),
        ({"averaging": "guess"}, "Select a valid choice"),
    ],
)
def test_exercise_new_keeps_what_was_typed(client, manager, partnership, exercise, wrong, says):
    client.force_login(manager)
    response = new(client, partnership, **wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert "To see how far we are." in page
    assert not Exercise.objects.filter(purpose="To see how far we are.").exists()


def test_exercise_new_takes_a_date_in_words(client, manager, partnership):
    client.force_login(manager)
    new(client, partnership, date_month="", date_year="", date_words="Early in the new year")
    assert str(Exercise.objects.get().date) == "Early in the new year"


def test_exercise_edit_changes_what_was_typed_and_nothing_else(client, facilitator, planned):
    client.force_login(facilitator)
    page = words(client.get(of_exercise(planned, "exercise_edit")))
    assert "Everyone votes in private" in page
    response = client.post(of_exercise(planned, "exercise_edit"), typed(planned, title="Once more"))
    assert response.status_code == 302
    planned.refresh_from_db()
    assert (planned.title, planned.version, planned.state) == ("Once more", 2, "planned")


def test_exercise_edit_shows_both_texts_where_somebody_was_faster(client, manager, planned):
    client.force_login(manager)
    stale = typed(planned, title="Mine", purpose="My purpose")
    client.post(of_exercise(planned, "exercise_edit"), typed(planned, title="Theirs"))
    response = client.post(of_exercise(planned, "exercise_edit"), stale)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Manager changed this on" in page
    assert all(text in page for text in ("Theirs", "Mine", "My purpose"))
    planned.refresh_from_db()
    assert planned.title == "Theirs"
    again = stale | chosen(response, "mine")
    response = client.post(of_exercise(planned, "exercise_edit"), again)
    planned.refresh_from_db()
    assert (response.status_code, planned.title) == (302, "Mine")


def test_exercise_edit_keeps_the_promise_under_which_people_voted(client, manager, planned):
    client.force_login(manager)
    group = make.working_group(planned, "Table one", people=1)
    standard = planned.framework.standards.first()
    Vote.objects.create(participant=group.participants.get(), standard=standard, value=3)
    response = client.post(
        of_exercise(planned, "exercise_edit"), typed(planned, shows_names="True")
    )
    assert response.status_code == 409
    assert "People have voted" in response.content.decode()
    planned.refresh_from_db()
    assert planned.shows_names is False
    page = client.post(of_exercise(planned, "exercise_edit"), typed(planned, title="Another title"))
    assert page.status_code == 302


def test_structure_copy_takes_sessions_and_groups_but_nobody_and_nothing_said(
    client, manager, exercise, planned
):
    client.force_login(manager)
    planned.sessions.all().delete()
    offer = "Copy the sessions and working groups of Self-assessment"
    assert offer in words(client.get(of_exercise(planned, "exercise")))
    response = client.post(of_exercise(planned, "structure_copy"))
    assert response.status_code == 302
    session = planned.sessions.get()
    cohorts = [(group.name, group.cohort.name) for group in session.working_groups.all()]
    assert cohorts == [
        ("Table one", "Strategic"),
        ("Table two", "Strategic"),
        ("Managers", "Operational"),
    ]
    assert session.date is None
    assert not Participant.objects.filter(working_group__session=session).exists()
    again = client.post(of_exercise(planned, "structure_copy"))
    assert again.status_code == 409
    assert planned.sessions.count() == 1


def test_a_facilitator_sets_up_an_exercise_from_nothing_to_its_working_groups(
    client, facilitator, exercise
):
    partnership = exercise.partnership
    client.force_login(facilitator)
    offer = words(client.get(reverse("standards:exercises", args=[partnership.slug])))
    assert "New exercise" in offer
    new(client, partnership, previous=exercise.pk)
    made = Exercise.objects.get(title="Self-assessment 2027")
    client.post(of_exercise(made, "structure_copy"))
    assert made.sessions.get().working_groups.count() == 3
    assert client.get(of_exercise(made, "exercise_edit")).status_code == 200


def test_an_invited_facilitator_makes_no_exercise(client, invited, exercise):
    client.force_login(invited)
    page = words(client.get(reverse("standards:exercises", args=[exercise.partnership.slug])))
    assert "New exercise" not in page
    assert new(client, exercise.partnership).status_code == 403
    assert not Exercise.objects.filter(title="Self-assessment 2027").exists()


def test_an_invited_facilitator_copies_the_structure_of_an_exercise_they_cannot_see(
    client, invited, planned
):
    before = make.scored_exercise(planned.partnership, title="Two years ago")
    Exercise.objects.filter(pk=planned.pk).update(previous=before)
    planned.sessions.all().delete()
    client.force_login(invited)
    page = client.get(of_exercise(planned, "exercise"))
    assert "Copy the sessions and working groups of Two years ago" in words(page)
    assert before.identifier not in page.content.decode()
    assert client.post(of_exercise(planned, "structure_copy")).status_code == 302
    assert planned.sessions.get().working_groups.count() == 3


def test_an_invited_facilitator_is_offered_only_exercises_they_know_of(client, invited, planned):
    other = make.scored_exercise(planned.partnership, title="Not theirs")
    client.force_login(invited)
    address = of_exercise(planned, "exercise_edit")
    assert "Not theirs" not in words(client.get(address))
    answer = client.post(address, typed(planned, previous=other.pk))
    assert (answer.status_code, Exercise.objects.get(pk=planned.pk).previous) == (422, None)


def test_structure_copy_says_where_there_is_nothing_to_copy(client, manager, planned):
    client.force_login(manager)
    response = client.post(of_exercise(planned, "structure_copy"))
    assert response.status_code == 409
    assert "No other exercise" in response.content.decode()


@pytest.mark.parametrize("who", RUNNERS)
def test_structure_copy_is_for_who_runs_the_exercise(client, who, exercise, planned, request):
    planned.sessions.all().delete()
    client.force_login(request.getfixturevalue(who))
    response = client.post(of_exercise(planned, "structure_copy"))
    assert response.status_code == RUNNERS[who]
    assert planned.sessions.exists() is (RUNNERS[who] == 302)


def test_facilitators_invites_an_outsider_for_this_exercise_alone(client, manager, planned):
    client.force_login(manager)
    other = make.exercise(planned.partnership, state="planned")
    given = {"name": "Robin Outside", "email": "Robin@Example.org"}
    assert client.post(of_exercise(planned, "facilitators"), given).status_code == 302
    invited = User.objects.get(email="robin@example.org")
    assert invited.memberships.get().role == Role.INVITED_FACILITATOR
    (sent,) = mail.outbox
    assert sent.to == ["robin@example.org"]
    assert of_exercise(planned, "exercise") in sent.body
    client.force_login(invited)
    assert client.get(of_exercise(planned, "exercise_edit")).status_code == 200
    assert client.get(of_exercise(other, "exercise")).status_code == 404


def test_facilitators_lets_a_member_run_the_exercise_in_their_own_role(
    client, manager, board_member, planned
):
    client.force_login(manager)
    given = {"name": "As known", "email": board_member.email}
    client.post(of_exercise(planned, "facilitators"), given)
    assert board_member.memberships.get().role == Role.BOARD_MEMBER
    client.force_login(board_member)
    assert client.get(of_exercise(planned, "exercise_edit")).status_code == 200


def test_facilitators_turns_a_lapsed_guest_into_a_facilitator(client, manager, planned):
    guest, yesterday = make.user(), timezone.localdate() - timedelta(days=1)
    Membership.objects.create(
        user=guest, partnership=planned.partnership, role=Role.GUEST, expires_on=yesterday
    )
    client.force_login(manager)
    given = {"name": "As known", "email": guest.email}
    client.post(of_exercise(planned, "facilitators"), given)
    client.force_login(guest)
    assert client.get(of_exercise(planned, "exercise_edit")).status_code == 200


def test_facilitators_keeps_a_wrong_address(client, manager, planned):
    client.force_login(manager)
    given = {"name": "Robin Outside", "email": "robin at example"}
    response = client.post(of_exercise(planned, "facilitators"), given)
    assert response.status_code == 422
    assert "robin at example" in response.content.decode()
    assert planned.facilitators.count() == 1


@pytest.mark.parametrize("who", RUNNERS)
def test_facilitator_remove_is_not_for_facilitators(client, who, invited, planned, request):
    client.force_login(request.getfixturevalue(who))
    address = of_exercise(planned, "facilitator_remove", invited.identifier)
    expected = 403 if who in ("facilitator", "invited") else RUNNERS[who]
    assert client.post(address).status_code == expected
    assert planned.facilitators.exists() is (expected != 302)


@pytest.mark.parametrize("who", ["facilitator", "invited"])
def test_a_facilitator_runs_an_exercise_until_it_closes(client, who, planned, request):
    client.force_login(request.getfixturevalue(who))
    client.post(of_exercise(planned, "exercise_close"), {"version": planned.version})
    assert client.get(of_exercise(planned, "exercise")).status_code == 200
    assert client.get(of_exercise(planned, "exercise_edit")).status_code == 403


def test_exercise_close_says_what_will_happen_and_what_is_missing(client, manager, partnership):
    client.force_login(manager)
    session = make.open_room(partnership)
    make.scores(session.working_groups.get(), "3", None, "2")
    page = words(client.get(of_exercise(session.exercise, "exercise_close")))
    assert "“First session” is still open" in page
    assert "2 of 3 answers are in" in page
    assert "Table 1 1 standard: 2" in page
    session.refresh_from_db()
    assert session.state == "open"


def test_exercise_close_closes_its_sessions_and_freezes_its_results(client, manager, partnership):
    client.force_login(manager)
    session = make.open_room(partnership)
    make.scores(session.working_groups.get(), "3", "4", "2")
    exercise = session.exercise
    exercise.refresh_from_db()
    address = of_exercise(exercise, "exercise_close")
    response = client.post(address, {"version": exercise.version})
    assert response["Location"] == of_exercise(exercise, "results")
    exercise.refresh_from_db()
    session.refresh_from_db()
    assert (exercise.state, session.state, exercise.closed_by) == ("closed", "closed", manager)
    assert exercise.frozen.get().averages == {"1": "3.0", "2": "4.0", "3": "2.0"}
    assert client.post(address, {"version": exercise.version}).status_code == 409


@pytest.mark.parametrize("version", ["1", "", "none", "²"])
def test_exercise_close_refuses_what_its_page_did_not_know(client, manager, planned, version):
    client.force_login(manager)
    Exercise.objects.filter(pk=planned.pk).update(version=2)
    response = client.post(of_exercise(planned, "exercise_close"), {"version": version})
    assert response.status_code == 409
    planned.refresh_from_db()
    assert planned.state == "planned"


def test_exercise_shows_its_actions_to_who_runs_it_alone(client, manager, observer, planned):
    actions = ("Edit the exercise", "Add a session", "Close the exercise", "Set up and open")
    client.force_login(manager)
    page = words(client.get(of_exercise(planned, "exercise")))
    assert all(action in page for action in actions)
    client.force_login(observer)
    page = words(client.get(of_exercise(planned, "exercise")))
    assert not any(action in page for action in actions)


def test_exercises_offers_a_first_exercise(client, manager, observer, partnership):
    address = reverse("standards:exercises", args=[partnership.slug])
    for who, offered in ((manager, True), (observer, False)):
        client.force_login(who)
        assert ("New exercise" in words(client.get(address))) is offered
