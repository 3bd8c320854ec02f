"""A plan's actions as a list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from partnership.permissions import can
from partnership.roles import Permission

from ..pages.actions_list import actions_page
from ..plan import plan_facts
from . import find_plan, plan_page


@login_required
def actions_list(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The address says what it is narrowed to and how it is sorted."""
    partnership, found = find_plan(request, slug, identifier)
    may = can(request.user, Permission.EDIT_PLAN, partnership)
    page = actions_page(plan_facts(found), request.GET, may_edit=may)
    return plan_page(request, found, "actions", page=page)
