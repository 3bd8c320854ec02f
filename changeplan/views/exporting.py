"""A plan as a file: with every column, and as a template to fill in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from partnership.permissions import can
from partnership.roles import Permission

from ..exchange.loading import current_plan
from ..exchange.sheet import CSV, DOCX, XLSX
from ..exchange.writing import plan_file
from . import find_plan

CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
def plan_download(request: HttpRequest, slug: str, identifier: str, format: str) -> HttpResponse:
    if format not in CONTENT_TYPES:
        raise Http404("There is no such format of a plan.")
    partnership, plan = find_plan(request, slug, identifier)
    open_results = can(request.user, Permission.VIEW_OPEN_RESULTS, partnership)
    current = current_plan(plan, with_scores=plan.exercise.is_closed or open_results)
    return _file(plan_file(current, plan.title, format), "change-plan", format)


def _file(content: bytes, name: str, format: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
