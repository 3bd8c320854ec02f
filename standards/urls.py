"""Addresses of a partnership's exercises, under /p/<slug>/."""

from django.urls import path

from .views import comments, exercises, findings, results, standards

app_name = "standards"
urlpatterns = [
    path("exercises/", exercises.exercises, name="exercises"),
    path("exercises/<identifier>/", exercises.exercise, name="exercise"),
    path("exercises/<identifier>/results/", results.results, name="results"),
    path("exercises/<identifier>/findings/", findings.findings, name="findings"),
    path("exercises/<identifier>/comments/", comments.comments, name="comments"),
    path("exercises/<identifier>/standards/<int:number>/", standards.standard, name="standard"),
]
