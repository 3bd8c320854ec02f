"""Workers in a test: one within it, or processes beside it as in production."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.conf import settings
from django.db import connection
from django_tasks_db.management.commands import db_worker
from django_tasks_db.management.commands.db_worker import Worker

from commissioning.load.server import database_address
from papers import workers

PATIENCE = 90  # seconds: workers give way to whatever else a machine does


def work(most: int | None = None) -> None:
    """Do what is queued, here and now, as a worker does, on this test's connection."""
    here = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=most,
        worker_id=workers.own_name(),
    )
    with patch.object(db_worker, "close_old_connections"):  # it would end the test's transaction
        here.run()


@contextmanager
def worker(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py db_worker` beside the test, on its database."""
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--verbosity", "0"]
    given = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_address()}
    process = subprocess.Popen(
        [*command, "--no-reload", "--interval", "0.05"],
        cwd=settings.BASE_DIR,
        env=os.environ | given | environment,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds, on this test's connection."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "It never came about."
        time.sleep(0.02)
    connection.close()
