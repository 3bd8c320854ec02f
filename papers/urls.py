"""Addresses of a partnership's board papers, under /p/<slug>/."""

from django.urls import path

from . import views

app_name = "papers"
urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/<identifier>/", views.paper, name="paper"),
    path("papers/<identifier>/file.<format>", views.paper_download, name="paper_download"),
]
