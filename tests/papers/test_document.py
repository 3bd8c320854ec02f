"""The shape of a paper: what it decides once, for every format."""

from dataclasses import replace

import pytest

from papers.document import Column, NumberedParagraph, Section, Table, digest
from partnership.richtext import parse, text
from tests.papers import samples


def table(*columns: Column, breakable: bool = False) -> Table:
    return Table("Caption", columns, (), breakable=breakable)


@pytest.mark.parametrize(
    ("columns", "widths"),
    [
        ((Column("Standard", 5), Column("Score", 2)), (29, 11)),
        ((Column("No."), Column("Title", 9)), (4, 36)),
        ((Column("Responsibility"), Column("Title", 9)), (9, 31)),
        ((Column("x" * 200), Column("y" * 200)), (20, 20)),
        (tuple(Column("A") for _ in range(20)), (2,) * 20),
        ((Column("Only"),), (40,)),
    ],
)
def test_widths_follow_the_shares_but_no_heading_is_cut(columns, widths):
    assert table(*columns).widths == widths


def test_a_row_may_break_only_when_long_and_only_in_a_breakable_table():
    columns = (Column("Standard"), Column("Action", 3))
    short, long = (text("S1"), text("word " * 20)), (text("S1"), parse("word\n\n" * 30))
    assert table(*columns, breakable=True).may_break(long)
    assert not table(*columns, breakable=True).may_break(short)
    assert not table(*columns).may_break(long)


def test_a_row_begins_with_its_first_cell_whole_and_a_headline_with_what_it_heads():
    made = table(Column("Standard"), Column("Action", 3), breakable=True)
    action = parse("**A headline**\n\nWhat it heads.\n\n" + "More.\n\n" * 30)
    assert made.start((text("S1"), action)) == made.start((text("S1"), action[:2]))
    assert made.start((text("S1"), action)) > made.start((text("S1"), action[1:]))
    assert made.start((text("word " * 60), action)) > made.start((text("S1"), action))


def test_words_lead_on_to_a_table_and_after_a_colon():
    says = ["The themes are:", "The themes are:\n\n- one", "A full stop.", "Before a table."]
    items = [NumberedParagraph("1.1", parse(words)) for words in says]
    section = Section("one", "1", "One", (*items, table(Column("Only"))))
    assert [leads for _, leads in section.led] == [True, False, False, True, False]


def test_the_digest_changes_with_any_word_and_with_nothing_else():
    paper = samples.bromley()
    assert digest(paper) == digest(samples.bromley())
    changed = [
        replace(paper, author="Somebody else"),
        replace(paper, front_sheet=paper.front_sheet[1:]),
        replace(paper, sections=paper.sections[::-1]),
        replace(paper, language="cy"),
    ]
    assert len({digest(paper), *map(digest, changed)}) == 5


def test_the_author_is_a_job_title_or_else_a_body():
    assert samples.bromley().credited == "Strategic Commissioning Manager"
    assert replace(samples.bromley(), author="").credited == "The Trust Board"
    assert samples.plain().credited == "Example Children and Young People Trust"
