"""What `make bench` measures, each figure beside its yardstick in the same interleaved run.

Machines are noisy: read the ratios. Also the address list of the bench, which adds a bare view
(session and user, nothing else) to the site's own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from statistics import median
from time import perf_counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from changeplan.models import ChangePlan, StatusStatement
from papers import html, pdf
from papers.content import build
from papers.models import Paper, Rendition
from papers.publishing import content_of
from papers.renditions import rendered
from partnership.models import User
from partnership.views import signed_in

WORKED_IN = "exampleshire"  # a plan in work
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
    yield from writing_over_bare(runs)


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
        Rendition.objects.all().delete()
        first.append(seconds(lambda: rendered(content_of(paper), "pdf")))
        again.append(seconds(lambda: rendered(content_of(paper), "pdf")))
        if Rendition.objects.count() != 1:
            raise RuntimeError("The first export kept no file.")
    return compare("repeated export", again, "first export", first, 0.02)


def pages_over_bare(paper: Paper, runs: int) -> Iterator[Figure]:
    """The results page and the plan page over a view that asks for session and user only."""
    partnership, exercise, plan = paper.partnership, paper.exercise, paper.plan
    if exercise is None or plan is None:
        raise RuntimeError("The demonstration's paper has lost what it is about.")
    addresses = {
        "results page": reverse("standards:results", args=[partnership.slug, exercise.identifier]),
        "plan page": reverse("changeplan:plan", args=[partnership.slug, plan.identifier]),
    }
    reader = signed_in_as(READER)
    for name, address in addresses.items():
        yield over_bare(name, reader, partial(fetch, reader, address), runs)


def writing_over_bare(runs: int) -> Iterator[Figure]:
    """A manager's plan in work: its page of 24 actions, a statement saved, and its three files."""
    plan = ChangePlan.objects.get(partnership__slug=WORKED_IN)
    statement = StatusStatement.objects.filter(entry__plan=plan).first()
    if statement is None:
        raise RuntimeError("The plan says nothing yet.")
    where, turn = [WORKED_IN, plan.identifier], count(statement.version)
    edit = reverse("changeplan:statement_edit", args=[*where, statement.identifier])
    writer = signed_in_as(f"manager@{WORKED_IN}.example.org")

    def save() -> None:
        version = next(turn)
        fetch(writer, edit, {"text": f"Said for the {version}. time", "version": version})

    yield over_bare(
        "plan page with its controls", writer, partial(fetch, writer, _plan(where)), runs
    )
    yield over_bare("a statement saved", writer, save, runs)
    for name in ("csv", "xlsx", "docx"):
        file = reverse("changeplan:plan_download", args=[*where, name])
        yield over_bare(f"plan as {name}", writer, partial(fetch, writer, file), runs)


def _plan(where: list[str]) -> str:
    return reverse("changeplan:plan", args=where)


def signed_in_as(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def over_bare(name: str, client: Client, page: Callable[[], object], runs: int) -> Figure:
    """What a page takes over a view that asks for session and user only."""
    with override_settings(ROOT_URLCONF="commissioning.bench", ALLOWED_HOSTS=["testserver"]):
        ours, bare = interleaved(page, partial(fetch, client, "/bare/"), runs * 5)
    return compare(name, ours, "bare view with session and user", bare)


def fetch(client: Client, address: str, sent: dict[str, object] | None = None) -> None:
    response = client.post(address, sent) if sent else client.get(address)
    if response.status_code != (302 if sent else 200):
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
