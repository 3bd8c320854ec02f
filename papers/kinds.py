"""The kinds of things in a paper, read like tables."""

from django.db.models import TextChoices


class FrontSheetSource(TextChoices):
    """Where a line of the front sheet takes its value from."""

    TEXT = "text", "Text"
    TITLE = "title", "The paper's title"
    MEETING_DATE = "meeting_date", "The date of the meeting"
    AGENDA_ITEM = "agenda_item", "The number of the agenda item"
    LEAD_PARTNER = "lead_partner", "The lead partner"
    PURPOSE = "purpose", "What the paper is for"
    REPORT_OF = "report_of", "Whose report it is"
    BODY = "body", "The body that it goes to"


class Implication(TextChoices):
    """What a section says the decision would mean."""

    NONE = "", "None"
    FINANCIAL = "financial", "Financial implications"
    LEGAL = "legal", "Legal implications"
    EQUALITY = "equality", "Equality implications"
    RISK = "risk", "Risk implications"
    OTHER = "other", "Other implications"


class ExemptionParagraph(TextChoices):
    """What makes information exempt in England: Local Government Act 1972, Schedule 12A, Part 1."""

    NONE = "", "Not exempt"
    INDIVIDUAL = "1", "1: information relating to any individual"
    IDENTITY = "2", "2: information likely to reveal the identity of an individual"
    BUSINESS = "3", "3: financial or business affairs of any person, the authority included"
    LABOUR = "4", "4: consultations or negotiations on labour relations"
    PRIVILEGE = "5", "5: legal professional privilege"
    NOTICES = "6", "6: notices, orders or directions that the authority proposes"
    CRIME = "7", "7: prevention, investigation or prosecution of crime"


class Format(TextChoices):
    """What kind of file a paper becomes."""

    HTML = "html", "Web page"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


class Audience(TextChoices):
    """Whom a version of a paper is for: the public does not see what is exempt."""

    MEMBERS = "members", "Members"
    PUBLIC = "public", "The public"


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
    SCORES_TABLE = "scores_table", "All scores in a table"
    CHANGE_SINCE = "change_since", "Change since last time"
    THEMES = "themes", "Themes"
    STRENGTHS = "strengths", "Strengths"
    PRIORITIES = "priorities", "Improvement priorities"
    PRIORITY_ACTIONS = "priority_actions", "What answers each priority"
    PLAN_TABLE = "plan_table", "The change plan, by standard"
    DAYS_TOTAL = "days_total", "Consultancy days in a sentence"
    DAYS_TABLE = "days_table", "Consultancy days in a table"
    ACTION_TIMELINE = "action_timeline", "Timeline of the actions"
    DECISIONS_SO_FAR = "decisions_so_far", "Decisions so far"
