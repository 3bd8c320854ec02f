"""Chains that must end: parents of groups, earlier exercises, actions that wait for others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from changeplan.models import Action, ActionLink
from partnership.models import Group
from standards.models import Exercise

Links = Iterable[tuple[int, int | None]]


def loops() -> Iterator[str]:
    """Yield a sentence for every record that a chain leads back to."""
    parents = Group.objects.values_list("pk", "parent")
    for name in _names(Group, "name", in_loop(parents)):
        yield f"The group {name} is a sub-group of itself, by way of others."
    earlier = Exercise.objects.values_list("pk", "previous")
    for title in _names(Exercise, "title", in_loop(earlier)):
        yield f"The exercise {title} follows itself, by way of others."
    waiting = ActionLink.objects.values_list("action", "waits_for")
    for heading in _names(Action, "heading", in_loop(waiting)):
        yield f"The action “{heading}” waits for itself."


def in_loop(links: Links) -> set[int]:
    """Return the keys from which a chain of links leads back to the same key."""
    after: defaultdict[int, set[int]] = defaultdict(set)
    for start, end in links:
        if end is not None:
            after[start].add(end)
    return {start for start in list(after) if start in _reached(after, start)}


def _reached(after: Mapping[int, set[int]], start: int) -> set[int]:
    reached: set[int] = set()
    fresh = after[start]
    while fresh:
        reached |= fresh
        fresh = {end for key in fresh for end in after.get(key, ())} - reached
    return reached


def _names(model: Any, field: str, keys: set[int]) -> Iterable[str]:
    return model.objects.filter(pk__in=keys).order_by("pk").values_list(field, flat=True)
