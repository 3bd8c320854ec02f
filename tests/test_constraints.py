"""What no program can store, on either database: one row for every rule that the databases hold.

Rows about single fields follow from the fields themselves, so a model that forgets `@enforced`
fails here. Rules on several fields are written out. A record is saved without validation.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from changeplan.models import (
    Action,
    ChangePlan,
    PlanEntry,
    StatusStatement,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)
from papers.models import (
    AgendaItem,
    Block,
    FrontSheetField,
    IssuedPaper,
    Paper,
    Recommendation,
    Section,
)
from partnership.models import Document, Group, GroupMembership, Meeting, Membership, Organisation
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
from tests.samples import Samples

ROOMS = ("commissioning", "papers", "changeplan", "standards", "partnership")
OF_OPEN_SESSIONS = ("join_code", "join_key")  # never there alone: a row of their own below
NOON = datetime(2010, 5, 17, 12, tzinfo=UTC)
Model = type[models.Model]


def our_models() -> list[Model]:
    """Every model of ours; the histories are copies and hold no rules."""
    found = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return [model for model in found if not model.__name__.startswith("Historical")]


def field_rows() -> Iterator[tuple[str, Model, dict[str, Any]]]:
    """What each field alone must refuse."""
    for model in our_models():
        for field in model._meta.local_fields:
            name = f"{model._meta.model_name}_{field.name}"
            if field.choices:
                yield name, model, {field.name: "no such"}
            elif isinstance(field, models.CharField | models.TextField):
                if field.editable and not field.blank:
                    yield f"{name}_filled", model, {field.name: ""}
            elif isinstance(field, models.PositiveSmallIntegerField | models.PositiveIntegerField):
                yield f"{name}_from_1", model, {field.name: 0}


def unique_fields() -> Iterator[tuple[str, Model, list[str], dict[str, Any]]]:
    for model in our_models():
        for field in model._meta.local_fields:
            if field.unique and not field.primary_key and field.name not in OF_OPEN_SESSIONS:
                given = {field.name: "one@example.org"} if field.null else {}
                yield f"{model._meta.model_name}_{field.name}", model, [field.name], given


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
    ("change_plan_paper_has_plan", Paper, {"kind": "change_plan", "plan": None}),
    ("front_sheet_one_value", FrontSheetField, {"source": "title", "value": "Another title"}),
    ("paragraph_not_empty", Block, {"kind": "paragraph", "text": ""}),
]

# A wrong choice breaks the rule on the value that goes with it as well.
BESIDE = {"vote_kind": {"vote_value"}}

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
    ("entitlement_programme", SupportEntitlement, ["plan", "programme"], {}),
    ("allocation_number", SupportAllocation, ["entitlement", "number"], {}),
    ("issued_paper_number", IssuedPaper, ["paper", "number"], {}),
    ("agenda_item_number", AgendaItem, ["meeting", "number"], {}),
    ("front_sheet_number", FrontSheetField, ["paper", "number"], {}),
    ("section_number", Section, ["paper", "number"], {}),
    ("block_number", Block, ["section", "number"], {}),
    ("recommendation_number", Recommendation, ["paper", "number"], {}),
]

CHECK_ROWS = [*field_rows(), *BROKEN]
UNIQUE_ROWS = [*unique_fields(), *TWICE]


def named(rows: list) -> list:
    return [pytest.param(*row, id=f"{number}-{row[0]}") for number, row in enumerate(rows)]


def is_broken(constraint: models.BaseConstraint, record: models.Model) -> bool:
    try:
        constraint.validate(type(record), record)
    except ValidationError:
        return True
    return False


@pytest.fixture
def samples(db) -> Samples:
    return Samples()


@pytest.mark.parametrize(("name", "model", "changes"), named(CHECK_ROWS))
def test_the_database_refuses_what_breaks_a_rule(samples: Samples, name, model, changes):
    record = samples.new(model)
    if "itself" in changes.values():
        record.save()
    samples.change(record, changes)
    checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]

    assert {c.name for c in checks if is_broken(c, record)} - BESIDE.get(name, set()) == {name}
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        record.save()
    assert any(each in str(caught.value) for each in {name} | BESIDE.get(name, set()))


@pytest.mark.parametrize(("name", "model", "fields", "given"), named(UNIQUE_ROWS))
def test_the_database_refuses_the_same_twice(samples: Samples, name, model, fields, given):
    first, second = samples.change(samples.new(model), given), samples.new(model)
    first.save()
    samples.change(second, given | {field: getattr(first, field) for field in fields})

    with pytest.raises(IntegrityError, match=r"(?i)unique") as caught, transaction.atomic():
        second.save()
    columns = [model._meta.get_field(field).column for field in fields]
    said = str(caught.value)
    assert name in said or all(f".{column}" in said or f"({column})" in said for column in columns)


@pytest.mark.parametrize("field", OF_OPEN_SESSIONS)
def test_two_open_sessions_never_share_a_code_or_a_key(samples: Samples, field):
    sessions = [samples.new(Session), samples.new(Session)]
    for number, session in enumerate(sessions):
        values = {"state": "open", "join_code": f"code {number}", "join_key": f"key {number}"}
        samples.change(session, values | {field: "shared"}).exercise.save()

    sessions[0].save()
    with pytest.raises(IntegrityError, match=field), transaction.atomic():
        sessions[1].save()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_record_that_keeps_every_rule_is_saved_twice(samples: Samples, model):
    for record in (samples.new(model), samples.new(model)):
        assert [c.name for c in model._meta.constraints if is_broken(c, record)] == []
        record.save()


def test_every_rule_has_a_row():
    held = {rule.name for model in our_models() for rule in model._meta.constraints}
    rows = {row[0] for row in [*CHECK_ROWS, *TWICE]}

    assert held == rows


def test_every_rule_speaks_plain_words():
    wordless = [
        rule.name
        for model in our_models()
        for rule in model._meta.constraints
        if rule.violation_error_message == rule.default_violation_error_message
        and (isinstance(rule, models.CheckConstraint) or rule.condition)
    ]
    assert wordless == []
