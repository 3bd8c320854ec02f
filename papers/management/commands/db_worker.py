"""manage.py db_worker: make files beside the web servers, and give way to them."""

import os
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django_tasks_db.management.commands import db_worker

from papers import pdf, workers
from papers.fonts import RendererUnavailable
from papers.tasks import recover

GIVES_WAY = 19  # steps of os.nice: scores are saved first
AUTOGROUP = Path("/proc/self/autogroup")
LOOKS_EVERY, COMES_BACK_AFTER = 0.5, 2.0  # seconds


def give_way() -> None:
    """Let everybody else on this machine go first. Where Linux groups processes by session
    (autogroup), nice counts within a session alone: one that is ours takes its steps as well."""
    os.nice(GIVES_WAY)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            AUTOGROUP.write_text(str(GIVES_WAY))


class Command(db_worker.Command):
    help = "Make files that were asked for, until stopped. Any number of these may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(interval=LOOKS_EVERY, worker_id=workers.own_name())

    def handle(self, **options: Any) -> None:
        """Take up what was left, then work. A database that goes away or is locked for long is
        waited for: a worker that gave up would take the web server beside it along."""
        give_way()
        with suppress(RendererUnavailable):
            pdf.engine()  # so that the first reader does not wait for it
        while True:
            try:
                recover()
                workers.forget_finished()
                return super().handle(**options)
            except (OperationalError, InterfaceError) as error:
                self.stderr.write(f"The database cannot be reached ({error}). Trying again.")
                connection.close()
                time.sleep(COMES_BACK_AFTER)
