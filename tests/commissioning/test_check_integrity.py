"""Each rule that crosses tables is broken once, and said."""

import re
from collections.abc import Callable
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from changeplan.models import PlanEntry
from changeplan.services.states import keep_version
from commissioning.integrity.figures import FIGURES
from commissioning.integrity.loops import in_loop
from commissioning.integrity.relations import RELATIONS
from commissioning.integrity.rooms import ROOMS
from commissioning.integrity.versions import VERSIONS
from tests.commissioning.room_breaks import ROOM_BREAKS
from tests.commissioning.worlds import World, put, world


def agree(at: World, days: str) -> None:
    put(at.support, agreed=Decimal(days), agreed_at=timezone.now(), agreed_by=at.member.user)


FOREIGN = "standard 1 of another framework."
AWAY = "of another partnership."
NO_HALVES = ", and the exercise allows none."
RULES = [*RELATIONS, *FIGURES, *ROOMS, *VERSIONS]
Break = Callable[[World, World], object]

BREAKS: list[tuple[str, Break]] = [
    (
        "Here: Here plan is made from the results of another exercise.",
        lambda here, there: put(here.plan, results_version=there.results),
    ),
    (
        "Here: Here paper is made from the results of another exercise.",
        lambda here, there: put(here.paper, results_version=there.results),
    ),
    (
        "Here exercise: standard 1 averages 3.2, and version 1 of its results says 2.5.",
        lambda here, there: put(here.score, value=5),
    ),
    (
        "Here exercise: standard 1 averages 2.3, and version 1 of its results says 2.5.",
        lambda here, there: put(here.score, is_agreed=False),
    ),
    (
        f"Here exercise: the score of Table one is on {FOREIGN}",
        lambda here, there: put(here.score, standard=there.standard),
    ),
    (
        f"Here exercise: a vote in Table one is on {FOREIGN}",
        lambda here, there: put(here.vote, standard=there.standard),
    ),
    (
        f"Here exercise: a comment of Table one is on {FOREIGN}",
        lambda here, there: put(here.comment, standard=there.standard),
    ),
    (
        f"Here exercise: a published average is of {FOREIGN}",
        lambda here, there: put(here.published, standard=there.standard),
    ),
    (
        f"Here exercise: priority 1 concerns {FOREIGN}",
        lambda here, there: here.priority.standards.add(there.standard),
    ),
    (
        f"Here exercise: a comparison of cohorts leaves out {FOREIGN}",
        lambda here, there: here.comparison.exceptions.add(there.standard),
    ),
    (
        "Here exercise: its domain “Governance” is of another framework.",
        lambda here, there: here.exercise.domains.add(there.domain),
    ),
    (
        "A framework: standard 1 is in the domain “Governance” of another framework.",
        lambda here, there: put(here.standard, domain=there.domain),
    ),
    (
        f"Here plan: an entry is for {FOREIGN}",
        lambda here, there: PlanEntry.objects.create(plan=here.plan, standard=there.standard),
    ),
    (
        f"Here plan: action 1 serves {FOREIGN}",
        lambda here, there: here.action.standards.add(there.standard),
    ),
    (
        f"Here plan: support “a workshop” is for {FOREIGN}",
        lambda here, there: here.support.standards.add(there.standard),
    ),
    (
        "Here exercise: Table one is in the cohort “Strategic” of another exercise.",
        lambda here, there: put(here.group, cohort=there.cohort),
    ),
    (
        "Here exercise: a published average is of the cohort “Strategic” of another exercise.",
        lambda here, there: put(here.published, cohort=there.cohort),
    ),
    (
        "Here exercise: priority 1 was raised by Table one of another exercise.",
        lambda here, there: put(here.by_group, working_group=there.group),
    ),
    (
        "Here exercise: priority 1 was raised by the cohort “Strategic” of another exercise.",
        lambda here, there: put(here.by_cohort, cohort=there.cohort),
    ),
    (
        "Here exercise: priority 1 rests on a comment of another exercise.",
        lambda here, there: here.priority.comments.add(there.comment),
    ),
    (
        "Here exercise: a comparison is with the cohort “Strategic” of another exercise.",
        lambda here, there: put(here.comparison, higher=there.cohort),
    ),
    (
        "Here exercise: a comparison is with the cohort “Operational” of another exercise.",
        lambda here, there: put(here.comparison, lower=there.other_cohort),
    ),
    (
        "Here plan: action 1 answers the improvement priority “There finding” of another exercise.",
        lambda here, there: here.action.priorities.add(there.priority),
    ),
    (
        "Here plan: action 1 depends on “There action 1” of another plan.",
        lambda here, there: here.action.depends_on.add(there.action),
    ),
    (
        "Here plan: support “a workshop” is for “There action 1” of another plan.",
        lambda here, there: put(here.support, action=there.action),
    ),
    (
        "Here paper: its change plan “There plan” follows another exercise.",
        lambda here, there: put(here.paper, plan=there.plan),
    ),
    (
        "Here paper: recommendation 1 is about “There action 1” of another plan.",
        lambda here, there: here.asked.actions.add(there.action),
    ),
    (
        "Here paper: an amendment changes “There action 1” of another plan.",
        lambda here, there: put(here.amendment, action=there.action),
    ),
    (
        f"Here: Here Team is a sub-group of There Board {AWAY}",
        lambda here, there: put(here.team, parent=there.board),
    ),
    (
        f"Here: a meeting of Here Board is joint with There Team {AWAY}",
        lambda here, there: here.meeting.joint_with.add(there.team),
    ),
    (
        "Here: “A report” comes from a meeting of another partnership.",
        lambda here, there: put(here.document, meeting=there.meeting),
    ),
    (
        f"Here: Here Manager comes from There Council {AWAY}",
        lambda here, there: put(here.member, organisation=there.council),
    ),
    (
        f"Here: Here Manager sits in There Board {AWAY}",
        lambda here, there: put(here.seat, group=there.board),
    ),
    (
        f"Here: Here exercise follows “There exercise” {AWAY}",
        lambda here, there: put(here.exercise, previous=there.exercise),
    ),
    (
        f"Here exercise: First session seats There Board {AWAY}",
        lambda here, there: here.session.groups.add(there.board),
    ),
    (
        f"Here: Here plan follows an exercise {AWAY}",
        lambda here, there: put(here.plan, exercise=there.exercise),
    ),
    (
        f"Here: Here plan was approved by a meeting {AWAY}",
        lambda here, there: put(
            here.plan,
            approved_at=timezone.now(),
            approved_by=here.member.user,
            approved_meeting=there.meeting,
        ),
    ),
    (
        f"Here plan: action 1 is led by There Team {AWAY}",
        lambda here, there: put(here.action, lead_group=there.team),
    ),
    (
        f"Here plan: action 1 is led by There Council {AWAY}",
        lambda here, there: put(here.action, lead_organisation=there.council),
    ),
    (
        f"Here plan: action 1 is owned by There Manager {AWAY}",
        lambda here, there: put(here.action, owner=there.member),
    ),
    (
        f"Here plan: action 1 is monitored by There Team {AWAY}",
        lambda here, there: put(here.action, monitored_by=there.team),
    ),
    (
        f"Here plan: action 1 reports to There Board {AWAY}",
        lambda here, there: put(here.action, reports_to=there.board),
    ),
    (
        f"Here: Here paper is about an exercise {AWAY}",
        lambda here, there: put(here.paper, exercise=there.exercise),
    ),
    (
        f"Here: Here paper is about a change plan {AWAY}",
        lambda here, there: put(here.paper, plan=there.plan),
    ),
    (
        f"Here: Here paper is addressed to There Board {AWAY}",
        lambda here, there: put(here.paper, addressed_to=there.board),
    ),
    (
        f"Here: Here paper is on the agenda {AWAY}",
        lambda here, there: put(here.paper, agenda_item=there.item),
    ),
    (
        f"Here paper: recommendation 1 is asked of There Board {AWAY}",
        lambda here, there: put(here.asked, asked_of=there.board),
    ),
    (
        f"Here paper: recommendation 1 was decided by There Board {AWAY}",
        lambda here, there: put(here.decision, meeting=there.meeting),
    ),
    (
        f"Here exercise: Managers scored standard 1 with the half point 1.5{NO_HALVES}",
        lambda here, there: put(here.exercise, half_points=False),
    ),
    (
        "Here exercise: Table one scored standard 1, and the exercise has no scores.",
        lambda here, there: put(here.exercise, is_scored=False),
    ),
    (
        "Here exercise: somebody in Table one voted, and the exercise has no scores.",
        lambda here, there: put(here.exercise, is_scored=False),
    ),
    (
        "Here exercise: standard 1 has a published average, and the exercise has no scores.",
        lambda here, there: put(here.exercise, is_scored=False),
    ),
    (
        "Here plan: action 1 answers strength 1, which is not an improvement priority.",
        lambda here, there: here.action.priorities.add(here.strength),
    ),
    (
        "Here plan: 4.25 days of CSP are agreed, of 4 that there are.",
        lambda here, there: agree(here, "4.25"),
    ),
    (
        "Here plan: standard 2 has no entry.",
        lambda here, there: here.plan.entries.filter(standard__number=2).delete(),
    ),
    (
        "The group Here Board is a sub-group of itself, by way of others.",
        lambda here, there: put(here.board, parent=here.team),
    ),
    (
        "The action “Here action 1” waits for itself.",
        lambda here, there: (
            here.action.depends_on.add(here.second),
            here.second.depends_on.add(here.action),
        ),
    ),
    (
        "The exercise Here exercise follows itself, by way of others.",
        lambda here, there: (
            put(here.exercise, previous=there.exercise),
            put(there.exercise, previous=here.exercise),
        ),
    ),
    (
        "Here plan is approved, and no version of it is.",
        lambda here, there: put(
            here.plan, approved_at=timezone.now(), approved_by=here.member.user
        ),
    ),
    (
        "Here plan: version 1 is before the board, and the plan is draft.",
        lambda here, there: keep_version(
            plan=here.plan, note="", by=here.member.user, at=timezone.now()
        ),
    ),
    (
        "Here plan: version 1 is not as it was put to the board.",
        lambda here, there: put(
            keep_version(plan=here.plan, note="", by=here.member.user, at=timezone.now()),
            content={"title": "Another"},
        ),
    ),
    *ROOM_BREAKS,
]


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    """Two sound partnerships, made once; what a test does to them is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world("Here"), world("There")
        transaction.set_rollback(True)


@pytest.fixture
def here(worlds, db) -> World:
    return worlds[0]


@pytest.fixture
def there(worlds, db) -> World:
    return worlds[1]


def check() -> list[str]:
    """Return the problems that the command prints, and see it fail where there is any."""
    said = StringIO()
    try:
        call_command("check_integrity", stdout=said)
    except CommandError as error:
        failure: CommandError | None = error
    else:
        failure = None
    lines = said.getvalue().splitlines()
    if failure is None:
        assert lines == ["Everything stored is consistent."]
        return []
    assert (str(failure), failure.returncode) == (f"Problems found: {len(lines)}.", 1)
    return lines


def test_two_sound_partnerships_have_no_problem(here: World, there: World):
    agree(here, "4")
    put(here.days, is_approximate=False)
    assert check() == []


def test_more_days_than_approximately_available_may_be_agreed(here: World):
    put(here.days, is_approximate=True)
    agree(here, "40")
    assert check() == []


@pytest.mark.parametrize(("said", "damage"), BREAKS, ids=[said for said, _ in BREAKS])
def test_a_broken_rule_is_said_once(here: World, there: World, said: str, damage: Break):
    damage(here, there)

    assert check().count(said) == 1


def test_every_rule_is_broken_above():
    sentences = [said for said, _ in BREAKS]
    patterns = [re.sub(r"\\{[^}]*\\}", ".+", re.escape(r.words)) for r in RULES]

    assert [p for p in patterns if not any(re.fullmatch(p, s) for s in sentences)] == []


def test_the_queries_are_as_many_for_ten_partnerships(here: World, django_assert_num_queries):
    queries = len(RULES) + 1 + 3 + 3 + 5 + 1 + 2
    with django_assert_num_queries(queries):
        check()
    for number in range(9):
        world(f"Partnership of {number}")
    with django_assert_num_queries(queries):
        check()


def test_only_what_leads_back_is_in_a_loop():
    assert in_loop([(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 5), (7, 1)]) == {
        1,
        2,
        3,
        5,
        6,
    }
    assert in_loop([(1, 2), (2, 3), (1, 3)]) == set()
    assert in_loop([(1, 1)]) == {1}
