"""Which column of a file holds which field of the plan: guessed, and open to change."""

from collections.abc import Mapping

from .sheet import Sheet

Columns = Mapping[str, int]  # a field's key to the place of its column, from 0


def guess(sheet: Sheet) -> dict[str, int]:
    """Return each field that a column seems to hold: by its heading, else by what is in it."""
    return {}
