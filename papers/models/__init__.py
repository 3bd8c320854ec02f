"""Board papers: agenda items, papers in sections and blocks, recommendations."""

from .decisions import Decision
from .papers import (
    AgendaItem,
    Block,
    FrontSheetField,
    IssuedFile,
    IssuedPaper,
    Paper,
    Recommendation,
    Section,
)

__all__ = [
    "AgendaItem",
    "Block",
    "Decision",
    "FrontSheetField",
    "IssuedFile",
    "IssuedPaper",
    "Paper",
    "Recommendation",
    "Section",
]
