"""The journeys walk through the demonstration: the data that a newcomer sees first."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.fixture
def demo(db) -> None:
    """The demonstration data, loaded into the test's database. Asking for `db` here, and not while
    the test runs, is what has the database made; beside `live_server`, rows are committed."""
    call_command("load_demo", force=True, stdout=StringIO())
