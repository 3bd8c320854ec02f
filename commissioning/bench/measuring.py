"""How things are measured: in turn with their yardstick, on the same machine at the same time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

from django.test import Client, override_settings

from partnership.models import User


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

    @property
    def complaint(self) -> str:
        """What is wrong with it, "" where nothing is."""
        is_over = self.limit is not None and self.ratio > self.limit
        return f"{self.name}: {self.ratio} is above {self.limit}" if is_over else ""


@dataclass(frozen=True)
class Count:
    """A number of queries, and the most that it may be."""

    name: str
    queries: int
    limit: int

    @property
    def complaint(self) -> str:
        is_over = self.queries > self.limit
        return f"{self.name}: {self.queries} is above {self.limit}" if is_over else ""


def signed_in_as(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def over_bare(name: str, client: Client, page: Callable[[], object], runs: int) -> Figure:
    """What a page takes over a view that asks for session and user only."""
    with override_settings(ROOT_URLCONF="commissioning.bench.urls", ALLOWED_HOSTS=["testserver"]):
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
