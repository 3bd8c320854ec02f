"""An exercise's results and comments as files for spreadsheet programs."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from partnership.roles import Permission
from partnership.sheets import CONTENT_TYPES, CSV, XLSX, Sheet, csv_file, xlsx_file

from ..comments import comments_of
from ..conclusions import findings_of
from ..downloads import comments_sheet, findings_sheet, results_sheet
from ..models import Exercise
from ..results import results_for
from ..versions import standing
from ..votes import votes_within
from . import find_exercise, find_results, shows_comments


@login_required
def results_download(request: HttpRequest, slug: str, identifier: str, format: str) -> HttpResponse:
    if format not in CONTENT_TYPES:
        raise Http404("There is no such format of the results.")
    found = find_results(request, slug, identifier)
    comments = shows_comments(request, found)
    sheets = [_results(found, with_reasons=comments)]
    if comments and format == XLSX:
        sheets.append(comments_sheet(comments_of(found)))
    return _file(found, "results", format, sheets)


@login_required
def comments_download(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_exercise(request, slug, identifier, Permission.VIEW_COMMENTS)
    return _file(found, "results-comments", CSV, [comments_sheet(comments_of(found))])


def _results(exercise: Exercise, with_reasons: bool) -> Sheet:
    """Return the scores of an exercise, or where it has none its findings."""
    if not exercise.is_scored:
        return findings_sheet(findings_of(exercise))
    results = results_for(exercise)
    votes = votes_within(exercise, results.material) if results.has_group_scores else {}
    version = standing(exercise)
    return results_sheet(results, votes, version and version[0], with_reasons)


def _file(exercise: Exercise, name: str, format: str, sheets: Sequence[Sheet]) -> HttpResponse:
    file = csv_file(sheets[0]) if format == CSV else xlsx_file(sheets, exercise.title)
    response = HttpResponse(file, content_type=CONTENT_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
