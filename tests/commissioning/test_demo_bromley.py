"""Bromley's figures, dates, bodies and days, as its board paper of May 2010 printed them."""

from decimal import Decimal

import pytest

from changeplan.models import Action, ChangePlan, SupportAllocation, SupportEntitlement
from papers import content
from papers.models import Paper
from partnership.models import Document, Group, Meeting, Organisation
from partnership.richtext import paragraphs, plain_text
from standards.models import Exercise, Finding, Score, Standard, Vote, WorkingGroup

# test_demo loads it into both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.one_database]

SCORES = ["3.2", "2.9", "2.3", "2.7", "3.3", "3.2", "3.2", "3.3", "3.1", "2.7", "3.0", "3.3"]
STATUS_STATEMENTS = [2, 2, 2, 3, 1, 2, 1, 2, 0, 2, 0, 0]
DETAIL_PARAGRAPHS = [3, 3, 2, 4, 3, 1, 2, 2, 3, 1]
DAYS = {1: 2, 2: 4, 6: 2, 8: 2, 10: 2}
EMPHASISED = {
    3: ["the right governance"],
    4: ["Partners and stakeholders", "understand"],
    5: ["understand the needs"],
    8: ["commissioners work effectively together"],
    10: ["leaders understand commissioning and work together to deliver change"],
    12: ["culture of continuous learning and improvement"],
}


@pytest.fixture
def exercise() -> Exercise:
    return Exercise.objects.get(partnership__slug="bromley")


@pytest.fixture
def plan() -> ChangePlan:
    return ChangePlan.objects.get(partnership__slug="bromley")


@pytest.fixture
def paper() -> Paper:
    return Paper.objects.get(slug="bromley-change-plan")


def action_on(plan: ChangePlan, standard: int) -> Action:
    return plan.actions.get(standards__number=standard)


def allocation_on(plan: ChangePlan, standard: int) -> SupportAllocation:
    return SupportAllocation.objects.get(entitlement__plan=plan, standards__number=standard)


def body(name: str) -> Group:
    return Group.objects.get(partnership__slug="bromley", name=name)


def test_the_standards_emphasise_the_phrases_that_the_paper_prints_bold():
    standards = Standard.objects.filter(framework__slug="csp")
    assert {s.number: s.emphasised for s in standards if s.emphasised} == EMPHASISED
    assert [s.number for s in standards] == list(range(1, 13))


def test_the_framework_words_two_levels_and_the_product_the_other_three(exercise):
    origins = {int(level.value): level.origin for level in exercise.framework.levels.all()}
    ours, theirs = "product", "framework"
    assert origins == {1: ours, 2: theirs, 3: theirs, 4: ours, 5: ours}
    worded = {int(level.value): level.wording for level in exercise.framework.levels.all()}
    assert worded[2] == "begun to move forward in meeting the Standard"
    assert worded[3] == "making progress towards meeting the Standard"


def test_the_twelve_averages_are_the_printed_ones(exercise):
    printed = exercise.published_scores.order_by("standard__number")
    assert [score.value for score in printed] == [Decimal(score) for score in SCORES]
    assert {score.cohort for score in printed} == {None}
    assert exercise.averaging == "recorded_figures"


def test_no_score_or_vote_of_a_group_is_invented(exercise):
    assert not Score.objects.for_exercise(exercise).exists()
    of_this = {"participant__working_group__session__exercise": exercise}
    assert not Vote.objects.filter(**of_this).exists()


def test_six_groups_of_the_board_and_the_operational_group_sat_on_two_days(exercise):
    board, operational = exercise.sessions.all()
    assert (str(board.date), str(operational.date)) == ("8 February 2010", "9 February 2010")
    assert (board.working_groups.count(), operational.working_groups.count()) == (6, 1)
    assert board.is_joint
    assert {group.short_name for group in board.groups.all()} == {"Trust Board", "CSG"}
    seats = WorkingGroup.objects.filter(session__exercise=exercise)
    assert {seat.cohort.name for seat in seats} == {"Strategic", "Operational"}


def test_the_operational_cohort_is_reported_lower_throughout(exercise):
    (comparison,) = exercise.reported_comparisons.all()
    assert (comparison.lower.name, comparison.higher.name) == ("Operational", "Strategic")
    assert not comparison.exceptions.exists()


def test_seven_themes_emerged(exercise):
    assert exercise.findings.filter(kind=Finding.Kind.THEME).count() == 7
    assert exercise.findings.count() == 7


def test_every_standard_has_its_statements_of_status(plan):
    entries = plan.entries.order_by("standard__number")
    assert [entry.status.count() for entry in entries] == STATUS_STATEMENTS


def test_ten_standards_have_one_action_with_its_paragraphs(plan):
    assert plan.actions.count() == 10
    found = [len(paragraphs(action_on(plan, number).detail)) for number in range(1, 11)]
    assert found == DETAIL_PARAGRAPHS
    assert not plan.actions.filter(standards__number__in=[11, 12]).exists()


def test_twelve_days_are_estimated_in_five_allocations(plan):
    assert {number: allocation_on(plan, number).estimated for number in DAYS} == DAYS
    asked = SupportAllocation.objects.filter(entitlement__plan=plan)
    assert asked.count() == 5
    assert sum(allocation.estimated for allocation in asked) == 12
    assert {allocation.agreed for allocation in asked} == {None}


def test_about_twenty_days_are_available_on_conditions(plan):
    entitlement = SupportEntitlement.objects.get(plan=plan)
    assert (entitlement.days, entitlement.is_approximate) == (Decimal(20), True)
    assert entitlement.short_name == "CSP"
    assert "Self Analysis and Planning Exercise" in entitlement.condition


def test_the_second_standard_asks_for_two_workshops_on_five_areas(plan):
    workshops = allocation_on(plan, 2)
    assert (workshops.form, workshops.events) == ("workshop", 2)
    assert len(workshops.focus_areas) == 5


def test_the_seventh_standard_leans_on_support_asked_elsewhere(plan):
    leaning = [a for a in plan.actions.all() if a.relied_on_support]
    assert leaning == [action_on(plan, 7)]
    assert not leaning[0].allocations.exists()


def test_bodies_lead_monitor_and_hear_of_actions(plan):
    csg, board = body("Commissioning Strategy Group"), plan.actions.get(number=2).reports_to
    assert board == body("Bromley Children and Young People Trust Board")
    assert action_on(plan, 8).lead_group == csg
    assert [action_on(plan, number).monitored_by for number in (2, 4, 9)] == [csg] * 3
    assert action_on(plan, 5).lead_group == body("Needs Analysis sub-group")


def test_sub_groups_stand_below_the_board():
    board = body("Bromley Children and Young People Trust Board")
    names = {group.name for group in board.sub_groups.all()}
    assert names == {
        "Commissioning Strategy Group", "Planning & Partnerships Group", "Needs Analysis sub-group"
    }  # fmt: skip


def test_the_council_leads():
    lead = Organisation.objects.get(partnership__slug="bromley", is_lead=True)
    assert lead.name == "London Borough of Bromley"


def test_meetings_and_documents_keep_the_precision_of_their_dates():
    meetings = Meeting.objects.filter(group__partnership__slug="bromley")
    assert [str(meeting.date) for meeting in meetings] == [
        "July 2008", "21 September 2009", "8 February 2010", "9 February 2010",
        "22 February 2010", "17 May 2010",
    ]  # fmt: skip
    documents = Document.objects.filter(partnership__slug="bromley").exclude(date="")
    dates = {document.title: document.date for document in documents}
    assert str(dates["Commissioning Strategy Framework"]) == "July 2008"
    assert dates["Children and Young People’s Plan 2011–2014"].precision == "month"
    assert dates["Apprenticeship, Skills, Children and Learning Act 2009"].precision == "year"
    guidance = "Statutory guidance on Children’s Trust Boards and Children and Young People’s Plans"
    assert dates[guidance].precision == "words"


def test_the_front_sheet_says_what_the_paper_printed(paper):
    sheet = {line.label: plain_text(line.value) for line in content.build(paper).front_sheet}
    contact = "Strategic Commissioning Manager, strategic.commissioning@bromley.example.org"
    assert sheet == {
        "Date of meeting": "17 May 2010",
        "Agenda item no.": "9",
        "Title": "Commissioning – Change Plan",
        "Contact officer": contact,
        "Lead partner": "London Borough of Bromley",
    }


def test_the_board_is_asked_for_one_decision_on_all_actions(paper, plan):
    recommendation = paper.recommendations.get()
    assert recommendation.asked_of == paper.addressed_to
    assert set(recommendation.actions.all()) == set(plan.actions.all())


def test_the_background_has_its_seven_paragraphs(paper):
    counts = {
        s.heading: s.blocks.filter(kind="paragraph").count() for s in paper.sections.all()[:5]
    }
    assert counts["Background"] == 7
    assert counts["Strategic Commissioning Change Plan"] == 3
    assert counts["Summary"] == 1
