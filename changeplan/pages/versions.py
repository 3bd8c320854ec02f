"""Versions of a plan: the list of them, and one as it was put to the board.

One version is told from its snapshot alone, so that nothing changed later reaches it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from partnership.numbers import days, plain

from .. import words
from ..models import ChangePlan, PlanVersion, SupportAllocation
from ..words import Tag
from .rows import FactRows

Item = Mapping[str, Any]
TONES = {"pending": "active", "approved": "done", "returned": "warning", "withdrawn": "neutral"}


@dataclass(frozen=True)
class VersionAction:
    """An action as the version has it. `told`: the standard under which it already stands whole,
    None where it is to be told here; `also`: the other standards it serves, in words."""

    action: Item
    tags: tuple[Tag, ...]
    facts: FactRows
    also: str
    told: int | None = None


@dataclass(frozen=True)
class VersionSupport:
    """Support as the version has it, with its figures and its deliveries in words."""

    support: Item
    figures: tuple[str, ...]
    events: str
    deliveries: tuple[str, ...]


@dataclass(frozen=True)
class VersionEntry:
    """A standard's row; `score` is None where it had none."""

    entry: Item
    score: Decimal | None
    actions: tuple[VersionAction, ...]
    support: tuple[VersionSupport, ...]


@dataclass(frozen=True)
class VersionPriority:
    """An improvement priority with the actions that answer it."""

    priority: Item
    actions: tuple[VersionAction, ...]


@dataclass(frozen=True)
class VersionPage:
    """A version whole. `others` and `support` stand under no heading of its arrangement; a line of
    the ledger is a programme and its figures as words, in the order of its columns."""

    version: PlanVersion
    outcome: Tag
    content: Item
    has_scores: bool
    entries: tuple[VersionEntry, ...]
    priorities: tuple[VersionPriority, ...]
    others: tuple[VersionAction, ...]
    support: tuple[VersionSupport, ...]
    ledger: tuple[tuple[str, FactRows], ...]


@dataclass(frozen=True)
class VersionCard:
    """A version in the list; `compare_href` is "" for the first."""

    version: PlanVersion
    outcome: Tag
    href: str
    compare_href: str
    is_in_force: bool


def outcome_tag(version: PlanVersion) -> Tag:
    return Tag(version.get_outcome_display(), TONES[version.outcome])


def version_cards(plan: ChangePlan, versions: Iterable[PlanVersion]) -> tuple[VersionCard, ...]:
    """Return the versions, latest first."""
    found = list(versions)
    approved = [version.number for version in found if version.outcome == "approved"]
    in_force = max(approved, default=0) if plan.is_in_force else 0
    cards = []
    for before, version in zip([None, *found], found, strict=False):
        compared = f"?from={before.number}&to={version.number}" if before else ""
        cards.append(
            VersionCard(
                version,
                outcome_tag(version),
                words.address(plan, "version", version.number),
                words.address(plan, "changes") + compared if before else "",
                version.number == in_force,
            )
        )
    return tuple(reversed(cards))


def version_page(version: PlanVersion) -> VersionPage:
    """Return the page of a version, from its snapshot alone."""
    content: Item = version.content
    by_priority = content["arrangement"] == ChangePlan.Arrangement.BY_PRIORITY
    actions = {action["identifier"]: action for action in content["actions"]}
    support = {asked["identifier"]: _support(asked) for asked in content["support"]}
    headed = {
        key
        for part in content["priorities" if by_priority else "entries"]
        for key in part["actions"]
    }
    return VersionPage(
        version,
        outcome_tag(version),
        content,
        any(entry["score"] is not None for entry in content["entries"]),
        tuple(_entry(entry, actions, support) for entry in content["entries"])
        if not by_priority
        else (),
        tuple(
            VersionPriority(each, tuple(_action(actions[key], actions) for key in each["actions"]))
            for each in content["priorities"]
        ),
        tuple(_action(each, actions) for key, each in actions.items() if key not in headed),
        tuple(
            row
            for row in support.values()
            if by_priority or not (row.support["standards"] or row.support["action"])
        ),
        tuple(_line(line) for line in content["ledger"]["programmes"]),
    )


def _entry(
    entry: Item, actions: Mapping[str, Item], support: Mapping[str, VersionSupport]
) -> VersionEntry:
    return VersionEntry(
        entry,
        None if entry["score"] is None else Decimal(entry["score"]),
        tuple(_action(actions[key], actions, entry["number"]) for key in entry["actions"]),
        tuple(support[key] for key in entry["support"]),
    )


def _action(action: Item, actions: Mapping[str, Item], here: int | None = None) -> VersionAction:
    """Return an action; under a standard (`here`) it is told whole under the first it serves."""
    numbers = tuple(action["standards"])
    waits = [actions[key]["heading"] for key in action["depends_on"] if key in actions]
    rows = (
        ("Owner", action["owner"]),
        ("Lead", action["lead"]),
        ("Starts", action["start_words"]),
        ("Due", action["due_words"]),
        ("Repeats", action["recurrence"]),
        ("Monitored by", action["monitored_by"]),
        ("Reports to", action["reports_to"]),
        ("Target score", action["target_score"]),
        ("Waits for", "; ".join(waits)),
    )
    return VersionAction(
        action,
        words.reported_tags(action["status"], action["rating"]),
        tuple((label, value) for label, value in rows if value),
        words.standards(tuple(number for number in numbers if number != here)),
        numbers[0] if here and numbers[0] != here else None,
    )


def _support(asked: Item) -> VersionSupport:
    given = {
        "estimated": asked["estimated"],
        "agreed": asked["agreed"],
        "delivered": asked["delivered"] if asked["deliveries"] else None,
    }
    return VersionSupport(
        asked,
        tuple(f"{days(Decimal(n))} {word}" for word, n in given.items() if n is not None),
        words.events(SupportAllocation(form=asked["form"], events=asked["events"])),
        tuple(
            f"{each['date_words']}: {days(Decimal(each['days']))}, {each['delivered_by']}"
            for each in asked["deliveries"]
        ),
    )


def _line(line: Item) -> tuple[str, FactRows]:
    """Return a programme and its days as words, so that none is taken for 0."""
    available = line["available"] and plain(Decimal(line["available"]))
    about = "Approximately " if line["approximate"] else ""
    unsaid = "Not stated" if line["unquantified"] else "None"
    return line["programme"], (
        ("Available", f"{about}{available}" if available else "Not stated"),
        ("Estimated", _days(line["estimated"], unsaid)),
        ("Agreed", _days(line["agreed"])),
        ("Delivered", _days(line["delivered"] if Decimal(line["delivered"]) else None)),
        ("Not asked for", _days(line["unplanned"], "Not known")),
    )


def _days(figure: str | None, missing: str = "None") -> str:
    return words.figure(None if figure is None else Decimal(figure), missing)
