"""Recommendations as they were put to a meeting: in the words of the issue, whatever is drafted
since."""

from collections.abc import Iterable

from .content.figures import put_in_words
from .models import IssuedPaper, Paper, Recommendation
from .publishing import what_stands


def as_put(paper: Paper, recommendations: Iterable[Recommendation]) -> list[Recommendation]:
    """Return the recommendations in the words that the paper's last issue put to its meeting, in
    `text`; those drafted since are left out. A draft's are as they stand, with their figures."""
    asked, standing = list(recommendations), what_stands(paper)
    put = _words(standing) if isinstance(standing, IssuedPaper) else None
    for each in asked:
        each.text = put.get(each.identifier, each.text) if put else put_in_words(paper, each.text)
    return [each for each in asked if not put or each.identifier in put]


def _words(issued: IssuedPaper) -> dict[str, str]:
    """Return the words by recommendation; none where the issue is older than their keeping."""
    return {each["identifier"]: each["words"] for each in issued.content.get("asked", ())}
