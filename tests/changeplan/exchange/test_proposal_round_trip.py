"""A plan that goes out as a file comes in as itself: into its own plan without a change, into an
empty one whole."""

import json
import unicodedata
from dataclasses import replace
from decimal import Decimal
from functools import partial

import hypothesis
import pytest
from hypothesis import strategies as st

from changeplan.exchange.columns import guess
from changeplan.exchange.current import (
    CurrentAction,
    CurrentPlan,
    CurrentPriority,
    CurrentStandard,
    CurrentSupport,
)
from changeplan.exchange.fields import BY_KEY, FORMS, RATINGS, STATUSES, Kind, Part
from changeplan.exchange.markdown import plain_lines, same, tidy
from changeplan.exchange.proposal import Proposal, Verdict, propose
from changeplan.exchange.reading import read
from changeplan.exchange.sheet import CSV, DOCX, XLSX, Sheet
from changeplan.exchange.writing import plan_file
from partnership.dates import PreciseDate
from partnership.numbers import plain
from partnership.richtext import ItemList, parse

from . import papers

# As `clean_text` lets it in.
letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
said = st.text(letters, max_size=12).map(partial(unicodedata.normalize, "NFC")) | st.sampled_from(
    ["=1+1", "1. x", "- a", "Ä", "_x0041_"]
)
lines = st.builds("{}{}".format, st.sampled_from("aÖ7"), said).map(lambda w: " ".join(w.split()))
texts = st.lists(
    st.builds(str.__add__, st.sampled_from(["", "- ", "**b** "]), said), max_size=3
).map("\n\n".join)
dates = st.sampled_from(["", "2026-05-17", "2026-04", "2026", "later this year"])
OWN = ("action_standards", "support_standards")
quarters = st.none() | st.integers(1, 80).map(lambda n: Decimal(n) / 4)


def figure(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


@st.composite
def actions(draw, number: int) -> CurrentAction:
    standards = tuple(sorted(draw(st.sets(st.integers(1, 4), max_size=3))))
    label = lambda choices: choices[draw(st.sampled_from(sorted(choices)))][0]  # noqa: E731
    values = {
        "headline": draw(lines),
        "detail": draw(texts),
        "action_standards": ", ".join(map(str, standards)),
        "priorities": draw(st.sampled_from(["", "1. Schools", "1. Schools\n2. Market; and more"])),
        "success": draw(texts),
        "lead": draw(st.sampled_from(["", "Primary Care Trust", "Commissioning Strategy Group"])),
        "owner": draw(st.sampled_from(["", "Alex Example"]) | lines),
        "monitored_by": draw(st.sampled_from(["", "Commissioning Strategy Group"])),
        "start": _date(draw(dates)),
        "due": _date(draw(dates)),
        "recurrence": draw(lines | st.just("")),
        "target_score": draw(st.sampled_from(["", "3", "3.5"])),
        "action_status": label(STATUSES),
        "rating": label(RATINGS),
        "relied_on": draw(texts),
    }
    return CurrentAction(f"bcdfghjk{number:04d}", number, standards, values)


def _date(stored: str) -> str:
    return str(PreciseDate(stored)) if stored else ""


@st.composite
def supports(draw, number: int, references: list[str]) -> CurrentSupport:
    standards = tuple(sorted(draw(st.sets(st.integers(1, 4), max_size=2))))
    values = {
        "programme": "Support programme",
        "purpose": draw(lines),
        "support_detail": draw(texts),
        "form": FORMS[draw(st.sampled_from(sorted(FORMS)))][0],
        "events": draw(st.sampled_from(["", "2"])),
        "focus_areas": draw(st.sampled_from(["", "Needs", "Needs\nMarkets"])),
        "estimated": figure(draw(quarters)),
        "agreed": figure(draw(quarters)),
        "support_standards": ", ".join(map(str, standards)),
    }
    action = draw(st.sampled_from(["", *references]))
    return CurrentSupport(f"mnpqrstv{number:04d}", action, standards, values)


@st.composite
def plans(draw) -> CurrentPlan:
    made = [draw(actions(n)) for n in range(1, draw(st.integers(0, 4)) + 1)]
    references = [action.reference for action in made]
    for place, action in enumerate(made):
        waits = draw(st.sampled_from(["", *references]))
        action.values["depends_on"] = "" if waits == action.reference else waits
        made[place] = action
    standards = tuple(
        CurrentStandard(n, papers.TITLES[n - 1], papers.SCORES[n - 1], "", tuple(draw(statuses)))
        for n in range(1, 5)
    )
    asked = tuple(draw(supports(n, references)) for n in range(draw(st.integers(0, 3))))
    return CurrentPlan(
        standards,
        tuple(made),
        asked,
        (CurrentPriority("p1", 1, "Schools"), CurrentPriority("p2", 2, "Market; and more")),
        papers.current_plan().bodies,
    )


statuses = st.lists(texts.filter(plain_lines), max_size=2)


def sent_out(plan: CurrentPlan, form: str) -> Sheet:
    sheet = read(f"plan.{form}", plan_file(plan, "Plan", form))
    assert sheet.format == form
    assert Sheet.from_json(json.loads(json.dumps(sheet.to_json()))) == sheet
    return sheet


@pytest.mark.parametrize("form", [CSV, XLSX, DOCX])
@hypothesis.given(plan=plans())
def test_a_plan_comes_back_unchanged_and_goes_into_an_empty_one_whole(form, plan):
    sheet = sent_out(plan, form)
    proposal = propose(sheet, guess(sheet), plan)
    changed = [step for step in proposal.steps if step.verdict != Verdict.LEFT]
    assert [(step.changes, step.doubts) for step in changed] == []
    assert proposal.untouched == ()

    made = propose(sheet, guess(sheet), emptied(plan))
    assert {step.verdict for step in made.steps} <= {Verdict.MADE}
    assert alike(told(made, Part.ACTION), plan.actions)
    assert alike(told(made, Part.SUPPORT), plan.support)
    status = {s.standards[0]: s.values["status"] for s in made.steps if s.part == Part.STANDARD}
    for standard in plan.standards:
        assert blocks(standard.status) == blocks(status.get(standard.number, ()))


def blocks(statements) -> list:
    """What statements say, paragraph by paragraph and item by item, however parted among them."""
    return [
        (block.ordered, item) if isinstance(block, ItemList) else block
        for words in statements
        for block in tidy(parse(words))
        for item in (block.items if isinstance(block, ItemList) else [block])
    ]


def emptied(plan: CurrentPlan) -> CurrentPlan:
    standards = tuple(replace(standard, status=()) for standard in plan.standards)
    return CurrentPlan(standards, priorities=plan.priorities, bodies=plan.bodies)


def told(proposal: Proposal, part: Part) -> list[dict[str, str]]:
    """The words of each record to be made, by field."""
    steps = (step for step in proposal.steps if step.part == part)
    return [
        {change.field: change.new for change in step.changes}
        | {"standards": ", ".join(map(str, step.standards))}
        for step in steps
    ]


def alike(made, records) -> bool:
    left = list(made)
    for record in records:
        found = next((each for each in left if says(each, record)), None)
        assert found is not None, (record, left)
        left.remove(found)
    return not left


def says(made, record) -> bool:
    """Whether what is made says what the record says; references are new in another plan."""
    return all(
        same(words, made.get(key, ""))
        if BY_KEY[key].kind == Kind.TEXT
        else words == made.get("standards" if key in OWN else key, "")
        for key, words in record.values.items()
        if key not in ("depends_on", "priorities")
    )


@pytest.mark.parametrize("form", [CSV, XLSX, DOCX])
def test_two_hundred_actions_come_back_unchanged(form):
    actions = tuple(
        CurrentAction(
            f"bcdfghjk{n:04d}",
            n,
            (n % 12 + 1,),
            {
                "headline": f"Action {n}: {'é' * (n % 7)}",
                "detail": f"**Step** {n}\n\n- a\n- b",
                "action_standards": str(n % 12 + 1),
            },
        )
        for n in range(1, 201)
    )
    plan = papers.current_plan(actions=actions)
    sheet = sent_out(plan, form)
    proposal = propose(sheet, guess(sheet), plan)
    assert proposal.changes_nothing
    assert len(proposal.steps) == 200
