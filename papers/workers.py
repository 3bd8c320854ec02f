"""Who works beside the web servers, and what became of their tasks.

A worker's name says on which machine and as which process it runs, so that another on the same
machine sees at once that it is gone. From elsewhere it is given up after `LOST_AFTER`.
"""

import os
import secrets
import socket
from datetime import datetime, timedelta
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LOST_AFTER = timedelta(minutes=5)  # no paper takes so long
FINISHED_KEPT = timedelta(days=1)  # what came of a task


@cache
def own_name() -> str:
    """Return the name of this process as a worker, unlike any other."""
    return f"{_host()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_gone(task: DBTaskResult) -> bool:
    """Return whether the worker that runs a task has ended, or must have."""
    if task.started_at is None or task.started_at < timezone.now() - LOST_AFTER:
        return True
    name = task.worker_ids[-1]
    host, _, process = name.partition(":")
    number = process.partition(":")[0]
    if host != _host() or not number.isdecimal():
        return False
    return name != own_name() if int(number) == os.getpid() else not _runs(int(number))


def _host() -> str:
    return socket.gethostname()[:40]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def any_since(moment: datetime) -> bool:
    """Return whether any worker has shown itself since: by a task begun, or one still in work."""
    if DBTaskResult.objects.filter(started_at__gte=moment).exists():
        return True
    return any(not is_gone(task) for task in DBTaskResult.objects.running())


def queued() -> QuerySet[DBTaskResult]:
    """Return the tasks that no worker has begun."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


def gone() -> list[DBTaskResult]:
    """Return the tasks whose worker ended in the middle, each to one caller only."""
    lost = []
    for task in DBTaskResult.objects.running():
        mine = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
        ended = {"status": TaskResultStatus.FAILED, "finished_at": timezone.now()}
        if is_gone(task) and mine.update(**ended, traceback="Its worker ended in the middle."):
            lost.append(task)
    return lost


def forget_finished() -> None:
    """Delete what came of tasks some time ago."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - FINISHED_KEPT).delete()
