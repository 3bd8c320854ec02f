"""Model fields of our own: exact steps of a number, dates with a precision, public identifiers."""

import secrets
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from .dates import PreciseDate

if TYPE_CHECKING:
    StepBase = models.Field[Decimal | int | str | None, Any]
    DateBase = models.CharField[PreciseDate | str, Any]
    IdentifierBase = models.CharField[str, str]
else:
    StepBase = models.Field
    DateBase = IdentifierBase = models.CharField

EXACT = Context(prec=20, traps=[Inexact, InvalidOperation, Overflow])
LARGEST = 2**31 - 1  # what an integer column holds

# No vowels and no look-alikes: an identifier spells nothing and can be read aloud.
IDENTIFIER_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"


def new_identifier() -> str:
    """Return 12 random letters and digits (57 bits) that tell nothing about the record."""
    return "".join(secrets.choice(IDENTIFIER_LETTERS) for _ in range(12))


class IdentifierField(IdentifierBase):
    """The identifier that addresses use instead of the primary key."""

    def __init__(self, **options: Any) -> None:
        preset: dict[str, Any] = {
            "max_length": 12,
            "unique": True,
            "editable": False,
            "default": new_identifier,
        }
        super().__init__(**(preset | options))

    def deconstruct(self) -> Any:
        # Said always: the copy that a record's history keeps is not unique.
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"unique": self.unique}


class StepField(StepBase):
    """A Decimal that moves in equal steps, stored as the whole number of steps.

    `per_one` steps make one: 2 for half points, 4 for quarter days, 10 for tenths. Stored so,
    checks and sums are exact on SQLite and PostgreSQL alike. A value between two steps raises
    ValidationError.
    """

    empty_strings_allowed = False
    default_error_messages = {
        "null": "Enter a number.",
        "number": "Enter a number.",
        "step": "Enter a number in steps of %(step)s.",
        "size": "Enter a smaller number.",
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
            raise self._error("number") from None
        if not number.is_finite():
            raise self._error("number")
        self._steps(number)
        return number

    def get_prep_value(self, value: Any) -> int | None:
        value = super().get_prep_value(value)
        if value is None:
            return None
        number = self.to_python(value)
        return None if number is None else self._steps(number)

    def _steps(self, number: Decimal) -> int:
        try:
            steps = EXACT.multiply(number, Decimal(self.per_one))
        except Overflow:
            raise self._error("size") from None
        except DecimalException:
            raise self._error("step") from None
        if abs(steps) > LARGEST:
            raise self._error("size")
        if steps % 1:
            raise self._error("step")
        return int(steps)

    def _error(self, code: str) -> ValidationError:
        step = format(self.step.normalize(), "f")
        return ValidationError(self.error_messages[code], code=code, params={"step": step})

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **options: Any) -> Any:
        places = -int(self.step.normalize().as_tuple().exponent)
        preset: dict[str, Any] = {
            "form_class": forms.DecimalField,
            "decimal_places": max(places, 0),
        }
        return super().formfield(**(preset | options))


class PreciseDateField(DateBase):
    """A PreciseDate, stored as its text; "" means no date is known."""

    default_error_messages = {
        "null": "Enter a date.",
        "date": "Enter a date that exists, as year, month and day, or in words.",
        "size": "Enter the date in fewer words.",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"max_length": 100} | options))
        self.validators = []  # they would measure a text, and this is a date

    def from_db_value(self, value: str | None, *_: Any) -> PreciseDate | None:
        return PreciseDate(value) if value else None

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        try:
            made = value if isinstance(value, PreciseDate) else PreciseDate(str(value).strip())
        except ValueError:
            raise ValidationError(self.error_messages["date"], code="date") from None
        if len(made.stored) > (self.max_length or 0):
            raise ValidationError(self.error_messages["size"], code="size")
        return made

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.stored if isinstance(value, PreciseDate) else value)

    def get_prep_value(self, value: Any) -> str:
        value = self.to_python(value)
        return value.stored if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))
