"""Addresses of the API, under /api/v1/."""

urlpatterns: list = []
