"""Rules that the database holds, with words for whoever breaks one in a form.

`enforced` turns what a model's fields say into constraints; what concerns several fields stands in
the model's Meta, as `rule` or `together`. A condition that comes to NULL holds for SQL, so a rule
on a column that may be empty has to say that it is not.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import models
from django.db.models import CheckConstraint, Q

Model = TypeVar("Model", bound=type[models.Model])


def enforced(model: Model) -> Model:
    """Let the database hold the fields of a model to what they say: a field with choices is one of
    them, a text that may not be blank is not empty, a number that counts starts at 1."""
    options: Any = model._meta
    options.constraints = [*options.constraints, *_field_rules(options)]
    options.original_attrs["constraints"] = options.constraints  # where migrations look
    return model


def rule(name: str, condition: Q, words: str) -> CheckConstraint:
    """Return the constraint `name`: `condition` holds, or a form says `words`."""
    return CheckConstraint(condition=condition, name=name, violation_error_message=words)


def together(name: str, words: str, *fields: str) -> CheckConstraint:
    """Return the rule that all of these fields are known, or none."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    known = Q(**{f"{field}__isnull": False for field in fields})
    return rule(name, none | known, words)


def _field_rules(options: Any) -> Iterator[CheckConstraint]:
    for field in options.local_fields:
        name, words = f"{options.model_name}_{field.name}", field.verbose_name
        if field.choices:
            values = [value for value, _ in field.flatchoices]
            known = Q(**{f"{field.name}__in": values})
            yield rule(name, known, f"Choose one of the options for the {words}.")
        elif isinstance(field, models.CharField | models.TextField):
            if field.editable and not field.blank:
                yield rule(f"{name}_filled", ~Q(**{field.name: ""}), f"Enter the {words}.")
        elif isinstance(field, models.PositiveSmallIntegerField | models.PositiveIntegerField):
            counts = Q(**{f"{field.name}__gte": 1})
            yield rule(f"{name}_from_1", counts, f"The {words} must be 1 or more.")
