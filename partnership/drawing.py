"""The few strokes that `charts` draws with: SVG elements, measured text, and safe words."""

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from html import escape

FONTS = "Noto Sans Latin, Noto Sans Latin Ext, Noto Sans Arabic, Noto Sans Math, sans-serif"
INK, MUTED, PETROL = "#14242b", "#45565e", "#0d5265"
SERIES_COLOURS = (PETROL, "#b4530a", "#6d3a8c", "#4a6b12", "#8c1d4f", "#3a4a9c")
SIZE = 15

Number = Decimal | int
Mark = Callable[[Number, Number], str]

# Noto Sans's advance widths in hundredths of an em, rounded up to the next five.
WIDTHS = {
    letter: width
    for width, letters in {
        30: " '!(),.:;J`ijl",
        35: "-I[]f",
        40: "/\\t{}",
        45: '"?_r‘’',
        50: "csz–",
        55: "FLSkvxy",
        60: "$*+0123456789<=>ETVXYZ^ae|~",
        65: "#ABCKPRbdghnopqu",
        75: "&DGHU",
        80: "NOQw",
        85: "%",
        95: "MWm@",
    }.items()
    for letter in letters
}
OTHER_LETTER = 105  # room enough for any script
BOLD = Decimal("1.08")

# Control characters, halves of surrogate pairs and non-characters: no XML may hold them.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def safe(words: str) -> str:
    """Return `words` escaped for XML, without what XML cannot hold."""
    return escape(FORBIDDEN.sub("", words))


def number(value: Number) -> str:
    """Return a coordinate with at most two decimals and no trailing zeros."""
    return f"{Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")


def element(name: str, content: str = "", /, **attributes: Number | str) -> str:
    """Return one SVG element. `content` is finished SVG; underscores in names become hyphens."""
    pairs = "".join(
        f' {key.replace("_", "-")}="{safe(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def text(x: Number, y: Number, words: str, **attributes: Number | str) -> str:
    """Return one line of text with its baseline at `y`."""
    return element("text", safe(words), x=x, y=y, **_with(attributes, font_size=SIZE, fill=INK))


def path(d: str, **attributes: Number | str) -> str:
    """Return an unfilled line along `d`."""
    return element("path", d=d, **_with(attributes, fill="none"))


def _with(chosen: dict[str, Number | str], **usual: Number | str) -> dict[str, Number | str]:
    return usual | chosen


def measure(words: str, size: int = SIZE) -> Decimal:
    """Return the width of `words` in user units: never less than Noto Sans takes."""
    return sum((Decimal(WIDTHS.get(letter, OTHER_LETTER)) for letter in words), Decimal(0)) * (
        Decimal(size) / 100
    )


def wrap(words: str, room: Number, most: int = 2) -> list[str]:
    """Return `words` in at most `most` lines that fit `room`; what is left out ends in "…"."""
    lines = [""]
    for word in FORBIDDEN.sub("", words).split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or measure(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [shorten(line, room) for line in lines]


def shorten(words: str, room: Number) -> str:
    """Return `words` cut to `room`, ending in "…" where something was cut."""
    if measure(words) <= room:
        return words
    kept = words.rstrip("…")
    while kept and measure(f"{kept}…") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def identifier(key: str) -> str:
    """Return `key` as something that may stand in an id."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", key) or "chart"


def picture(
    width: int, height: Number, title: str, description: str, key: str, parts: Iterable[str]
) -> str:
    """Return a whole SVG picture that scales to its place and says its title, and its description
    where there is one."""
    name = identifier(key)
    named_by = f"{name}-title {name}-desc" if description else f"{name}-title"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" '
        f'viewBox="0 0 {width} {number(height)}" aria-labelledby="{named_by}" '
        f'font-family="{FONTS}">'
    )
    titles = f'<title id="{name}-title">{safe(title)}</title>'
    described = f'<desc id="{name}-desc">{safe(description)}</desc>' if description else ""
    return f"{head}{titles}{described}{''.join(parts)}</svg>"


# Circle, square, diamond, triangle, cross and triangle on its point, each about the origin.
SHAPES = (
    element("circle", r=6),
    element("rect", x=Decimal("-5.5"), y=Decimal("-5.5"), width=11, height=11),
    element("path", d="M0 -7.5 7.5 0 0 7.5 -7.5 0Z"),
    element("path", d="M0 -7 7 6H-7Z"),
    element("path", d="M-2.5 -7h5v4.5h4.5v5h-4.5v4.5h-5v-4.5h-4.5v-5h4.5Z"),
    element("path", d="M0 7 7 -6H-7Z"),
)


def series_mark(series: int) -> Mark:
    """Return the mark of a cohort: shape first, then colour; both come round again after six."""

    def mark(x: Number, y: Number) -> str:
        place = element("g", SHAPES[series % 6], fill=SERIES_COLOURS[series % 6])
        shift = f"translate({number(x)} {number(y)})"
        return element("g", place, transform=shift, stroke="#ffffff", stroke_width=1)

    return mark


def average_mark(x: Number, y: Number) -> str:
    """Return the tall line of an average, as a legend shows it."""
    return path(f"M{number(x)} {number(y - 9)}v18", stroke=INK, stroke_width=3)


def hollow_mark(x: Number, y: Number) -> str:
    """Return the mark of what was."""
    return element("circle", cx=x, cy=y, r=6, fill="#ffffff", stroke=MUTED, stroke_width="2.5")


def filled_mark(x: Number, y: Number) -> str:
    """Return the mark of what is."""
    return element("circle", cx=x, cy=y, r=7, fill=PETROL)


def hatching(name: str, colour: str) -> str:
    """Return the definition of a hatched filling, to be used as `url(#name)`."""
    stripe = path("M0 8L8 0M-2 2L2 -2M6 10L10 6", stroke=colour, stroke_width=2)
    ground = element("rect", width=8, height=8, fill="#fbeae9")
    pattern = element(
        "pattern", ground + stripe, id=name, width=8, height=8, patternUnits="userSpaceOnUse"
    )
    return element("defs", pattern)
