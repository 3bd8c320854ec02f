"""The ground floor: people, partnerships, bodies, groups, meetings, memberships."""

from .bodies import Document, Group, Meeting, Organisation, Partnership
from .drafts import Draft
from .people import GroupMembership, Membership, User
from .versioned import Removable, Versioned, kept_once, removal

__all__ = [
    "Document",
    "Draft",
    "Group",
    "GroupMembership",
    "Meeting",
    "Membership",
    "Organisation",
    "Partnership",
    "Removable",
    "User",
    "Versioned",
    "kept_once",
    "removal",
]
