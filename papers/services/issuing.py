"""Putting a paper to its meeting: what it says then is kept for good."""

import hashlib

from django.db import IntegrityError, transaction

from changeplan.models import PlanVersion
from partnership import records
from partnership.models import User
from partnership.rules import RuleBroken, checked_text

from ..content import build
from ..document import digest
from ..models import IssuedFile, IssuedPaper, Paper
from ..storage import dump


@transaction.atomic
def issue(*, paper: Paper, by: User | None, note: str = "") -> IssuedPaper:
    """Keep what the paper says now, for good, as its next issue, and put it to its meeting. `by`
    is None for what came in with a partnership's own history.

    Raises RuleBroken for a correction that does not say what changed, or that changes nothing.
    """
    held = Paper.objects.select_for_update().get(pk=paper.pk)  # two may issue at once
    content = build(paper)
    last = held.issues.order_by("-number").first()
    if last and by and not (note := checked_text(note).strip()):
        raise RuleBroken("Say what changed since the paper was last issued.")
    if last and by and last.digest == digest(content):
        raise RuleBroken("Nothing has changed since the paper was last issued.")
    made = IssuedPaper.objects.create(
        paper=held,
        number=last.number + 1 if last else 1,
        content=dump(content),
        digest=digest(content),
        note=note,
        agenda_item=held.agenda_item,
        plan_version=_before_the_board(held),
        issued_by=by,
    )
    if by and held.state == Paper.State.DRAFT:
        published = {"state": Paper.State.PUBLISHED}
        records.change(held, changes=published, version=held.version, by=by)
    return made


def keep_file(*, issued: IssuedPaper, format: str, content: bytes) -> IssuedFile:
    """Keep a file of an issue for good and return it; where another was faster, return theirs."""
    values = {"content": content, "digest": hashlib.sha256(content).hexdigest()}
    try:
        with transaction.atomic():
            return IssuedFile.objects.create(issue=issued, format=format, **values)
    except IntegrityError:
        return IssuedFile.objects.get(issue=issued, format=format)


def _before_the_board(paper: Paper) -> PlanVersion | None:
    """Return the version of its plan that waits for the board, which is what the paper prints."""
    waiting = PlanVersion.objects.filter(plan=paper.plan_id, outcome=PlanVersion.Outcome.PENDING)
    return waiting.first()
