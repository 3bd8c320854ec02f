"""The few strokes that `charts` draws with: SVG elements, measured text, and safe words."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from html import escape

FONTS = "Noto Sans Latin, Noto Sans Latin Ext, Noto Sans Arabic, Noto Sans Math, sans-serif"
INK = "#14242b"
SIZE = 15

Number = Decimal | int

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
    return element("text", safe(words), x=x, y=y, **({"font_size": SIZE, "fill": INK} | attributes))


def path(d: str, **attributes: Number | str) -> str:
    """Return an unfilled line along `d`."""
    return element("path", d=d, **({"fill": "none"} | attributes))


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
    """Return a whole SVG picture that scales to its place and says its title and description."""
    name = identifier(key)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" '
        f'viewBox="0 0 {width} {number(height)}" aria-labelledby="{name}-title {name}-desc" '
        f'font-family="{FONTS}">'
    )
    titles = f'<title id="{name}-title">{safe(title)}</title>'
    described = f'<desc id="{name}-desc">{safe(description)}</desc>'
    return f"{head}{titles}{described}{''.join(parts)}</svg>"
