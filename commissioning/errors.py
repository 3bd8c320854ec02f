"""What went wrong, in plain English: templates/errors/ for a page, JSON for the API."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400, "The request could not be understood.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`exception` says why, in words, where `permissions.require` raised it."""
    return _answer(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "The fault is ours, and it has been recorded.")


def _answer(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason}, status=status)
    # 400 and 500 stand alone: the fault may lie in what other pages show of the request.
    shown_to = None if status in (400, 500) else request
    return render(shown_to, f"errors/{status}.html", {"reason": reason}, status=status)
