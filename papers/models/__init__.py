"""Board papers: agenda items, papers in sections and blocks, recommendations."""

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
    "FrontSheetField",
    "IssuedFile",
    "IssuedPaper",
    "Paper",
    "Recommendation",
    "Section",
]
