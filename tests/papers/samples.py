"""Board papers for the tests of the renderers: the usual one, and three that try them hard."""

from dataclasses import replace
from decimal import Decimal

from papers.document import (
    BoardPaper,
    Chart,
    Column,
    Field,
    NumberedParagraph,
    Prose,
    Section,
    Subheading,
    Table,
)
from partnership import charts
from partnership.richtext import RichText, parse, text

TITLES = (
    "We agree which outcomes must improve for children, young people and families",
    "Our commissioning arrangements are robust and up to date",
    "We have the right governance",
    "Partners and stakeholders understand and support the approach we take",
    "We really understand the needs of children, young people and families",
    "We invest wisely and influence the market",
    "We monitor impact and manage performance",
    "Our commissioners work effectively together",
    "We secure major change in services through commissioning",
    "Our leaders understand commissioning and work together",
    "We have the right people with the right skills",
    "We have a culture of continuous learning and improvement",
)
SCORES = ("3.2", "2.9", "2.3", "2.7", "3.3", "3.2", "3.2", "3.3", "3.1", "2.7", "3.0", "3.3")
STATUS = (
    "A plan is in place until 2011 and names priorities under each of the five outcomes.\n\n"
    "Its successor is due by April 2011 and has to meet the Act of 2009."
)
ACTION = (
    "**Action: cross-cutting priorities identified through the project plan.**\n\n"
    "The planning group, supported by the strategy and performance team, prepares the project "
    "plan. What answers this standard becomes part of the plan for carrying it out.\n\n"
    "Board meetings will be organised around group sessions that agree:\n\n"
    "- the main cross-cutting priorities;\n- the outcomes to improve;\n- fewer priorities in all."
)
SUPPORT = "Two days of consultancy support are estimated, to facilitate one group session or more."
HOSTILE = (
    "<script>alert(1)</script><style>*{color:red}</style><img src=file:///etc/passwd>"
    "<link rel=attachment href=file:///etc/passwd><svg><image href='file:///etc/hostname'/></svg>"
    "<iframe src=http://127.0.0.1/></iframe><object data=file:///etc/passwd></object>"
    "<a href=javascript:alert(1)>x</a> & \"quotes\" 'too' =HYPERLINK(1)"
    " {{ {{ lowest average }} }} \N{RIGHT-TO-LEFT OVERRIDE}desrever\N{ZERO WIDTH JOINER} ]]></w:t>"
)
HOSTILE_MARKDOWN = (
    HOSTILE + " ![p](file:///etc/passwd) [bad](javascript:alert(1)) [f](file:///etc/passwd)"
    " **[good](https://example.org/?a=1&b=2)** <https://example.org/>"
)
WORLD = (
    "Mae'r Bwrdd yn gofyn i bob gŵr a gwraig o dan y tŷ: ŵ ŷ Ŵ Ŷ â ê î ô û. "
    "مجلس الشراكة يوافق على الخطة. Łódź, naïve, ‘quoted’ – and 😀 👍 ✅."
)


def chart(words: str = "Average score for each standard") -> Chart:
    """Return the bar chart of `SCORES`."""
    bars = [charts.Bar(f"S{n} {TITLES[n - 1]}", Decimal(SCORES[n - 1])) for n in range(1, 13)]
    description = "Twelve bars. The lowest is 2.3 (S3) and the highest 3.3 (S5, S8, S12)."
    svg = charts.bar_chart(bars, Decimal(1), Decimal(5), words, description, "scores")
    return Chart(svg, words, description)


def ranked(caption: str, numbers: tuple[int, ...]) -> Table:
    """Return a table of standards with their average scores."""
    columns = (Column("Standard", 1), Column("Title", 6), Column("Average", 2, numeric=True))
    rows = tuple((text(f"S{n}"), text(TITLES[n - 1]), text(SCORES[n - 1])) for n in numbers)
    return Table(caption, columns, rows, note="Averages are out of 5.")


def plan_table() -> Table:
    """Return twelve rows: row 2 is taller than a page, and rows 11 and 12 say nothing."""
    columns = (
        Column("Commissioning standard", 3),
        Column("Score", 1, numeric=True),
        Column("Current status", 3),
        Column("Recommended actions", 6),
        Column("Support programme", 3),
    )
    return Table("Change plan", columns, tuple(map(_plan_row, range(1, 13))), breakable=True)


def _plan_row(n: int) -> tuple[RichText, ...]:
    first = (text(f"S{n} {TITLES[n - 1]}"), text(SCORES[n - 1]))
    if n > 10:
        return (*first, (), (), ())
    actions = parse("\n\n".join([ACTION] * (6 if n == 2 else 1)))
    return (*first, parse(STATUS) if n != 9 else (), actions, parse(SUPPORT) if n % 2 else ())


def bromley() -> BoardPaper:
    """Return a paper built as Bromley's of May 2010 was, in our own words."""
    return BoardPaper(
        slug="change-plan",
        title="Commissioning: change plan",
        kind="Change plan",
        partnership="Example Children and Young People Trust",
        body_name="The Trust Board",
        front_sheet=_front_sheet(),
        sections=_sections(),
        appendices=(
            Section(
                "appendix-a",
                "Appendix A",
                "Strategic commissioning change plan",
                (plan_table(), Prose(text("The plan outlines an estimated twelve days."))),
                landscape=True,
            ),
        ),
        author="Strategic Commissioning Manager",
    )


def _front_sheet() -> tuple[Field, ...]:
    lines = {
        "Meeting": "The Trust Board",
        "Date of meeting": "17 May 2010",
        "Agenda item": "9",
        "Title": "Commissioning: change plan",
        "Contact": "Strategic Commissioning Manager, [write](mailto:commissioning@example.org)",
        "Lead partner": "London Borough of Bromley",
        "Purpose": "For decision",
    }
    return tuple(Field(label, parse(value)) for label, value in lines.items())


def _sections() -> tuple[Section, ...]:
    return (
        Section("summary", "1", "Summary", _numbered(1, 1)),
        Section("recommendations", "2", "Recommendations", _numbered(2, 1)),
        Section("background", "3", "Background", _numbered(3, 7)),
        Section("outcomes", "4", "Overview of outcomes from the exercise", _outcomes()),
        Section("plan", "5", "Strategic commissioning change plan", _numbered(5, 3)),
    )


def _numbered(section: int, count: int) -> tuple[NumberedParagraph, ...]:
    return tuple(
        NumberedParagraph(
            f"{section}.{n}", parse(f"The Board is told fact {section}.{n}. {FILLER}")
        )
        for n in range(1, count + 1)
    )


FILLER = (
    "Effective commissioning across the partnership is central to *joined-up* services that raise "
    "hopes and give **value for money**. The framework was endorsed by the Board in July 2008, and "
    "each partner has since reported on how it was followed."
)
THEMES = "The themes of the discussion were the need to:\n\n" + "\n".join(
    f"- improve theme {n} of the discussion, in the words of those who raised it;"
    for n in range(1, 8)
)


def _outcomes() -> tuple:
    return (
        NumberedParagraph("4.1", parse("The averages lie in the range of two or three.")),
        chart(),
        NumberedParagraph("4.2", parse("The standards where the partnership is strongest are:")),
        ranked("Strongest standards", (5, 8, 12)),
        NumberedParagraph("4.3", parse("The standards with the lowest averages are:")),
        ranked("Lowest averages", (3, 4, 10)),
        Subheading("", "Themes of the discussion"),
        NumberedParagraph("4.4", parse(THEMES)),
    )


def hostile() -> BoardPaper:
    """Return a paper whose every text tries to break out of its place."""
    table = Table(
        HOSTILE,
        (Column(HOSTILE), Column(HOSTILE)),
        ((text(HOSTILE), parse(HOSTILE_MARKDOWN)),),
        note=HOSTILE,
    )
    items = (
        NumberedParagraph("<b>1", parse(HOSTILE_MARKDOWN)),
        Subheading("<b>", HOSTILE),
        table,
        Prose(parse(HOSTILE_MARKDOWN)),
        replace(chart(HOSTILE), title=HOSTILE, description=HOSTILE),
    )
    return BoardPaper(
        "hostile",
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (Field(HOSTILE, parse(HOSTILE_MARKDOWN)),),
        (Section("hostile", "<b>", HOSTILE, items),),
        author=HOSTILE,
    )


def worldly() -> BoardPaper:
    """Return a paper with Welsh, Arabic, emoji and a title of 300 characters."""
    title = ("Cynllun newid y tŷ – خطة – 😀 " + "a very long title that goes on " * 12)[:300]
    return replace(
        bromley(),
        title=title,
        language="cy",
        sections=(
            Section(
                "geiriau",
                "1",
                "Geiriau’r tŷ",
                (
                    NumberedParagraph("1.1", parse(WORLD)),
                    NumberedParagraph(
                        "1.2", parse("- first\n- second\n  1. one\n  2. two\n\nafter")
                    ),
                    ranked("Tŷ", (1, 2)),
                ),
            ),
        ),
        appendices=(),
    )


def plain() -> BoardPaper:
    """Return a paper without front sheet, body, author or appendix."""
    return replace(bromley(), front_sheet=(), body_name="", author="", appendices=())
