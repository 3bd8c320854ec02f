"""The plan as it stands, in the words that an export writes: what a file is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """A group, an organisation, a member or a support programme that a cell can name. `key` is
    whatever finds it again; `names` are what it may be called, its own name first."""

    kind: str  # "group", "organisation", "member" or "programme"
    key: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class CurrentStandard:
    """A standard with its entry: `title` in plain words, `score` and `change` as shown."""

    number: int
    title: str
    score: str = ""
    change: str = ""
    status: tuple[str, ...] = ()


@dataclass(frozen=True)
class CurrentPriority:
    """An improvement priority that an action can answer."""

    key: str
    number: int
    title: str


@dataclass(frozen=True)
class CurrentAction:
    """An action; `values` maps fields to their words as an export writes them."""

    reference: str
    number: int
    standards: tuple[int, ...]
    values: Mapping[str, str]


@dataclass(frozen=True)
class CurrentSupport:
    """Support asked for. `action` is the reference of its action, "" for none; `standards` are its
    own, not its action's."""

    reference: str
    action: str
    standards: tuple[int, ...]
    values: Mapping[str, str]


@dataclass(frozen=True)
class CurrentPlan:
    """All that a proposal needs to know of the plan and of its partnership."""

    standards: tuple[CurrentStandard, ...]
    actions: tuple[CurrentAction, ...] = ()
    support: tuple[CurrentSupport, ...] = ()
    priorities: tuple[CurrentPriority, ...] = ()
    bodies: tuple[Body, ...] = ()
