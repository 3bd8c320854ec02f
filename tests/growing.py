"""Long lists for generated tests: Hypothesis by itself hardly makes one of more than a dozen."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.conftest import SOAK

MOST = 200 if SOAK else 6
DIFFERENT = 6


def many(parts: SearchStrategy[Any], most: int = MOST) -> SearchStrategy[list[Any]]:
    """Lists of 0 to `most` parts, of which a few are different; records get their fields mixed."""
    few = st.lists(parts, min_size=1, max_size=DIFFERENT)
    return st.builds(_repeated, few, st.integers(0, most))


def _repeated(few: list[Any], size: int) -> list[Any]:
    if not isinstance(few[0], dict):
        return [few[place % len(few)] for place in range(size)]
    # Fields come from different records: n counts through the first as 0 1 2 …, 0 2 4 …
    return [
        {key: few[n * step % len(few)][key] for step, key in enumerate(few[0], 1)}
        for n in range(size)
    ]
