"""The fictional partnership has something to show on every screen."""

from datetime import date

import pytest

from changeplan.models import Action, ChangePlan, ProgressUpdate, SupportDelivery
from changeplan.plan import plan_facts
from changeplan.services.states import changes_since_approval, content_of
from papers.models import Decision, Paper
from partnership.models import Meeting, Partnership, User
from partnership.roles import Role
from standards.models import Comment, Exercise, Finding, Score, Vote, WorkingGroup

# test_demo loads it into both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.one_database]

TODAY = date(2026, 11, 21)


@pytest.fixture
def exercise() -> Exercise:
    return Exercise.objects.get(title="Commissioning self-assessment 2026")


@pytest.fixture
def plan() -> ChangePlan:
    return ChangePlan.objects.get(partnership__slug="exampleshire")


def user(email: str) -> User:
    return User.objects.get(email=f"{email}@exampleshire.example.org")


def test_only_this_partnership_is_fictional():
    fictional = Partnership.objects.filter(is_fictional=True)
    assert [partnership.slug for partnership in fictional] == ["exampleshire"]


def test_the_second_exercise_follows_the_first(exercise):
    assert exercise.previous.title == "Commissioning self-assessment 2025"
    assert exercise.previous.framework == exercise.framework
    for year in (exercise, exercise.previous):
        groups = WorkingGroup.objects.filter(session__exercise=year)
        cohorts = [group.cohort.name for group in groups]
        assert (cohorts.count("Strategic"), cohorts.count("Operational")) == (6, 1)


def test_a_planned_exercise_waits_to_be_tried_with_six_empty_tables():
    practice = Exercise.objects.get(title="Practice exercise")
    session = practice.sessions.get()
    assert (practice.state, session.state, session.title) == (
        "planned",
        "planned",
        "Practice session",
    )
    assert session.working_groups.count() == 6
    assert not session.working_groups.filter(participants__isnull=False).exists()


def test_agreed_scores_include_half_points_one_not_applicable_and_one_missing(exercise):
    scores = Score.objects.for_exercise(exercise)
    assert scores.count() == 7 * 12 - 1
    (beside,) = scores.filter(not_applicable=True)
    assert beside.reason
    assert any(score.value and score.value % 1 for score in scores)


def test_votes_are_whole_points_in_one_round_or_two(exercise):
    votes = Vote.objects.filter(participant__working_group__session__exercise=exercise)
    assert {vote.round for vote in votes} == {1, 2}
    assert not [vote for vote in votes if vote.value and vote.value % 1]
    assert {vote.kind for vote in votes} == {"score", "pass"}


def test_every_standard_has_comments_on_both_sides(exercise):
    comments = Comment.objects.filter(working_group__session__exercise=exercise)
    assert comments.count() == 60
    sides = {(comment.standard.number, comment.side) for comment in comments}
    assert len(sides) == 24


def test_each_improvement_priority_leads_from_comments_to_actions(exercise, plan):
    priorities = exercise.findings.filter(kind=Finding.Kind.PRIORITY)
    assert priorities.count() == 5
    for finding in priorities:
        assert finding.comments.exists()
        assert finding.attributions.exists()
        assert plan.actions.filter(priorities=finding).exists()


def test_version_1_is_approved_by_a_meeting_with_its_minute(plan):
    version = plan.versions.get()
    assert (version.number, version.outcome) == (1, "approved")
    assert "20 October 2026, minute 2026/41. Recorded on 20 October 2026" in version.record
    assert (plan.is_in_force, plan.minute_reference) == (True, "2026/41")


def test_a_second_version_is_in_work_with_a_few_changes(plan):
    assert plan.state == ChangePlan.State.DRAFT
    comparison = changes_since_approval(plan_facts(plan))
    assert [(section.title, len(section.changes)) for section in comparison.sections] == [
        ("Current status", 1),
        ("Actions", 3),
    ]


@pytest.mark.parametrize("slug", ["bromley", "medway"])
def test_what_the_sources_put_to_a_board_is_a_version_before_it(slug):
    plan = ChangePlan.objects.get(partnership__slug=slug)
    version = plan.versions.get()
    assert (plan.state, version.outcome) == ("submitted", "pending")
    assert version.record == "Put to the board, on a day that this service does not know."
    assert version.content == content_of(plan_facts(plan))


def test_actions_show_every_status_rating_and_precision_of_date(plan):
    actions = plan.actions.all()
    assert len(actions) == 24
    assert {action.status for action in actions} == set(Action.Status.values)
    assert {action.rating for action in actions} == set(Action.Rating.values)
    precisions = {action.due.precision for action in actions if action.due}
    assert precisions == {"day", "month", "year", "words"}


def test_one_action_is_overdue(plan):
    late = [a for a in plan.actions.exclude(status="complete") if a.due and a.due.is_past(TODAY)]
    assert [action.heading for action in late] == ["Draw the map of decisions"]


def test_an_action_stands_as_its_last_update_says(plan):
    for action in plan.actions.filter(updates__isnull=False).distinct():
        last = action.updates.first()
        assert (action.status, action.rating) == (last.status, last.rating), action.heading
    assert ProgressUpdate.objects.filter(action__plan=plan, date__gt=TODAY).count() == 0


def test_two_programmes_give_support_and_no_more_is_delivered_than_agreed(plan):
    confirmed, approximate = plan.entitlements.all()
    assert (confirmed.days, confirmed.is_approximate) == (15, False)
    assert (approximate.days, approximate.is_approximate) == (6, True)
    for delivery in SupportDelivery.objects.filter(allocation__entitlement__plan=plan):
        allocation = delivery.allocation
        assert sum(each.days for each in allocation.deliveries.all()) <= allocation.agreed


def test_meetings_lie_behind_and_ahead():
    meetings = Meeting.objects.filter(group__partnership__slug="exampleshire")
    past = [meeting.date.is_past(TODAY) for meeting in meetings]
    assert any(past)
    assert not all(past)


def test_officers_see_draft_papers_that_board_members_do_not():
    drafts = {"exampleshire-change-plan", "exampleshire-initial-results"}
    published = "exampleshire-results-2026"
    assert _papers("officer") == {*drafts, published}
    assert _papers("board.member") == {published}
    assert _papers("observer") == {published}


def test_the_board_noted_the_results_and_approved_the_plan_that_was_printed():
    decided = Decision.objects.filter(recommendation__paper__slug="exampleshire-results-2026")
    assert [(each.outcome, each.minute_reference) for each in decided] == [
        ("noted", "2026/40"),
        ("approved", "2026/41"),
    ]
    approved = decided.get(outcome="approved").plan_version
    assert (approved.number, approved.minute_reference) == (1, "2026/41")


def test_every_role_is_there_and_two_sit_on_the_board():
    partnership = Partnership.objects.get(slug="exampleshire")
    roles = [membership.role for membership in partnership.memberships.all()]
    assert set(roles) == set(Role) - {Role.GUEST}
    assert roles.count(Role.BOARD_MEMBER) == 2


def _papers(email: str) -> set[str]:
    return set(Paper.objects.visible_to(user(email)).values_list("slug", flat=True))
