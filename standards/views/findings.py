"""What the officers conclude, who raised it, and what it rests on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from ..conclusions import findings_of
from . import exercise_page, find_results, shows_comments


@login_required
def findings(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_results(request, slug, identifier)
    sources = shows_comments(request, found)
    said = findings_of(found, with_comments=sources)
    return exercise_page(request, found, "findings", said=said, with_sources=sources)
