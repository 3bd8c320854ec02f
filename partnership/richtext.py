"""Markdown in, a small safe tree out, and from that tree HTML.

Officers paste prose from Word. It rests as Markdown (paragraphs, bold, italic, lists, links) and
nothing else: headings, tables, images and raw HTML become plain text. Every renderer (web page,
PDF, Word) walks the same tree, so the three cannot disagree about what a text says.
"""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

ALLOWED_TAGS = {"p", "strong", "em", "a", "ul", "ol", "li", "br"}
ALLOWED_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. `href` makes it a link; "\\n" in `text` is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its runs in order."""

    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class ItemList:
    """A bulleted list, or a numbered one; each item holds paragraphs and lists."""

    items: tuple["RichText", ...]
    ordered: bool = False
    start: int = 1


Block = Paragraph | ItemList
RichText = tuple[Block, ...]

# What nests deeper than the limit is lost; a list takes two levels.
_parser = MarkdownIt("zero", {"maxNesting": 100}).enable(
    ["emphasis", "link", "list", "newline", "escape", "entity", "balance_pairs", "autolink"]
)


def parse(markdown: str) -> RichText:
    """Return the tree of a Markdown text; an empty or blank text gives ()."""
    return _blocks(SyntaxTreeNode(_parser.parse(markdown)).children)


def text(plain: str, *, bold: bool = False) -> RichText:
    """Return one paragraph holding `plain` exactly as it is; Markdown signs in it mean nothing."""
    return (Paragraph((Run(plain, bold=bold),)),) if plain else ()


def inline(markdown: str) -> tuple[Run, ...]:
    """Return the runs of a one-line Markdown text such as a standard's title."""
    blocks = parse(markdown)
    return blocks[0].runs if blocks and isinstance(blocks[0], Paragraph) else ()


def plain_text(rich: RichText) -> str:
    """Return the words alone, paragraphs and items on lines of their own."""
    lines: list[str] = []
    for block in rich:
        if isinstance(block, Paragraph):
            lines.append(block.plain)
        else:
            lines.extend(plain_text(item) for item in block.items)
    return "\n".join(lines)


def paragraphs(markdown: str) -> list[str]:
    """Return the plain text of each top-level block, lists as one block each."""
    return [plain_text((block,)) for block in parse(markdown)]


def to_html(rich: RichText) -> str:
    """Return safe HTML. nh3 cleans it once more, so that a fault here cannot reach a browser."""
    return nh3.clean(
        "".join(_block_html(block) for block in rich),
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer",
    )


def runs_html(runs: tuple[Run, ...]) -> str:
    """Return the HTML of runs without a paragraph around them."""
    return "".join(_run_html(run) for run in runs)


def safe_href(href: str) -> str:
    """Return `href` when its scheme is one we allow, else ""."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    allowed = parts.scheme.lower() in ALLOWED_SCHEMES and (parts.netloc or parts.scheme == "mailto")
    return href.strip() if allowed else ""


def _blocks(nodes: list[SyntaxTreeNode]) -> RichText:
    return tuple(block for node in nodes if (block := _block(node)))


def _block(node: SyntaxTreeNode) -> Block | None:
    if node.type == "paragraph":
        runs = _runs(node.children[0].children)
        return Paragraph(runs) if runs else None
    if node.type in ("bullet_list", "ordered_list"):
        items = tuple(_blocks(item.children) for item in node.children)
        return ItemList(items, node.type == "ordered_list", int(node.attrs.get("start", 1)))
    return None


def _runs(nodes: list[SyntaxTreeNode], style: Run = Run("")) -> tuple[Run, ...]:
    found: list[Run] = []
    for node in nodes:
        if node.type in ("strong", "em", "link"):
            found.extend(_runs(node.children, _restyled(style, node)))
        else:
            words = "\n" if node.type in ("softbreak", "hardbreak") else node.content
            if words:
                found.append(Run(words, style.bold, style.italic, style.href))
    return tuple(found)


def _restyled(style: Run, node: SyntaxTreeNode) -> Run:
    href = safe_href(str(node.attrs.get("href", ""))) if node.type == "link" else style.href
    return Run("", style.bold or node.type == "strong", style.italic or node.type == "em", href)


def _block_html(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{runs_html(block.runs)}</p>"
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(f"<li>{_item_html(item)}</li>" for item in block.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _item_html(item: RichText) -> str:
    if len(item) == 1 and isinstance(item[0], Paragraph):
        return runs_html(item[0].runs)
    return "".join(_block_html(block) for block in item)


def _run_html(run: Run) -> str:
    html = escape(run.text).replace("\n", "<br>")
    if run.href:  # innermost: WeasyPrint draws a second link around a style inside a link
        html = f'<a href="{escape(run.href)}">{html}</a>'
    if run.italic:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if run.bold else html
