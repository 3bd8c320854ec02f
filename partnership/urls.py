"""Addresses of a partnership's own pages, under /p/<slug>/."""

from django.urls import path

from . import views

app_name = "partnership"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("meetings/", views.meetings, name="meetings"),
]
