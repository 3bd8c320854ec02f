"""What came out of an exercise."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from partnership.permissions import can
from partnership.roles import Permission

from ..comments import comment_counts
from ..conclusions import findings_of
from ..models import Exercise
from ..pages import ResultsPage, closing_words
from ..results import reported_comparisons, results_for
from ..versions import revisions
from ..votes import votes_within
from . import address, exercise_page, find_results, shows_comments


@login_required
def results(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_results(request, slug, identifier)
    if not found.is_scored:
        return _in_words(request, found)
    outcome = results_for(found)
    page = ResultsPage(
        outcome,
        reported_comparisons(found),
        votes_within(found, outcome.material),
        revisions(found),
        comment_counts(found) if shows_comments(request, found) else None,
    )
    return exercise_page(
        request,
        found,
        "results",
        page=page,
        results=outcome,
        closing=closing_words(found, page.revisions),
        may_write=_may_write(request, found),
        files=_files(request, found),
    )


def _in_words(request: HttpRequest, exercise: Exercise) -> HttpResponse:
    """Answer for an exercise without scores: strengths and priorities, and no table of scores."""
    return exercise_page(
        request,
        exercise,
        "results_in_words",
        said=findings_of(exercise),
        closing=closing_words(exercise, revisions(exercise)),
        may_write=_may_write(request, exercise),
        files=_files(request, exercise),
    )


def _may_write(request: HttpRequest, exercise: Exercise) -> bool:
    return exercise.is_closed and can(request.user, Permission.COMPOSE_PAPER, exercise.partnership)


def _files(request: HttpRequest, exercise: Exercise) -> list[dict[str, str]]:
    """Return the files that the reader may download, for the downloads component."""
    comments = shows_comments(request, exercise)
    label = "Results" if exercise.is_scored else "Findings"
    with_comments = "With the comments on a second sheet" if comments else "Every column"
    files = [
        (label, address(exercise, "results_download", "xlsx"), "XLSX", with_comments),
        (label, address(exercise, "results_download", "csv"), "CSV", "Every column"),
    ]
    if comments:
        files.append(("Comments", address(exercise, "comments_download"), "CSV", "By standard"))
    return [dict(zip(("label", "href", "format", "note"), file, strict=True)) for file in files]
