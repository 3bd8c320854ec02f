"""The API's ground floor: who may read, how a list is asked for, how dates and errors read, and
the partnerships themselves."""

import re
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ParseError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.reverse import reverse

from .dates import PreciseDate
from .fields import IDENTIFIER_LETTERS
from .models import Group, Membership, Organisation, Partnership
from .permissions import require
from .roles import Permission, Role

IDENTIFIER = f"[{IDENTIFIER_LETTERS}]{{12}}"


class ProblemSerializer(serializers.Serializer):
    """What went wrong, in plain English."""

    detail = serializers.CharField()


class Schema(AutoSchema):
    """Documents the refusals that every address may answer with."""

    def get_response_serializers(self) -> Any:
        found = {"200": super().get_response_serializers(), "403": ProblemSerializer}
        if getattr(self.view, "action", "") == "list":
            return found | {"400": ProblemSerializer}
        return found | {"404": ProblemSerializer} if "{" in self.path else found


class Page(LimitOffsetPagination):
    """A stretch of a list. A limit or an offset that is no whole number in its range is refused,
    not replaced by a guess."""

    default_limit = 50
    max_limit = 200
    max_offset = 1_000_000

    def get_limit(self, request: Request) -> int:
        return _whole_number(request, "limit", 1, self.max_limit, self.default_limit)

    def get_offset(self, request: Request) -> int:
        return _whole_number(request, "offset", 0, self.max_offset, 0)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        ranges = {"limit": (1, self.max_limit), "offset": (0, self.max_offset)}
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            least, most = ranges[parameter["name"]]
            parameter["schema"] |= {"minimum": least, "maximum": most}
        return parameters


class Records(viewsets.ReadOnlyModelViewSet):
    """Records of one kind, each to whoever may see its page: 404 to outsiders, and 403 to members
    whose role lacks `permission`."""

    permission: Permission
    pagination_class = Page
    schema = Schema()
    lookup_field = "identifier"
    lookup_value_regex = IDENTIFIER
    list_serializer_class: type[serializers.BaseSerializer]

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        if self.action == "list":
            return self.list_serializer_class
        return super().get_serializer_class()

    def get_object(self) -> Any:
        try:
            found = super().get_object()
        except Http404:
            self._refuse_role()
            raise
        require(self.request.user, self.permission, found.partnership)
        return found

    def _refuse_role(self) -> None:
        """Raise PermissionDenied where the record is one of the user's own partnership, and it is
        the role that hides it."""
        mine = Partnership.objects.visible_to(self.request.user)
        every: Any = self.queryset  # type: ignore[arg-type]  # mypy takes it for a manager
        hidden = every.filter(identifier=self.kwargs[self.lookup_field], partnership__in=mine)
        if record := hidden.select_related("partnership").first():
            require(self.request.user, self.permission, record.partnership)


class DateSerializer(serializers.Serializer):
    """A date with its precision. `value` is ISO 8601, as far as the date is known ("2011-04"),
    and null for words; `text` is how people read it."""

    value = serializers.SerializerMethodField("iso")
    precision = serializers.ChoiceField(["day", "month", "year", "words"])
    text = serializers.SerializerMethodField()

    def iso(self, date: PreciseDate) -> str | None:
        return None if date.precision == "words" else date.stored

    def get_text(self, date: PreciseDate) -> str:
        return str(date)


@extend_schema_field(OpenApiTypes.URI)
class LinkField(serializers.Field):
    """The full address of a page or a resource: `name` is the address's own, `args` are dotted
    paths from the record. Null where a path ends in nothing."""

    def __init__(self, name: str, *args: str, allow_null: bool = False) -> None:
        super().__init__(source="*", read_only=True, allow_null=allow_null)
        self.name, self.args = name, args

    def to_representation(self, record: Any) -> str | None:
        args = [_follow(record, path) for path in self.args]
        if None in args:
            return None
        return reverse(self.name, args, request=self.context["request"])


class GroupSerializer(serializers.ModelSerializer):
    part_of = serializers.CharField(source="parent.name", allow_null=True, default=None)

    class Meta:
        model = Group
        fields = ["name", "short_name", "kind", "part_of"]


class OrganisationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ["name", "short_name", "kind", "is_lead"]


class PartnershipSummarySerializer(serializers.ModelSerializer):
    """A partnership, and the role in it of whoever asks."""

    role = serializers.SerializerMethodField()

    class Meta:
        model = Partnership
        fields = ["slug", "name", "short_name", "is_fictional", "role"]

    @extend_schema_field(serializers.ChoiceField([role.value for role in Role]))
    def get_role(self, partnership: Partnership) -> str:
        return self.context["roles"][partnership.pk]


class PartnershipSerializer(PartnershipSummarySerializer):
    """A partnership with its partner bodies and its groups."""

    about = serializers.CharField(help_text="Markdown")
    organisations = OrganisationSerializer(many=True)
    groups = GroupSerializer(many=True)

    class Meta(PartnershipSummarySerializer.Meta):
        fields = [
            *PartnershipSummarySerializer.Meta.fields, "about", "organisations", "groups",
        ]  # fmt: skip


class Partnerships(Records):
    """The partnerships of which the user is a member."""

    queryset = Partnership.objects.all()
    permission = Permission.VIEW_PARTNERSHIP
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    serializer_class = PartnershipSerializer
    list_serializer_class = PartnershipSummarySerializer

    def get_queryset(self) -> QuerySet:
        known = Partnership.objects.visible_to(self.request.user).order_by("name")
        if self.action == "list":
            return known
        return known.prefetch_related(
            "organisations", Prefetch("groups", Group.objects.select_related("parent"))
        )

    def get_object(self) -> Partnership:
        found = get_object_or_404(self.get_queryset(), slug=self.kwargs["slug"])
        require(self.request.user, self.permission, found)
        return found

    def get_serializer_context(self) -> dict[str, Any]:
        mine = Membership.objects.current().filter(user=self.request.user.pk)
        roles = dict(mine.values_list("partnership", "role"))
        return {**super().get_serializer_context(), "roles": roles}


def _whole_number(request: Request, name: str, least: int, most: int, default: int) -> int:
    given = request.query_params.get(name)
    if given is None:
        return default
    if re.fullmatch(r"[0-9]{1,9}", given) and least <= int(given) <= most:
        return int(given)
    raise ParseError(f"{name} must be a whole number from {least} to {most}.")


def _follow(record: Any, path: str) -> Any:
    """Return what a dotted path leads to, None as soon as it leads to nothing."""
    for name in path.split("."):
        record = getattr(record, name) if record is not None else None
    return record
