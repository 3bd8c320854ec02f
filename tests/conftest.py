"""What every test can rely on: nothing is skipped, and long forms run only in `make soak`."""

import os
from collections.abc import Iterator

import hypothesis
import pytest

pytest_plugins = ["tests.plugins.chromium", "tests.casts"]

SOAK = os.environ.get("SOAK") == "1"
hypothesis.settings.register_profile("short", max_examples=60, deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", max_examples=3000, deadline=None)
hypothesis.settings.load_profile("soak" if SOAK else "short")


@pytest.fixture(scope="session")
def soak() -> bool:
    """Whether to run the long form: `rounds = 500 if soak else 5`. Mark such a test `soak`."""
    return SOAK


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what uses a database: on PostgreSQL the rest would only say the same again. What takes
    long comes first, so that the workers end together."""
    for item in items:
        known = {"db", "transactional_db"} & set(getattr(item, "fixturenames", []))
        if item.get_closest_marker("one_database"):
            continue
        if known or item.get_closest_marker("django_db"):
            item.add_marker("database")
    yield
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    return refuse_skip((yield))


def refuse_skip(report):
    """A missing part is a failure to mend, not a reason to say nothing."""
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, and no test may be: {report.longrepr}"
    return report
