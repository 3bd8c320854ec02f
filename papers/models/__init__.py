"""Board papers: agendas, papers in sections and blocks, issues and files, decisions."""

from .agenda import AgendaItem
from .decisions import Amendment, Decision
from .house import Clearance, Logo, PaperSettings
from .issues import IssuedFile, IssuedPaper, Rendition
from .papers import Block, FrontSheetField, Paper, Recommendation, Section

__all__ = [
    "AgendaItem",
    "Amendment",
    "Block",
    "Clearance",
    "Decision",
    "FrontSheetField",
    "IssuedFile",
    "IssuedPaper",
    "Logo",
    "Paper",
    "PaperSettings",
    "Recommendation",
    "Rendition",
    "Section",
]
