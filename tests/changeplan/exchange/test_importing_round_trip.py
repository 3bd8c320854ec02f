"""Generated plans, of any words and up to 200 actions, go out as files and come in again: into
their own plan without a change, into an empty one whole."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from changeplan.exchange.columns import guess
from changeplan.exchange.correcting import signature
from changeplan.exchange.loading import current_plan
from changeplan.exchange.markdown import same
from changeplan.exchange.reading import read
from changeplan.exchange.writing import plan_file, rows
from changeplan.models import Action, ChangePlan
from changeplan.services import importing
from partnership.dates import PreciseDate
from partnership.models import User
from tests import factories as make
from tests.conftest import SOAK
from tests.growing import many

TEXTS = {"detail", "success", "relied_on", "support_detail", "status"}
OWN = {"action", "action_number", "support", "depends_on"}  # differ from plan to plan
SIGNS = ["=1+1", "'=1", "+44", "@x", "-", "1. a", "_x000D_", "_x005F_x0041_"]

letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
words = st.text(letters, max_size=20) | st.sampled_from(SIGNS)
line = words.map(lambda said: " ".join(f"A{said}".split())[:120])
formula = st.builds("{}{}".format, st.sampled_from(["=", "+", "@", "'="]), line)
headline = line | formula
prose = st.lists(st.builds("{}{}".format, st.sampled_from(["", "- ", "**b** "]), line), max_size=3)
text = prose.map("\n\n".join)
quarters = st.none() | st.integers(1, 80).map(lambda n: Decimal(n) / 4)
dates = st.sampled_from([None, "2026-05-17", "2026-04", "2026", "later this year"])
actions = st.fixed_dictionaries(
    {
        "heading": headline,
        "detail": text,
        "success": text,
        "owner_title": line | st.just(""),
        "start": dates,
        "due": dates,
        "recurrence": line | st.just(""),
        "target_score": st.sampled_from([None, Decimal("2.5"), Decimal(4)]),
        "status": st.sampled_from(Action.Status.values),
        "rating": st.sampled_from(Action.Rating.values),
        "relied_on_support": text,
        "standards": st.sets(st.integers(1, 3), max_size=3).map(lambda n: tuple(sorted(n))),
        "days": st.lists(quarters, max_size=2),
    }
)
plans = many(actions)
statuses = st.lists(line, max_size=3)


def filled(plan: ChangePlan, made: list[dict], status: list[str]) -> None:
    offer = make.entitlement(plan)
    for number, said in enumerate(status, 1):
        make.status(plan, 1 + number % 3, said)
    before: Action | None = None
    for place, given_action in enumerate(made):
        fields = given_action | {
            key: PreciseDate(given_action[key]) if given_action[key] else None
            for key in ("start", "due")
        }
        days, standards = fields.pop("days"), fields.pop("standards")
        action = make.action(plan, standards=standards, **fields)
        for number, amount in enumerate(days):
            make.support(offer, f"Help {place}.{number}", action=action, estimated=amount)
        if before and place % 3 == 0:
            action.depends_on.add(before)
        before = action


def sent_back(plan: ChangePlan, format: str, into: ChangePlan, by: User):
    sheet = read(f"plan.{format}", plan_file(current_plan(plan), plan.title, format))
    return importing.start_import(
        plan=into, file_name=f"plan.{format}", sheet=sheet, columns=guess(sheet), by=by
    )


def told(plan: ChangePlan) -> list[dict[str, str]]:
    """What the plan says, without its references and the numbers that they stand for."""
    return [
        {key: words for key, words in row.items() if words and key not in OWN}
        for row in rows(current_plan(plan))
    ]


def alike(one: dict[str, str], other: dict[str, str]) -> bool:
    return one.keys() == other.keys() and all(
        same(words, other[key]) if key in TEXTS else words == other[key]
        for key, words in one.items()
    )


class RoundTrip(TestCase):
    def setUp(self) -> None:
        partnership = make.partnership()
        self.exercise = make.exercise(partnership)
        self.by = make.user()

    def comes_back(self, format: str, made: list[dict], status: list[str]) -> None:
        plan = make.plan(self.exercise)
        filled(plan, made, status)
        proposal, _ = importing.compared(sent_back(plan, format, plan, self.by))
        assert [step for step in proposal.steps if step.changes or step.doubts] == []
        other = make.plan(self.exercise)
        make.entitlement(other)
        sent = sent_back(plan, format, other, self.by)
        proposal, _ = importing.compared(sent)
        importing.apply_import(sent=sent, seen=signature(proposal), by=self.by)
        here, there = told(plan), told(other)
        assert len(here) == len(there)
        assert [pair for pair in zip(here, there, strict=True) if not alike(*pair)] == []


def round_trip(format: str, examples: int):
    @settings(
        max_examples=examples * (4 if SOAK else 1),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(plans, statuses)
    def test(self: RoundTrip, made: list[dict], status: list[str]) -> None:
        self.comes_back(format, made, status)

    return test


class Csv(RoundTrip):
    test_a_plan_comes_back_as_csv = round_trip("csv", 12)


class Xlsx(RoundTrip):
    test_a_plan_comes_back_as_xlsx = round_trip("xlsx", 12)


class Word(RoundTrip):
    test_a_plan_comes_back_as_a_word_table = round_trip("docx", 4)
