"""The site's addresses, and the yardstick's."""

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """Answer after one query, that of the session."""
    return HttpResponse(request.session[SESSION_KEY])


urlpatterns = [path("bare/", bare, name="bare"), path("", include("commissioning.urls"))]
