"""What was read of a file: one table, whose cells hold Markdown (Word) or plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_ROWS, MOST_COLUMNS = 2_000, 100

DOCX, XLSX, CSV = "docx", "xlsx", "csv"


class Unreadable(Exception):
    """Why a file cannot be read, and what to do, in words for the person who sent it."""


class NoTable(Unreadable):
    """The file can be read, and holds no table."""


@dataclass(frozen=True)
class Row:
    """A row of the table, its cells as many as the sheet's headings. `place` tells where it stands
    in the file. `joined`: columns whose cell is merged with the one above, and is empty here.
    `after_break`: it follows a page or table break, so that it may go on with the row before."""

    place: str
    cells: tuple[str, ...]
    joined: tuple[int, ...] = ()
    after_break: bool = False
    doubts: tuple[str, ...] = ()
    begins: bool = False  # the first of a table of its own


@dataclass(frozen=True)
class Sheet:
    """The table of a file. `doubts` are about the file as a whole: what was left out, and why."""

    format: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    doubts: tuple[str, ...] = ()

    def examples(self, column: int, most: int = 3) -> tuple[str, ...]:
        """Return the first cells of a column that hold something."""
        return tuple(row.cells[column] for row in self.rows if row.cells[column])[:most]

    def to_json(self) -> dict[str, Any]:
        """Return it as values that JSON can hold."""
        return {
            "format": self.format,
            "headings": list(self.headings),
            "rows": [
                {
                    "place": row.place,
                    "cells": list(row.cells),
                    "joined": list(row.joined),
                    "after_break": row.after_break,
                    "doubts": list(row.doubts),
                    "begins": row.begins,
                }
                for row in self.rows
            ],
            "doubts": list(self.doubts),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Sheet":
        """Return the sheet that `to_json` was asked of."""
        rows = tuple(
            Row(
                row["place"],
                tuple(row["cells"]),
                tuple(row["joined"]),
                row["after_break"],
                tuple(row["doubts"]),
                row.get("begins", False),
            )
            for row in kept["rows"]
        )
        return cls(kept["format"], tuple(kept["headings"]), rows, tuple(kept["doubts"]))
