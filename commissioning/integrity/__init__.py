"""Rules that cross tables, which no constraint can hold: what services check under lock as they
write, `manage.py check_integrity` checks again in what is stored.
"""

from collections.abc import Iterator
from itertools import chain

from .figures import FIGURES, entries_missing, results_moved, too_many_days_agreed
from .loops import loops
from .relations import RELATIONS
from .rooms import ROOMS, votes_unlike_their_answers
from .versions import VERSIONS, versions_moved

RULES = [*RELATIONS, *FIGURES, *ROOMS, *VERSIONS]


def problems() -> Iterator[str]:
    """Yield every problem as a sentence. The queries are the same however much is stored."""
    yield from chain.from_iterable(rule.problems() for rule in RULES)
    yield from too_many_days_agreed()
    yield from entries_missing()
    yield from results_moved()
    yield from votes_unlike_their_answers()
    yield from versions_moved()
    yield from loops()
