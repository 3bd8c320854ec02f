"""What the scores mean: the scale of a framework, in a partnership's own words."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from partnership.models import Partnership
from partnership.roles import Permission
from partnership.submitting import Submitted, submit
from partnership.views import find_partnership, signed_in

from ..forms import LevelForm
from ..material import levels_for
from ..models import Framework, ScaleLevel, ScaleWording
from ..services.setup import word_level


@login_required
def scale(request: HttpRequest, slug: str, framework: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.SET_UP_EXERCISE)
    found = get_object_or_404(Framework, slug=framework)
    return _page(request, partnership, found, "scale", levels=levels_for(found.pk, partnership.pk))


@login_required
def scale_level(request: HttpRequest, slug: str, framework: str, value: int) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.SET_UP_EXERCISE)
    found = get_object_or_404(ScaleLevel, framework__slug=framework, value=value)
    own = ScaleWording.objects.filter(partnership=partnership, level=found).first()
    now = {"wording": own.wording, "version": own.version} if own else {"version": 0}
    form = LevelForm(request.POST or None, initial=now)
    form.cancel_href = reverse("standards:scale", args=[slug, framework])
    sent = Submitted(form)
    if request.method == "POST":
        sent = submit(form, lambda given: _word(request, partnership, found, given))
        if sent.record:
            messages.success(request, f"Level {found.value} is worded.")
            return redirect(form.cancel_href)
    return _page(request, partnership, found.framework, "scale_level", sent, level=found)


def _word(
    request: HttpRequest, partnership: Partnership, level: ScaleLevel, given: dict[str, Any]
) -> ScaleLevel:
    word_level(
        partnership=partnership,
        level=level,
        wording=given["wording"],
        version=given["version"] or 0,
        by=signed_in(request),
    )
    return level


def _page(
    request: HttpRequest,
    partnership: Partnership,
    framework: Framework,
    name: str,
    sent: Submitted | None = None,
    **context: Any,
) -> HttpResponse:
    crumbs = [
        (partnership.name, partnership.get_absolute_url()),
        ("Exercises", reverse("standards:exercises", args=[partnership.slug])),
    ]
    if sent:
        place = [partnership.slug, framework.slug]
        crumbs.append(("What the scores mean", reverse("standards:scale", args=place)))
        context |= {"form": sent.form, "differences": sent.differences}
    context |= {"partnership": partnership, "framework": framework, "crumbs": crumbs}
    status = sent.status if sent else 200
    return render(request, f"standards/setup/{name}.html", context, status=status)
