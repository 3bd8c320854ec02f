"""A board paper as HTML: the fragment a page shows, and the same fragment as a file of its own.

The PDF is printed from the same markup, so what is tagged here is what a screen reader hears in
both. Everything that is not rich text passes through `format_html`, which escapes it.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from papers.document import (
    BoardPaper,
    Chart,
    Field,
    HouseStyle,
    Item,
    NumberedParagraph,
    Prose,
    Section,
    Subheading,
    Table,
    headed,
)
from partnership.richtext import Paragraph, RichText, to_html

STYLES = Path(__file__).parent / "styles"
LEAST, MOST = 5, 8  # lines of a row that must fit on the page on which it begins: see print.css
SHELVED = "paper:logo.png"  # where the printer finds the logo; no such scheme can be fetched


def render(paper: BoardPaper, site: str = "") -> SafeString:
    """Return the paper as one `<article>` of a page, its title an h1 and its sections h2. `site` is
    the slug of the partnership that serves its colour and logo to who may see them; without it they
    are left out."""
    style = paper.style
    if not site:
        return _article(paper, "")
    colour = format_html(
        '<link rel="stylesheet" href="{}">',
        reverse("papers:house_colour", args=[site, style.ink.removeprefix("#")]),
    )
    logo = hashlib.sha256(style.picture).hexdigest()
    return colour + _article(paper, reverse("papers:logo", args=[site, logo]))


def colour_rule(colour: str) -> str:
    """Return the one rule of CSS that gives a paper its colour, such as "#1d4e6b"."""
    return f".paper {{ --paper-colour: {colour}; }}"


def _article(paper: BoardPaper, logo: str) -> SafeString:
    return format_html(
        '<article class="paper" lang="{}" data-running-title="{}">{}{}{}</article>',
        paper.language,
        paper.running_title,
        _head(paper, logo),
        _joined(_section(section) for section in paper.sections),
        _joined(_section(appendix, is_appendix=True) for appendix in paper.appendices),
    )


def page(paper: BoardPaper) -> str:
    """Return a complete HTML file that needs nothing else: styles and logo are inside it."""
    return _document(paper, stylesheet("paper"), f"data:image/png;base64,{paper.style.logo}")


def print_page(paper: BoardPaper) -> str:
    """Return the HTML file without styles but its colour, for a printer that brings its own."""
    return _document(paper, "", SHELVED)


@cache
def stylesheet(name: str) -> str:
    """Return one of our own style sheets: "paper" (every medium) or "print" (pages)."""
    return (STYLES / f"{name}.css").read_text(encoding="utf-8")


def _document(paper: BoardPaper, styles: str, logo: str) -> str:
    return format_html(
        '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="author" content="{}"><meta name="description" content="{}">'
        "<style>{}</style></head><body><main>{}</main></body></html>\n",
        paper.language,
        paper.title,
        paper.credited,
        paper.running_title,
        _trusted(styles + colour_rule(paper.style.ink)),
        _article(paper, logo),
    )


def _head(paper: BoardPaper, logo: str) -> SafeString:
    owner = paper.body_name or paper.partnership
    return format_html(
        '<header class="paper-head">{}<p class="paper-owner">{}</p><h1>{}</h1>'
        '<p class="paper-kind">{}</p>{}</header>',
        _house(paper.style, logo),
        owner,
        paper.title,
        paper.kind_line,
        _front_sheet(paper.front_sheet),
    )


def _house(style: HouseStyle, logo: str) -> SafeString:
    """The partnership's logo and its house name, where it has them."""
    picture = format_html('<img src="{}" alt="{}">', logo, style.logo_alternative)
    name = format_html('<p class="paper-house-name">{}</p>', style.name)
    inside = [picture] * bool(style.logo and logo) + [name] * bool(style.name)
    if not inside:
        return SafeString("")
    return format_html('<div class="paper-house">{}</div>', _joined(inside))


def _front_sheet(fields: tuple[Field, ...]) -> SafeString:
    if not fields:
        return SafeString("")
    lines = ((field.label, _rich(field.value)) for field in fields)
    return format_html(
        '<dl class="paper-front">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines)
    )


def _section(section: Section, *, is_appendix: bool = False) -> SafeString:
    return format_html(
        '<section class="paper-{}{}" id="{}"><h2>{}{}</h2>{}{}</section>',
        "appendix" if is_appendix else "section",
        " paper-landscape" if section.landscape else "",
        section.key,
        _number(section.number, ": " if is_appendix else " "),
        section.heading,
        _exempt(section.exempt),
        _joined(
            _item(item, leads, f"{section.key}-{i}")
            for i, (item, leads) in enumerate(section.led, 1)
        ),
    )


def _exempt(why: RichText) -> SafeString:
    return format_html('<div class="paper-exempt">{}</div>', _rich(why)) if why else SafeString("")


def _item(item: Item, leads: bool, key: str) -> SafeString:
    match item:
        case NumberedParagraph():
            return _numbered(item, leads)
        case Subheading():
            return format_html("<h3>{}{}</h3>", _number(item.number), item.text)
        case Prose():
            html = '<div class="paper-prose{}">{}</div>'
            return format_html(html, _leading(leads), _rich(item.body))
        case Table():
            return _table(item, key)
        case Chart():
            return _chart(item)


def _numbered(item: NumberedParagraph, leads: bool) -> SafeString:
    first, rest = item.body[:1], item.body[1:]
    if not (first and isinstance(first[0], Paragraph)):
        first, rest = (), item.body
    return format_html(
        '<div class="paper-numbered{}"><p>{}{}</p>{}</div>',
        _leading(leads),
        _number(item.number),
        _inline(_rich(first)),
        _rich(rest),
    )


def _leading(leads: bool) -> str:
    return " paper-lead" if leads else ""


def _table(table: Table, key: str) -> SafeString:
    heads = ((_side(column.numeric), column.heading) for column in table.columns)
    html = format_html(
        '<table class="paper-table{}"><caption id="{}">{}</caption><colgroup>{}</colgroup>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}",
        " paper-whole" if table.stays_whole else "",
        key,
        table.caption,
        _columns(table),
        format_html_join("", '<th scope="col"{}>{}</th>', heads),
        _joined(_row(table, row) for row in table.rows),
        format_html('<p class="paper-note">{}</p>', table.note) if table.note else "",
    )
    if not table.is_wide:
        return html
    region = '<div class="paper-scroll" role="region" tabindex="0" aria-labelledby="{}">{}</div>'
    return format_html(region, key, html)


def _columns(table: Table) -> SafeString:
    # Widths are classes: no inline style may appear on a page.
    return format_html_join("", '<col class="paper-w{}">', ((width,) for width in table.widths))


def _row(table: Table, row: tuple[RichText, ...]) -> SafeString:
    cells = zip(table.columns, row, strict=True)
    return format_html(
        "<tr{}>{}</tr>",
        _long(table, row),
        _joined(_cell(column.numeric, cell, i == 0) for i, (column, cell) in enumerate(cells)),
    )


def _long(table: Table, row: tuple[RichText, ...]) -> SafeString:
    """Mark a row that may run over a page end, and how much of it must stand before that."""
    if not table.may_break(row):
        return SafeString("")
    least = min(max(table.start(row), LEAST), MOST)
    return format_html(' class="paper-long paper-long-{}"', least)


def _cell(numeric: bool, cell: RichText, is_head: bool) -> SafeString:
    if len(cell) == 1 and isinstance(cell[0], Paragraph):
        body = _inline(_rich(cell))
    else:
        body = _joined(map(_kept, headed(cell)))
    tag = '<th scope="row"{}>{}</th>' if is_head else "<td{}>{}</td>"
    return format_html(tag, _side(numeric), body)


def _kept(blocks: RichText) -> SafeString:
    """A headline stays on the page of what follows it."""
    if len(blocks) == 1:
        return _rich(blocks)
    return format_html('<div class="paper-kept">{}</div>', _rich(blocks))


def _chart(chart: Chart) -> SafeString:
    return format_html(
        '<figure class="paper-chart"><figcaption>{}</figcaption>{}</figure>',
        chart.title,
        _trusted(chart.svg),  # our own drawing: charts.py escapes what it is given
    )


def _number(number: str, after: str = " ") -> SafeString:
    """The space after the number is inside its box, where it takes no room."""
    html = '<span class="paper-number">{}{}</span>'
    return format_html(html, number, after) if number else SafeString("")


def _side(numeric: bool) -> SafeString:
    return _trusted(' class="paper-numeric"' if numeric else "")


def _rich(body: RichText) -> SafeString:
    return _trusted(to_html(body))


def _inline(paragraph: str) -> SafeString:
    return _trusted(paragraph.removeprefix("<p>").removesuffix("</p>"))


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _trusted(html: str) -> SafeString:
    """Mark as HTML what is our own markup, or came clean from `richtext.to_html`."""
    return mark_safe(html)  # nosec B308 B703
