"""The journeys walk through the demonstration: the data that a newcomer sees first."""

from io import StringIO
from random import Random
from unittest.mock import patch

import pytest
from django.core.management import call_command


@pytest.fixture
def demo(db) -> None:
    """The demonstration data, loaded into the test's database. Asking for `db` here, and not while
    the test runs, is what has the database made; beside `live_server`, rows are committed.
    Identifiers are the same at each loading, so that what a walk found can be remembered."""
    with patch("partnership.fields.secrets.choice", Random(1).choice):
        call_command("load_demo", force=True, stdout=StringIO())
