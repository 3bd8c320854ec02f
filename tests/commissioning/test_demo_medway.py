"""Medway's strengths, improvement priorities and recommendations, and who raised what."""

import pytest

from changeplan.models import ChangePlan, SupportAllocation, SupportEntitlement
from papers.models import AgendaItem, Paper
from partnership.models import Meeting
from standards.models import Exercise, Finding, PublishedScore, Score

# test_demo loads it into both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.one_database]

# Each improvement priority of the source, and the heading of the recommendation that answers it.
ANSWERS = [
    ("Partnership Boards", "Partnership Boards"),
    ("ECM Needs Assessment", "Joint ECM needs assessment"),
    ("Market Management", "Shaping the market"),
    ("Performance Management", "Performance management"),
    ("Communication and Information", "Communication"),
    ("School Involvement", "Schools"),
]
BOARD, MANAGERS, COMMISSIONERS = (
    "Children’s Trust Board", "Extended management team", "Commissioning managers"
)  # fmt: skip


@pytest.fixture
def exercise() -> Exercise:
    return Exercise.objects.get(partnership__slug="medway")


@pytest.fixture
def plan() -> ChangePlan:
    return ChangePlan.objects.get(partnership__slug="medway")


def priority(exercise: Exercise, title: str) -> Finding:
    return exercise.findings.get(kind=Finding.Kind.PRIORITY, title=title)


def raised(finding: Finding) -> list[tuple[str, str]]:
    """Who raised it, by cohort or category, and how strongly."""
    return [
        (str(raiser.cohort) if raiser.cohort else raiser.category, raiser.strength)
        for raiser in finding.attributions.all()
    ]


def test_the_evaluation_is_in_words_only(exercise):
    assert not exercise.is_scored
    assert not Score.objects.for_exercise(exercise).exists()
    assert not PublishedScore.objects.filter(exercise=exercise).exists()


def test_three_groups_looked_at_three_domains_on_unknown_days(exercise):
    assert [cohort.name for cohort in exercise.cohorts.all()] == [BOARD, MANAGERS, COMMISSIONERS]
    assert [session.date for session in exercise.sessions.all()] == [None, None, None]
    titles = [domain.title for domain in exercise.domains.all()]
    assert titles == ["Governance and structures", "Competence", "Practice"]


def test_four_strengths_and_six_priorities_were_found(exercise):
    kinds = [finding.kind for finding in exercise.findings.all()]
    assert (kinds.count("strength"), kinds.count("priority"), len(kinds)) == (4, 6, 10)


def test_each_priority_is_answered_under_a_heading_of_its_own(exercise, plan):
    answered = [
        (finding.title, plan.actions.get(priorities=finding).heading)
        for finding in exercise.findings.filter(kind=Finding.Kind.PRIORITY)
    ]
    assert answered == ANSWERS
    assert plan.arrangement == ChangePlan.Arrangement.BY_PRIORITY
    assert plan.actions.count() == 6


def test_many_board_members_and_with_a_reservation_the_others_raised_the_first(exercise):
    first = priority(exercise, "Partnership Boards")
    assert raised(first) == [
        ("Partnership Board members", "many"), (COMMISSIONERS, ""), (MANAGERS, "")
    ]  # fmt: skip
    reserved = [bool(raiser.reservation) for raiser in first.attributions.all()]
    assert reserved == [False, True, True]


@pytest.mark.parametrize("title", ["ECM Needs Assessment", "Market Management"])
def test_managers_and_commissioners_raised_needs_and_market(exercise, title):
    assert sorted(raised(priority(exercise, title))) == [(COMMISSIONERS, ""), (MANAGERS, "")]


def test_the_board_and_commissioning_managers_in_particular_raised_performance(exercise):
    assert raised(priority(exercise, "Performance Management")) == [
        (BOARD, "particularly"), (COMMISSIONERS, "particularly")
    ]  # fmt: skip


def test_three_groups_made_points_of_their_own_on_communication_and_one_is_nobodys(exercise):
    communication = priority(exercise, "Communication and Information")
    assert raised(communication) == [
        (MANAGERS, ""), (COMMISSIONERS, ""), (BOARD, ""), ("", "")
    ]  # fmt: skip
    assert all(raiser.point for raiser in communication.attributions.all())


def test_partners_and_two_groups_in_particular_raised_schools(exercise):
    assert raised(priority(exercise, "School Involvement")) == [
        ("partners", ""), (BOARD, "particularly"), (COMMISSIONERS, "particularly")
    ]  # fmt: skip


def test_support_is_asked_for_three_actions_without_days(plan):
    assert SupportEntitlement.objects.get(plan=plan).days is None
    asked = SupportAllocation.objects.filter(entitlement__plan=plan)
    headings = ["Joint ECM needs assessment", "Shaping the market", "Schools"]
    assert [allocation.action.heading for allocation in asked] == headings
    assert {(a.estimated, a.agreed) for a in asked} == {(None, None)}


def test_the_performance_management_group_first_meets_on_a_day_without_a_year():
    meeting = Meeting.objects.get(group__name="Performance Management Group")
    assert (meeting.date.stored, meeting.date.precision) == ("3 March", "words")


def test_the_plan_has_an_entry_for_every_standard_and_says_nothing_of_them(plan):
    assert plan.entries.count() == 12
    assert [entry.status.count() for entry in plan.entries.all()] == [0] * 12


def test_no_front_sheet_date_or_agenda_number_is_invented():
    paper = Paper.objects.get(slug="medway-evaluation")
    assert not paper.front_sheet.exists()
    assert paper.agenda_item is None
    assert not AgendaItem.objects.filter(meeting__group__partnership__slug="medway").exists()
