"""What differs between two snapshots of a plan, in words a manager reads. Plain Python.

A snapshot is what `changeplan.snapshot` makes of a plan. Its parts are matched by their
identifiers, so that a new heading or a new place in the order is told as such. What is reported on
a plan, such as progress and days delivered, is told apart: it changes nothing that was approved.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import Any

from partnership.marking import Piece, marked
from partnership.numbers import listing
from partnership.richtext import parse, plain_text

Content = Mapping[str, Any]
Item = Mapping[str, Any]


class Kind(StrEnum):
    """What became of a part of the plan."""

    ADDED = "Added"
    REMOVED = "Removed"
    CHANGED = "Changed"
    MOVED = "Moved"
    REPORTED = "Reported"


TONES = {
    Kind.ADDED: "done",
    Kind.REMOVED: "danger",
    Kind.CHANGED: "active",
    Kind.MOVED: "neutral",
    Kind.REPORTED: "neutral",
}


@dataclass(frozen=True)
class Difference:
    """One field before and after, "" where it was not given. `is_long` is prose (Markdown), whose
    words are marked one by one."""

    label: str
    before: str
    after: str
    is_long: bool = False

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Both texts as one, with what went and what came; where only bold or bullets differ, in
        the signs that make them."""
        old, new = plain_text(parse(self.before)), plain_text(parse(self.after))
        return marked(self.before, self.after) if old == new else marked(old, new)


@dataclass(frozen=True)
class Change:
    """A part of the plan that was added, removed, changed, moved or reported on."""

    kind: Kind
    name: str
    fields: tuple[Difference, ...]

    @property
    def tone(self) -> str:
        """As components/tag.html takes it."""
        return TONES[self.kind]


@dataclass(frozen=True)
class Section:
    """What differs in one chapter of the plan."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that differs, in the order in which a plan is read: the plan in `sections`, and
    in `reported` what was said of its parts since."""

    sections: tuple[Section, ...]
    reported: tuple[Section, ...] = ()

    @property
    def count(self) -> int:
        """How many parts of the plan differ."""
        return sum(len(section.changes) for section in self.sections)


@dataclass(frozen=True)
class Field:
    """A field of a part: what it is called, its key, and how it reads in its snapshot. What it
    names of the chapter `linked` to is told where it names another, not where that was renamed or
    is gone, which is told there."""

    label: str
    key: str
    is_long: bool = False
    words: Callable[[Content, Any], str] = lambda content, value: _words(value)
    linked: str = ""


@dataclass(frozen=True)
class Part:
    """A chapter of the plan: where its items are, how one is known again, called and told.
    `reported` are fields that say how an item stands, and are no part of what was approved."""

    title: str
    items: Callable[[Content], Sequence[Item]]
    name: Callable[[Item], str]
    fields: tuple[Field, ...]
    known_by: str = "identifier"
    has_order: bool = False
    reported: tuple[Field, ...] = ()


Find = Callable[[Part, Content, Content], Iterator[Change]]


def compare(before: Content, after: Content) -> Comparison:
    """Return what differs between two snapshots of the same plan."""
    return Comparison(
        tuple(_sections(_changes, before, after)), tuple(_sections(_reports, before, after))
    )


def _sections(find: Find, before: Content, after: Content) -> Iterator[Section]:
    for part in PARTS:
        if changes := tuple(find(part, before, after)):
            yield Section(part.title, changes)


def _changes(part: Part, before: Content, after: Content) -> Iterator[Change]:
    old = {item[part.known_by]: item for item in part.items(before)}
    new = {item[part.known_by]: item for item in part.items(after)}
    moved = _moved(old, new) if part.has_order else {}
    for key, item in new.items():
        is_new = key not in old
        told = _told(part) if is_new else part.fields
        fields = tuple(_fields(told, before, old.get(key, {}), after, item))
        if is_new:
            yield Change(Kind.ADDED, part.name(item), fields)
        elif fields or key in moved:
            place = (moved[key],) if key in moved else ()
            yield Change(Kind.CHANGED if fields else Kind.MOVED, part.name(item), fields + place)
    for key, item in old.items():
        if key not in new:
            fields = tuple(_fields(_told(part), before, item, after))
            yield Change(Kind.REMOVED, part.name(item), fields)


def _reports(part: Part, before: Content, after: Content) -> Iterator[Change]:
    """Yield what was reported on the parts that are in both."""
    old = {item[part.known_by]: item for item in part.items(before)}
    for item in part.items(after):
        known = old.get(item[part.known_by])
        if known and (fields := tuple(_fields(part.reported, before, known, after, item))):
            yield Change(Kind.REPORTED, part.name(item), fields)


def _told(part: Part) -> tuple[Field, ...]:
    return (*part.fields, *part.reported)


def _fields(
    told: Iterable[Field], before: Content, old: Item, after: Content, new: Item | None = None
) -> Iterator[Difference]:
    for field in told:
        had = field.words(before, old.get(field.key))
        has = field.words(after, (new or {}).get(field.key))
        if had != has and not (old and new and _names_the_same(field, old, after, new)):
            yield Difference(field.label, had, has, field.is_long)


def _names_the_same(field: Field, old: Item, after: Content, new: Item) -> bool:
    if not field.linked:
        return False
    there = {item["identifier"] for item in after[field.linked]}
    one, other = (there.intersection(_keys(item.get(field.key))) for item in (old, new))
    return one == other


def _keys(value: list[str] | str | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def _moved(old: Mapping[str, Item], new: Mapping[str, Item]) -> dict[str, Difference]:
    """Return those that stand elsewhere among the others: as few as tell the new order."""
    was, now = [key for key in old if key in new], [key for key in new if key in old]
    stayed = {
        key
        for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        for key in was[block.a : block.a + block.size]
    }
    return {
        key: Difference("Place", _place(old, key), _place(new, key))
        for key in now
        if key not in stayed
    }


def _place(items: Mapping[str, Item], key: str) -> str:
    """Return the number that an item stands under, counted from 1."""
    return str(items[key].get("place") or list(items).index(key) + 1)


def _words(value: Any) -> str:
    """Return a value as it stands in a sentence: a list as a listing, "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return listing(value) if isinstance(value, list) else str(value)


def _arrangement(content: Content, value: str | None) -> str:
    names = {"by_standard": "By standard", "by_priority": "By improvement priority"}
    return names.get(value or "", "")


def _actions(content: Content, value: list[str] | str | None) -> str:
    headings = {action["identifier"]: action["heading"] for action in content["actions"]}
    return "; ".join(headings[key] for key in _keys(value) if key in headings)


def _priorities(content: Content, value: list[str] | None) -> str:
    titles = {each["identifier"]: each["title"] for each in content["priorities"]}
    return "; ".join(titles[key] for key in value or [] if key in titles)


def _deliveries(content: Content, value: list[Item] | None) -> str:
    return "; ".join(
        f"{each['date_words']}: {each['days']}, {each['delivered_by']}" for each in value or []
    )


def _statements(content: Content) -> list[Item]:
    return [
        statement | {"title": f"Standard {entry['number']}", "place": place}
        for entry in content["entries"]
        for place, statement in enumerate(entry["status"], 1)
    ]


PARTS = (
    Part(
        "The plan",
        lambda content: [{**content, "identifier": "plan"}],
        lambda item: item["title"],
        (Field("Title", "title"), Field("Arrangement", "arrangement", words=_arrangement)),
    ),
    Part(
        "Standards and scores",
        lambda content: content["entries"],
        lambda item: f"Standard {item['number']}",
        (
            Field("Title", "title"),
            Field("Score", "score"),
            Field("Last time", "previous"),
        ),
        known_by="number",
    ),
    Part(
        "Current status",
        _statements,
        lambda item: item["title"],
        (Field("Statement", "text", is_long=True),),
        has_order=True,
    ),
    Part(
        "Actions",
        lambda content: content["actions"],
        lambda item: item["heading"],
        (
            Field("Headline", "heading"),
            Field("Detail", "detail", is_long=True),
            Field("What success means for children and families", "success", is_long=True),
            Field("Standards", "standards"),
            Field("Improvement priorities", "priorities", words=_priorities, linked="priorities"),
            Field("Lead", "lead"),
            Field("Owner", "owner"),
            Field("Monitored by", "monitored_by"),
            Field("Reports to", "reports_to"),
            Field("Start", "start_words"),
            Field("Due", "due_words"),
            Field("Repeats", "recurrence"),
            Field("Waits for", "depends_on", words=_actions, linked="actions"),
            Field("Target score", "target_score"),
            Field("Relies on", "relied_on_support", is_long=True),
        ),
        has_order=True,
        reported=(Field("Status", "status_words"), Field("Rating", "rating_words")),
    ),
    Part(
        "Improvement priorities",
        lambda content: content["priorities"],
        lambda item: item["title"],
        (Field("Title", "title"), Field("Text", "text", is_long=True)),
        has_order=True,
    ),
    Part(
        "Support programmes",
        lambda content: content["programmes"],
        lambda item: item["programme"],
        (
            Field("Programme", "programme"),
            Field("Short name", "short_name"),
            Field("From", "provider"),
            Field("Days available", "days"),
            Field("Approximately", "is_approximate"),
            Field("Condition", "condition", is_long=True),
            Field("When", "period"),
        ),
    ),
    Part(
        "Support",
        lambda content: content["support"],
        lambda item: item["purpose"],
        (
            Field("Purpose", "purpose"),
            Field("Programme", "programme"),
            Field("Detail", "detail", is_long=True),
            Field("Form", "form_words"),
            Field("Events", "events"),
            Field("Focus areas", "focus_areas"),
            Field("Action", "action", words=_actions, linked="actions"),
            Field("Standards", "standards"),
            Field("Days estimated", "estimated"),
            Field("Days agreed", "agreed"),
        ),
        has_order=True,
        reported=(
            Field("Confirmed for the provider by", "confirmed_for_provider_by"),
            Field("Confirmed on", "confirmed_words"),
            Field("Area approved by", "area_approved_at"),
            Field("Minute", "area_minute"),
            Field("Days delivered", "deliveries", words=_deliveries),
        ),
    ),
)
