"""Putting a paper to its meeting: what it says then is kept for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from changeplan.models import PlanVersion
from partnership import records
from partnership.models import User
from partnership.rules import RuleBroken, checked_text

from ..content import build
from ..document import BoardPaper, digest
from ..files import ask_for_issue
from ..models import IssuedPaper, Paper
from ..publishing import last_issue
from ..storage import dump


@dataclass(frozen=True)
class _Seen:
    """What there was to issue at one moment."""

    paper: Paper
    content: BoardPaper
    last: IssuedPaper | None
    plan_version: PlanVersion | None


def issue(*, paper: Paper, by: User | None, note: str = "") -> IssuedPaper:
    """Keep what the paper says now, for good, as its next issue, and put it to its meeting; its
    files are made by the workers. `by` is None for what came in with a partnership's own history.

    Raises RuleBroken for a correction that does not say what changed, or that changes nothing, and
    where somebody else issued it at the same moment.
    """
    with one_moment():
        now = Paper.objects.select_for_paper().get(pk=paper.pk)
        seen = _Seen(now, build(now), last_issue(now), _before_the_board(now))
    with transaction.atomic():
        held = Paper.objects.select_for_update().get(pk=paper.pk)  # two may issue at once
        if last_issue(held) != seen.last:
            raise RuleBroken("Somebody has just issued this paper. Look at that issue first.")
        return _keep(held, seen, by, _checked_note(seen, by, note))


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything within as it was at one moment, whatever others save meanwhile. Within a
    transaction that has begun already, it is that transaction's."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _checked_note(seen: _Seen, by: User | None, note: str) -> str:
    if seen.last is None or by is None:
        return note
    note = checked_text(note).strip()
    if not note:
        raise RuleBroken("Say what changed since the paper was last issued.")
    if seen.last.digest == digest(seen.content):
        raise RuleBroken("Nothing has changed since the paper was last issued.")
    return note


def _keep(held: Paper, seen: _Seen, by: User | None, note: str) -> IssuedPaper:
    made = IssuedPaper.objects.create(
        paper=held,
        number=seen.last.number + 1 if seen.last else 1,
        content=dump(seen.content),
        digest=digest(seen.content),
        note=note,
        agenda_item=seen.paper.agenda_item,
        plan_version=seen.plan_version,
        issued_by=by,
    )
    if by and held.state == Paper.State.DRAFT:
        published = {"state": Paper.State.PUBLISHED}
        records.change(held, changes=published, version=held.version, by=by)
    ask_for_issue(made)
    return made


def _before_the_board(paper: Paper) -> PlanVersion | None:
    """Return the version of its plan that waits for the board, which is what the paper prints."""
    waiting = PlanVersion.objects.filter(plan=paper.plan_id, outcome=PlanVersion.Outcome.PENDING)
    return waiting.first()
