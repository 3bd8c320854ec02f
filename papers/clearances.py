"""Who has to clear a paper before it is issued, and who has."""

from dataclasses import dataclass

from .house import settings_of
from .models import Clearance, Paper


@dataclass(frozen=True)
class Clearing:
    """One who clears papers, such as "Finance", and what was recorded of it: None so far."""

    name: str
    clearance: Clearance | None


def asked_of(paper: Paper) -> list[str]:
    """Return who clears the papers of the partnership, in its order: its own list, or the usual
    one where it has no settings."""
    return list(dict.fromkeys(settings_of(paper.partnership).clearances))


def clearings(paper: Paper) -> tuple[Clearing, ...]:
    """Return everybody who clears this paper, and who else did although nobody asks for it any
    more. Two queries."""
    known = {clearance.name: clearance for clearance in paper.clearances.order_by("pk")}
    names = list(dict.fromkeys([*asked_of(paper), *known]))
    return tuple(Clearing(name, known.get(name)) for name in names)


def withdrawn(paper: Paper) -> list[Clearance]:
    """Return the clearances that were taken back, the latest first."""
    gone = Clearance.everything.filter(paper=paper, removed_at__isnull=False)
    return list(gone.select_related("removed_by").order_by("-removed_at", "-pk"))
