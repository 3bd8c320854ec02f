"""Addresses of a partnership's change plans, under /p/<slug>/."""

from django.urls import path

from . import views

app_name = "changeplan"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/<slug:identifier>/", views.plan, name="plan"),
    path("plans/<slug:identifier>/days/", views.days, name="days"),
    path("plans/<slug:identifier>/completeness/", views.completeness, name="completeness"),
    path("plans/<slug:identifier>/actions/<slug:action>/", views.action, name="action"),
]
