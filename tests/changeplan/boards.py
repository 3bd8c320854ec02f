"""A plan with something in it, and the steps that take it to the board and back."""

from changeplan.models import Action, ChangePlan, PlanVersion, StatusStatement
from changeplan.services import states
from partnership import records
from partnership.models import Group, Meeting, Partnership, User
from tests import factories as make


def full_plan(exercise, **fields) -> ChangePlan:
    """A draft of two statements, two actions in order and support of one of them."""
    plan = make.plan(exercise, **{"title": "Change plan 2024"} | fields)
    make.status(plan, 1, "A plan **is** in place.")
    make.status(plan, 1, "Its successor is due.")
    group = body(exercise.partnership, "Planning group")
    first = make.action(
        plan, "Agree the priorities", (1, 2), detail="Through *group sessions* this year.",
        due="2027-04", lead_group=group, owner_title="Head of service", status="in_progress",
    )  # fmt: skip
    second = make.action(plan, "Publish the plan", (2,), relied_on_support="Help placed elsewhere.")
    second.depends_on.add(first)
    programme = make.entitlement(plan, "20", is_approximate=True)
    asked = make.support(programme, "Help to agree", (1,), estimated="2", action=first)
    make.delivery(asked, "0.25")
    return plan


def body(partnership: Partnership, name: str) -> Group:
    return partnership.groups.filter(name=name).first() or make.group(partnership, name=name)


def held(partnership: Partnership, date: str = "2024-05-17") -> Meeting:
    """A meeting of the partnership's board, as it is read from the database."""
    board = body(partnership, "The trust board")
    same = Meeting.objects.filter(group=board, date=date)
    return same.first() or Meeting.objects.get(pk=make.meeting(board, date).pk)


def now(plan: ChangePlan) -> ChangePlan:
    return ChangePlan.objects.get(pk=plan.pk)


def approved_plan(exercise, by: User, **fields) -> ChangePlan:
    """A full plan of which version 1 is approved by the board."""
    plan = full_plan(exercise, **fields)
    states.submit_plan(plan=plan, by=by)
    meeting = held(plan.partnership)
    states.approve_plan(plan=plan, number=1, meeting=meeting, minute_reference="9.2", by=by)
    return now(plan)


def in_work(exercise, by: User, **fields) -> ChangePlan:
    """The same with a new version begun, in which things have changed: an action's text and date,
    a statement, the order of the actions, and one more of them."""
    plan = approved_plan(exercise, by, **fields)
    states.begin_version(plan=plan, by=by)
    first, second = plan.actions.order_by("number")
    change(first, by, detail="Through *three sessions* this year.", due="2027-09", number=7)
    change(first.plan.entries.first().status.get(number=1), by, text="A plan **was** in place.")
    change(second, by, number=1)
    change(Action.objects.get(pk=first.pk), by, number=2)
    records.create(Action, by=by, plan=plan, number=3, heading="A secret of the manager")
    return now(plan)


def change(record: Action | StatusStatement, by: User, **changes) -> None:
    current = type(record).objects.get(pk=record.pk)
    records.change(current, changes=changes, version=current.version, by=by)


def version(plan: ChangePlan, number: int = 1) -> PlanVersion:
    return plan.versions.get(number=number)
