"""A partnership's settings for its papers, and the house style that follows from them."""

from base64 import b64encode
from decimal import Decimal

from partnership.models import Partnership

from .document import HouseStyle
from .models import PaperSettings

READABLE = Decimal("4.5")  # to one: what text in a colour needs on white (WCAG 2.2, 1.4.3)


def settings_of(partnership: Partnership) -> PaperSettings:
    """Return the partnership's settings, or the usual ones, not saved, while it has none. One
    query."""
    found = PaperSettings.objects.filter(partnership=partnership).select_related("logo").first()
    return found or PaperSettings(partnership=partnership, version=0)


def style_of(settings: PaperSettings) -> HouseStyle:
    """Return how the papers look; the logo is in it whole, as an issued paper keeps it."""
    logo = settings.logo
    return HouseStyle(
        name=settings.house_name,
        colour=settings.colour,
        logo=b64encode(bytes(logo.content)).decode() if logo else "",
        logo_alternative=settings.logo_alternative if logo else "",
    )


def contrast_with_white(colour: str) -> Decimal:
    """Return the contrast ratio of "#rrggbb" with white, from 1 to 21, as WCAG 2.2 defines it."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    luminance = Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue
    return Decimal("1.05") / (luminance + Decimal("0.05"))


def _linear(channel: int) -> Decimal:
    share = Decimal(channel) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
