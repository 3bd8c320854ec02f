"""Every figure and every link of the two source papers, in each of the three formats."""

import re
from io import StringIO
from pathlib import Path

import page
import pytest
from django.core.management import call_command
from django.db import transaction

from partnership.richtext import parse, plain_text
from standards.models import Finding
from tests.papers.reading import words_of

# Without a database of tests it would use our own; what is printed knows no database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FORMATS = ("html", "pdf", "docx")

# The Bromley paper of 17 May 2010: standard, score, how the support column ends.
TITLES = {
    1: "We are clear and agreed about the outcomes improvements we need to achieve for children, "
    "young people and families in our area",
    2: "We have robust, up-to-date commissioning arrangements which allow us to improve outcomes "
    "for children, young people and families",
    3: "We have the right governance",
    4: "Partners and stakeholders, including children, young people and families, understand and "
    "support the approach we take to commissioning",
    5: "We really understand the needs of our children, young people and families in our area",
    6: "We invest wisely and influence the market effectively to improve outcomes for children, "
    "young people and their families",
    7: "We monitor the impact and manage the performance of services in order to improve outcomes",
    8: "Our commissioners work effectively together to secure improved services and outcomes",
    9: "We successfully secure major service reconfiguration and change to improve outcomes "
    "through commissioning",
    10: "Our leaders understand commissioning and work together to deliver change through best "
    "commissioning practice across the Children’s Trust",
    11: "We have the right people with the skills, knowledge and expertise to deliver change and "
    "improve outcomes through commissioning",
    12: "We have a culture of continuous learning and improvement involving all commissioners, "
    "providers and stakeholders",
}
SCORES = {
    1: "3.2", 2: "2.9", 3: "2.3", 4: "2.7", 5: "3.3", 6: "3.2",
    7: "3.2", 8: "3.3", 9: "3.1", 10: "2.7", 11: "3.0", 12: "3.3",
}  # fmt: skip
DAYS = {1: 2, 2: 4, 6: 2, 8: 2, 10: 2}
FRONT_SHEET = (
    "17 May 2010",
    "9",
    "Commissioning – Change Plan",
    "Strategic Commissioning Manager",
    "London Borough of Bromley",
)
SECTIONS = (
    "1 Summary", "2 Recommendations", "3 Background", "4 Overview of outcomes",
    "5 Strategic Commissioning Change Plan", "Appendix A",
)  # fmt: skip
PARAGRAPHS = (
    "1.1", "2.1", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7",
    "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3",
)  # fmt: skip
DATES = (
    "July 2008", "21 September 2009", "8 February 2010", "9 February 2010", "22 February 2010",
    "April 2011", "2009–2011", "2011–2014",
)  # fmt: skip


class Files:
    """The demonstration papers in words, each rendered once, and the findings they print."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[tuple[str, str], str] = {}
        call_command("load_demo", force=True, stdout=StringIO())

    def words(self, slug: str, name: str) -> str:
        if (slug, name) not in self.known:
            target = self.folder / f"{slug}.{name}"
            call_command("export_paper", slug, format=name, output=target, stdout=StringIO())
            self.known[slug, name] = words_of(target.read_bytes(), name)
        return self.known[slug, name]

    def findings(self, partnership: str, kind: str) -> list[str]:
        found = Finding.objects.filter(exercise__partnership__slug=partnership, kind=kind)
        return [plain_text(parse(finding.text)) for finding in found.order_by("number")]


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Files(tmp_path_factory.mktemp("papers"))
        transaction.set_rollback(True)


@pytest.fixture(params=FORMATS)
def bromley(files, request) -> str:
    return files.words("bromley-change-plan", request.param)


@pytest.fixture(params=FORMATS)
def medway(files, request) -> str:
    return files.words("medway-evaluation", request.param)


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("slug", ["bromley-change-plan", "medway-evaluation"])
def test_pdf_conforms(files, slug, profile):
    files.words(slug, "pdf")
    report = page.validate_pdf_bytes((files.folder / f"{slug}.pdf").read_bytes(), profile=profile)
    assert report.failures == []
    assert report.rules.passed == {"ua1": 104, "3a": 156}[profile]


def in_order(words: str, *parts: str) -> bool:
    """Whether the parts stand in the words one after the other."""
    place = 0
    for part in parts:
        place = words.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def between(words: str, start: str, end: str) -> str:
    """What stands from `start` to the next `end`; fails where either is missing."""
    head = words.index(start)
    return words[head : words.index(end, head + len(start))]


def test_bromley_front_sheet(bromley):
    assert in_order(bromley, "Bromley Children and Young People Trust Board", *FRONT_SHEET)


def test_bromley_sections_and_paragraph_numbers(bromley):
    assert in_order(bromley, *SECTIONS)
    assert in_order(bromley, *(f"{number} " for number in PARAGRAPHS))
    for absent in ("1.2 ", "3.8 ", "5.4 "):
        assert absent not in bromley.replace(".2 0", "")


@pytest.mark.parametrize("number", TITLES)
def test_bromley_plan_has_every_standard_with_its_score(bromley, number):
    plan = squeezed(bromley[bromley.rindex("Appendix A") :])
    row = squeezed(f"{number}. {TITLES[number]} {SCORES[number]}")
    assert row in plan


@pytest.mark.parametrize("number", DAYS)
def test_bromley_plan_has_five_allocations_of_days(bromley, number):
    assert f"{DAYS[number]} days estimated" in row_of(bromley, number)


def row_of(words: str, number: int) -> str:
    """The plan's row of a standard, up to the next standard's."""
    plan = words[words.rindex("Appendix A") :]
    end = f"{number + 1}. We" if number + 1 not in (4, 8, 10) else f"{number + 1}. "
    return between(plan, f"{number}. {TITLES[number][:12]}", end)


def test_bromley_days_add_up_to_twelve_of_approximately_twenty(bromley):
    total = "an estimated 12 days in five allocations, out of approximately 20"
    assert total in bromley
    assert sum(DAYS.values()) == 12


@pytest.mark.parametrize("number", [3, 4, 5, 7, 9])
def test_bromley_says_where_no_days_were_asked(bromley, number):
    assert "None asked" in row_of(bromley, number)
    assert "0 days" not in row_of(bromley, number)


def test_bromley_leans_on_support_placed_elsewhere_in_standard_7(bromley):
    assert "Relies on support placed elsewhere" in row_of(bromley, 7)


def test_bromley_leaves_standards_11_and_12_empty(bromley):
    assert "Action:" in row_of(bromley, 10)
    assert "Action:" not in row_of(bromley, 11)
    rest = bromley[bromley.rindex("12. We have a culture") :]
    assert "Action:" not in rest


def test_bromley_strongest_and_lowest_three(bromley):
    outcomes = between(bromley, "4 Overview of outcomes", "5 Strategic Commissioning Change Plan")
    ranked = [f"{n}. {TITLES[n]}" for n in (5, 8, 12)], [f"{n}. {TITLES[n]}" for n in (3, 4, 10)]
    strongest, lowest = (
        [row + " " + SCORES[int(row.split(".")[0])] for row in rows] for rows in ranked
    )
    assert in_order(squeezed(outcomes), *map(squeezed, strongest + lowest))


def test_bromley_range_method_and_cohorts(bromley):
    assert "in the range of two or three" in bromley
    assert "begun to move forward in meeting the Standard" in bromley
    assert "making progress towards meeting the Standard" in bromley
    assert "Seven working groups scored the 12 standards: six" in bromley
    assert "figures recorded at the time" in bromley
    assert "consistently lower" in bromley


def test_bromley_has_seven_themes(bromley, files):
    themes = files.findings("bromley", "theme")
    assert len(themes) == 7
    part = between(bromley, "4.4 ", "5 Strategic Commissioning Change Plan")
    assert in_order(squeezed(part), *map(squeezed, themes))


@pytest.mark.parametrize("date", DATES)
def test_bromley_dates(bromley, date):
    assert date in bromley


PRIORITIES = {
    "Partnership Boards": (
        "Many Partnership Board members",
        "Commissioners",
        "Managers",
        "with a reservation",
    ),
    "ECM Needs Assessment": ("managers and commissioners",),
    "Market Management": ("commissioners and managers",),
    "Performance Management": ("particularly by the Board and the commissioning managers",),
    "Communication and Information": (
        "Managers",
        "Commissioners",
        "Board members",
        "Not attributed",
    ),
    "School Involvement": ("partners, particularly the Board and the commissioning managers",),
}
ANSWERS = {
    "Partnership Boards": "Partnership Boards",
    "Joint ECM needs assessment": "ECM Needs Assessment",
    "Shaping the market": "Market Management",
    "Performance management": "Performance Management",
    "Communication": "Communication and Information",
    "Schools": "School Involvement",
}


def test_medway_sections(medway):
    assert in_order(
        medway, "1 Background", "2 Summary of messages", "3 Improvement priorities",
        "4 Recommendations",
    )  # fmt: skip


def test_medway_has_four_strengths(medway, files):
    strengths = files.findings("medway", "strength")
    assert len(strengths) == 4
    part = between(medway, "2 Summary of messages", "3 Improvement priorities")
    assert in_order(squeezed(part), *map(squeezed, strengths))


@pytest.mark.parametrize("number", range(1, 7))
def test_medway_priority_says_who_raised_it(medway, number):
    part = between(medway, "3 Improvement priorities", "4 Recommendations")
    titles = list(PRIORITIES)
    start = f"{number}. {titles[number - 1]}"
    end = f"{number + 1}. {titles[number]}" if number < 6 else None
    said = between(part, start, end) if end else part[part.index(start) :]
    assert "Raised " in said
    for raiser in PRIORITIES[titles[number - 1]]:
        assert raiser in said


def test_medway_recommendations_answer_priorities_under_their_own_headings(medway):
    part = medway[medway.index("4 Recommendations") :]
    parts = [
        step
        for place, (heading, priority) in enumerate(ANSWERS.items(), start=1)
        for step in (heading, f"Answers improvement priority {place}, {priority}")
    ]
    assert in_order(part, *parts)


def test_medway_support_has_no_invented_days(medway):
    assert medway.count("Days not stated") == 3
    assert not re.search(r"\d+(\.\d+)? days? estimated", medway)
    assert "section 10 agreement" in medway


def test_medway_has_no_front_sheet_no_scores_no_agenda(medway):
    for absent in ("Agenda item", "Date of meeting", "Not scored", "Average score", "2010–"):
        assert absent not in medway


def test_medway_dates_are_as_the_source_has_them(medway):
    assert "3 March" in medway
    assert "3 March 2010" not in medway
    assert "later this year" in medway
    assert "Assistant Director Commissioning and Strategy" in medway


def squeezed(words: str) -> str:
    """Without blanks: a PDF breaks lines where it must."""
    return re.sub(r"\s+", "", words)
