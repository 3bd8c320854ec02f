"""Asking for a paper as a file, from a page: nothing is made in the request that asks.

`ask` returns the rendition, ready or not; `standing` says how it stands, in words for the reader;
`retry` begins one again that failed or was lost. A worker makes it (`tasks`).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from partnership.numbers import counted

from . import workers
from .audience import for_audience
from .content import build
from .kinds import Audience
from .models import IssuedPaper, Paper, Rendition
from .publishing import as_issued, keep_file
from .renditions import RENDERERS, light, read, wanted
from .tasks import make_file, task_of

PATIENCE = timedelta(seconds=10)  # after which it is said that no worker seems to run
STALE = timedelta(minutes=10)  # after which a failure is not held against who asks anew
SALT, ASKED_FOR = "papers.files", timedelta(days=1)

State = Rendition.State


@dataclass(frozen=True)
class Standing:
    """How a file stands, in words. `is_unattended`: it waits, and no worker seems to be running."""

    state: str
    words: str
    may_retry: bool = False
    is_unattended: bool = False

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def is_coming(self) -> bool:
        return not (self.is_ready or self.may_retry)


def ask(
    source: Paper | IssuedPaper, format: str, audience: str = Audience.MEMBERS, priority: int = 0
) -> Rendition:
    """Return the file of a paper as it stands now, or of an issue, and have it made if it is not.
    However many ask at the same moment, it is made once. At most 25 queries and a few more."""
    now = build(source) if isinstance(source, Paper) else as_issued(source)
    content = for_audience(now, Audience(audience))
    with transaction.atomic():
        found, is_new = wanted(content, format)
        issue = source.pk if isinstance(source, IssuedPaper) else None
        if is_new:
            queued = make_file.using(priority=priority)
            queued.enqueue(found.pk, issue=issue, audience=audience)
        elif _has_failed_long_ago(found):
            _begin_again(found, issue, audience)
            found.refresh_from_db(fields=["state", "attempts", "asked_at", "problem"])
        elif found.state == State.WAITING and not priority:
            _prefer(found)
    return found


def ask_for_issue(issued: IssuedPaper) -> None:
    """Have every file of a new issue made and kept for good; at once where the draft's is ready."""
    for audience in Audience:
        content = for_audience(as_issued(issued), audience)
        for format in RENDERERS:
            found, _ = wanted(content, format)
            if found.state == State.READY:
                made = read(found)
                keep_file(issued=issued, format=format, audience=audience, content=made)
            else:
                make_file.enqueue(found.pk, issue=issued.pk, audience=audience)


def retry(source: Paper | IssuedPaper, rendition: Rendition, audience: str) -> None:
    """Begin a file again that failed or was lost; nothing where it did not."""
    if standing(rendition).may_retry:
        with transaction.atomic():
            issue = source.pk if isinstance(source, IssuedPaper) else None
            _begin_again(rendition, issue, audience)


def standing(rendition: Rendition) -> Standing:
    """Return how a file stands. At most 4 queries."""
    if rendition.state == State.READY:
        return Standing(State.READY, "Your file is ready.")
    if rendition.state == State.FAILED:
        return Standing(State.FAILED, rendition.problem, may_retry=True)
    task = task_of(rendition)
    if task is None or (task.started_at and workers.is_gone(task)):
        return Standing("lost", "It was lost on the way: what made it has stopped.", may_retry=True)
    if rendition.state == State.RUNNING:
        return Standing(State.RUNNING, "It is being made now.")
    if rendition.asked_at < timezone.now() - PATIENCE and not workers.any_since(rendition.asked_at):
        words = "It waits, but nothing that makes files seems to be running."
        return Standing(State.WAITING, words, is_unattended=True)
    before = workers.queued().filter(enqueued_at__lt=task.enqueued_at, priority__gte=task.priority)
    number = before.filter(task_path=task.task_path).count()
    words = f"It waits its turn, after {counted(number, 'file')}." if number else "It is next."
    return Standing(State.WAITING, words)


def token(paper: Paper, rendition: Rendition, audience: str) -> str:
    """Return what lets this one file be found again, by whoever may read the paper."""
    return signing.dumps([paper.pk, rendition.pk, audience], salt=SALT)


def asked_before(paper: Paper, said: str, audience: str) -> Rendition | None:
    """Return the file, without its bytes, that a token of this paper and audience stands for; None
    where it is somebody else's, too old, or the file has gone."""
    try:
        asked = signing.loads(said, salt=SALT, max_age=ASKED_FOR)
    except signing.BadSignature:
        return None
    of, rendition, whose = asked
    return light().filter(pk=rendition).first() if (of, whose) == (paper.pk, audience) else None


def _has_failed_long_ago(rendition: Rendition) -> bool:
    then = timezone.now() - STALE
    return rendition.state == State.FAILED and (rendition.finished_at or then) <= then


def _begin_again(rendition: Rendition, issue: int | None, audience: str) -> None:
    """Let it wait anew, with a task; of two who say so at once, one is heard."""
    anew = {"state": State.WAITING, "problem": "", "started_at": None, "finished_at": None}
    seen = Rendition.objects.filter(pk=rendition.pk, attempts=rendition.attempts)
    if seen.exclude(state=State.READY).update(
        **anew, attempts=F("attempts") + 1, asked_at=timezone.now()
    ):
        make_file.enqueue(rendition.pk, issue=issue, audience=audience)


def _prefer(rendition: Rendition) -> None:
    """Somebody waits now for what was being prepared ahead."""
    task = task_of(rendition)
    if task and task.priority < 0:
        workers.queued().filter(pk=task.pk).update(priority=0)
