"""Model fields of our own: exact steps of a number, dates with a precision, public identifiers."""

import secrets
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from .dates import PreciseDate

if TYPE_CHECKING:
    StepBase = models.Field[Decimal | int | str | None, Any]
    DateBase = models.CharField[PreciseDate | str, Any]
else:
    StepBase = models.Field
    DateBase = models.CharField

# No vowels and no look-alikes: an identifier spells nothing and can be read aloud.
IDENTIFIER_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"


def new_identifier() -> str:
    """Return 12 random letters and digits (57 bits) that tell nothing about the record."""
    return "".join(secrets.choice(IDENTIFIER_LETTERS) for _ in range(12))


class IdentifierField(models.CharField[str, str] if TYPE_CHECKING else models.CharField):
    """The identifier that addresses use instead of the primary key."""

    def __init__(self, **options: Any) -> None:
        preset = {"max_length": 12, "unique": True, "editable": False, "default": new_identifier}
        super().__init__(**(options | preset))


class StepField(StepBase):
    """A Decimal that moves in equal steps, stored as the whole number of steps.

    `per_one` steps make one: 2 for half points, 4 for quarter days, 10 for tenths. Stored so,
    checks and sums are exact on SQLite and PostgreSQL alike. A value between two steps raises
    ValidationError.
    """

    empty_strings_allowed = False
    default_error_messages = {
        "number": "Enter a number.",
        "step": "Enter a number in steps of %(step)s.",
    }

    def __init__(self, *args: Any, per_one: int = 1, **options: Any) -> None:
        self.per_one = per_one
        super().__init__(*args, **options)

    @property
    def step(self) -> Decimal:
        return Decimal(1) / self.per_one

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"per_one": self.per_one}

    def get_internal_type(self) -> str:
        return "IntegerField"

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        return None if value is None else Decimal(value) / self.per_one

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(self.error_messages["number"], code="number") from None
        if not number.is_finite() or number * self.per_one % 1:
            step = {"step": self.step.normalize()}
            raise ValidationError(self.error_messages["step"], code="step", params=step)
        return number

    def get_prep_value(self, value: Any) -> int | None:
        value = super().get_prep_value(value)
        if value is None:
            return None
        number = self.to_python(value)
        return None if number is None else int(number * self.per_one)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **options: Any) -> Any:  # type: ignore[override]
        places = -int(self.step.normalize().as_tuple().exponent)
        preset = {"form_class": forms.DecimalField, "decimal_places": max(places, 0)}
        return super().formfield(**(preset | options))


class PreciseDateField(DateBase):
    """A PreciseDate, stored as its text; "" means no date is known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"max_length": 100} | options))

    def from_db_value(self, value: str | None, *_: Any) -> PreciseDate | None:
        return PreciseDate(value) if value else None

    def to_python(self, value: Any) -> Any:
        if isinstance(value, PreciseDate) or not value:
            return value or None
        try:
            return PreciseDate(str(value))
        except ValueError:
            raise ValidationError("Enter a date that exists.", code="date") from None

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.stored if isinstance(value, PreciseDate) else value)

    def get_prep_value(self, value: Any) -> str:
        value = self.to_python(value)
        return value.stored if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))
