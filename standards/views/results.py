"""What came out of an exercise."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from ..conclusions import findings_of
from ..models import Exercise
from ..pages import ResultsPage
from ..results import reported_comparisons, results_for
from . import exercise_page, find_results, shows_comments


@login_required
def results(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_results(request, slug, identifier)
    if not found.is_scored:
        return _in_words(request, found)
    outcome = results_for(found)
    page = ResultsPage(outcome, reported_comparisons(found), shows_comments(request, found))
    return exercise_page(request, found, "results", page=page, results=outcome)


def _in_words(request: HttpRequest, exercise: Exercise) -> HttpResponse:
    """Answer for an exercise without scores: strengths and priorities, and no table of scores."""
    said = findings_of(exercise)
    return exercise_page(request, exercise, "results_in_words", said=said)
