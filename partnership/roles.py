"""Who may do what: one table, read from top to bottom."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a partnership."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    OFFICER = "officer"
    BOARD_MEMBER = "board_member"
    OBSERVER = "observer"
    FACILITATOR = "facilitator"
    INVITED_FACILITATOR = "invited_facilitator"
    GUEST = "guest"


class Permission(StrEnum):
    """What a page or a service may ask for, in the words of a refusal: "you may not …"."""

    VIEW_PARTNERSHIP = "see this partnership"
    VIEW_MEMBERS = "see the members and their addresses"
    VIEW_EXERCISE = "see this exercise"
    VIEW_OPEN_RESULTS = "see results before the exercise closes"
    VIEW_COMMENTS = "see the working groups' comments"
    EDIT_FINDINGS = "change the findings of this exercise"
    VIEW_PLAN = "see this change plan"
    VIEW_DRAFT_PLAN = "see a change plan that is still a draft"
    EDIT_PLAN = "change this change plan"
    DECIDE_PLAN = "record what the board decided on a change plan"
    VIEW_PAPER = "see this paper"
    VIEW_DRAFT_PAPER = "see a paper that is still a draft"
    VIEW_EXEMPT = "see what is exempt from publication"
    COMPOSE_PAPER = "write board papers"
    ISSUE_PAPER = "issue a paper"
    RECORD_DECISION = "record what a body decided"
    PLAN_MEETING = "plan meetings and their agendas"
    SET_HOUSE_STYLE = "say how the partnership's papers look and what they must have"
    SET_UP_EXERCISE = "set up an exercise"
    RUN_EXERCISE = "run this exercise"
    CORRECT_EXERCISE = "correct an exercise that has closed"
    INVITE_FACILITATOR = "say who facilitates an exercise"
    TAKE_PART = "take part in a working group"


P = Permission
_READ = {P.VIEW_PARTNERSHIP, P.VIEW_EXERCISE, P.VIEW_PLAN, P.VIEW_PAPER}
_WORK = _READ | {
    P.VIEW_COMMENTS,
    P.EDIT_FINDINGS,
    P.VIEW_OPEN_RESULTS,
    P.VIEW_DRAFT_PLAN,
    P.DECIDE_PLAN,
    P.VIEW_DRAFT_PAPER,
    P.VIEW_EXEMPT,
    P.COMPOSE_PAPER,
    P.ISSUE_PAPER,
    P.RECORD_DECISION,
    P.PLAN_MEETING,
    P.VIEW_MEMBERS,
    P.SET_UP_EXERCISE,
    P.RUN_EXERCISE,
    P.CORRECT_EXERCISE,
    P.INVITE_FACILITATOR,
    P.TAKE_PART,
}
_FACILITATE = {
    P.VIEW_PARTNERSHIP,
    P.VIEW_EXERCISE,
    P.VIEW_OPEN_RESULTS,
    P.VIEW_COMMENTS,
    P.RUN_EXERCISE,
    P.TAKE_PART,
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(_WORK | {P.EDIT_PLAN, P.SET_HOUSE_STYLE}),
    Role.MANAGER: frozenset(_WORK | {P.EDIT_PLAN}),
    Role.OFFICER: frozenset(_WORK | {P.SET_HOUSE_STYLE}),
    Role.BOARD_MEMBER: frozenset(_READ | {P.VIEW_COMMENTS, P.VIEW_EXEMPT, P.TAKE_PART}),
    Role.OBSERVER: frozenset(_READ),
    # The partnership's own facilitator, for all its exercises.
    Role.FACILITATOR: frozenset(_FACILITATE | {P.SET_UP_EXERCISE}),
    # An outsider, for the exercises that name them and no others.
    Role.INVITED_FACILITATOR: frozenset(_FACILITATE),
    # A guest has no account: a name in one working group, until the session is over.
    Role.GUEST: frozenset({P.TAKE_PART}),
}


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that hold `permission`, in the order of the table."""
    return [role for role, held in ROLES.items() if permission in held]
