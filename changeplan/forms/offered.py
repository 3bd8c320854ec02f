"""Choices among the records that belong to a plan: no others are offered, and none accepted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any, TypeVar

from django import forms
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import CharField, F, IntegerField, QuerySet, Value

from partnership.models import Group, Membership, Organisation, User
from partnership.roles import Permission, roles_with
from standards.models import Finding, Standard

from ..models import Action, ChangePlan, SupportEntitlement

UNCHANGED = object()
Offer = Callable[[], Iterable[models.Model]]
Row = tuple[int, int, str, str]  # key, number, words, and what else a choice is made of
Record = TypeVar("Record", bound=models.Model)


@dataclass(frozen=True)
class _Kind:
    """Records of one kind: all that there are, the field that says whose each is, and the columns
    that a choice is made of: one of whole numbers, one of words, and one more of words."""

    rows: "Callable[[], QuerySet[Any]]"
    owner: str
    columns: tuple[str, str, str]
    by_name: bool = False


def _members() -> "QuerySet[Membership]":
    """Return today's members who may read plans."""
    current: QuerySet[Membership] = Membership.objects.current()
    return current.filter(role__in=roles_with(Permission.VIEW_PLAN))


def _priorities() -> "QuerySet[Finding]":
    return Finding.objects.filter(kind=Finding.Kind.PRIORITY)


KINDS = {
    "standards": _Kind(Standard.objects.all, "framework", ("number", "marked_title", "")),
    "priorities": _Kind(_priorities, "exercise", ("number", "title", "kind")),
    "groups": _Kind(Group.objects.all, "partnership", ("", "name", ""), by_name=True),
    "organisations": _Kind(Organisation.objects.all, "partnership", ("", "name", ""), by_name=True),
    "members": _Kind(_members, "partnership", ("user_id", "user__name", "role"), by_name=True),
    "actions": _Kind(Action.objects.all, "plan", ("number", "heading", "identifier")),
    "programmes": _Kind(SupportEntitlement.objects.all, "plan", ("", "programme", "identifier")),
}


class Offers:
    """What an action or support of a plan may name: every kind in one query, when the first is
    asked for. A record comes with what its choice says and whose it is; the rest of it is read
    where it is asked for."""

    def __init__(self, plan: ChangePlan) -> None:
        self._plan = plan
        self._made: dict[str, list[Any]] = {}

    def of(self, kind: str) -> list[Any]:
        """Return the records of a kind, in the order in which they are offered."""
        if kind not in self._made:
            rows = sorted(self._found[kind], key=_by_name if KINDS[kind].by_name else _by_number)
            self._made[kind] = [self._record(KINDS[kind], *row) for row in rows]
        return self._made[kind]

    @cached_property
    def _found(self) -> Mapping[str, list[Row]]:
        first, *others = (self._rows(name, kind) for name, kind in KINDS.items())
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for name, *row in first.union(*others, all=True):
            found[name].append(tuple(row))
        return found

    def _rows(self, name: str, kind: _Kind) -> "QuerySet[Any, Any]":
        number, words, more = kind.columns
        mine = kind.rows().filter(**{kind.owner: self._owner(kind)}).order_by()
        told = mine.annotate(
            its_kind=Value(name, CharField()),
            its_number=F(number) if number else Value(0, IntegerField()),
            its_words=F(words),
            its_more=F(more) if more else Value("", CharField()),
        )
        return told.values_list("its_kind", "pk", "its_number", "its_words", "its_more")

    def _owner(self, kind: _Kind) -> models.Model:
        exercise = self._plan.exercise
        known = {"plan": self._plan, "exercise": exercise, "framework": exercise.framework}
        return known.get(kind.owner, self._plan.partnership)

    def _record(self, kind: _Kind, key: int, *row: Any) -> models.Model:
        known = {name: value for name, value in zip(kind.columns, row, strict=True) if name}
        if "user__name" in known:
            known["user"] = _partly(User, id=known["user_id"], name=known["user__name"])
        known |= {"id": key, kind.owner: self._owner(kind), "removed_at": None}
        return _partly(kind.rows().model, **known)


def _by_name(row: Row) -> tuple[str, int]:
    """The same order on every database, whatever its language."""
    return row[2].casefold(), row[0]


def _by_number(row: Row) -> tuple[int, int]:
    return row[1], row[0]


def _partly(model: type[Record], **known: Any) -> Record:
    """Return a stored record of which these fields are known, and no others yet."""
    fields = [field for field in model._meta.concrete_fields if field.name in known]
    keys = [getattr(known[field.name], "pk", known[field.name]) for field in fields]
    record = model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], keys)
    for field in fields:
        if field.is_relation:
            setattr(record, field.name, known[field.name])
    return record


def _nobody() -> Iterable[models.Model]:
    return ()


class OneOf(forms.ChoiceField):
    """One of the records offered, or none. Cleans to the record or None."""

    offered: Offer = staticmethod(_nobody)
    standing: models.Model | None = None

    def __init__(self, *, none: str = "Nobody named", **options: Any) -> None:
        self.none = none
        super().__init__(**({"required": False} | options))

    def offer(self, records: Offer, standing: models.Model | None = None) -> None:
        """Take the choices from `records`, which is asked when they are needed: not for the choice
        that stands already, which is offered too where it is no longer among them."""
        self.standing = standing
        self.offered = records = partial(_with, standing, records)
        none = [] if self.required else [("", self.none)]
        self.choices = cache(lambda: [*none, *((row.pk, str(row)) for row in records())])

    def clean(self, value: Any) -> models.Model | None:
        if self.standing and str(value) == str(self.standing.pk):
            return self.standing
        key = super().clean(value)
        return next((row for row in self.offered() if str(row.pk) == key), None) if key else None

    def valid_value(self, value: str) -> bool:
        return _is_among(value, self.offered())

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, models.Model) else value


class ManyOf(forms.MultipleChoiceField):
    """Any of the records offered, as checkboxes. Cleans to a tuple of records; to UNCHANGED where
    they are those that stand already."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"})
    offered: Offer = staticmethod(_nobody)
    standing: frozenset[int] | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": False} | options))

    def offer(self, records: Offer, standing: frozenset[int] | None = None) -> None:
        """Take the choices from `records`, which is asked when they are needed: not where the keys
        sent are those that stand already."""
        self.offered, self.standing = records, standing
        self.choices = cache(lambda: [(row.pk, str(row)) for row in records()])

    def clean(self, value: Any) -> Any:
        if self.standing is not None and {*map(str, value)} == {*map(str, self.standing)}:
            return UNCHANGED
        keys = {*super().clean(value)}
        return tuple(row for row in self.offered() if str(row.pk) in keys) if keys else ()

    def valid_value(self, value: str) -> bool:
        return _is_among(value, self.offered())


def _is_among(value: str, records: Iterable[models.Model]) -> bool:
    """Whether a choice is one of those offered, without making the words of any."""
    return any(str(record.pk) == value for record in records)


def _with(standing: models.Model | None, records: Offer) -> list[models.Model]:
    found = [*records()]
    return found if standing is None or standing in found else [*found, standing]


def without_unchanged(given: dict[str, Any]) -> dict[str, Any]:
    """Return cleaned data without the relations that are as they stand."""
    return {name: value for name, value in given.items() if value is not UNCHANGED}
