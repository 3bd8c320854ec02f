"""Addresses of the API, under /api/v1/."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import SimpleRouter

from changeplan.api import Plans
from papers.api import Papers
from partnership.api import Partnerships
from standards.api import Exercises

from .api import Index

router = SimpleRouter()
router.register("partnerships", Partnerships, basename="api-partnership")
router.register("exercises", Exercises, basename="api-exercise")
router.register("plans", Plans, basename="api-plan")
router.register("papers", Papers, basename="api-paper")

urlpatterns = [
    path("", Index.as_view(), name="api-index"),
    path(
        "schema/",
        SpectacularAPIView.as_view(permission_classes=[IsAuthenticated]),
        name="api-schema",
    ),
    *router.urls,
]
