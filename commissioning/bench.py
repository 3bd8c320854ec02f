"""What `make bench` measures, each figure beside its yardstick in the same interleaved run.

Machines are noisy: read the ratios. Also the address list of the bench, which adds a bare view
(session and user, nothing else) to the site's own.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from papers import html, pdf
from papers.content import build
from papers.models import Paper
from papers.renditions import rendition
from partnership.models import User
from partnership.views import signed_in

PAPER, READER = "bromley-change-plan", "manager@bromley.example.org"


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(signed_in(request).name)


urlpatterns = [path("bare/", bare, name="bare"), path("", include("commissioning.urls"))]


@dataclass(frozen=True)
class Figure:
    """Medians of `runs` interleaved runs, in milliseconds, and their ratio; `limit` is the most
    the ratio may be, None where it is only reported."""

    name: str
    milliseconds: float
    yardstick: str
    yardstick_milliseconds: float
    ratio: float
    runs: int
    limit: float | None = None


def figures(runs: int) -> Iterator[Figure]:
    """Yield every figure; needs the demonstration data."""
    paper = Paper.objects.select_for_paper().get(slug=PAPER)
    yield pdf_over_weasyprint(paper, runs)
    yield repeated_over_first(paper, runs)
    yield from pages_over_bare(paper, runs)


def pdf_over_weasyprint(paper: Paper, runs: int) -> Figure:
    """All that we do for a PDF, content and finishing included, over WeasyPrint on its HTML."""
    page = html.print_page(build(paper))
    ours, theirs = interleaved(lambda: pdf.render(build(paper)), lambda: pdf.write(page), runs)
    return compare("PDF pipeline", ours, "WeasyPrint alone on the same HTML", theirs, 1.1)


def repeated_over_first(paper: Paper, runs: int) -> Figure:
    """A PDF exported again over the export that rendered it."""
    first: list[float] = []
    again: list[float] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder, override_settings(RENDITIONS_DIR=folder):
            first.append(seconds(lambda: rendition(build(paper), "pdf")))
            again.append(seconds(lambda: rendition(build(paper), "pdf")))
            if not list(Path(folder).glob("*.pdf")):
                raise RuntimeError("The first export kept no file.")
    return compare("repeated export", again, "first export", first, 0.02)


def pages_over_bare(paper: Paper, runs: int) -> Iterator[Figure]:
    """The results page and the plan page over a view that asks for session and user only."""
    partnership, exercise, plan = paper.partnership, paper.exercise, paper.plan
    addresses = {
        "results page": reverse("standards:results", args=[partnership.slug, exercise.identifier]),
        "plan page": reverse(
            "changeplan:plan", args=[partnership.slug, plan.identifier if plan else ""]
        ),
    }
    client = Client()
    client.force_login(User.objects.get(email=READER))
    with override_settings(ROOT_URLCONF="commissioning.bench", ALLOWED_HOSTS=["testserver"]):
        for name, address in addresses.items():
            page, yardstick = interleaved(
                partial(fetch, client, address),
                lambda: fetch(client, "/bare/"),
                runs * 5,
            )
            yield compare(name, page, "bare view with session and user", yardstick)


def fetch(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")


def interleaved(
    one: Callable[[], object], other: Callable[[], object], runs: int
) -> tuple[list[float], list[float]]:
    """Run both in turn, once unmeasured and then `runs` times; return their seconds."""
    one(), other()
    pairs = [(seconds(one), seconds(other)) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def compare(
    name: str, ours: list[float], yardstick: str, theirs: list[float], limit: float | None = None
) -> Figure:
    """Return a figure; the ratio is the median of the ratios pair by pair."""
    ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
    return Figure(
        name,
        round(median(ours) * 1000, 2),
        yardstick,
        round(median(theirs) * 1000, 2),
        round(ratio, 3),
        len(ours),
        limit,
    )
