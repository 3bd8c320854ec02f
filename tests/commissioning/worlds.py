"""A partnership with one of everything, all of it consistent."""

from types import SimpleNamespace

from django.db import models

from changeplan.models import (
    Action,
    ChangePlan,
    PlanEntry,
    SupportAllocation,
    SupportEntitlement,
)
from papers.models import AgendaItem, Paper, Recommendation
from partnership.models import Document, GroupMembership, Organisation
from partnership.roles import Role
from standards.models import (
    Answer,
    Attribution,
    Domain,
    Finding,
    PublishedScore,
    ReportedComparison,
    Reveal,
    Score,
    Vote,
)
from standards.services.results import freeze_results
from tests import factories as make

World = SimpleNamespace


def put(record: models.Model, **values: object) -> None:
    """Store values as no service would."""
    type(record)._base_manager.filter(pk=record.pk).update(**values)


def world(name: str) -> World:
    """Return the world of a partnership of this name."""
    there = World(name=name, partnership=make.partnership(name=name))
    add_bodies(there)
    add_exercise(there)
    add_findings(there)
    add_plan(there)
    add_paper(there)
    return there


def add_bodies(at: World) -> None:
    at.board = make.group(at.partnership, name=f"{at.name} Board")
    at.team = make.group(at.partnership, name=f"{at.name} Team", parent=at.board)
    at.council = Organisation.objects.create(partnership=at.partnership, name=f"{at.name} Council")
    manager = make.member(at.partnership, Role.MANAGER, f"{at.name} Manager")
    at.member = manager.memberships.get()
    at.seat = GroupMembership.objects.create(membership=at.member, group=at.board)
    at.meeting = make.meeting(at.board)
    at.document = Document.objects.create(
        partnership=at.partnership, title="A report", kind="report", meeting=at.meeting
    )


def add_exercise(at: World) -> None:
    at.exercise = make.scored_exercise(at.partnership, title=f"{at.name} exercise")
    at.standard = at.exercise.framework.standards.get(number=1)
    at.domain = Domain.objects.get(framework=at.exercise.framework)
    at.session = at.exercise.sessions.get()
    at.group = at.session.working_groups.get(name="Table one")
    at.cohort, at.other_cohort = at.exercise.cohorts.order_by("number")
    at.score = Score.objects.get(working_group=at.group, standard=at.standard)
    at.vote = Vote.objects.create(
        participant=at.group.participants.first(), standard=at.standard, value=3
    )
    given = {"participant": at.vote.participant, "standard": at.standard, "round": 1}
    at.answer = Answer.objects.create(
        **given,
        by=at.vote.participant.user,
        mutation="one",
        given={"kind": "score", "value": "3", "reason": ""},
        fate="counted",
    )
    at.reveal = Reveal.objects.create(
        working_group=at.group, standard=at.standard, round=1, by=at.vote.participant.user
    )
    at.comment = make.comment(at.group, 1, "A comment")
    at.published = PublishedScore.objects.create(
        exercise=at.exercise, standard=at.standard, cohort=at.cohort, value=3
    )
    at.results = freeze_results(exercise=at.exercise, reason="", by=at.exercise.closed_by)


def add_findings(at: World) -> None:
    given = {"exercise": at.exercise, "number": 1, "title": f"{at.name} finding"}
    at.priority = Finding.objects.create(kind="priority", **given)
    at.strength = Finding.objects.create(kind="strength", **given)
    at.by_group = Attribution.objects.create(finding=at.priority, number=1, working_group=at.group)
    at.by_cohort = Attribution.objects.create(finding=at.priority, number=2, cohort=at.cohort)
    at.comparison = ReportedComparison.objects.create(
        exercise=at.exercise, lower=at.other_cohort, higher=at.cohort
    )


def add_plan(at: World) -> None:
    at.plan = ChangePlan.objects.create(
        partnership=at.partnership, exercise=at.exercise, title=f"{at.name} plan"
    )
    for standard in at.exercise.framework.standards.all():
        PlanEntry.objects.create(plan=at.plan, standard=standard)
    at.action, at.second = (
        Action.objects.create(plan=at.plan, number=n, heading=f"{at.name} action {n}")
        for n in (1, 2)
    )
    at.days = SupportEntitlement.objects.create(plan=at.plan, programme="CSP", days=4)
    at.support = SupportAllocation.objects.create(
        entitlement=at.days, number=1, purpose="a workshop", action=at.action
    )


def add_paper(at: World) -> None:
    at.item = AgendaItem.objects.create(meeting=at.meeting, number=9, title="A paper")
    at.paper = Paper.objects.create(
        slug=f"{at.partnership.slug}-paper",
        partnership=at.partnership,
        kind="change_plan",
        title=f"{at.name} paper",
        exercise=at.exercise,
        plan=at.plan,
        addressed_to=at.board,
        agenda_item=at.item,
    )
    at.asked = Recommendation.objects.create(
        paper=at.paper, number=1, asked_of=at.board, text="Agree the plan."
    )
    at.decision = make.decision(
        at.paper, meeting=at.meeting, outcome="amended", amended="Agree it."
    )
    at.amendment = at.decision.amendments.create(number=1, action=at.action, text="Begin in May.")
