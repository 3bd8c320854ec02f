"""What `make bench` measures, each figure beside its yardstick in the same interleaved run.

Machines are noisy: read the ratios.
"""

from collections.abc import Iterator

from papers.models import Paper

from . import files, pages
from .measuring import Count, Figure

PAPER = "bromley-change-plan"


def figures(runs: int) -> Iterator[Figure | Count]:
    """Yield every figure; needs the demonstration data."""
    paper = Paper.objects.select_for_paper().get(slug=PAPER)
    yield files.pdf_over_weasyprint(paper, runs)
    yield files.word_over_pdf(paper, runs)
    yield files.repeated_over_first(paper, runs)
    yield files.queries()
    yield from files.clicks(paper, runs)
    yield from pages.pages_over_bare(paper, runs)
    yield from pages.writing_over_bare(runs)
