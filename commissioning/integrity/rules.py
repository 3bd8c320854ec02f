"""What a rule is: a condition under which records are wrong, and the words for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.db.models import F, Q


@dataclass(frozen=True)
class Rule:
    """Records of `model` for which `wrong` holds break it; `words` has lookups in braces."""

    model: Any
    wrong: Q
    words: str

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each record that breaks the rule, in one query."""
        lookups = {name for _, name, _, _ in Formatter().parse(self.words) if name}
        found = self.model.objects.filter(self.wrong).order_by("pk").values(*lookups)
        return (self.words.format(**row) for row in found)


def same(model: Any, one: str, other: str, words: str) -> Rule:
    """Return the rule that two lookups, where both lead somewhere, lead to the same."""
    known = {f"{one}__isnull": False, f"{other}__isnull": False}
    return Rule(model, Q(**known) & ~Q(**{one: F(other)}), words)
