"""What breaks the rules on several fields: rows for test_constraints.py.

A word such as "group" stands for a record of its own.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from changeplan.models import (
    Action,
    ActionLink,
    ChangePlan,
    PlanEntry,
    PlanVersion,
    StatusStatement,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)
from papers.models import (
    AgendaItem,
    Amendment,
    Block,
    Clearance,
    Decision,
    FrontSheetField,
    IssuedFile,
    IssuedPaper,
    Logo,
    Paper,
    Recommendation,
    Rendition,
    Section,
)
from partnership.models import (
    Document,
    Draft,
    Group,
    GroupMembership,
    Meeting,
    Membership,
    Organisation,
    Removable,
)
from partnership.models import User as Person
from standards.models import (
    Answer,
    Attribution,
    Cohort,
    Comment,
    Domain,
    Exercise,
    Facilitator,
    Finding,
    Participant,
    PublishedScore,
    ReportedComparison,
    ResultsVersion,
    Reveal,
    ScaleLevel,
    ScaleWording,
    Score,
    Session,
    Standard,
    Vote,
    WorkingGroup,
)

ROOMS = ("commissioning", "papers", "changeplan", "standards", "partnership")
NOON = datetime(2010, 5, 17, 12, tzinfo=UTC)
Model = type[models.Model]


def our_models() -> list[Model]:
    """Every model of ours; the histories are copies and hold no rules."""
    found = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return [model for model in found if not model.__name__.startswith("Historical")]


EXEMPT = {"exempt_under": "3", "public_interest": "Prices are not settled."}
SETTLED = {"settled_at": NOON, "settled_by": "user"}

# name, model, the values that break it; a word such as "group" stands for a record of its own
BROKEN: list[tuple[str, Model, dict[str, Any]]] = [
    ("group_not_its_own_parent", Group, {"parent": "itself"}),
    ("user_email_lower_case", Person, {"email": "Manager@example.org"}),
    ("user_email_not_empty", Person, {"email": ""}),
    ("level_in_scale", ScaleLevel, {"value": 0}),
    ("level_in_scale", ScaleLevel, {"value": 6}),
    ("exercise_closed_at_and_by", Exercise, {"state": "closed", "closed_at": NOON}),
    ("exercise_closed_at_and_by", Exercise, {"closed_by": "user"}),
    ("exercise_closed_state", Exercise, {"closed_at": NOON, "closed_by": "user"}),
    ("exercise_closed_state", Exercise, {"state": "closed"}),
    ("exercise_not_its_previous", Exercise, {"previous": "itself"}),
    ("session_code_while_open", Session, {"state": "open"}),
    ("session_code_while_open", Session, {"state": "open", "join_code": "3467-89CD"}),
    ("session_code_while_open", Session, {"state": "open", "join_key": "a-key"}),
    ("session_code_while_open", Session, {"join_code": "3467-89CD"}),
    ("session_code_while_open", Session, {"state": "closed", "join_key": "a-key"}),
    ("results_correction_has_reason", ResultsVersion, {"number": 2, "reason": ""}),
    ("vote_value", Vote, {"value": None}),
    ("vote_value", Vote, {"value": 6}),
    ("vote_value", Vote, {"value": 0}),
    ("vote_value", Vote, {"kind": "pass", "value": 3}),
    ("vote_value", Vote, {"kind": "not_applicable", "value": None}),
    ("score_value", Score, {"value": None}),
    ("score_value", Score, {"value": Decimal("5.5")}),
    ("score_value", Score, {"value": Decimal("0.5")}),
    ("score_value", Score, {"not_applicable": True, "value": None}),
    ("score_value", Score, {"not_applicable": True, "reason": "Not ours", "value": 3}),
    ("published_in_scale", PublishedScore, {"value": Decimal("5.1")}),
    ("published_in_scale", PublishedScore, {"value": Decimal("0.9")}),
    ("finding_says_something", Finding, {"kind": "theme", "title": "", "text": ""}),
    ("priority_has_title", Finding, {"kind": "priority", "title": "", "text": "A text"}),
    ("attribution_one_raiser", Attribution, {"cohort": "cohort", "category": "Partners"}),
    ("attribution_one_raiser", Attribution, {"cohort": "cohort", "working_group": "working_group"}),
    ("attribution_says_something", Attribution, {"category": ""}),
    ("compares_two_cohorts", ReportedComparison, {"lower": "cohort", "higher": "cohort"}),
    ("plan_approved_at_and_by", ChangePlan, {"approved_at": NOON}),
    ("plan_approved_at_and_by", ChangePlan, {"approved_by": "user"}),
    ("plan_approved_state", ChangePlan, {"state": "approved"}),
    ("plan_approved_minute", ChangePlan, {"minute_reference": "9.1"}),
    ("plan_approved_minute", ChangePlan, {"approved_meeting": "meeting"}),
    ("action_one_lead", Action, {"lead_group": "group", "lead_organisation": "organisation"}),
    ("action_one_owner", Action, {"owner": "membership", "owner_title": "Manager"}),
    ("action_target_in_scale", Action, {"target_score": Decimal("5.5")}),
    ("action_link_names_one", ActionLink, {"standard": None}),
    ("action_link_names_one", ActionLink, {"priority": "finding"}),
    ("action_link_names_one", ActionLink, {"standard": None, "priority": "f", "waits_for": "a"}),
    ("entitlement_days_positive", SupportEntitlement, {"days": 0}),
    ("estimated_days_positive", SupportAllocation, {"estimated": 0}),
    (
        "agreed_days_positive",
        SupportAllocation,
        {"agreed": Decimal("-0.25"), "agreed_at": NOON, "agreed_by": "user"},
    ),
    ("agreed_at_and_by", SupportAllocation, {"agreed": 2}),
    ("agreed_at_and_by", SupportAllocation, {"agreed_at": NOON, "agreed_by": "user"}),
    ("agreed_at_and_by", SupportAllocation, {"agreed": 2, "agreed_at": NOON}),
    ("delivered_days_positive", SupportDelivery, {"days": 0}),
    (
        "allocation_area_minute",
        SupportAllocation,
        {"area_minute": "12.3"},
    ),
    ("plan_version_decided", PlanVersion, {"outcome": "approved"}),
    ("plan_version_decided", PlanVersion, {"decided_at": NOON, "decided_by": "user"}),
    (
        "plan_version_decided_at_and_by",
        PlanVersion,
        {"outcome": "returned", "decided_at": NOON},
    ),
    *(
        (f"{model.__name__.lower()}_removed_at_and_by", model, {"removed_at": NOON})
        for model in our_models()
        if issubclass(model, Removable)
    ),
    ("change_plan_paper_has_plan", Paper, {"kind": "change_plan", "plan": None}),
    ("front_sheet_one_value", FrontSheetField, {"source": "title", "value": "Another title"}),
    ("paper_has_exercise", Paper, {"kind": "results", "exercise": None}),
    ("late_says_why", AgendaItem, {"kind": "late"}),
    ("late_says_why", AgendaItem, {"late_reason": "The figures came yesterday."}),
    ("exempt_says_why", Section, {"is_exempt": True, "is_appendix": True}),
    ("exempt_says_why", Section, {"is_exempt": True, **EXEMPT}),
    ("exempt_says_why", Section, {"is_appendix": True, **EXEMPT}),
    ("exempt_says_why", Section, {"is_exempt": True, "is_appendix": True, "exempt_under": "3"}),
    ("ready_has_content", Rendition, {"state": "ready"}),
    ("ready_has_content", Rendition, {"content": b"%PDF"}),
    ("failed_says_why", Rendition, {"state": "failed"}),
    ("failed_says_why", Rendition, {"problem": "No library"}),
    ("amended_field_of_action", Amendment, {"field": "heading"}),
    ("declined_says_why", Amendment, {"outcome": "declined", **SETTLED}),
    ("declined_says_why", Amendment, {"reason": "Too late"}),
    ("amendment_settled", Amendment, {"outcome": "made"}),
    ("amendment_settled", Amendment, SETTLED),
    ("amendment_settled_at_and_by", Amendment, {"settled_by": "user"}),
    ("amended_has_words", Decision, {"outcome": "amended"}),
    ("amended_has_words", Decision, {"amended": "Other words"}),
    ("deferred_says_when", Decision, {"outcome": "deferred"}),
    ("deferred_says_when", Decision, {"deferred_to": "2027"}),
    ("decision_not_its_own", Decision, {"follows": "itself"}),
    ("decision_confirmed_at_and_by", Decision, {"confirmed_at": NOON}),
    ("decision_confirmed_at_and_by", Decision, {"confirmed_by": "user"}),
    ("paragraph_not_empty", Block, {"kind": "paragraph", "text": ""}),
]

# A wrong choice breaks the rule on the value that goes with it as well.
BY_PRIORITY = {"standard": None, "priority": "finding"}
BY_ACTION = {"standard": None, "waits_for": "other"}
CONFIRMED = {"confirmed_at": NOON, "confirmed_by": "user"}
DECIDED = {"outcome": "approved", "decided_at": NOON, "decided_by": "user"}
BESIDE = {
    "vote_kind": {"vote_value"},
    "planversion_outcome": {"plan_version_decided"},
    "section_exempt_under": {"exempt_says_why"},
    "amendment_outcome": {"amendment_settled"},
    "amendment_field": {"amended_field_of_action"},
}

# name, model, the fields that may not be the same twice, and where a rule has a condition, that
TWICE: list[tuple[str, Model, list[str], dict[str, Any]]] = [
    ("organisation_name", Organisation, ["partnership", "name"], {}),
    ("one_lead_organisation", Organisation, ["partnership"], {"is_lead": True}),
    ("group_name", Group, ["partnership", "name"], {}),
    ("meeting_once", Meeting, ["group", "date", "title"], {}),
    ("document_title", Document, ["partnership", "title"], {}),
    ("one_membership", Membership, ["user", "partnership"], {}),
    ("one_seat", GroupMembership, ["membership", "group"], {}),
    ("one_chair", GroupMembership, ["group"], {"is_chair": True}),
    ("domain_number", Domain, ["framework", "number"], {}),
    ("standard_number", Standard, ["framework", "number"], {}),
    ("level_value", ScaleLevel, ["framework", "value"], {}),
    ("one_wording_a_level", ScaleWording, ["partnership", "level"], {}),
    ("exercise_title", Exercise, ["partnership", "title"], {}),
    ("facilitator_once", Facilitator, ["exercise", "user"], {}),
    ("cohort_number", Cohort, ["exercise", "number"], {}),
    ("cohort_name", Cohort, ["exercise", "name"], {}),
    ("session_number", Session, ["exercise", "number"], {}),
    ("working_group_number", WorkingGroup, ["session", "number"], {}),
    ("working_group_name", WorkingGroup, ["session", "name"], {}),
    ("participant_once", Participant, ["working_group", "user"], {}),
    ("one_recorder", Participant, ["working_group"], {"is_recorder": True}),
    ("one_vote_a_round", Vote, ["participant", "standard", "round"], {}),
    ("one_answer_a_mutation", Answer, ["by", "mutation"], {}),
    ("one_reveal_a_round", Reveal, ["working_group", "standard", "round"], {}),
    ("one_score", Score, ["working_group", "standard"], {}),
    (
        "one_comment_a_side",
        Comment,
        ["participant", "standard", "side"],
        {"participant": "participant", "standard": "standard"},
    ),
    ("results_number", ResultsVersion, ["exercise", "number"], {}),
    ("one_published_overall", PublishedScore, ["exercise", "standard"], {}),
    (
        "one_published_cohort",
        PublishedScore,
        ["exercise", "standard", "cohort"],
        {"cohort": "cohort"},
    ),
    ("finding_number", Finding, ["exercise", "kind", "number"], {}),
    ("attribution_number", Attribution, ["finding", "number"], {}),
    ("reported_comparison_once", ReportedComparison, ["exercise", "lower", "higher"], {}),
    ("plan_title", ChangePlan, ["partnership", "title"], {}),
    ("one_entry_a_standard", PlanEntry, ["plan", "standard"], {}),
    ("status_number", StatusStatement, ["entry", "number"], {}),
    ("action_number", Action, ["plan", "number"], {}),
    ("action_standard_once", ActionLink, ["action", "standard"], {}),
    ("action_priority_once", ActionLink, ["action", "priority"], BY_PRIORITY),
    ("action_waits_for_once", ActionLink, ["action", "waits_for"], BY_ACTION),
    ("plan_version_number", PlanVersion, ["plan", "number"], DECIDED),
    ("one_version_before_the_board", PlanVersion, ["plan"], {}),
    ("one_draft_a_form", Draft, ["user", "place"], {}),
    ("entitlement_programme", SupportEntitlement, ["plan", "programme"], {}),
    ("allocation_number", SupportAllocation, ["entitlement", "number"], {}),
    ("issued_paper_number", IssuedPaper, ["paper", "number"], {}),
    ("one_open_decision", Decision, ["recommendation"], {"follows": "decision"}),
    ("one_first_decision", Decision, ["recommendation"], CONFIRMED),
    ("one_file_a_format", IssuedFile, ["issue", "format", "audience"], {}),
    ("amendment_number", Amendment, ["decision", "number"], {}),
    ("clearance_once", Clearance, ["paper", "name"], {}),
    ("one_logo_a_picture", Logo, ["partnership", "digest"], {}),
    ("agenda_item_number", AgendaItem, ["meeting", "number"], {}),
    ("front_sheet_number", FrontSheetField, ["paper", "number"], {}),
    ("section_number", Section, ["paper", "is_appendix", "number"], {}),
    ("one_section_an_implication", Section, ["paper", "implication"], {"implication": "risk"}),
    ("block_number", Block, ["section", "number"], {}),
    ("recommendation_number", Recommendation, ["paper", "number"], {}),
]
