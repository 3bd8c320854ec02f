"""The site's addresses, and a bare view: session and user, nothing else."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from partnership.views import signed_in


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(signed_in(request).name)


urlpatterns = [path("bare/", bare, name="bare"), path("", include("commissioning.urls"))]
