"""From an improvement priority back to what the groups said, and forward to what is done."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from partnership.permissions import can
from partnership.roles import Permission

from .. import pages
from ..plan import plan_facts
from . import find_plan, plan_page, sees_scores


@login_required
def priority(request: HttpRequest, slug: str, identifier: str, priority: str) -> HttpResponse:
    partnership, found = find_plan(request, slug, identifier)
    facts = plan_facts(found)
    asked = facts.priority(priority)
    if asked is None:
        raise Http404("The plan has no such improvement priority.")
    shown = sees_scores(request, found)
    comments = can(request.user, Permission.VIEW_COMMENTS, partnership)
    page = pages.priority_page(facts, asked, with_scores=shown, with_comments=comments)
    writes = can(request.user, Permission.EDIT_FINDINGS, partnership)
    adds = found.is_editable and can(request.user, Permission.EDIT_PLAN, partnership)
    return plan_page(request, found, "priority", page=page, writes=writes, adds=adds, shown=shown)
