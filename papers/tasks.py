"""What workers do for papers: see `files` for asking, `workers` for who they are.

A task is a row in the same database, so that it is queued exactly when what asks for it is
committed. Workers begin it outside any transaction.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from . import conformance, renditions, workers
from .kinds import Format
from .models import IssuedPaper, Rendition
from .publishing import keep_file

MOST_ATTEMPTS = 3  # by itself; a reader may try again after that
AHEAD = -10  # the priority of what nobody waits for yet
LOOK_AGAIN = timedelta(seconds=5)


@task()
def make_file(rendition: int, issue: int | None = None, audience: str = "") -> None:
    """Make a rendition, unless it is there, and keep it for good where it belongs to an issue."""
    try:
        renditions.make(rendition)
    except (KeyboardInterrupt, SystemExit):  # the worker is told to stop, and this task fails
        make_file.enqueue(rendition, issue=issue, audience=audience)
        raise
    made = Rendition.objects.filter(pk=rendition).first()
    if made and made.format == Format.PDF:
        conformance.ask(made, priority=AHEAD)
    if issue is None or made is None:
        return
    if made.state == Rendition.State.READY:
        issued = IssuedPaper.objects.get(pk=issue)
        content = renditions.read(made)
        keep_file(issued=issued, format=made.format, audience=audience, content=content)
    elif made.state == Rendition.State.RUNNING:  # by another worker
        later = make_file.using(run_after=timezone.now() + LOOK_AGAIN)
        later.enqueue(rendition, issue=issue, audience=audience)


def task_of(rendition: Rendition) -> DBTaskResult | None:
    """Return the task that makes a rendition or waits to: the latest that has not finished."""
    mine = DBTaskResult.objects.filter(
        task_path=make_file.module_path, args_kwargs__args=[rendition.pk]
    )
    return mine.exclude(finished_at__isnull=False).order_by("-enqueued_at").first()


def recover() -> int:
    """Take up what workers left in the middle and return how much that was; a file that was begun
    too often fails. Every worker does so as it starts."""
    lost = [each for each in workers.gone() if each.task_path == make_file.module_path]
    for each in lost:
        rendition = Rendition.objects.filter(pk=each.args_kwargs["args"][0]).first()
        if rendition is None or task_of(rendition):  # somebody has seen to it
            continue
        if renditions.begin_again(rendition.pk, most=MOST_ATTEMPTS):
            make_file.enqueue(rendition.pk, **each.args_kwargs["kwargs"])
    return len(lost)
