"""An exercise's pages in finished words and figures; their templates only lay them out."""

from .results import ResultsPage
from .versions import closing_words
from .votes import BallotRow, ballot_rows, between_words
from .words import answer_words, spread_words

__all__ = [
    "BallotRow",
    "ResultsPage",
    "answer_words",
    "ballot_rows",
    "between_words",
    "closing_words",
    "spread_words",
]
