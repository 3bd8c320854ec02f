"""The way of every page that edits a record: its draft, its service, and what became of both."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from . import drafts
from .markdown import shows_preview
from .models import User
from .numbers import listing
from .submitting import Act, Submitted, submit


def edit(request: HttpRequest, form: forms.BaseForm, act: Act) -> Submitted:
    """Show the form with what its reader left in it before; when it is sent, call the service.

    `act` takes what was typed, by field, with the `version` it is based on, and returns the saved
    record. Where that is in the answer, redirect; else show the form with `status`.
    """
    if request.method != "POST" or not isinstance(request.user, User):
        drafts.restore(request, form)
        return Submitted(form)
    if shows_preview(form, request.POST.get("preview", "")):
        return Submitted(form)
    sent = submit(form, act)
    if sent.record is not None:
        drafts.forget(place=request.path, by=request.user)
    if sent.merged:
        what = listing([label.lower() for label in sent.merged])
        messages.info(request, f"Somebody else changed {what} meanwhile. Both changes are kept.")
    return sent
