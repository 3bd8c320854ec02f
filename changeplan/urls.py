"""Addresses of a partnership's change plans, under /p/<slug>/."""

from django.urls import path

from .views import reading

app_name = "changeplan"
urlpatterns = [
    path("plans/", reading.plans, name="plans"),
    path("plans/<slug:identifier>/", reading.plan, name="plan"),
    path("plans/<slug:identifier>/days/", reading.days, name="days"),
    path("plans/<slug:identifier>/completeness/", reading.completeness, name="completeness"),
    path("plans/<slug:identifier>/actions/<slug:action>/", reading.action, name="action"),
]
