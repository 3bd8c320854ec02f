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
    GUEST = "guest"


class Permission(StrEnum):
    """What a page or a service may ask for, in the words of a refusal: "you may not …"."""

    VIEW_PARTNERSHIP = "see this partnership"
    VIEW_MEMBERS = "see the members and their addresses"
    VIEW_EXERCISE = "see this exercise"
    VIEW_OPEN_RESULTS = "see results before the exercise closes"
    VIEW_COMMENTS = "see the working groups' comments"
    VIEW_PLAN = "see this change plan"
    VIEW_DRAFT_PLAN = "see a change plan that is still a draft"
    VIEW_PAPER = "see this paper"
    VIEW_DRAFT_PAPER = "see a paper that is still a draft"
    SET_UP_EXERCISE = "set up an exercise"
    RUN_EXERCISE = "run this exercise"
    TAKE_PART = "take part in a working group"


P = Permission
_READ = {P.VIEW_PARTNERSHIP, P.VIEW_EXERCISE, P.VIEW_PLAN, P.VIEW_PAPER}
_WORK = _READ | {
    P.VIEW_COMMENTS,
    P.VIEW_OPEN_RESULTS,
    P.VIEW_DRAFT_PLAN,
    P.VIEW_DRAFT_PAPER,
    P.VIEW_MEMBERS,
    P.SET_UP_EXERCISE,
    P.RUN_EXERCISE,
    P.TAKE_PART,
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(_WORK),
    Role.MANAGER: frozenset(_WORK),
    Role.OFFICER: frozenset(_WORK),
    Role.BOARD_MEMBER: frozenset(_READ | {P.VIEW_COMMENTS, P.TAKE_PART}),
    Role.OBSERVER: frozenset(_READ),
    # A facilitator is often an outsider, and sees only the exercises that name them.
    Role.FACILITATOR: frozenset(
        {
            P.VIEW_PARTNERSHIP,
            P.VIEW_EXERCISE,
            P.VIEW_OPEN_RESULTS,
            P.VIEW_COMMENTS,
            P.RUN_EXERCISE,
            P.TAKE_PART,
        }
    ),
    # A guest has no account: a name in one working group, until the session is over.
    Role.GUEST: frozenset({P.TAKE_PART}),
}


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that hold `permission`, in the order of the table."""
    return [role for role, held in ROLES.items() if permission in held]
