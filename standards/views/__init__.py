"""An exercise's pages, and how each of them finds its exercise and says where it stands."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from partnership.permissions import can, require
from partnership.roles import Permission

from ..models import Exercise, Session
from ..versions import numbered

TAB_OF = {"results_in_words": "results", "standard": "results"}


def find_exercise(
    request: HttpRequest,
    slug: str,
    identifier: str,
    permission: Permission = Permission.VIEW_EXERCISE,
) -> Exercise:
    """Return the exercise, 404 for whoever may not know of it, 403 without the permission."""
    known = numbered(Exercise.objects.visible_to(request.user))
    found = get_object_or_404(
        known.select_related("partnership", "framework", "previous"),
        partnership__slug=slug,
        identifier=identifier,
    )
    request.partnership = found.partnership  # type: ignore[attr-defined] # for the bar of sections
    require(request.user, permission, found.partnership)
    return found


def may_run(request: HttpRequest, exercise: Exercise) -> bool:
    """Whether the user may run this exercise; `ExerciseQuerySet.run_by` says who may."""
    return Exercise.objects.run_by(request.user.pk).filter(pk=exercise.pk).exists()


def require_run(request: HttpRequest, exercise: Exercise) -> None:
    """Raise PermissionDenied, in words for the page, unless the user may run the exercise."""
    if may_run(request, exercise):
        return
    require(request.user, Permission.RUN_EXERCISE, exercise.partnership)
    raise PermissionDenied("Facilitators run an exercise until it closes, and this one has closed.")


def find_to_run(request: HttpRequest, slug: str, identifier: str) -> Exercise:
    """Return an exercise that the user may run, 404 where they may not know of it, else 403."""
    found = find_exercise(request, slug, identifier)
    require_run(request, found)
    return found


def shows_results(request: HttpRequest, exercise: Exercise) -> bool:
    """Whether the user may see what came out: everybody once it is closed, before that a few."""
    return exercise.is_closed or can(
        request.user, Permission.VIEW_OPEN_RESULTS, exercise.partnership
    )


def find_results(request: HttpRequest, slug: str, identifier: str) -> Exercise:
    """Return an exercise whose results the user may see, 403 where it has not closed yet."""
    found = find_exercise(request, slug, identifier)
    if not found.is_closed:
        require(request.user, Permission.VIEW_OPEN_RESULTS, found.partnership)
    return found


def shows_comments(request: HttpRequest, exercise: Exercise) -> bool:
    return can(request.user, Permission.VIEW_COMMENTS, exercise.partnership)


def exercise_page(
    request: HttpRequest, exercise: Exercise, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with `standards/<name>.html`, with the exercise's own navigation around it."""
    place = {
        "partnership": exercise.partnership,
        "exercise": exercise,
        "crumbs": _crumbs(exercise, name) + _session_crumb(name, context.get("session")),
        "tabs": _tabs(request, exercise, TAB_OF.get(name, name.partition("/")[0])),
    }
    return render(request, f"standards/{name}.html", place | context, status=status)


def address(exercise: Exercise, name: str, *more: object) -> str:
    """Return the address of one of an exercise's pages."""
    return reverse(
        f"standards:{name}", args=[exercise.partnership.slug, exercise.identifier, *more]
    )


def _crumbs(exercise: Exercise, name: str) -> list[tuple[str, str]]:
    partnership = exercise.partnership
    crumbs = [
        (partnership.name, reverse("overview", args=[partnership.slug])),
        ("Exercises", reverse("standards:exercises", args=[partnership.slug])),
    ]
    if name != "exercise":
        crumbs.append((exercise.title, address(exercise, "exercise")))
    if name == "standard":
        crumbs.append(("Results", address(exercise, "results")))
    if name.startswith("findings/"):
        crumbs.append(("Findings", address(exercise, "findings")))
    return crumbs


def _session_crumb(name: str, session: Session | None) -> list[tuple[str, str]]:
    """Return the way back from one of a session's pages, none from its own."""
    if session is None or name.endswith("/session"):
        return []
    place = [session.exercise.partnership.slug, session.identifier]
    return [(session.title, reverse("standards:session", args=place))]


def _tabs(request: HttpRequest, exercise: Exercise, current: str) -> list[dict[str, object]]:
    """Return the exercise's pages that the user may open."""
    pages = {"exercise": "The exercise"}
    if shows_results(request, exercise):
        pages |= {"results": "Results", "findings": "Findings"}
    if shows_comments(request, exercise):
        pages["comments"] = "Comments"
    return [
        {"label": label, "href": address(exercise, name), "current": name == current}
        for name, label in pages.items()
    ]
