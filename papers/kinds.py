"""The kinds of block a section is made of, and of line on a front sheet: read like tables."""

from django.db.models import TextChoices


class FrontSheetSource(TextChoices):
    """Where a line of the front sheet takes its value from."""

    TEXT = "text", "Text"
    TITLE = "title", "The paper's title"
    MEETING_DATE = "meeting_date", "The date of the meeting"
    AGENDA_ITEM = "agenda_item", "The number of the agenda item"
    LEAD_PARTNER = "lead_partner", "The lead partner"


class BlockKind(TextChoices):
    """What a block shows."""

    PARAGRAPH = "paragraph", "Paragraph"
    PROSE = "prose", "Paragraph without a number"
    RECOMMENDATIONS = "recommendations", "Recommendations"
    SCORE_RANGE = "score_range", "The range of the scores"
    AVERAGING_METHOD = "averaging_method", "How the averages were made"
    COHORT_COMPARISON = "cohort_comparison", "Cohorts compared"
    STRONGEST = "strongest", "Strongest standards"
    LOWEST = "lowest", "Lowest standards"
    SCORE_CHART = "score_chart", "Chart of all scores"
    THEMES = "themes", "Themes"
    STRENGTHS = "strengths", "Strengths"
    PRIORITIES = "priorities", "Improvement priorities"
    PRIORITY_ACTIONS = "priority_actions", "What answers each priority"
    PLAN_TABLE = "plan_table", "The change plan, by standard"
    DAYS_TOTAL = "days_total", "Consultancy days in a sentence"
    DAYS_TABLE = "days_table", "Consultancy days in a table"
