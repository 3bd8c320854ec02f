"""The fonts a paper is printed with: files of our own, so that every machine prints the same pages.

Each subset is a family of its own, in the order they are tried: two subsets under one name make
WeasyPrint draw the wrong letters.
"""

from pathlib import Path

from django.conf import settings

FAMILIES = {
    "Noto Sans Latin": "noto-sans-latin",
    "Noto Sans Latin Ext": "noto-sans-latin-ext",
    "Noto Sans Arabic": "noto-sans-arabic-arabic",
    "Noto Sans Math": "noto-sans-math-latin",
    "Noto Emoji": "noto-emoji-emoji",
}


class RendererUnavailable(RuntimeError):
    """A font or a system library is missing; the message says which, and what to do."""


def directory() -> Path:
    """Return the folder of the TrueType files that the setup made of the npm packages."""
    return Path(settings.VAR_DIR) / "fonts"


def files() -> list[Path]:
    """Return every font file, in a fixed order. Raises RendererUnavailable without them."""
    found = sorted(directory().glob("*.ttf"))
    for family, prefix in FAMILIES.items():
        if not any(path.name.startswith(f"{prefix}-") for path in found):
            raise RendererUnavailable(f"{family} is not in {directory()}: run the setup again.")
    return found


def faces() -> list[tuple[str, str, int, str]]:
    """Return (family, file name, weight, style) of each face: "normal" or "italic"."""
    found = []
    for path in files():
        prefix, weight, style = path.stem.rsplit("-", 2)
        family = next((name for name, known in FAMILIES.items() if known == prefix), None)
        if family:
            found.append((family, path.name, int(weight), style))
    return found
