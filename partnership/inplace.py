"""Forms that open within a page, and are pages of their own where no script runs.

htmx asks for the part alone and puts it where it belongs (static/js/inplace.js); saved, it asks for
the page again and takes what it shows anew from there. Both ways go through the same addresses and
views.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import reselect, reswap, retarget

from .records import StaleVersion
from .rules import RuleBroken
from .submitting import Submitted


@dataclass(frozen=True)
class Part:
    """A form of a row: its heading; `into`, the id of the part of the page in which it opens; and
    `row`, the id of what takes the focus when it is saved."""

    heading: str
    into: str
    row: str


@dataclass(frozen=True)
class Place:
    """The page whose parts are changed: its address, how one of its forms is shown as a page (a
    function of `status` and of what the form's template needs), and the template of the form
    alone, with what that needs beside."""

    address: str
    page: Callable[..., HttpResponse]
    within: str
    around: dict[str, Any]

    def row(self, row: str) -> str:
        """Return the address of a row of the page."""
        return f"{self.address}#{row}"


def form_page(
    request: HttpRequest, place: Place, sent: Submitted, part: Part, **context: Any
) -> HttpResponse:
    """Answer with a form: as a page, or as the part that htmx asked for."""
    form: Any = sent.form
    form.address = request.path
    form.form_id = "form"
    form.cancel_href = place.row(part.row)
    context |= {"form": form, "part": part, "differences": sent.differences}
    if not is_within(request):
        return place.page(status=sent.status, **context)
    form.form_id = f"form-{part.into}"
    form.auto_id = f"{part.into}-%s"
    around = place.around | {"in_place": True}
    response = render(request, place.within, around | context, status=sent.status)
    if sent.status == 200:
        return response
    own = f"#place-{part.into}"
    return reselect(reswap(retarget(response, own), "outerHTML"), own)


def is_within(request: HttpRequest) -> bool:
    """Whether htmx asks for a form from another page than the form's own, to show it there."""
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and (htmx.current_url_abs_path or "").split("?")[0] != request.path


def done(request: HttpRequest, place: Place, said: str, row: str) -> HttpResponse:
    """Answer what was saved with the page as it is now, narrowed as its reader had it."""
    messages.success(request, said)
    shown = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    if shown and shown.split("?")[0] == place.address:
        return redirect(shown)
    return redirect(place.row(row))


def press(
    request: HttpRequest,
    place: Place,
    act: Callable[[], Any],
    said: str,
    row: str,
    shown: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Do what a button asks for, and answer like `done`; where it cannot be, say why. `shown` says
    which row is to be seen then, for what `act` returned: `row` where it is not given."""
    try:
        made = act()
    except (RuleBroken, StaleVersion) as refused:
        messages.error(request, str(refused))
        return redirect(place.row(row))
    return done(request, place, said, shown(made) if shown else row)
