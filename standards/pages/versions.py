"""Which results these are: when the exercise closed, and what was corrected since."""

from collections.abc import Sequence

from django.utils.timezone import localdate

from partnership.dates import day_words

from ..models import Exercise
from ..versions import Revision


def closing_words(exercise: Exercise, revisions: Sequence[Revision]) -> str:
    """Return "Closed on 9 February 2026 by Jo Officer. Results version 2, corrected on 3 March
    2026 by …"; "" before the exercise has closed."""
    if not (exercise.closed_at and exercise.closed_by):
        return ""
    closer = revisions[0].version.by if revisions else exercise.closed_by
    closed = f"Closed on {day_words(localdate(exercise.closed_at))} by {closer}."
    if not revisions:
        return closed
    last = revisions[-1]
    corrected = f", corrected on {last.day} by {last.version.by}" if last.number > 1 else ""
    return f"{closed} Results version {last.number}{corrected}."
