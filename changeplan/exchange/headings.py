"""What the heading of a column may mean."""

import re
from collections import defaultdict
from functools import lru_cache

from .fields import BY_KEY, FIELDS

OWN, EXACT, NEARLY, PART, WITHIN = 110, 100, 90, 80, 10
ANYTHING = {"no", "nr", "number", "ref", "#"}  # may number standards, actions or rows
BETWEEN = " / "  # a heading and the one below it
LONGEST = 80  # characters; what is longer is no heading
SHORTEST_WITHIN = 5


@lru_cache(8_000)
def plain(heading: str) -> str:
    """Return a heading as it is compared: small letters and single spaces."""
    return " ".join(re.sub(r"[^\w#]|_", " ", heading.casefold()).split())


def _names() -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for field in FIELDS:
        for name in dict.fromkeys((plain(field.heading), *field.aliases)):
            found[name].append(field.key)
    return dict(found)


NAMES = _names()


def meanings(heading: str) -> dict[str, int]:
    """Return the fields that a heading may mean, each with how well it fits."""
    fits: dict[str, int] = {}
    above, _, below = heading.rpartition(BETWEEN)
    bare = re.sub(r"\(.*?\)", " ", heading)
    for words, fit in ((heading, EXACT), (bare, NEARLY), (below, PART), (above, PART - 1)):
        for key in NAMES.get(plain(words), ()):
            own = fit == EXACT and plain(BY_KEY[key].heading) == plain(words)
            less = plain(words) in ANYTHING
            fits.setdefault(key, OWN if own else fit - less)
    if fits or len(heading) > LONGEST:
        return fits
    padded = f" {plain(heading)} "
    for name, keys in NAMES.items():
        if len(name) >= SHORTEST_WITHIN and f" {name} " in padded:
            for key in keys:
                fits[key] = max(fits.get(key, 0), WITHIN + len(name))
    return fits


def recognised(headings: list[str]) -> int:
    """Return how many fields a row of headings can name, each column one; 0 where none of them is
    a name as we know it, since words of a heading may stand in any cell."""
    taken: dict[str, int] = {}
    for heading in headings:
        fits = {key: fit for key, fit in meanings(heading).items() if key not in taken}
        if fits:
            best = max(fits, key=lambda key: fits[key])
            taken[best] = fits[best]
    return len(taken) if max(taken.values(), default=0) >= PART - 1 else 0
