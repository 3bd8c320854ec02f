"""How a partnership's papers look and what they must have: saved, its logo among it."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from PIL import Image, ImageFile, ImageOps

from partnership import order, records
from partnership.models import Partnership, User
from partnership.rules import RuleBroken

from ..house import READABLE, contrast_with_white
from ..models import Logo, PaperSettings

FORMATS = ("PNG", "JPEG")
LARGEST_FILE = 1024 * 1024  # bytes
LONGEST_SIDE, WIDEST = 4000, 600  # pixels: as sent, and as kept
UNREADABLE = (
    *(OSError, SyntaxError, ValueError, EOFError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
LOOKS_LIKE_SVG = (b"<svg", b"<?xml", b"<!DOCTYPE svg")


@transaction.atomic
def save_settings(
    *,
    partnership: Partnership,
    changes: Mapping[str, Any],
    version: int,
    by: User,
    logo: bytes | None = None,
    drops_logo: bool = False,
) -> PaperSettings:
    """Save what changed of the settings and return them; the first time `version` is 0. `logo` is
    a file that somebody sent; drafts show the new one, issued papers keep theirs.

    Raises RuleBroken for a file that is no fit picture, a colour that cannot be read on white and a
    logo without words; StaleVersion where somebody saved meanwhile; ValidationError, by field.
    """
    order.hold(partnership)  # two may save the first settings at once
    current = PaperSettings.objects.filter(partnership=partnership).first()
    values = dict(changes)
    if "colour" in values:
        require_readable(values["colour"])
    if logo is not None:
        values["logo"] = _kept_logo(partnership, logo)
    elif drops_logo:
        values |= {"logo": None, "logo_alternative": ""}
    _require_alternative(current, values)
    if current is None:
        return records.create(PaperSettings, by=by, partnership=partnership, **values)
    return records.change(current, changes=values, version=version, by=by)


def require_readable(colour: str) -> None:
    """Raise RuleBroken for a colour ("#rrggbb") in which text on white is hard to read."""
    ratio = contrast_with_white(colour)
    if ratio < READABLE:
        found = int(ratio * 10)  # cut, not rounded: 4.47 is not 4.5
        raise RuleBroken(
            f"The contrast of {colour} with white is {found // 10}.{found % 10} to 1, and text "
            f"needs {READABLE} to 1. Choose a darker colour."
        )


def as_png(sent: bytes) -> tuple[bytes, int, int]:
    """Return a picture that somebody sent as a PNG on white, at most `WIDEST` across, with its
    width and height in pixels. What a file is, its content says, never its name.

    Raises RuleBroken, in plain words, for anything but a PNG or a JPEG of the size that is allowed.
    """
    if len(sent) > LARGEST_FILE:
        raise RuleBroken("The logo’s file is larger than 1 MB. Send a smaller one.")
    if sent.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(LOOKS_LIKE_SVG):
        raise RuleBroken(
            "The logo is an SVG drawing, which can hold more than a picture. Save it as a PNG and "
            "send that."
        )
    try:
        with Image.open(io.BytesIO(sent), formats=FORMATS) as found:  # which reads no pixels yet
            if max(found.size) > LONGEST_SIDE:
                raise RuleBroken(
                    f"The logo is {found.width} by {found.height} pixels. Send one of at most "
                    f"{LONGEST_SIDE} by {LONGEST_SIDE}."
                )
            with _whole_pictures_alone():
                return _redrawn(found)
    except UNREADABLE as error:
        raise RuleBroken(
            "The logo’s file cannot be read as a PNG or a JPEG picture. Send another."
        ) from error


@contextmanager
def _whole_pictures_alone() -> Iterator[None]:
    """Refuse a picture that is cut off: the library that prints lets them pass, everywhere."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _redrawn(found: Image.Image) -> tuple[bytes, int, int]:
    """Draw the picture anew, so that nothing but its pixels is kept: transparent parts turn white,
    since PDF/A wants to know what lies behind them."""
    upright = ImageOps.exif_transpose(found)
    clear = upright.convert("RGB" if upright.mode == "CMYK" else "RGBA").convert("RGBA")
    drawn = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    drawn.thumbnail((WIDEST, LONGEST_SIDE))
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue(), drawn.width, drawn.height


def _kept_logo(partnership: Partnership, sent: bytes) -> Logo:
    content, width, height = as_png(sent)
    digest = hashlib.sha256(content).hexdigest()
    facts = {"content": content, "width": width, "height": height}
    return Logo.objects.get_or_create(partnership=partnership, digest=digest, defaults=facts)[0]


def _require_alternative(current: PaperSettings | None, values: Mapping[str, Any]) -> None:
    logo = values.get("logo", current.logo if current else None)
    words = values.get("logo_alternative", current.logo_alternative if current else "")
    if logo and not words.strip():
        raise RuleBroken(
            "Say in words what the logo shows, for those who cannot see it: the name of the "
            "partnership will do."
        )
