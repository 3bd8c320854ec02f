"""What no program can store, on either database: one row for every rule that the databases hold.

Rows about single fields follow from the fields themselves, so a model that forgets `@enforced`
fails here. Rules on several fields are written out. A record is saved without validation.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from standards.models import Session
from tests.broken_rules import BESIDE, BROKEN, TWICE, Model, our_models
from tests.samples import Samples

OF_OPEN_SESSIONS = ("join_code", "join_key")  # never there alone: a row of their own below


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
