"""Addresses of a partnership's change plans, under /p/<slug>/."""

from django.urls import path

from .views import history, reading

app_name = "changeplan"
urlpatterns = [
    path("plans/", reading.plans, name="plans"),
    path("plans/<slug:identifier>/", reading.plan, name="plan"),
    path("plans/<slug:identifier>/days/", reading.days, name="days"),
    path("plans/<slug:identifier>/completeness/", reading.completeness, name="completeness"),
    path("plans/<slug:identifier>/history/", history.history, name="history"),
    path(
        "plans/<slug:identifier>/history/<slug:kind>/<slug:record>/bring-back/",
        history.removal_undo,
        name="removal_undo",
    ),
    path(
        "plans/<slug:identifier>/status/<slug:statement>/history/",
        history.statement_history,
        name="statement_history",
    ),
    path(
        "plans/<slug:identifier>/days/support/<slug:support>/history/",
        history.allocation_history,
        name="allocation_history",
    ),
    path("plans/<slug:identifier>/actions/<slug:action>/", reading.action, name="action"),
    path(
        "plans/<slug:identifier>/actions/<slug:action>/history/",
        history.action_history,
        name="action_history",
    ),
]
