"""A page that leads its reader elsewhere, from wherever it finds out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class Elsewhere(Exception):
    """What was asked for is to be read at another address: `href`."""

    def __init__(self, href: str) -> None:
        super().__init__(href)
        self.href = href


class LeadElsewhere:
    """Sends the reader of a page that raised Elsewhere there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return redirect(error.href) if isinstance(error, Elsewhere) else None
