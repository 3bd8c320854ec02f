"""Addresses of a partnership's board papers, under /p/<slug>/."""

from django.urls import path

from . import views

app_name = "papers"
urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/<slug:identifier>/", views.paper, name="paper"),
    path("papers/<slug:identifier>/draft/", views.draft, name="draft"),
    path("papers/<slug:identifier>/issue/", views.issue, name="issue"),
    path(
        "papers/<slug:identifier>/file.<slug:format>", views.paper_download, name="paper_download"
    ),
]
