"""The cast of the tests: a partnership, a person in each role, an outsider, an exercise."""

import pytest

from partnership.models import Partnership, User
from partnership.roles import Role
from standards.models import Exercise
from tests import factories as make


@pytest.fixture
def partnership(db) -> Partnership:
    return make.partnership(name="Northshire Partnership", slug="northshire")


@pytest.fixture
def administrator(partnership: Partnership) -> User:
    return make.member(partnership, Role.ADMINISTRATOR)


@pytest.fixture
def manager(partnership: Partnership) -> User:
    return make.member(partnership, Role.MANAGER)


@pytest.fixture
def officer(partnership: Partnership) -> User:
    return make.member(partnership, Role.OFFICER)


@pytest.fixture
def board_member(partnership: Partnership) -> User:
    return make.member(partnership, Role.BOARD_MEMBER)


@pytest.fixture
def observer(partnership: Partnership) -> User:
    return make.member(partnership, Role.OBSERVER)


@pytest.fixture
def facilitator(partnership: Partnership) -> User:
    """Of the whole partnership."""
    return make.member(partnership, Role.FACILITATOR)


@pytest.fixture
def invited(partnership: Partnership) -> User:
    """An invited facilitator: sees the exercises that name them, and `exercise` does."""
    return make.member(partnership, Role.INVITED_FACILITATOR)


@pytest.fixture
def outsider(db) -> User:
    """A manager, but of another partnership."""
    return make.member(make.partnership(), Role.MANAGER, "Outsider")


@pytest.fixture
def exercise(partnership: Partnership, invited: User) -> Exercise:
    """A closed exercise; `factories.scored_exercise` says which scores it has."""
    made = make.scored_exercise(partnership, title="Self-assessment")
    made.facilitators.add(invited)
    return made
