"""Setting an exercise up, who runs it, and closing it."""

import copy
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.models import User
from partnership.numbers import counted, listing
from partnership.permissions import can
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.submitting import Submitted, submit
from partnership.views import find_partnership, posted_number, signed_in

from ..forms import ExerciseForm, FacilitatorForm
from ..models import Exercise, Framework, Session
from ..results import Results, results_for
from ..services.results import close_exercise
from ..services.setup import (
    copy_structure,
    create_exercise,
    edit_exercise,
    invite_facilitator,
    remove_facilitator,
)
from . import address, exercise_page, find_exercise, find_to_run

# What most exercises want, until somebody says otherwise.
USUAL: dict[str, Any] = {
    "is_scored": True,
    "half_points": True,
    "votes_first": True,
    "shows_names": False,
    "shows_previous": False,
    "averaging": "mean_of_groups",
}


@login_required
def exercise_new(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.SET_UP_EXERCISE)
    known = Exercise.objects.visible_to(request.user).filter(partnership=partnership)
    last = known.order_by("-date", "-pk").first()
    usual = USUAL | {"framework": Framework.objects.first(), "previous": last}
    form = ExerciseForm(request.POST or None, known=known, partnership=partnership, initial=usual)
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _create(request, partnership, given))
        if sent.record:
            messages.success(request, "The exercise is planned. Next, add its sessions.")
            return redirect(address(sent.record, "exercise"))
    form.cancel_href = reverse("standards:exercises", args=[slug])
    context = {
        "partnership": partnership,
        "crumbs": [
            (partnership.name, partnership.get_absolute_url()),
            ("Exercises", form.cancel_href),
        ],
        "form": form,
    }
    return render(request, "standards/setup/exercise_new.html", context, status=sent.status)


def _create(request: HttpRequest, partnership: Any, given: dict[str, Any]) -> Exercise:
    values = {name: value for name, value in given.items() if name != "version"}
    return create_exercise(partnership=partnership, values=values, by=signed_in(request))


@login_required
def exercise_edit(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_to_run(request, slug, identifier)
    known = Exercise.objects.visible_to(request.user).filter(partnership=found.partnership)
    mine: dict[str, Any] = {
        "known": known,
        "partnership": found.partnership,
        "instance": copy.copy(found),
    }
    form = ExerciseForm(request.POST or None, **mine)
    form.cancel_href = address(found, "exercise")
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _edit(request, found, given))
        if sent.record:
            messages.success(request, "Saved.")
            return redirect(form.cancel_href)
    may_word = can(request.user, Permission.SET_UP_EXERCISE, found.partnership)
    return setup_page(request, found, "exercise_edit", sent, may_word=may_word)


def _edit(request: HttpRequest, exercise: Exercise, given: dict[str, Any]) -> Exercise:
    changes = {name: value for name, value in given.items() if name != "version"}
    return edit_exercise(
        exercise=exercise, changes=changes, version=given["version"] or 0, by=signed_in(request)
    )


def setup_page(
    request: HttpRequest, exercise: Exercise, name: str, sent: Submitted, **context: Any
) -> HttpResponse:
    """Answer with a form page of an exercise, and with both texts where somebody was faster."""
    return exercise_page(
        request,
        exercise,
        f"setup/{name}",
        status=sent.status,
        form=sent.form,
        differences=sent.differences,
        **context,
    )


@login_required
@require_POST
def structure_copy(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_to_run(request, slug, identifier)
    source = last_structure(request, found)
    if source is None:
        raise_none = "No other exercise of this partnership has sessions to copy."
        return refused(request, found, raise_none)
    try:
        copy_structure(exercise=found, source=source, by=signed_in(request))
    except RuleBroken as broken:
        return refused(request, found, str(broken))
    messages.success(request, f"Sessions and working groups are copied from {source.title}.")
    return redirect(address(found, "exercise"))


def last_structure(request: HttpRequest, exercise: Exercise) -> Exercise | None:
    """Return the exercise whose sessions would be copied: the one before, which whoever runs this
    exercise may copy unseen, else the latest that they see."""
    seen = Exercise.objects.visible_to(request.user).values("pk")
    others = Exercise.objects.filter(partnership=exercise.partnership).exclude(pk=exercise.pk)
    known = others.filter(Q(following=exercise) | Q(pk__in=seen)).filter(
        pk__in=Session.objects.filter(working_groups__isnull=False).values("exercise")
    )
    return known.filter(following=exercise).first() or known.order_by("-date", "-pk").first()


def refused(
    request: HttpRequest, exercise: Exercise, why: str, href: str = "", action: str = ""
) -> HttpResponse:
    """Answer 409: why it is not possible now, and the way back."""
    context = {
        "partnership": exercise.partnership,
        "heading": "That is not possible now",
        "text": why,
        "href": href or address(exercise, "exercise"),
        "action": action or "Back to the exercise",
    }
    return render(request, "errors/409.html", context, status=409)


@login_required
def facilitators(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_exercise(request, slug, identifier, Permission.INVITE_FACILITATOR)
    form = FacilitatorForm(request.POST or None)
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _invite(request, found, given))
        if sent.record:
            messages.success(request, f"{sent.record.name} can now run this exercise.")
            return redirect(address(found, "facilitators"))
    named = found.facilitators.order_by("name", "pk")
    return setup_page(request, found, "facilitators", sent, named=named)


def _invite(request: HttpRequest, exercise: Exercise, given: dict[str, Any]) -> User:
    user = invite_facilitator(exercise=exercise, by=signed_in(request), **given)
    words = {
        "exercise": exercise,
        "user": user,
        "host": signed_in(request),
        "address": request.build_absolute_uri(address(exercise, "exercise")),
        "password": request.build_absolute_uri(reverse("account_reset_password")),
    }
    text = render_to_string("standards/setup/invitation.txt", words)
    subject = f"You are invited to run “{exercise.title}”"
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [str(user.email)], fail_silently=True)
    return user


@login_required
@require_POST
def facilitator_remove(
    request: HttpRequest, slug: str, identifier: str, person: str
) -> HttpResponse:
    found = find_exercise(request, slug, identifier, Permission.INVITE_FACILITATOR)
    user = get_object_or_404(found.facilitators, identifier=person)
    remove_facilitator(exercise=found, user=user, by=signed_in(request))
    messages.success(request, f"{user.name} no longer runs this exercise.")
    return redirect(address(found, "facilitators"))


@login_required
def exercise_close(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_to_run(request, slug, identifier)
    if request.method == "POST":
        return _close(request, found)
    results = results_for(found)
    return exercise_page(
        request,
        found,
        "setup/exercise_close",
        results=results,
        overall=results.completeness.overall,
        missing=_missing(results) if found.is_scored else [],
        open_sessions=found.sessions.filter(state=Session.State.OPEN),
    )


def _close(request: HttpRequest, exercise: Exercise) -> HttpResponse:
    try:
        close_exercise(exercise=exercise, version=posted_number(request), by=signed_in(request))
    except (RuleBroken, StaleVersion) as why:
        return refused(request, exercise, str(why))
    messages.success(request, "The exercise is closed, and its results are frozen.")
    return redirect(address(exercise, "results"))


def _missing(results: Results) -> list[tuple[str, str]]:
    """Return each group that has still to score, and what."""
    return [
        (each.group, f"{counted(len(each.to_score), 'standard')}: {listing(each.to_score)}")
        for each in results.completeness.groups
        if each.to_score
    ]
