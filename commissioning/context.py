"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from .demo import demo_users
from .navigation import places


def site(request: HttpRequest) -> dict[str, object]:
    """Return the site-wide template values; the bar where a partnership's page was found."""
    partnership = getattr(request, "partnership", None)
    bar = places(request.user, partnership, request.resolver_match) if partnership else []
    return {"demo": settings.DEMO, "demo_people": demo_users, "navigation": bar}
