"""The journeys walk through the demonstration: the data that a newcomer sees first."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.fixture
def demo(request) -> None:
    """The demonstration data, loaded into the test's database."""
    database = "transactional_db" if "live_server" in request.fixturenames else "db"
    request.getfixturevalue(database)
    call_command("load_demo", force=True, stdout=StringIO())
