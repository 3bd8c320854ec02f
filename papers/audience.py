"""Whom a paper is for. What is exempt, and contacts, are left out here and nowhere else: before a
renderer, a page or a comparison reads the paper, so that none of them can let anything slip."""

from dataclasses import replace

from django.contrib.auth.models import AnonymousUser

from partnership.models import Partnership, User
from partnership.permissions import can
from partnership.richtext import text
from partnership.roles import Permission

from .document import BoardPaper, Prose, Section
from .kinds import Audience
from .models import Paper

LEFT_OUT = "This appendix is left out of the public version of this paper."


def audience_of(user: User | AnonymousUser, partnership: Partnership) -> Audience:
    """Return whose version a member of the partnership reads."""
    may_see_all = can(user, Permission.VIEW_EXEMPT, partnership)
    return Audience.MEMBERS if may_see_all else Audience.PUBLIC


def for_audience(paper: BoardPaper, audience: Audience) -> BoardPaper:
    """Return what the paper says to an audience."""
    return for_public(paper) if audience == Audience.PUBLIC else paper


def for_public(paper: BoardPaper) -> BoardPaper:
    """Return the paper as anybody may read it: exempt appendices keep their letter, their heading
    and why they are exempt, and nothing else; contacts are left out where the paper hides them.
    Where there is nothing to leave out, it is the same paper."""
    fields = (f for f in paper.front_sheet if not (paper.hides_contacts and f.is_contact))
    return replace(
        paper,
        front_sheet=tuple(fields),
        appendices=tuple(_public(appendix) for appendix in paper.appendices),
    )


def has_public_version(paper: BoardPaper) -> bool:
    """Return whether the public reads another version than the members."""
    return for_public(paper) != paper


def may_differ(paper: Paper) -> bool:
    """Return whether a draft holds anything that the public version leaves out, without building
    it. Two queries at most."""
    if paper.sections.filter(is_exempt=True).exists():
        return True
    return paper.hides_contacts and paper.front_sheet.filter(is_contact=True).exists()


def _public(appendix: Section) -> Section:
    if not appendix.exempt:
        return appendix
    return replace(appendix, items=(Prose(text(LEFT_OUT)),), landscape=False)
