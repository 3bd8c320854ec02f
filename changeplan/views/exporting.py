"""A plan as a file: with every column, and as a template to fill in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from ..exchange.approved import plan_of_version
from ..exchange.current import CurrentPlan
from ..exchange.loading import current_plan, plan_to_compare
from ..exchange.sheet import CSV, DOCX, XLSX
from ..exchange.template import template_file
from ..exchange.writing import plan_file
from ..models import ChangePlan
from ..services.states import approved_version
from . import find_known, find_to_edit, sees_scores

CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
def plan_download(request: HttpRequest, slug: str, identifier: str, format: str) -> HttpResponse:
    if format not in CONTENT_TYPES:
        raise Http404("There is no such format of a plan.")
    _, plan = find_known(request, slug, identifier)
    current = _now(request, plan) if plan.is_live else _approved(plan)
    title = plan.title_shown
    return _file(plan_file(current, title, format), "change-plan", format)


@login_required
def template_download(
    request: HttpRequest, slug: str, identifier: str, format: str
) -> HttpResponse:
    if format not in (XLSX, DOCX):
        raise Http404("There is no such format of the template.")
    plan = find_to_edit(request, slug, identifier)
    content = template_file(plan_to_compare(plan), plan.title, format)
    return _file(content, "change-plan-to-fill-in", format)


def _now(request: HttpRequest, plan: ChangePlan) -> CurrentPlan:
    return current_plan(plan, with_scores=sees_scores(request, plan))


def _approved(plan: ChangePlan) -> CurrentPlan:
    """Return the approved version, for who may not read the one in work."""
    if (version := approved_version(plan)) is None:
        raise Http404("No version of the plan was approved.")
    return plan_of_version(version.content)


def _file(content: bytes, name: str, format: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
