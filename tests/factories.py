"""Small data for tests: each function saves one thing and returns it. Use as
`from tests import factories as make`."""

import hashlib
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from changeplan.exchange.sheet import Row, Sheet
from changeplan.models import (
    Action,
    ChangePlan,
    PlanEntry,
    PlanImport,
    StatusStatement,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)
from papers import document
from papers.document import BoardPaper
from papers.kinds import BlockKind
from papers.models import (
    Block,
    Clearance,
    Decision,
    IssuedPaper,
    Logo,
    Paper,
    Section,
)
from papers.storage import dump
from partnership.models import Group, Meeting, Membership, Partnership, User
from partnership.roles import Role
from standards.models import (
    Cohort,
    Comment,
    Domain,
    Exercise,
    Finding,
    Framework,
    Participant,
    ScaleLevel,
    Score,
    Session,
    Standard,
    WorkingGroup,
)
from standards.services.sessions import open_session
from standards.services.voting import Answered, Ballot, record_vote

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
    preset = {"title": f"Exercise {next(serial)}", "state": Exercise.State.CLOSED}
    given = preset | {"half_points": True} | fields
    if given["state"] == Exercise.State.CLOSED:
        given |= {"closed_at": timezone.now(), "closed_by": user("Closing officer")}
    if "framework" not in given:
        given["framework"] = framework(standards)
    made = Exercise.objects.create(partnership=partnership, **given)
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


def open_room(
    partnership: Partnership, groups: int = 1, people: int = 3, standards: int = 3, **fields
) -> Session:
    """An open session: working groups "Table 1" … of board members, the first of them recorder."""
    made = exercise(partnership, standards, state=Exercise.State.PLANNED, **fields)
    for number in range(1, groups + 1):
        table = working_group(made, f"Table {number}")
        for place in range(people):
            seat(table, is_recorder=place == 0)
    return open_session(session=made.sessions.get(), version=1, by=user("Opening facilitator"))


def seat(group: WorkingGroup, person: User | None = None, **fields) -> Participant:
    """A participant of the working group: `person`, or a new board member."""
    partnership = group.session.exercise.partnership
    person = person or member(partnership, Role.BOARD_MEMBER, f"Member {next(serial)}")
    return Participant.objects.create(working_group=group, user=person, **fields)


def ballot(value: str | None = "3", number: int = 1, **fields) -> Ballot:
    """An answer under an id of its own: a vote of `value` points on a standard, or of a kind."""
    given = {"standard": number, "round": 1, "kind": "score", "mutation": str(uuid4())}
    return Ballot(value=None if value is None else Decimal(value), **given | fields)


def vote(participant: Participant, value: str | None = "3", number: int = 1, **fields) -> Answered:
    """What becomes of a vote that the participant gives."""
    given = ballot(value, number, **fields)
    return record_vote(participant=participant, ballot=given, by=participant.user)


def plan(exercise: Exercise, **fields) -> ChangePlan:
    """A draft plan of the exercise, with an entry for every standard and nothing in them."""
    given = {"title": f"Change plan {next(serial)}"} | fields
    made = ChangePlan.objects.create(partnership=exercise.partnership, exercise=exercise, **given)
    for standard in exercise.framework.standards.order_by("number"):
        PlanEntry.objects.create(plan=made, standard=standard)
    return made


def paper(plan: ChangePlan, **fields) -> Paper:
    """A draft change plan paper with a section of every kind of block, and the plan appended."""
    number = next(serial)
    given = {"slug": f"paper-{number}", "title": f"Paper {number}", "kind": Paper.Kind.CHANGE_PLAN}
    made = Paper.objects.create(
        partnership=plan.partnership, exercise=plan.exercise, plan=plan, **given | fields
    )
    body = Section.objects.create(paper=made, number=1, heading="Findings")
    appendix = Section.objects.create(paper=made, number=2, heading="Plan", is_appendix=True)
    kinds = [kind for kind in BlockKind if kind != BlockKind.PLAN_TABLE]
    for place, kind in enumerate(kinds, 1):
        Block.objects.create(section=body, number=place, kind=kind, text=f"About {kind.label}.")
    Block.objects.create(section=appendix, number=1, kind=BlockKind.PLAN_TABLE)
    return made


def issued(paper: Paper, content: BoardPaper | None = None) -> IssuedPaper:
    """The next issue of a paper: empty, unless `content` is given."""
    said = content or BoardPaper("paper", str(paper), "Report", "P", "", (), ())
    return IssuedPaper.objects.create(
        paper=paper,
        number=paper.issues.count() + 1,
        content=dump(said),
        digest=document.digest(said),
        agenda_item=paper.agenda_item,
    )


def clearance(paper: Paper, **fields) -> Clearance:
    given = {"name": "Finance", "cleared_by": "Head of Finance", "cleared_on": "2024-03-08"}
    return Clearance.objects.create(paper=paper, **given | fields)


def logo(partnership: Partnership) -> Logo:
    """A red square, which the partnership's papers may show."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    content = file.getvalue()
    given = {"digest": hashlib.sha256(content).hexdigest(), "width": 8, "height": 8}
    return Logo.objects.create(partnership=partnership, content=content, **given)


def decision(paper: Paper, **fields) -> Decision:
    """An open decision on the paper's first recommendation, made where it has none."""
    board = group(paper.partnership)
    asked = paper.recommendations.first() or paper.recommendations.create(
        number=1, asked_of=board, text="note it"
    )
    given = {"meeting": meeting(board), "asked": asked.text, "outcome": "noted"}
    return Decision.objects.create(recommendation=asked, **given | fields)


def action(
    plan: ChangePlan, heading: str = "", standards: tuple[int, ...] = (), **fields
) -> Action:
    """An action that serves the standards of these numbers."""
    number = plan.actions.count() + 1
    made = Action.objects.create(
        plan=plan, number=number, heading=heading or f"Action {number}", **fields
    )
    _serve(made, plan, standards)
    return made


def status(plan: ChangePlan, number: int, text: str) -> StatusStatement:
    """One more statement of the current status of a standard."""
    entry = plan.entries.get(standard__number=number)
    return StatusStatement.objects.create(entry=entry, number=entry.status.count() + 1, text=text)


def entitlement(plan: ChangePlan, days: str | None = "20", **fields) -> SupportEntitlement:
    given = {"programme": "Commissioning Support Programme", "short_name": "CSP"} | fields
    amount = None if days is None else Decimal(days)
    return SupportEntitlement.objects.create(plan=plan, days=amount, **given)


def support(
    entitlement: SupportEntitlement, purpose: str, standards: tuple[int, ...] = (), **fields
) -> SupportAllocation:
    """Support asked of a programme; `estimated`, `agreed` and the rest as fields."""
    number = entitlement.allocations.count() + 1
    if "agreed" in fields:
        fields |= {"agreed_at": timezone.now(), "agreed_by": user("Agreeing manager")}
    made = SupportAllocation.objects.create(
        entitlement=entitlement, number=number, purpose=purpose, **fields
    )
    _serve(made, entitlement.plan, standards)
    return made


def _serve(made: Any, plan: ChangePlan, numbers: tuple[int, ...]) -> None:
    """Link a new record with standards, in its history as well."""
    served = list(plan.exercise.framework.standards.filter(number__in=numbers))
    made.standards.set(served)
    made.history.update(standards=[standard.pk for standard in served])


def sent_file(plan: ChangePlan, by: User, **fields) -> PlanImport:
    """A CSV file of one action, which somebody sent to be read into the plan."""
    sheet = Sheet("csv", ("Action",), (Row("row 2", ("Agree one plan",)),))
    given = {"rows": sheet.to_json(), "columns": {"headline": 0}} | fields
    return PlanImport.objects.create(
        plan=plan, sent_by=by, file_name="plan.csv", format="csv", **given
    )


def delivery(support: SupportAllocation, days: str, date: str = "2024-06-10") -> SupportDelivery:
    return SupportDelivery.objects.create(
        allocation=support, date=date, days=Decimal(days), delivered_by="Support team"
    )


def priority(exercise: Exercise, title: str, number: int = 1, **fields) -> Finding:
    """An improvement priority of the exercise."""
    kind = Finding.Kind.PRIORITY
    return Finding.objects.create(
        exercise=exercise, kind=kind, number=number, title=title, **fields
    )
