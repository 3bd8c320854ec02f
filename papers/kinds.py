"""The kinds of block a section is made of: plain values, read like a table."""

from enum import StrEnum


class BlockKind(StrEnum):
    """What a block shows; `words` name it for the officer who picks it."""

    words: str

    PARAGRAPH = "paragraph", "Paragraph"
    PROSE = "prose", "Paragraph without a number"
    RECOMMENDATIONS = "recommendations", "Recommendations"
    SCORE_RANGE = "score_range", "The range of the scores"
    AVERAGING_METHOD = "averaging_method", "How the averages were made"
    COHORT_COMPARISON = "cohort_comparison", "Cohorts compared"
    STRONGEST = "strongest", "Strongest standards"
    LOWEST = "lowest", "Lowest standards"
    SCORE_CHART = "score_chart", "Chart of all scores"
    GROUPS = "groups", "Who took part"
    THEMES = "themes", "Themes"
    STRENGTHS = "strengths", "Strengths"
    PRIORITIES = "priorities", "Improvement priorities"
    PRIORITY_ACTIONS = "priority_actions", "What answers each priority"
    PLAN_TABLE = "plan_table", "The change plan, by standard"
    DAYS_TOTAL = "days_total", "Consultancy days in a sentence"
    DAYS_TABLE = "days_table", "Consultancy days in a table"

    def __new__(cls, value: str, words: str) -> "BlockKind":
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member
