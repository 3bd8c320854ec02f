"""The flip-chart way: what a group agreed and said of one standard, written by one person."""

from dataclasses import dataclass

from django.db import transaction

from partnership.models import User

from ..models import Score, Session, Standard, WorkingGroup
from .agreeing import Agreement, agree_score, correct_score
from .commenting import write_comment


@dataclass(frozen=True)
class Entry:
    """What was written of one standard: the agreement, None where it was left alone; and texts by
    side, each with the version it changes. `correction` says why, once the session has closed."""

    agreement: Agreement | None
    remarks: tuple[tuple[str, str, int], ...]
    correction: str = ""


@transaction.atomic
def write_record(
    *, working_group: WorkingGroup, standard: Standard, entry: Entry, by: User
) -> dict[str, int]:
    """Keep all of the entry or nothing, and return the new version of each part, by its name.

    Raises RuleBroken and records.StaleVersion as the services of each part do.
    """
    versions: dict[str, int] = {}
    for side, text, version in entry.remarks:
        written = write_comment(
            working_group=working_group,
            standard=standard,
            side=side,
            text=text,
            version=version,
            by=by,
            correction=entry.correction,
        )
        versions[side] = written.version if written else 0
    if entry.agreement:
        score = _write_score(working_group, standard, entry.agreement, entry.correction, by)
        versions["score"] = score.version
    return versions


def _write_score(
    group: WorkingGroup, standard: Standard, agreement: Agreement, correction: str, by: User
) -> Score:
    state = Session.objects.values_list("state", flat=True).get(pk=group.session_id)
    if state != Session.State.CLOSED:
        return agree_score(
            working_group=group, standard=standard, agreement=agreement, by=by, from_paper=True
        )
    return correct_score(
        working_group=group, standard=standard, agreement=agreement, correction=correction, by=by
    )
