"""What a file would make of a plan: found again, compared, and doubted in words."""

from decimal import Decimal

import pytest

from changeplan.exchange.columns import guess
from changeplan.exchange.current import (
    Body,
    CurrentAction,
    CurrentPlan,
    CurrentPriority,
    CurrentSupport,
)
from changeplan.exchange.fields import FIELDS, Part
from changeplan.exchange.proposal import Proposal, ProposedRow, Step, Verdict, propose
from changeplan.exchange.reading import read
from changeplan.exchange.said_dates import said_date
from changeplan.exchange.words import days_in, events_in
from partnership.sheets import Sheet as Table
from partnership.sheets import csv_file

from . import papers

REFERENCE, OTHER, SUPPORT = "bcdfghjkmnpq", "rstvwxyz2345", "23456789bcdf"
VALUES = {
    "headline": "Review the sub-groups",
    "detail": "One by one.",
    "action_standards": "3",
    "owner": "Head of governance",
    "due": "30 September 2026",
    "action_status": "Not started",
    "rating": "Not rated",
}


def plan(**more) -> CurrentPlan:
    """A plan of one action, with support, and a status."""
    empty = papers.current_plan()
    standards = tuple(
        s if s.number != 3 else type(s)(3, s.title, s.score, "", ("First.", "Second."))
        for s in empty.standards
    )
    asked = {"programme": "CSP", "purpose": "Two workshops", "form": "Workshop", "estimated": "2"}
    return papers.current_plan(
        **{
            "standards": standards,
            "actions": (CurrentAction(REFERENCE, 1, (3,), VALUES),),
            "support": (CurrentSupport(SUPPORT, REFERENCE, (), asked),),
            "priorities": (CurrentPriority("p1", 1, "Schools"),),
            "bodies": (*empty.bodies, Body("programme", "9", ("Support Programme", "CSP"))),
        }
        | more
    )


def sent(into: CurrentPlan, *rows: dict[str, str], headings: "list[str] | None" = None) -> Proposal:
    """The proposal for a CSV file with these cells."""
    names = headings or list(dict.fromkeys(name for row in rows for name in row))
    lines = tuple(tuple(row.get(name, "") for name in names) for row in rows)
    sheet = read("plan.csv", csv_file(Table("Plan", tuple(names), lines)))
    return propose(sheet, guess(sheet), into)


def exported(into: CurrentPlan, *rows: dict[str, str]) -> Proposal:
    """The proposal for a file with every column, as an export has them."""
    return sent(into, *rows, headings=[field.heading for field in FIELDS])


def step(proposal: Proposal, part: Part = Part.ACTION) -> Step:
    (found,) = [each for each in proposal.steps if each.part == part]
    return found


def row(proposal: Proposal) -> ProposedRow:
    (found,) = proposal.rows
    return found


def doubts(proposal: Proposal) -> str:
    told = [
        *(d for r in proposal.rows for d in r.doubts),
        *(d for s in proposal.steps for d in s.doubts),
    ]
    return " ".join(doubt.words for doubt in told)  # fmt: skip


def test_an_action_is_found_again_by_its_reference_and_its_changes_are_told():
    changed = {"Action reference": REFERENCE, "Standard number": "3", "Action": "Review them"}
    found = step(exported(plan(), {**changed, "Detail": "One by one.", "Due": "October 2026"}))
    assert (found.verdict, found.key) == (Verdict.CHANGED, REFERENCE)
    assert {change.field: (change.old, change.new) for change in found.changes} == {
        "headline": ("Review the sub-groups", "Review them"),
        "due": ("30 September 2026", "October 2026"),
        "owner": ("Head of governance", ""),
    }
    assert (found.values["due"], found.values["owner"]) == ("2026-10", None)


def test_without_reference_it_is_found_by_standard_and_headline_and_empty_cells_change_nothing():
    proposal = sent(
        plan(), {"No": "3", "Action": "REVIEW THE SUB-GROUPS.", "Owner": "", "Due": "2027"}
    )
    found = step(proposal)
    assert (found.verdict, found.values) == (Verdict.CHANGED, {"due": "2027"})
    assert proposal.untouched == ()


def test_the_same_headline_under_another_standard_is_a_new_action_and_doubtful():
    proposal = sent(plan(), {"No": "5", "Action": "Review the sub-groups"})
    assert step(proposal).verdict == Verdict.MADE
    assert "another standard" in doubts(proposal)
    assert proposal.untouched == ("Review the sub-groups",)


def test_a_reference_that_the_plan_has_not_is_doubtful():
    proposal = exported(
        plan(),
        {"Action reference": OTHER, "Standard number": "3", "Action": "Review the sub-groups"},
    )
    assert step(proposal).key == REFERENCE
    assert OTHER in doubts(proposal)


def test_the_same_action_under_two_standards_is_one_action():
    proposal = sent(plan(), {"No": "5", "Action": "Meet"}, {"No": "6", "Action": "Meet"})
    assert step(proposal).standards == (5, 6)
    assert "taken for one" in doubts(proposal)


def test_several_supports_of_an_action_refer_to_it_by_reference():
    same = {"Standard number": "3", "Action reference": OTHER, "Action": "Meet"}
    proposal = exported(
        plan(actions=(), support=()),
        {**same, "Owner": "Chair", "Support": "A"},
        {**same, "Support": "B"},
    )
    action, first, second = proposal.steps
    assert action.values["owner"] == "Chair"
    assert first.values["action"] == second.values["action"] == action.key
    assert second.standards == ()


def test_a_status_is_changed_as_a_whole_and_what_stands_stays_whole():
    into = plan(
        standards=(type(plan().standards[0])(3, papers.TITLES[2], "2.3", "", ("A\n\n- b", "C")),)
    )
    kept = step(sent(into, {"No": "3", "Current status": "A\n\n* b\n\nC"}), Part.STANDARD)
    assert kept.verdict == Verdict.LEFT
    found = step(sent(into, {"No": "3", "Current status": "A\n\n- b\n\nNew\n\nC"}), Part.STANDARD)
    assert found.values["status"] == ("A\n\n- b", "New", "C")
    assert found.changes[0].old == "A\n\n- b\n\nC"


@pytest.mark.parametrize(
    ("heading", "said", "value"),
    [
        ("Owner", "alex example", Body("member", "3", ("Alex Example",))),
        ("Lead", "PCT", Body("organisation", "2", ("Primary Care Trust", "PCT"))),
        ("Due", "30/9/26", "2026-09-30"),
        ("Due", "by the end of March 2027", "2027-03"),
        ("Due", "later this year", "later this year"),
        ("RAG", "Amber", "amber"),
        ("Action status", "Under way", "in_progress"),
        ("Target score", "3.5", Decimal("3.5")),
        ("Improvement priorities", "1. Schools", ("p1",)),
        ("Depends on", "1", (REFERENCE,)),
    ],
)
def test_cells_are_taken_as_people_write_them(heading, said, value):
    found = step(sent(plan(), {"No": "5", "Action": "Meet", heading: said}))
    assert value in found.values.values()
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("heading", "said", "words"),
    [
        ("Owner", "Alex Exampel", "Is it “Alex Example”?"),
        ("Lead", "A group nobody knows", "does not know"),
        ("Due", "31/02/2026", "no date"),
        ("Due", "3/4/2026", "day first"),
        ("Rating", "Purple", "left out"),
        ("Target score", "3.2", "half points"),
        ("Score", "3.4", "the exercise has 3.3"),
        ("Commissioning standard", "We like cake, and nothing but cake", "calls standard 5"),
        ("Improvement priorities", "9. Cake", "no such"),
        ("Depends on", "77", "neither the plan nor the file"),
        ("Estimated days", "1.3", "quarter days"),
        ("Support", "Half a day of training", "“Half a day”"),
        ("Number", "14", "no standard 14"),
    ],
)
def test_what_does_not_fit_is_told_in_words(heading, said, words):
    headings = {"Standard no": "5"} if heading != "Number" else {}
    proposal = sent(plan(), {**headings, "Action": "Meet", heading: said})
    assert words in doubts(proposal)


def test_a_headline_that_is_too_long_is_cut_and_kept_whole_in_the_detail():
    found = step(sent(plan(), {"No": "5", "Action": "Meet " * 100}))
    assert len(found.values["headline"]) <= 300
    assert found.values["detail"] == ("Meet " * 100).strip()


def test_a_row_with_an_owner_but_no_action_is_doubtful():
    assert "no action" in doubts(sent(plan(), {"No": "5", "Action": "", "Owner": "Chair"}))


def test_support_without_words_takes_its_purpose_from_its_action():
    proposal = sent(plan(), {"No": "5", "Action": "Meet", "CSP days": "two"})
    found = step(proposal, Part.SUPPORT)
    assert (found.title, found.values["estimated"]) == ("Meet", 2)
    assert found.values["programme"] == Body("programme", "9", ("Support Programme", "CSP"))


def test_words_for_no_support_ask_for_none():
    found = sent(plan(), {"No": "5", "Action": "Meet", "CSP support": "None asked"})
    assert [each.part for each in found.steps] == [Part.ACTION]


def test_columns_can_be_read_in_another_way():
    sheet = read("a.csv", b"No,Action,Notes\n3,Look,Review the sub-groups\n")
    found = step(propose(sheet, {"standard": 0, "headline": 2, "detail": 1}, plan()))
    assert (found.key, found.changes[0].new) == (REFERENCE, "Look")
    assert propose(sheet, {"headline": 99, "unknown": 0}, plan()).rows == ()


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("an estimated two days", "2"),
        ("four days of consultancy support for two workshops", "4"),
        ("half a day", "0.5"),
        ("1.5 days", "1.5"),
        ("a day and a half", "1.5"),
        ("one and a half days", "1.5"),
        ("2½ days", "2.5"),
        ("three quarters of a day", "0.75"),
        ("two half days", "1"),
        ("two to three days", "3"),
        ("twenty-one days", "21"),
        ("four (4) days", "4"),
        ("Days: 2", "2"),
        ("0,5 days", "0.5"),
    ],
)
def test_days_are_found_in_words(said, days):
    assert days_in(said).days == Decimal(days)


@pytest.mark.parametrize(
    "said", ["", "the day", "within five days", "five days’ notice", "some days", "day one", "£20"]
)
def test_days_that_are_no_support_are_not_found(said):
    assert days_in(said) is None


def test_a_second_figure_of_days_is_told():
    assert days_in("four days, of which one day is for a review").others == ("one day",)


@pytest.mark.parametrize(
    ("said", "events"),
    [
        ("two workshops", 2),
        ("3 half-day sessions", 3),
        ("a session (or sessions)", None),
        ("x", None),
    ],
)
def test_events_are_found_in_words(said, events):
    assert events_in(said) == events


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("17 May 2010", "2010-05-17"),
        ("Monday 17th May, 2010", "2010-05-17"),
        ("May 17, 2010", "2010-05-17"),
        ("17.5.10", "2010-05-17"),
        ("2010-05-17 00:00:00", "2010-05-17"),
        ("Apr-11", "2011-04"),
        ("by April 2011", "2011-04"),
        ("04/2011", "2011-04"),
        ("2011", "2011"),
        ("Autumn term", "Autumn term"),
        ("30/2/2010", ""),
        ("17/5", ""),
    ],
)
def test_dates_are_found_in_words(said, stored):
    assert said_date(said).stored == stored
