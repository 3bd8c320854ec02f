"""A plan over time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from ..pages.timeline import timeline_page
from ..plan import plan_facts
from . import find_plan, plan_page


@login_required
def timeline(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The address says what it is narrowed to."""
    _, found = find_plan(request, slug, identifier)
    page = timeline_page(plan_facts(found), request.GET)
    return plan_page(request, found, "timeline", page=page)
