"""Figures as prose gives them: "an estimated two days", "half a day", "two workshops"."""

import re
from dataclasses import dataclass
from decimal import Decimal

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
NUMBERS = {word: Decimal(number) for number, word in enumerate(SMALL.split())} | {
    "a": Decimal(1), "an": Decimal(1), "a single": Decimal(1), "half": Decimal("0.5"),
    "a couple of": Decimal(2), "a quarter": Decimal("0.25"), "quarter": Decimal("0.25"),
    "three quarters": Decimal("0.75"), "three-quarters": Decimal("0.75"),
    "two half": Decimal(1), "three half": Decimal("1.5"), "four half": Decimal(2),
    "thirty": Decimal(30), "forty": Decimal(40), "fifty": Decimal(50),
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"),
}  # fmt: skip
FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}

_WORD = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
_TENS = "(?:twenty|thirty|forty|fifty)[- ](?:one|two|three|four|five|six|seven|eight|nine)"
_ONE = (
    rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?\s?[½¼¾]?|{_TENS}|(?:{_WORD})(?: and (?:a half|a quarter|½))?)"
)
_KIND = (
    r"(?:(?:further|additional|more|full|whole|extra|consultancy|consultant|support|facilitation|"
    r"csp|person|estimated|of|an|a|\(\d{1,3}\))[\s-]+){0,3}"
)
DAYS = re.compile(
    rf"(?<![\w.,£$-])(?P<from>{_ONE})(?:\s*(?:-|–|to|or)\s*(?P<to>{_ONE}))?[\s-]+{_KIND}"
    r"days?\b(?P<half> and a half)?(?!-)",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"\bdays?\s*[:=]\s*(\d{1,3}(?:[.,]\d{1,2})?)\b|^(\d{1,3}(?:\.\d{1,2})?)\s?d$", re.IGNORECASE
)
TIMES = re.compile(rf"(?<![\w.,])(\d{{1,2}}|{_WORD})\s*[x×]\s*$", re.IGNORECASE)
EACH = re.compile(r"\)?\s*(?:each|apiece|per (?:workshop|session|event))\b", re.IGNORECASE)
NEAR = 40  # characters
# Not how long support takes, but when something happens.
BEFORE = re.compile(
    r"\b(?:within|every|last|past|next|after|for the first)\s+(?:the\s+)?$", re.IGNORECASE
)
AFTER = re.compile(
    r"\s*(?:['’]?\s*notice|before|after|later|ago|per (?!workshop|session|event)|a week"
    r"|each week|of the week)",
    re.IGNORECASE,
)

FORMS = {
    "workshop": r"workshops?",
    "session": r"(?:group |facilitated |facilitation )?sessions?",
    "training": r"training|train the trainer|[‘'“\"]train",
    "review": r"(?:peer )?reviews?\b",
}
OPEN_ENDED = re.compile(r"\s*\(or ")
EVENTS = re.compile(
    rf"(?<![\w.,-])(?P<number>\d{{1,2}}|{_WORD})\s+(?:[\w-]+\s+){{0,3}}?"
    r"(?:workshop|session|event|review|module|seminar)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DaysFound:
    """Days that a text names: how many, in which words; `others` are the words of more figures,
    and `upper` says that the words are a range, of which this is the end."""

    days: Decimal
    words: str
    others: tuple[str, ...] = ()
    upper: bool = False


def number(words: str) -> Decimal | None:
    """Return the number that figures or words name: "2.5", "1½", "twenty-one", "one and a half"."""
    said = " ".join(words.lower().replace(",", ".").replace("-", " ").split())
    for fraction, value in FRACTIONS.items():
        if said.endswith(fraction) and said[:-1].strip().isascii() and said[:-1].strip().isdigit():
            return Decimal(said[:-1].strip()) + value
    if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", said, re.ASCII):
        return Decimal(said)
    if said in NUMBERS:
        return NUMBERS[said]
    whole, _, more = said.partition(" and ")
    if more and whole in NUMBERS:
        return NUMBERS[whole] + NUMBERS.get(more.removeprefix("a "), Decimal(0))
    tens, _, ones = said.partition(" ")
    if tens in NUMBERS and ones in NUMBERS:
        return NUMBERS[tens] + NUMBERS[ones]
    return None


def days_in(text: str) -> DaysFound | None:
    """Return the days of support that a text asks for, the first figure where it names several;
    None where it names none."""
    found = [each for match in DAYS.finditer(text) if (each := _days(text, match))]
    if not found:
        labelled = LABELLED.search(text.strip())
        days = number(labelled[1] or labelled[2]) if labelled else None
        return DaysFound(days, labelled[0]) if labelled and days is not None else None
    others = tuple(dict.fromkeys(each.words for each in found[1:] if each.days != found[0].days))
    return DaysFound(found[0].days, found[0].words, others, found[0].upper)


def _days(text: str, match: "re.Match[str]") -> DaysFound | None:
    if BEFORE.search(text[max(0, match.start() - NEAR) : match.start()]) or AFTER.match(
        text, match.end()
    ):
        return None
    days = number(match["to"] or match["from"])
    if days is None:
        return None
    half = Decimal("0.5") if match["half"] else Decimal(0)
    if times := TIMES.search(text[: match.start()]):
        many = number(times[1]) or Decimal(1)
        return DaysFound((days + half) * many, " ".join(text[times.start() : match.end()].split()))
    events = events_in(text) or 1
    each = EACH.match(text, match.end()) or re.search(r"@\s*$", text[: match.start()])
    if events > 1 and each:
        return DaysFound((days + half) * events, f"{' '.join(match[0].split())} each")
    return DaysFound(days + half, " ".join(match[0].split()), upper=bool(match["to"]))


def form_in(text: str) -> str:
    """Return the form of support that a text names first, "other" where it names none."""
    places = {
        form: match.start()
        for form, words in FORMS.items()
        if (match := re.search(rf"(?<!\w)(?:{words})", text, re.IGNORECASE))
    }
    return min(places, key=lambda form: places[form], default="other")


def events_in(text: str) -> int | None:
    """Return how many workshops, sessions or other events a text names; None for no figure. "A
    session (or sessions)" is none."""
    for match in EVENTS.finditer(text):
        found = number(match["number"])
        open_ended = OPEN_ENDED.match(text, match.end())
        if found is not None and found == int(found) and found > 0 and not open_ended:
            return int(found)
    return None
