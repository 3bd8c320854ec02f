"""Addresses of what people have typed and not saved yet."""

from django.urls import path

from . import draft_views

app_name = "drafts"
urlpatterns = [
    path("", draft_views.keep, name="keep"),
    path("discard/", draft_views.discard, name="discard"),
]
