"""What narrows a list: choices that stand in its address, so that it can be bookmarked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Options = tuple[tuple[str, str], ...]  # value and label


@dataclass(frozen=True)
class Filter:
    """A choice as components/filters.html draws it: its name in the address, its label, what there
    is to choose, and what is chosen: "" for everything, or for the usual, which `every` names."""

    name: str
    label: str
    options: Options
    chosen: str = ""
    every: str = "All"

    @property
    def words(self) -> str:
        """The label of what is chosen, "" for everything."""
        return dict(self.options).get(self.chosen, "")


def chosen(
    query: Mapping[str, str],
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    every: str = "All",
) -> Filter:
    """Return the filter with what the address chooses. What is not among the options, such as a
    person who has left since the bookmark, chooses nothing."""
    known = tuple(options)
    asked = query.get(name, "")
    return Filter(name, label, known, asked if asked in dict(known) else "", every)
