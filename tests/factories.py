"""Small data for tests: each function saves one thing and returns it. Use as
`from tests import factories as make`."""

from decimal import Decimal
from itertools import count

from django.utils import timezone

from partnership.models import Group, Meeting, Membership, Partnership, User
from partnership.roles import Role
from standards.models import (
    Cohort,
    Comment,
    Domain,
    Exercise,
    Framework,
    Participant,
    ScaleLevel,
    Score,
    Session,
    Standard,
    WorkingGroup,
)

NOT_APPLICABLE = "not applicable"
serial = count(1)


def partnership(**fields) -> Partnership:
    number = next(serial)
    given = {"name": f"Partnership {number}", "short_name": f"P{number}", "slug": f"p-{number}"}
    return Partnership.objects.create(**given | fields)


def user(name: str = "") -> User:
    number = next(serial)
    return User.objects.create_user(f"user{number}@example.org", name or f"User {number}")


def member(partnership: Partnership, role: Role, name: str = "", **fields) -> User:
    """A user with a role in the partnership."""
    person = user(name or role.value.replace("_", " ").capitalize())
    Membership.objects.create(user=person, partnership=partnership, role=role, **fields)
    return person


def group(partnership: Partnership, **fields) -> Group:
    given = {"name": f"Group {next(serial)}", "kind": Group.Kind.BOARD}
    return Group.objects.create(partnership=partnership, **given | fields)


def meeting(group: Group, date: str = "2024-03-14", **fields) -> Meeting:
    return Meeting.objects.create(group=group, date=date, **fields)


def framework(standards: int = 3) -> Framework:
    """A framework of numbered standards on a scale of five, the first title with emphasis."""
    made = Framework.objects.create(
        slug=f"framework-{next(serial)}", name="A framework", publisher="A publisher"
    )
    domain = Domain.objects.create(framework=made, number=1, title="Governance")
    for number in range(1, standards + 1):
        title = "We share **one plan**" if number == 1 else f"Standard title {number}"
        Standard.objects.create(framework=made, domain=domain, number=number, marked_title=title)
    for value in range(1, 6):
        origin = ScaleLevel.Origin.FRAMEWORK if value in (2, 3) else ScaleLevel.Origin.PRODUCT
        ScaleLevel.objects.create(
            framework=made, value=value, wording=f"Level {value} in words", origin=origin
        )
    return made


def exercise(partnership: Partnership, standards: int = 3, **fields) -> Exercise:
    """A closed exercise, unless `state` says otherwise, with one session and no groups yet."""
    given = {"title": f"Exercise {next(serial)}", "state": Exercise.State.CLOSED} | fields
    if given["state"] == Exercise.State.CLOSED:
        given |= {"closed_at": timezone.now(), "closed_by": user("Closing officer")}
    if "framework" not in given:
        given["framework"] = framework(standards)
    made = Exercise.objects.create(partnership=partnership, half_points=True, **given)
    Session.objects.create(exercise=made, number=1, title="First session", date="2024-02-08")
    return made


def working_group(
    exercise: Exercise, name: str, cohort: str = "Strategic", people: int = 0
) -> WorkingGroup:
    """A working group in the exercise's first session, with `people` participants."""
    found = exercise.cohorts.filter(name=cohort).first() or Cohort.objects.create(
        exercise=exercise, number=exercise.cohorts.count() + 1, name=cohort
    )
    session = exercise.sessions.get(number=1)
    made = WorkingGroup.objects.create(
        session=session, cohort=found, number=session.working_groups.count() + 1, name=name
    )
    for _ in range(people):
        Participant.objects.create(working_group=made, user=user())
    return made


def scores(group: WorkingGroup, *values: str | None, reason: str = "") -> WorkingGroup:
    """The group's agreed scores in the order of the standards; None leaves one unscored."""
    standards = group.session.exercise.framework.standards.order_by("number")
    for standard, value in zip(standards, values, strict=False):
        if value == NOT_APPLICABLE:
            Score.objects.create(
                working_group=group,
                standard=standard,
                not_applicable=True,
                reason=reason or "Not ours to do.",
            )
        elif value is not None:
            Score.objects.create(
                working_group=group, standard=standard, value=Decimal(value), reason=reason
            )
    return group


def comment(group: WorkingGroup, number: int, text: str, side: str = "working_well") -> Comment:
    standard = group.session.exercise.framework.standards.get(number=number)
    return Comment.objects.create(working_group=group, standard=standard, side=side, text=text)


def scored_exercise(partnership: Partnership, **fields) -> Exercise:
    """A closed exercise of three standards: two strategic groups and an operational one.

    Averages of groups: 2.5 of three scores; 3.0 of two, one not applicable; 4.5 of two, one
    missing.
    """
    made = exercise(partnership, **fields)
    scores(working_group(made, "Table one", people=3), "3", "4", "5")
    scores(working_group(made, "Table two", people=2), "3", NOT_APPLICABLE, None)
    scores(working_group(made, "Managers", "Operational", people=4), "1.5", "2", "4")
    return made
