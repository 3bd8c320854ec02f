"""A partnership's board papers: how every page finds its paper."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from partnership.models import Partnership
from partnership.roles import Permission
from partnership.views import find_partnership

from ..models import Paper


def find_paper(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, Paper]:
    """Return the paper and its partnership, 404 for whoever may not know of it."""
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    known = Paper.objects.visible_to(request.user).select_for_paper()
    return partnership, get_object_or_404(known, partnership=partnership, identifier=identifier)


def crumbs(paper: Paper) -> list[tuple[str, str]]:
    """Return the way from the papers of the partnership to a page of this one."""
    slug = paper.partnership.slug
    return [
        ("Papers", reverse("papers:papers", args=[slug])),
        (paper.title, reverse("papers:paper", args=[slug, paper.identifier])),
    ]
