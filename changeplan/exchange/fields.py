"""The columns of a change plan in a file: one list for reading, for the template and for exports.

A row may tell of three things at once: a standard (its number, score, status), an action, and
support asked for. Exports tell the reference of each record, by which it is found again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """What a column tells of."""

    STANDARD = "standard"
    ACTION = "action"
    SUPPORT = "support"


class Kind(StrEnum):
    """How a cell is read, and how an export writes it."""

    NUMBERS = "numbers"  # of standards: "1, 3 and 7" -> (1, 3, 7); written "1, 3, 7"
    REFERENCE = "reference"  # twelve letters and digits
    LINE = "line"  # plain words
    TEXT = "text"  # Markdown
    STATEMENTS = "statements"  # Markdown, statements apart by a blank line -> a tuple of them
    WHOLE = "whole"  # a whole number -> int
    HALVES = "halves"  # -> Decimal in steps of 0.5
    DAYS = "days"  # -> Decimal in steps of 0.25
    SHOWN = "shown"  # compared or told, never taken
    DATE = "date"  # -> as PreciseDate stores it
    CHOICE = "choice"  # the stored value of a choice; written as its label
    BODY = "body"  # a Body where the plan's partnership has one of that name, else a doubt
    OWNER = "owner"  # a Body for a member, else words: a job title
    PRIORITIES = "priorities"  # a line each, "2. Title" -> a tuple of keys
    ACTIONS = "actions"  # references, or numbers of actions, "1, 4" -> a tuple of keys
    LIST = "list"  # a line each -> a tuple


@dataclass(frozen=True)
class Field:
    """A column. `longest` is in characters; `choices` maps a stored value to the words that mean
    it, the first of which is its label; `example` fills the template's first row."""

    key: str
    heading: str
    part: Part
    kind: Kind
    aliases: tuple[str, ...] = ()
    longest: int = 20_000
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    example: str = ""


STATUSES = {
    "not_started": (
        "Not started",
        "not yet started",
        "to do",
        "to start",
        "planned",
        "open",
        "new",
    ),
    "in_progress": ("In progress", "started", "ongoing", "under way", "underway", "active"),
    "complete": ("Complete", "completed", "done", "finished", "closed", "achieved"),
    "paused": ("Paused", "on hold", "suspended", "deferred"),
}
RATINGS = {
    "": ("Not rated", "unrated", "none"),
    "green": ("On track", "green", "g"),
    "amber": ("At risk", "amber", "a", "yellow"),
    "red": ("Off track", "red", "r"),
}
FORMS = {
    "workshop": ("Workshop", "workshops"),
    "session": ("Group session", "session", "sessions", "group sessions"),
    "training": ("Training", "training event", "training modules"),
    "review": ("Review", "reviews"),
    "other": ("Other",),
}

FIELDS = (
    Field(
        "standard",
        "Standard number",
        Part.STANDARD,
        Kind.NUMBERS,
        ("number", "no", "nr", "#", "standard no", "std", "std no", "ref", "standards", "standard"),
        example="2",
    ),
    Field(
        "title",
        "Standard",
        Part.STANDARD,
        Kind.SHOWN,
        (
            "commissioning standard", "standard title", "title of standard",
            "commissioning standards",
        ),
        example="We have the right governance",
    ),
    Field(
        "score",
        "Score",
        Part.STANDARD,
        Kind.SHOWN,
        (
            "s a score", "sa score", "self assessment score", "self analysis score", "average",
            "average score", "assessment", "our score", "mean score", "current score",
        ),
        example="2.3",
    ),
    Field(
        "change",
        "Change since last time",
        Part.STANDARD,
        Kind.SHOWN,
        ("change", "difference", "movement", "change in score"),
    ),
    Field(
        "status",
        "Current status",
        Part.STANDARD,
        Kind.STATEMENTS,
        (
            "current position", "where are we now", "where we are now", "present position",
            "baseline", "current state", "status", "progress", "position now",
            "what is in place", "evidence",
        ),
        example="The board has agreed terms of reference.",
    ),
    Field("action", "Action reference", Part.ACTION, Kind.REFERENCE, ("action ref", "action id")),
    Field(
        "action_number",
        "Action number",
        Part.ACTION,
        Kind.SHOWN,
        ("action no", "action nr", "action #"),
    ),
    Field(
        "headline",
        "Action",
        Part.ACTION,
        Kind.LINE,
        (
            "actions", "recommended actions", "recommended action", "headline", "action headline",
            "key action", "key actions", "task", "tasks", "task name", "what we will do",
            "what will we do", "improvement action", "proposed action", "proposed actions",
            "actions required", "action required", "action to be taken", "activity",
        ),
        300,
        example="Review the terms of reference of every sub-group",
    ),
    Field(
        "detail",
        "Detail",
        Part.ACTION,
        Kind.TEXT,
        (
            "details", "action detail", "description", "how", "how we will do it", "notes", "steps",
            "milestones", "comments",
        ),
    ),
    Field(
        "action_standards",
        "Standards served",
        Part.ACTION,
        Kind.NUMBERS,
        ("serves standards", "action serves standards", "serves", "linked standards"),
        example="3, 4",
    ),
    Field(
        "priorities",
        "Improvement priorities answered",
        Part.ACTION,
        Kind.PRIORITIES,
        (
            "improvement priorities", "improvement priority", "priorities answered",
            "priorities served",
        ),
    ),
    Field(
        "success",
        "What success means for children and families",
        Part.ACTION,
        Kind.TEXT,
        (
            "success", "what success looks like", "success measure", "success measures",
            "success criteria", "outcome", "outcomes", "impact", "intended outcome",
            "expected outcome", "how will we know", "measure of success",
        ),
    ),
    Field(
        "lead",
        "Lead",
        Part.ACTION,
        Kind.BODY,
        (
            "lead group", "lead organisation", "lead partner", "led by", "lead body", "lead agency",
        ),
        200,
    ),
    Field(
        "owner",
        "Owner",
        Part.ACTION,
        Kind.OWNER,
        (
            "lead officer", "responsible", "responsible officer", "who", "by whom", "action owner",
            "owned by", "assigned to", "assignee", "person responsible", "responsibility",
            "lead person", "accountable",
        ),
        120,
        example="Head of commissioning",
    ),
    Field(
        "monitored_by",
        "Monitored by",
        Part.ACTION,
        Kind.BODY,
        ("monitoring", "monitoring group", "overseen by"),
        200,
    ),
    Field(
        "reports_to",
        "Reports to",
        Part.ACTION,
        Kind.BODY,
        ("reporting to", "reported to", "accountable to"),
        200,
    ),
    Field(
        "start",
        "Start",
        Part.ACTION,
        Kind.DATE,
        ("start date", "starts", "from", "begins", "begin"),
        100,
    ),
    Field(
        "due",
        "Due",
        Part.ACTION,
        Kind.DATE,
        (
            "due date", "by when", "deadline", "timescale", "timescales", "target date", "when",
            "end date", "finish", "completion date", "date", "complete by", "timeline", "end",
        ),
        100,
        example="30 September 2026",
    ),
    Field(
        "recurrence",
        "Repeats",
        Part.ACTION,
        Kind.LINE,
        ("recurrence", "frequency", "how often", "recurs"),
        120,
    ),
    Field(
        "depends_on",
        "Depends on actions",
        Part.ACTION,
        Kind.ACTIONS,
        ("depends on", "dependencies", "dependency", "predecessors"),
    ),
    Field(
        "target_score",
        "Target score",
        Part.ACTION,
        Kind.HALVES,
        ("target", "target level", "score aimed at", "aim"),
    ),
    Field(
        "action_status",
        "Action status",
        Part.ACTION,
        Kind.CHOICE,
        ("status", "progress", "state", "status of action", "completion", "progress status"),
        choices=STATUSES,
        example="Not started",
    ),
    Field(
        "rating",
        "Rating",
        Part.ACTION,
        Kind.CHOICE,
        ("rag", "rag rating", "rag status", "red amber green", "r a g", "brag"),
        choices=RATINGS,
    ),
    Field(
        "relied_on",
        "Support relied on",
        Part.ACTION,
        Kind.TEXT,
        ("relied on support", "relies on", "support counted on"),
    ),
    Field("support", "Support reference", Part.SUPPORT, Kind.REFERENCE, ("support ref",)),
    Field(
        "programme",
        "Programme",
        Part.SUPPORT,
        Kind.BODY,
        ("support from", "name of programme", "programme name", "provider"),
        200,
    ),
    Field(
        "purpose",
        "Support",
        Part.SUPPORT,
        Kind.LINE,
        (
            "support purpose", "commissioning support programme", "csp", "csp support",
            "support programme", "support requested", "support needed", "consultancy support",
            "support required", "consultancy", "support asked for", "purpose of support",
            "external support", "purpose",
        ),
        300,
        example="Two workshops on governance",
    ),
    Field(
        "support_detail",
        "Support detail",
        Part.SUPPORT,
        Kind.TEXT,
        ("detail of support", "support description"),
    ),
    Field(
        "form",
        "Form of support",
        Part.SUPPORT,
        Kind.CHOICE,
        ("form", "type of support", "support type"),
        choices=FORMS,
        example="Workshop",
    ),
    Field(
        "events",
        "Number of events",
        Part.SUPPORT,
        Kind.WHOLE,
        ("events", "number of workshops", "number of sessions"),
        example="2",
    ),
    Field(
        "focus_areas",
        "Focus areas",
        Part.SUPPORT,
        Kind.LIST,
        ("areas of focus", "focus", "topics"),
    ),
    Field(
        "estimated",
        "Estimated days",
        Part.SUPPORT,
        Kind.DAYS,
        (
            "days estimated", "csp days", "days", "consultancy days", "days requested",
            "support days", "days of support", "number of days", "estimate of days",
        ),
        example="2",
    ),
    Field(
        "agreed",
        "Agreed days",
        Part.SUPPORT,
        Kind.DAYS,
        ("days agreed", "confirmed days", "days confirmed", "approved days"),
    ),
    Field(
        "delivered",
        "Delivered days",
        Part.SUPPORT,
        Kind.SHOWN,
        ("days delivered", "days used", "used days"),
    ),
    Field(
        "support_standards",
        "Standards supported",
        Part.SUPPORT,
        Kind.NUMBERS,
        ("support for standards", "support serves standards"),
    ),
)  # fmt: skip

BY_KEY = {each.key: each for each in FIELDS}
