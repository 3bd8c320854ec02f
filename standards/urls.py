"""Addresses of a partnership's exercises, under /p/<slug>/."""

from django.urls import path

from .views import comments, exercises, findings, results, standards

app_name = "standards"
urlpatterns = [
    path("exercises/", exercises.exercises, name="exercises"),
    path("exercises/<slug:identifier>/", exercises.exercise, name="exercise"),
    path("exercises/<slug:identifier>/results/", results.results, name="results"),
    path("exercises/<slug:identifier>/findings/", findings.findings, name="findings"),
    path("exercises/<slug:identifier>/comments/", comments.comments, name="comments"),
    path(
        "exercises/<slug:identifier>/standards/<int:number>/", standards.standard, name="standard"
    ),
]
