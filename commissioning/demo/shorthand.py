"""The short ways in which the demonstration files write what comes in quantity."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from papers.services.house import as_png
from partnership.loading import Rows, rows
from standards.models import Comment, Exercise, Session, Vote

MISSING, NOT_APPLICABLE, PASS = "–", "n/a", "p"
SIDES = {"well": Comment.Side.WORKING_WELL, "improve": Comment.Side.TO_IMPROVE}


def people(items: Mapping[str, Mapping[str, Any]]) -> Rows:
    """`{key: {email, name, role, …}}`: a user who holds a membership, which holds seats."""
    found = {}
    for key, row in items.items():
        membership = {name: row[name] for name in row if name not in ("email", "name")}
        found[key] = {
            "email": row["email"], "name": row["name"], "membership": {key: membership}
        }  # fmt: skip
    return found


def guests(names: Mapping[str, str]) -> Rows:
    """`{key: name}`: people in a session who have no account."""
    return {key: {"name": name} for key, name in names.items()}


def seats(groups: Iterable[str]) -> Rows:
    """`[board, csg (chair)]`: the groups a member sits in."""
    return {
        group: {"group": group.removesuffix(" (chair)"), "is_chair": group.endswith(" (chair)")}
        for group in groups
    }


def exercises(items: Any) -> Rows:
    """An exercise closed on an unknown day counts as closed when it was loaded, and its sessions
    are closed with it."""
    found = rows(items)
    for row in found.values():
        if row.get("state") == Exercise.State.CLOSED:
            row.setdefault("closed_at", timezone.now())
            sittings = rows(row.get("sessions", {}))
            closed = {"state": Session.State.CLOSED}
            row["sessions"] = {key: closed | session for key, session in sittings.items()}
    return found


def facilitators(users: Iterable[str]) -> Rows:
    """`[user, user]`"""
    return {user: {"user": user} for user in users}


def scores(cells: str | Mapping[str, Any]) -> Rows:
    """`3 3.5 n/a –`: one cell a standard, in order; with reasons, `{cells: …, reasons: {3: …}}`."""
    if isinstance(cells, str):
        cells = {"cells": cells}
    reasons = cells.get("reasons", {})
    found = {}
    for number, cell in enumerate(cells["cells"].split(), start=1):
        if cell != MISSING:
            not_applicable = {"not_applicable": True} if cell == NOT_APPLICABLE else {"value": cell}
            reason = {"reason": reasons[number]} if number in reasons else {}
            found[str(number)] = {"standard": number, **not_applicable, **reason}
    return found


def participants(items: Mapping[str, Iterable[str]]) -> Rows:
    """`{user: [round, round]}`: the first of them keeps the group's record."""
    return {
        user: {"user": user, "is_recorder": position == 0, "votes": votes}
        for position, (user, votes) in enumerate(items.items())
    }


def votes(rounds: Iterable[str]) -> Rows:
    """`"33p4…"` a round: one sign a standard, in order; `p` is a pass, a full stop no vote."""
    found = {}
    for number, signs in enumerate(rounds, start=1):
        for standard, sign in enumerate(signs, start=1):
            if sign != ".":
                vote = {"kind": Vote.Kind.PASS} if sign == PASS else {"value": sign}
                found[f"{number}/{standard}"] = {"standard": standard, "round": number, **vote}
    return found


def comments(items: Iterable[Any]) -> Rows:
    """`[standard, well or improve, words]`, perhaps with a key for findings to name it."""
    found = {}
    for position, (standard, side, text, *key) in enumerate(items, start=1):
        name = key[0] if key else str(position)
        found[name] = {"standard": standard, "side": SIDES[side], "text": text}
    return found


def entries(items: Mapping[int, Iterable[str]]) -> Rows:
    """`{standard: [statement of the current status, …]}`"""
    return {
        str(number): {"standard": number, "status": statements}
        for number, statements in items.items()
    }


def front_sheet(items: Mapping[str, str | Mapping[str, Any]]) -> Rows:
    """`{label: words}`, `{label: {source: …}}` where the value comes from the records, or
    `{label: {contact: words}}`."""
    return {label: {"label": label, **_line(line)} for label, line in items.items()}


def _line(line: str | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(line, str):
        return {"value": line}
    contact = {"value": line["contact"], "is_contact": True} if "contact" in line else {}
    return contact or dict(line)


def paper_settings(items: Mapping[str, Any]) -> Rows:
    """`{house_name, colour, …}`, whose front sheet is `{label: source}`, or `{label: contact}`."""
    lines = [
        {"label": label, "source": "text", "is_contact": True}
        if source == "contact"
        else {"label": label, "source": source}
        for label, source in items["front_sheet"].items()
    ]
    return {"settings": dict(items) | {"front_sheet": lines}}


def logos(files: Mapping[str, str]) -> Rows:
    """`{key: file}`: pictures beside this module."""
    found = {}
    for key, name in files.items():
        content, width, height = as_png((Path(__file__).parent / name).read_bytes())
        digest = hashlib.sha256(content).hexdigest()
        found[key] = {"content": content, "digest": digest, "width": width, "height": height}
    return found
