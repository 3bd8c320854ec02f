"""Drafts of forms: what was typed comes back when the form is opened again, on any device.

A form takes part by `data-draft` in its markup (see static/js/drafts.js); its path names the draft.
"""

from collections.abc import Mapping
from datetime import timedelta

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from .markdown import fill
from .models import Draft, User
from .rules import RuleBroken

MOST = 50  # drafts of one person: the oldest go first
LONGEST = 200_000  # characters in one draft
KEPT = timedelta(days=60)
UNKEPT = {"csrfmiddlewaretoken", "place"}


@transaction.atomic
def keep(*, place: str, fields: Mapping[str, list[str]], by: User) -> Draft:
    """Keep what was typed in the form at `place`, instead of what was kept before."""
    kept = {n: [v.replace("\0", "") for v in vs] for n, vs in fields.items() if n not in UNKEPT}
    if sum(len(value) for values in kept.values() for value in values) > LONGEST:
        raise RuleBroken("This is too long to be kept as a draft. Save it, or shorten it.")
    draft, _ = Draft.objects.update_or_create(user=by, place=place, defaults={"fields": kept})
    old = Draft.objects.filter(user=by).order_by("-saved_at", "-pk").values("pk")[MOST:]
    Draft.objects.filter(pk__in=[row["pk"] for row in old]).delete()
    Draft.objects.filter(user=by, saved_at__lt=timezone.now() - KEPT).delete()
    return draft


def add(*, place: str, fields: Mapping[str, list[str]], by: User) -> Draft:
    """Keep more values for the form at `place`, beside what was typed there before."""
    draft = Draft.objects.filter(user=by, place=place).first()
    known = draft.fields if draft else {}
    more = {n: list(dict.fromkeys([*known.get(n, []), *vs])) for n, vs in fields.items()}
    return keep(place=place, fields=known | more, by=by)


def forget(*, place: str, by: User) -> None:
    """Forget the draft of a form: it was saved, or its writer does not want it."""
    Draft.objects.filter(user=by, place=place).delete()


def restore(request: HttpRequest, form: forms.BaseForm) -> None:
    """Fill a form that is shown for the first time with what its reader typed here before;
    `form.draft` then says when that was."""
    if form.is_bound or not isinstance(request.user, User):
        return
    draft = Draft.objects.filter(user=request.user, place=request.path).first()
    if draft is None:
        return
    fill(form, MultiValueDict(draft.fields))
    form.draft = draft  # type: ignore[attr-defined]
