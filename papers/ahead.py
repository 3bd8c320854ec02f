"""Making a draft's files before anybody asks, once it rests.

Every change puts the task of its paper off again, so that at most one waits a paper.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from . import files, workers
from .document import BoardPaper
from .models import Paper, Rendition
from .renditions import MADE_AT_ONCE, RENDERERS, key_of
from .tasks import AHEAD

RESTS_FOR = timedelta(seconds=20)
FORMATS = [format for format in RENDERERS if format not in MADE_AT_ONCE]


@task(priority=AHEAD)
def prepare(paper: int) -> None:
    """Have the files made of a draft as it stands."""
    found = Paper.objects.select_for_paper().filter(pk=paper, state=Paper.State.DRAFT).first()
    if found is None:
        return
    for format in FORMATS:
        files.ask(found, format, priority=AHEAD)


def rests(paper: Paper) -> None:
    """Have a draft's files made when nothing more has changed for `RESTS_FOR`. Services that change
    what a paper says call this within their transaction: 3 queries."""
    if paper.state != Paper.State.DRAFT:
        return
    due = timezone.now() + RESTS_FOR
    with transaction.atomic():
        Paper.objects.select_for_update().filter(pk=paper.pk).first()
        if not _waiting(paper).update(run_after=due):
            prepare.using(run_after=due).enqueue(paper.pk)


def looked_at(paper: Paper, content: BoardPaper) -> None:
    """The same, as somebody looks at a draft, which is how every change to what it shows is seen,
    wherever it was made; nothing where its files are there or in hand: 1 query then."""
    keys = [key_of(content, format) for format in FORMATS]
    if paper.state == Paper.State.DRAFT and not Rendition.objects.filter(key__in=keys).exists():
        rests(paper)


def _waiting(paper: Paper) -> QuerySet[DBTaskResult]:
    return workers.queued().filter(task_path=prepare.module_path, args_kwargs__args=[paper.pk])
