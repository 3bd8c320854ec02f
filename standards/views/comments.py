"""What the working groups said, standard by standard."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from partnership.roles import Permission

from ..comments import comments_by_standard
from . import exercise_page, find_exercise, shows_results


@login_required
def comments(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_exercise(request, slug, identifier, Permission.VIEW_COMMENTS)
    said = comments_by_standard(found)
    contents = [(each.label, f"#{each.key}") for each in said]
    shown = shows_results(request, found)
    return exercise_page(
        request, found, "comments", said=said, contents=contents, shows_findings=shown
    )
