"""How a partnership's papers look: its settings, and what its pages need to show them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.permissions import require
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.views import find_partnership, signed_in

from .. import html
from ..forms.house import SettingsForm
from ..house import settings_of
from ..models import Logo, PaperSettings
from ..services.house import save_settings

FOR_GOOD = cache_control(private=True, max_age=365 * 24 * 60 * 60, immutable=True)


@login_required
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    require(request.user, Permission.SET_HOUSE_STYLE, partnership)
    current = settings_of(partnership)

    def save(given: dict[str, Any]) -> PaperSettings:
        version, sent = given.pop("version") or 0, given.pop("picture")
        logo = sent.read() if sent else None
        by = signed_in(request)
        return save_settings(
            partnership=partnership, changes=given, version=version, by=by, logo=logo
        )

    form = SettingsForm(request.POST or None, request.FILES or None, settings=current)
    form.cancel_href = reverse("papers:papers", args=[slug])
    sent = edit(request, form, save)
    if sent.record is not None:
        messages.success(request, "Saved. Drafts show it from now on; issued papers stay.")
        return redirect("papers:settings", slug)
    context = {
        "partnership": partnership,
        "crumbs": [("Papers", form.cancel_href)],
        "form": sent.form,
        "settings": current,
        "differences": sent.differences,
    }
    return render(request, "papers/house.html", context, status=sent.status)


@login_required
@require_POST
def logo_drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the logo away from papers to come."""
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    require(request.user, Permission.SET_HOUSE_STYLE, partnership)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    by = signed_in(request)
    try:
        save_settings(partnership=partnership, changes={}, version=version, by=by, drops_logo=True)
    except (RuleBroken, StaleVersion) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The logo is taken away. Issued papers keep it.")
    return redirect("papers:settings", slug)


@login_required
@FOR_GOOD
def logo(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """A logo of the partnership, also one that only issued papers show by now."""
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    found = get_object_or_404(Logo, partnership=partnership, digest=digest)
    return HttpResponse(bytes(found.content), content_type="image/png")


@login_required
@FOR_GOOD
def house_colour(request: HttpRequest, slug: str, colour: str) -> HttpResponse:
    """The style sheet of a colour; it is in the address, so that issued papers keep theirs."""
    find_partnership(request, slug, Permission.VIEW_PAPER)
    return HttpResponse(html.colour_rule(f"#{colour}"), content_type="text/css; charset=utf-8")
