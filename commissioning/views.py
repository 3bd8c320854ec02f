"""The pages of the site itself: home, demonstration sign-in, and what the law asks to be said."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import EmailField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partnership.models import User
from partnership.views import signed_in

from .waiting import home_page


@login_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/home.html", {"page": home_page(signed_in(request))})


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a demonstration user at one click; outside demonstration mode there is no such
    page, and a person with an address outside the reserved example.org is never among them."""
    if not settings.DEMO:
        raise Http404("There is no demonstration here.")
    try:
        email = EmailField().clean(request.POST.get("email", ""))
    except ValidationError:
        raise Http404("That is no address.") from None
    known = User.objects.filter(email__endswith=".example.org", is_active=True)
    user = get_object_or_404(known, email=email)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/privacy.html")


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "commissioning/help.html")
