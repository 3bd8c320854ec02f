"""The versions of an exercise's results: as it closed, and after each correction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from partnership.dates import day_words
from partnership.numbers import listing

from .models import Exercise, ResultsVersion


@dataclass(frozen=True)
class Moved:
    """A standard whose displayed average a correction changed; None where it had or has none."""

    standard: int
    before: Decimal | None
    after: Decimal | None

    @property
    def words(self) -> str:
        """ "standard 3 from 2.3 to 2.8"."""
        ends = ["not scored" if end is None else end for end in (self.before, self.after)]
        return f"standard {self.standard} from {ends[0]} to {ends[1]}"


@dataclass(frozen=True)
class Revision:
    """One version, and which averages it changed of the version before; the first has none."""

    version: ResultsVersion
    moved: tuple[Moved, ...]

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def day(self) -> str:
        """ "3 March 2026", where the site is."""
        return day_words(localdate(self.version.at))

    @property
    def why(self) -> str:
        return self.version.reason or "The exercise closed."

    @property
    def moved_words(self) -> str:
        """What the correction did to the averages, as a sentence; "" for the first version."""
        if self.number == 1:
            return ""
        words = listing(each.words for each in self.moved)
        return f"It changed {words}." if words else "No average changed."

    @property
    def corrected(self) -> str:
        """ "on 3 March 2026: Misheard. It changed …", to end a sentence."""
        return f"on {self.day}: {self.why.strip().rstrip('.')}. {self.moved_words}"


@dataclass(frozen=True)
class MadeFrom:
    """The results that a plan or a paper was made from, and the corrections since, oldest first."""

    number: int
    corrections: tuple[Revision, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """ "Made from results version 1; the results were corrected on 3 March 2026: Misheard. It
        changed …", and one more for each later correction."""
        start = f"Made from results version {self.number}"
        if not self.corrections:
            return (f"{start}.",)
        first, *others = self.corrections
        return (
            f"{start}; the results were corrected {first.corrected}",
            *(f"The results were corrected again {each.corrected}" for each in others),
        )


def numbered(exercises: QuerySet[Exercise]) -> QuerySet[Exercise]:
    """Let `standing` tell of each exercise which version of its results stands."""
    last = ResultsVersion.objects.filter(exercise=OuterRef("pk")).order_by("-number")
    return exercises.annotate(
        results_number=Subquery(last.values("number")[:1]),
        results_at=Subquery(last.values("at")[:1]),
    )


def standing(exercise: Exercise) -> tuple[int, datetime] | None:
    """Return the number of the results as they stand, and when they were made; None before the
    exercise has closed. `numbered` fetched it."""
    number, at = exercise.results_number, exercise.results_at  # type: ignore[attr-defined]
    return (number, at) if number else None


def revisions(exercise: Exercise) -> tuple[Revision, ...]:
    """Return the versions of an exercise's results, oldest first, none before it has closed. One
    query."""
    found = exercise.frozen.select_related("by").order_by("number")
    before: Mapping[str, str | None] = {}
    made: list[Revision] = []
    for version in found:
        made.append(Revision(version, _moved(before, version.averages) if made else ()))
        before = version.averages
    return tuple(made)


def made_from(version: ResultsVersion | None) -> MadeFrom | None:
    """Return what is to be said of something made from this version; None where none is known.
    One query."""
    if version is None:
        return None
    later = [each for each in revisions(version.exercise) if each.number > version.number]
    return MadeFrom(version.number, tuple(later))


def _moved(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> tuple[Moved, ...]:
    numbers = sorted({*before, *now}, key=int)
    return tuple(
        Moved(int(number), _figure(before.get(number)), _figure(now.get(number)))
        for number in numbers
        if before.get(number) != now.get(number)
    )


def _figure(shown: str | None) -> Decimal | None:
    return None if shown is None else Decimal(shown)
