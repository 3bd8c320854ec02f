"""A page as its reader meets it: the words without the markup, and what it costs to make."""

import html
import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 15


def words(response) -> str:
    """The text of a page that was found, each run of space as one."""
    assert response.status_code == 200, response.status_code
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+([.,:;)])", r"\1", re.sub(r"\s+", " ", html.unescape(text)))


def ids(response) -> set[str]:
    """The ids that links can lead to."""
    return set(re.findall(r'\bid="([^"]+)"', response.content.decode()))


def fragments(response) -> set[str]:
    """The places on the same page that links lead to."""
    return set(re.findall(r'href="#([^"]+)"', response.content.decode()))


def chosen(answer, take: str) -> dict[str, list[str]]:
    """What a browser sends beside the form's fields, of a page that shows two texts of some, when
    its reader chooses "theirs" or "mine" in each; with "" that nothing is chosen."""
    both = answer.context["differences"]
    pairs = [pair for each in both for pair in each.sent]
    sent = {name: [value for other, value in pairs if other == name] for name, _ in pairs}
    return sent | {each.name: [take] for each in both if take}


def assert_queries_stay(client: Client, addresses: list[str], grow: Callable[[], None]) -> None:
    """Assert that each page takes at most fifteen queries, and as many after `grow` has
    multiplied what it shows."""
    before = [queries(client, address) for address in addresses]
    grow()
    after = [queries(client, address) for address in addresses]
    assert dict(zip(addresses, after, strict=True)) == dict(zip(addresses, before, strict=True))
    assert max(after) <= MOST_QUERIES, dict(zip(addresses, after, strict=True))


def queries(client: Client, address: str) -> int:
    """How many queries a page takes, its session and its user among them."""
    with CaptureQueriesContext(
        connection,
    ) as taken:
        assert client.get(address).status_code == 200
    return len(taken)
