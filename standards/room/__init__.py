"""What a working group may see: the guard of its secrets.

While a session is open, these are the only modules that read votes for a page. `shared` builds what
the whole group sees, and reads how people voted in revealed rounds alone; `own` reads what a voter
answered, for that voter.
"""

from .own import own_answer, own_comments, vote_versions
from .shared import last_time, on_standard, pulse_of, record_of, room_of, steps_of
from .values import OnStandard, OwnAnswer, Person, Room, Stage, Step

__all__ = [
    "OnStandard",
    "OwnAnswer",
    "Person",
    "Room",
    "Stage",
    "Step",
    "last_time",
    "on_standard",
    "own_answer",
    "own_comments",
    "pulse_of",
    "record_of",
    "room_of",
    "steps_of",
    "vote_versions",
]
