"""Production refuses to start without what only its operator can give."""

import os
import subprocess
import sys

import pytest

GIVEN = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "board.example.org"}
PRINT = "from commissioning import settings as s; print(s.DEBUG, s.DEMO, s.DATABASES['default'])"


def start(**environment: str) -> subprocess.CompletedProcess:
    """Read the settings in a process of their own, with this environment alone."""
    whole = {"PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-c", PRINT]
    return subprocess.run(command, env=whole, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", sorted(GIVEN))
def test_production_needs_its_own_secret_and_hosts(missing):
    found = start(**{name: value for name, value in GIVEN.items() if name != missing})
    assert found.returncode != 0
    assert "Set SECRET_KEY and ALLOWED_HOSTS" in found.stderr


def test_production_is_neither_debugging_nor_a_demonstration():
    assert start(**GIVEN).stdout.startswith("False False")


def test_sqlite_is_set_up_for_a_room_of_scorers():
    options = start(**GIVEN).stdout
    for part in ("IMMEDIATE", "journal_mode=WAL", "synchronous=FULL", "'timeout': 20"):
        assert part in options


def test_database_url_switches_to_postgresql():
    found = start(**GIVEN, DATABASE_URL="postgresql://ann:secret@db.example.org/board")
    assert "django.db.backends.postgresql" in found.stdout
    assert "'CONN_MAX_AGE': 60" in found.stdout
