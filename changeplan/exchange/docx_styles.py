"""What a Word file says in its styles and its numbering: which words are bold, which are lists."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from .archive import Archive, attribute, child, children, is_on, whole

DEEPEST = 9  # levels of a list, and of styles based on styles
BULLETS = {"bullet", "none"}


@dataclass(frozen=True)
class Style:
    """A style of paragraphs or words; None where it says nothing."""

    name: str = ""
    bold: bool | None = None
    italic: bool | None = None
    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True)
class Level:
    """A level of a list: numbered from `start`, or with bullets."""

    ordered: bool
    start: int = 1
    model: str = ""
    restarts: bool = False
    text: str = ""


@dataclass
class Styles:
    """The styles by their identifier, and the levels of each list; it counts as it is read."""

    styles: dict[str, Style]
    levels: dict[tuple[str, int], Level]
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def style(self, identifier: str) -> Style:
        return self.styles.get(identifier, Style())

    def level(self, list_id: str, level: int) -> Level:
        return self.levels.get((list_id, level), Level(ordered=False))

    def next_number(self, list_id: str, level: int) -> int:
        """Return the number of the next paragraph of a list, as Word shows it."""
        known = self.level(list_id, level)
        for deeper in range(level + 1, DEEPEST):
            self._counts.pop((known.model, deeper), None)
        anew = known.restarts and (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        before = None if anew else self._counts.get((known.model, level))
        number = known.start if before is None else before + 1
        self._counts[known.model, level] = number
        return number

    def shown(self, list_id: str, level: int) -> str:
        """Return the number that Word shows before the paragraph counted last: "3.1"."""
        known = self.level(list_id, level)

        def count(place: "re.Match[str]") -> str:
            return str(self._counts.get((known.model, int(place[1]) - 1), 1))

        return re.sub(r"%([1-9])", count, known.text).strip(" .):")


def read_styles(archive: Archive, folder: str) -> Styles:
    """Return the styles of the document in this folder of the archive."""
    return Styles(
        _styles(archive.tree(f"{folder}/styles.xml")),
        _levels(archive.tree(f"{folder}/numbering.xml")),
    )


def list_place(properties: Any | None) -> tuple[str | None, int | None]:
    """Return the list and the level that paragraph properties name; "" for no list."""
    numbering = child(properties, "numPr") if properties is not None else None
    if numbering is None:
        return None, None
    list_id, level = child(numbering, "numId"), child(numbering, "ilvl")
    named = None if list_id is None else attribute(list_id)
    return (
        "" if named == "0" else named,
        None if level is None else whole(attribute(level), most=DEEPEST - 1),
    )


def _styles(root: Any | None) -> dict[str, Style]:
    raw = {attribute(each, "styleId"): each for each in children(root, "style")}
    return {identifier: _style(identifier, raw) for identifier in raw}


def _style(identifier: str, raw: dict[str, Any], depth: int = 0) -> Style:
    element = raw.get(identifier)
    if element is None or depth > DEEPEST:
        return Style()
    base = _style(attribute(child(element, "basedOn")), raw, depth + 1)
    words = child(element, "rPr")
    list_id, level = list_place(child(element, "pPr"))
    return Style(
        attribute(child(element, "name")).lower(),
        _first(is_on(words, "b"), base.bold),
        _first(is_on(words, "i"), base.italic),
        _first(list_id, base.list_id),
        _first(level, base.level),
    )


def _first(own: Any, inherited: Any) -> Any:
    return inherited if own is None else own


def _levels(root: Any | None) -> dict[tuple[str, int], Level]:
    """Return the levels of every list, as its model has them."""
    models = {
        attribute(each, "abstractNumId"): _model(each) for each in children(root, "abstractNum")
    }
    found: dict[tuple[str, int], Level] = {}
    for each in children(root, "num"):
        list_id = attribute(each, "numId")
        model = attribute(child(each, "abstractNumId"))
        levels = models.get(model, {})
        starts = _starts(each)
        found |= {
            (list_id, place): replace(
                level,
                start=starts.get(place, level.start),
                model=model,
                restarts=place in starts,
            )
            for place, level in levels.items()
        }
    return found


def _starts(element: Any) -> dict[int, int]:
    """Return where a list counts from of its own, by level."""
    starts = ((each, child(each, "startOverride")) for each in children(element, "lvlOverride"))
    return {
        whole(attribute(each, "ilvl")): whole(attribute(start), 1)
        for each, start in starts
        if start is not None
    }


def _model(element: Any) -> dict[int, Level]:
    return {
        whole(attribute(each, "ilvl")): Level(
            attribute(child(each, "numFmt"), missing="decimal") not in BULLETS,
            whole(attribute(child(each, "start")), 1),
            text=attribute(child(each, "lvlText")),
        )
        for each in children(element, "lvl")
    }
