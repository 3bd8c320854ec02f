"""Which standards each row of a file is about, and where it disagrees with the exercise."""

from decimal import Decimal, InvalidOperation

from partnership.numbers import listing

from .current import CurrentPlan, CurrentStandard
from .steps import Doubt
from .telling import Told
from .values import LEADING_NUMBER, alike, line, numbers_in

CERTAIN, LIKELY = Decimal("0.9"), Decimal("0.6")


class Standing:
    """Goes through the rows in order, since a row without a number stands under the one before."""

    def __init__(self, plan: CurrentPlan, form: str, *, fills_down: bool) -> None:
        self._by_number = {standard.number: standard for standard in plan.standards}
        self._form, self._fills_down = form, fills_down
        self._last: tuple[int, ...] = ()

    def of(self, told: Told) -> tuple[tuple[int, ...], list[Doubt]]:
        """Return the numbers of the standards that a row is about, and what is doubtful."""
        if told.begins:
            self._last = ()
        numbers, doubts = self._numbers(told)
        if numbers:
            self._last = numbers
        if len(numbers) == 1:
            doubts += self._differences(self._by_number[numbers[0]], told)
        return numbers, doubts

    def _numbers(self, told: Told) -> tuple[tuple[int, ...], list[Doubt]]:
        said, title = self._line(told, "standard"), self._line(told, "title")
        found = numbers_in(said)
        unknown = [number for number in found if number not in self._by_number]
        numbers = tuple(number for number in found if number in self._by_number)
        if unknown:
            missing = f"The exercise has no standard {listing(unknown)}."
            return numbers, [Doubt(missing, "standard")]
        if numbers:
            return self._surer(numbers, title)
        if guessed := self._by_title(title or said):
            words = f"Taken for standard {guessed.number}, by its title."
            certain = alike(title or said, guessed.title) >= CERTAIN
            return (guessed.number,), [] if certain else [Doubt(words, "title")]
        return self._above(told, title or said)

    def _surer(self, numbers: tuple[int, ...], title: str) -> tuple[tuple[int, ...], list[Doubt]]:
        """Return another standard where the title is that of another: the number counts rows."""
        named = self._by_title(LEADING_NUMBER.sub("", title).strip(" -–:.")) if title else None
        if not self._fills_down or not named or len(numbers) > 1 or named.number in numbers:
            return numbers, []
        own = self._by_number.get(numbers[0])
        fits = alike(title, named.title)
        if own and alike(title, own.title) >= fits:
            return numbers, []
        if fits < CERTAIN and numbers_in(title) != (named.number,):
            return numbers, []
        words = f"Taken for standard {named.number}, by its title, and not for {numbers[0]}."
        return (named.number,), [Doubt(words, "title")]

    def _above(self, told: Told, said: str) -> tuple[tuple[int, ...], list[Doubt]]:
        """Return the standards of the row above, for a row that has no number."""
        if said or not self._last or not self._fills_down:
            unknown = f"No standard is called “{said}”." if said else ""
            return (), [Doubt(unknown, "standard")] if unknown else []
        if told.joined & {"standard", "title"} and not said:
            return self._last, []
        noun = "standard" if len(self._last) == 1 else "standards"
        words = f"No standard number: taken under {noun} {listing(self._last)}, as the row above."
        return self._last, [Doubt(words, "standard")]

    def _by_title(self, said: str) -> CurrentStandard | None:
        standards = self._by_number.values()
        near = max(standards, key=lambda each: alike(said, each.title), default=None)
        return near if near and said and alike(said, near.title) >= LIKELY else None

    def _differences(self, standard: CurrentStandard, told: Told) -> list[Doubt]:
        doubts = []
        title, score = self._line(told, "title"), self._line(told, "score")
        if title and alike(title, standard.title) < LIKELY:
            words = f"The file calls standard {standard.number} “{title}”."
            doubts.append(Doubt(words, "title"))
        if score and not _same_figure(score, standard.score):
            now = standard.score or "no score"
            words = f"The file gives the score {score}; the exercise has {now}, which stays."
            doubts.append(Doubt(words, "score"))
        return doubts

    def _line(self, told: Told, key: str) -> str:
        return line(told.cells.get(key, ""), self._form)


def _same_figure(one: str, other: str) -> bool:
    try:
        return Decimal(one.replace(",", ".")) == Decimal(other)
    except InvalidOperation:
        return one.casefold() == other.casefold()
