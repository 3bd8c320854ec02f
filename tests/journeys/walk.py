"""Walking the site by its links, as a reader or a search robot would."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

FILES = re.compile(r"^/(static|api)/|\.(pdf|docx|xlsx|csv)(\?|$)|/file\.html(\?|$)")


class Anchors(HTMLParser):
    """The links and the ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))


def kind_of(address: str) -> str:
    """Return the name of the page that an address leads to, "" where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def walk(
    client: Client, start: str = "/", most: int | None = None
) -> Iterator[tuple[str, int, Anchors]]:
    """Yield every page reached by links from `start`: its address, status, links and ids. Files
    are reached too, and yielded without links; what only leads on, is followed. With `most`, only
    so many pages of each kind are visited."""
    seen, waiting = {start}, [start]
    visited: Counter[str] = Counter()
    while waiting:
        address = waiting.pop()
        visited[kind_of(address)] += 1
        if most and visited[kind_of(address)] > most:
            continue
        response = client.get(address)
        if response.status_code == 302 and address != start:
            waiting += {response["Location"]} - seen
            seen.add(response["Location"])
            continue
        is_page = response["Content-Type"].startswith("text/html") and not FILES.search(address)
        anchors = Anchors(response.content.decode() if is_page else "")
        yield address, response.status_code, anchors
        for link in anchors.links:
            target, _ = urldefrag(urljoin(address, link))
            if target.startswith("/") and target not in seen:
                seen.add(target)
                waiting.append(target)
