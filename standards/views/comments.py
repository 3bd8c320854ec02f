"""What the working groups said, standard by standard."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from partnership.roles import Permission

from ..models import Comment, Exercise, Standard
from . import exercise_page, find_exercise, shows_results


@dataclass(frozen=True)
class Said:
    """What was said of one standard, or of none in particular."""

    standard: Standard | None
    working_well: tuple[Comment, ...]
    to_improve: tuple[Comment, ...]

    @property
    def label(self) -> str:
        """How the page's contents name it."""
        return f"Standard {self.standard.number}" if self.standard else "In general"

    @property
    def key(self) -> str:
        """Its anchor on the page."""
        return f"standard-{self.standard.number}" if self.standard else "general"


@login_required
def comments(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_exercise(request, slug, identifier, Permission.VIEW_COMMENTS)
    said = comments_by_standard(found)
    contents = [(each.label, f"#{each.key}") for each in said]
    shown = shows_results(request, found)
    return exercise_page(
        request, found, "comments", said=said, contents=contents, shows_findings=shown
    )


def comments_by_standard(exercise: Exercise, standard: Standard | None = None) -> list[Said]:
    """Return the exercise's comments, or those on one standard; general ones come last."""
    known = Comment.objects.told().filter(working_group__session__exercise=exercise)
    if standard:
        known = known.filter(standard=standard)
    known = known.select_related("working_group__cohort", "standard").prefetch_related("findings")
    order = "standard__number", "working_group__session__number", "working_group__number", "pk"
    by_standard: dict[Standard | None, list[Comment]] = defaultdict(list)
    for comment in known.order_by(*order):
        by_standard[comment.standard].append(comment)
    numbered = sorted(filter(None, by_standard), key=lambda each: each.number)
    places = [*numbered, None] if None in by_standard else numbered
    return [_said(place, by_standard[place]) for place in places]


def _said(standard: Standard | None, known: list[Comment]) -> Said:
    sides = (Comment.Side.WORKING_WELL, Comment.Side.TO_IMPROVE)
    return Said(standard, *(tuple(c for c in known if c.side == side) for side in sides))
