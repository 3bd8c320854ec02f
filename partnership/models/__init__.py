"""The ground floor: people, partnerships, bodies, groups, meetings, memberships."""

from .bodies import Document, Group, Meeting, Organisation, Partnership
from .people import GroupMembership, Membership, User
from .versioned import Versioned

__all__ = [
    "Document",
    "Group",
    "GroupMembership",
    "Meeting",
    "Membership",
    "Organisation",
    "Partnership",
    "User",
    "Versioned",
]
