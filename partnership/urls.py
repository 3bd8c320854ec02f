"""Addresses of a partnership's own pages, under /p/<slug>/. A meeting's own page is its agenda,
which another room has: see ABSOLUTE_URL_OVERRIDES in the settings."""

from django.urls import path

from .views import reading

app_name = "partnership"
urlpatterns = [
    path("people/", reading.people, name="people"),
    path("meetings/", reading.meetings, name="meetings"),
]
