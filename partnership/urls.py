"""Addresses of a partnership's own pages, under /p/<slug>/. A meeting's own page is its agenda,
which another room has: see ABSOLUTE_URL_OVERRIDES in the settings."""

from django.urls import path

from .views import meetings, reading

app_name = "partnership"
urlpatterns = [
    path("people/", reading.people, name="people"),
    path("meetings/", reading.meetings, name="meetings"),
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/rules/<int:group>/", meetings.meeting_rules, name="meeting_rules"),
    path("meetings/<slug:identifier>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path(
        "meetings/<slug:identifier>/call-off/", meetings.meeting_call_off, name="meeting_call_off"
    ),
    path(
        "meetings/<slug:identifier>/bring-back/",
        meetings.meeting_bring_back,
        name="meeting_bring_back",
    ),
]
