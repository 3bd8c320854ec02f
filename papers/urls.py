"""Addresses of a partnership's board papers, under /p/<slug>/."""

from django.urls import path

from .views import deciding, issuing, reading

app_name = "papers"
urlpatterns = [
    path("papers/", reading.papers, name="papers"),
    path("decisions/", deciding.decision_log, name="decision_log"),
    path("papers/<slug:identifier>/", reading.paper, name="paper"),
    path("papers/<slug:identifier>/draft/", reading.draft, name="draft"),
    path("papers/<slug:identifier>/issue/", issuing.issue, name="issue"),
    path("papers/<slug:identifier>/decisions/", deciding.decisions, name="decisions"),
    path(
        "papers/<slug:identifier>/decisions/new/<int:number>/",
        deciding.decision_new,
        name="decision_new",
    ),
    path(
        "papers/<slug:identifier>/decisions/<slug:decision>/",
        deciding.decision_edit,
        name="decision_edit",
    ),
    path(
        "papers/<slug:identifier>/decisions/<slug:decision>/confirm/",
        deciding.decision_confirm,
        name="decision_confirm",
    ),
    path(
        "papers/<slug:identifier>/file.<slug:format>", reading.paper_download, name="paper_download"
    ),
]
