"""A board paper as a PDF that is both PDF/UA-1 (accessible) and PDF/A-3a (lasting).

WeasyPrint prints the HTML of `papers.html`; `papers.pdf.finisher` adds what it leaves out. Nothing
is ever fetched: the page may ask for our fonts and the logo, and for nothing else.
"""

import atexit
import re
import threading
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from papers import fonts, html
from papers.document import BoardPaper
from papers.pdf.finisher import finish

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
ADDRESS = "paper:"  # what every address on a page is relative to; no such scheme can be fetched

# An empty box where a letter should be breaks both standards, and so does a letter of no meaning,
# such as the bullets that Word keeps in its Symbol font.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

# A stream that seems a byte short, see the finisher. It packs the file's index after the finisher
# has run, so such a file (one in 128) is printed once more, with an object added.
SHORT_STREAM = b"\r\nendstream"

Shelved = Mapping[str, tuple[bytes, str]]  # content and its type, by address

# Pango and fontconfig are not safe in two threads, and all papers share one configuration.
_printing = threading.Lock()


def render(paper: BoardPaper) -> bytes:
    """Return the paper as a PDF. The same paper gives the same bytes on one installation.

    A letter that neither our fonts nor the machine's can draw is printed as UNKNOWN.
    Raises fonts.RendererUnavailable without Pango or without the fonts."""
    page = PRIVATE_USE.sub(UNKNOWN, html.print_page(paper))
    pictures = {html.SHELVED: (paper.style.picture, "image/png")}
    undrawn: set[int] = set()

    def finisher(document: Any, made: Any) -> None:
        undrawn.update(letter for font in document.fonts.values() for letter in font.missing)
        finish(document, made)

    printed = write(page, pictures, finisher=finisher)
    if undrawn:
        page = page.translate(dict.fromkeys(undrawn, UNKNOWN))
        printed = write(page, pictures, finisher=finish)
    for padding in range(1, 5):
        if SHORT_STREAM not in printed:
            break
        printed = write(page, pictures, finisher=partial(finish, padding=padding))
    return printed


def write(page: str, pictures: Shelved | None = None, **options: Any) -> bytes:
    """Print an HTML page with our fonts and styles, as PDF/A-3a. `pictures`, by their address, are
    all that it may show; `options` go to WeasyPrint."""
    weasyprint = engine()
    with _printing:
        font_config, styles = _equipment()
        fetcher = _shelf(pictures or {})
        document = weasyprint.HTML(string=page, base_url=ADDRESS, url_fetcher=fetcher)
        return document.write_pdf(
            stylesheets=styles, font_config=font_config, pdf_variant="pdf/a-3a", **options
        )


def engine() -> Any:
    """Return WeasyPrint, imported when first needed: importing it needs Pango."""
    try:
        import weasyprint
    except OSError as error:
        raise fonts.RendererUnavailable(f"To print PDFs, install {LIBRARIES} ({error}).") from error
    return weasyprint


@atexit.register
def forget() -> None:
    """Let the fonts go while their files can still be removed; the next paper loads them again."""
    _equipment.cache_clear()


@cache
def _equipment() -> tuple[Any, list[Any]]:
    """The font configuration and the parsed styles, once for the whole process."""
    weasyprint = engine()
    from weasyprint.text.fonts import FontConfiguration

    font_config = FontConfiguration()
    faces = {ADDRESS + path.name: (path.read_bytes(), "font/ttf") for path in fonts.files()}
    css = html.stylesheet("paper") + html.stylesheet("print") + _font_faces()
    styles = weasyprint.CSS(
        string=css, base_url=ADDRESS, url_fetcher=_shelf(faces), font_config=font_config
    )
    return font_config, [styles]


def _shelf(contents: Shelved) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Shelf(URLFetcher):
        """Hands out what lies on it and refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url not in contents:
                raise ValueError(f"A board paper may not fetch {url}")
            content, kind = contents[url]
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return Shelf()


def _font_faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; src: url("{ADDRESS}{name}"); '
        f"font-weight: {weight}; font-style: {style}; }}\n"
        for family, name, weight, style in fonts.faces()
    )
