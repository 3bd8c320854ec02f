"""A file that somebody sent, read into one table, or refused in plain words."""

from .sheet import Sheet, Unreadable


def read(file_name: str, data: bytes) -> Sheet:
    """Return the table that a Word, Excel or CSV file holds. What the file is, its content tells;
    its name serves for messages alone.

    Raises Unreadable, and nothing else, for what cannot be read or must not be."""
    raise Unreadable("Not built yet.")
