"""Change plans in the API: entries, actions, support and its days."""

from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnership.api import DateSerializer, LinkField, Records
from partnership.dates import PreciseDate
from partnership.richtext import parse, plain_text
from partnership.roles import Permission

from .completeness import GapKind
from .models import Action, ChangePlan, SupportAllocation
from .plan import plan_facts
from .scores import NO_SCORES
from .services.states import approved_version
from .snapshot import Content, snapshot


class DaysField(serializers.DecimalField):
    """Days, in quarter days: "2.00"; null where no figure was given, which is not 0."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"max_digits": None, "decimal_places": 2} | options))


class NumbersField(serializers.ListField):
    """The numbers of standards."""

    child = serializers.IntegerField()


class ApprovalSerializer(serializers.Serializer):
    """The meeting that approved the plan, its minute, and when that was recorded."""

    recorded_at = serializers.DateTimeField(source="approved_at")
    group = serializers.CharField(source="approved_meeting.group.name", default=None)
    date = DateSerializer(source="approved_meeting.date", allow_null=True, default=None)
    minute_reference = serializers.CharField()


class PlanSummarySerializer(serializers.ModelSerializer):
    """A plan as its reader may see it: while a new version is in work, who does not work on it is
    told of the one that was approved."""

    url = LinkField("api-plan-detail", "identifier")
    page = LinkField("changeplan:plan", "partnership.slug", "identifier")
    partnership = serializers.CharField(source="partnership.slug")
    exercise = serializers.CharField(source="exercise.identifier")
    title = serializers.CharField(source="title_shown")
    state = serializers.ChoiceField(ChangePlan.State.choices, source="state_shown")
    approval = serializers.SerializerMethodField()

    class Meta:
        model = ChangePlan
        fields = [
            "identifier", "url", "page", "title", "partnership", "exercise", "arrangement", "state",
            "approval",
        ]  # fmt: skip

    @extend_schema_field(ApprovalSerializer(allow_null=True))
    def get_approval(self, plan: ChangePlan) -> dict[str, Any] | None:
        return ApprovalSerializer(plan).data if plan.approved_at else None


@extend_schema_field(DateSerializer)
class KeptDateField(serializers.Field):
    """A date as a snapshot keeps it."""

    def to_representation(self, stored: str) -> dict[str, Any]:
        return DateSerializer(PreciseDate(stored)).data


class EntrySerializer(serializers.Serializer):
    """A standard's row: status statements (Markdown), and what serves it, by identifier."""

    number = serializers.IntegerField()
    title = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    actions = serializers.ListField(child=serializers.CharField())
    support = serializers.ListField(child=serializers.CharField())

    def get_title(self, entry: Content) -> str:
        return plain_text(parse(entry["title"]))

    def get_status(self, entry: Content) -> list[str]:
        return [statement["text"] for statement in entry["status"]]


class ActionSerializer(serializers.Serializer):
    """An action with the standards it serves and the improvement priorities it answers (by
    identifier). Texts are Markdown; "" is not given."""

    identifier = serializers.CharField()
    number = serializers.IntegerField()
    page = LinkField("changeplan:action", "plan.partnership.slug", "plan.identifier", "identifier")
    heading = serializers.CharField()
    detail = serializers.CharField()
    success = serializers.CharField()
    standards = NumbersField()
    priorities = serializers.ListField(child=serializers.CharField())
    lead = serializers.CharField()
    owner = serializers.CharField()
    monitored_by = serializers.CharField()
    reports_to = serializers.CharField()
    start = KeptDateField(allow_null=True)
    due = KeptDateField(allow_null=True)
    recurrence = serializers.CharField()
    status = serializers.ChoiceField(Action.Status.choices)
    rating = serializers.ChoiceField(Action.Rating.choices)
    target_score = serializers.DecimalField(max_digits=None, decimal_places=1, allow_null=True)
    relied_on_support = serializers.CharField()


class PrioritySerializer(serializers.Serializer):
    """An improvement priority of the exercise, and the actions that answer it."""

    identifier = serializers.CharField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    actions = serializers.ListField(child=serializers.CharField())


class DeliverySerializer(serializers.Serializer):
    """Days delivered on a date, by whom."""

    date = serializers.DateField()
    days = DaysField()
    delivered_by = serializers.CharField()
    note = serializers.CharField()


class SupportSerializer(serializers.Serializer):
    """Support asked for one purpose, in days."""

    identifier = serializers.CharField()
    programme = serializers.CharField()
    purpose = serializers.CharField()
    detail = serializers.CharField()
    form = serializers.ChoiceField(SupportAllocation.Form.choices)
    events = serializers.IntegerField(allow_null=True)
    focus_areas = serializers.ListField(child=serializers.CharField())
    standards = NumbersField()
    estimated = DaysField(allow_null=True)
    agreed = DaysField(allow_null=True)
    delivered = DaysField()
    deliveries = DeliverySerializer(many=True)


class DaysSerializer(serializers.Serializer):
    """A line of the ledger. `unplanned` is available less estimated, `remaining` available less
    agreed; both may be below 0."""

    programme = serializers.CharField()
    available = DaysField(allow_null=True)
    approximate = serializers.BooleanField()
    estimated = DaysField(allow_null=True)
    agreed = DaysField(allow_null=True)
    delivered = DaysField()
    unplanned = DaysField(allow_null=True)
    remaining = DaysField(allow_null=True)
    allocations = serializers.IntegerField()
    unquantified = serializers.IntegerField()


class LedgerSerializer(serializers.Serializer):
    """The days of each programme, and of all; `warnings` say which sums have run over."""

    programmes = DaysSerializer(many=True)
    total = DaysSerializer()
    warnings = serializers.ListField(child=serializers.CharField())


class GapSerializer(serializers.Serializer):
    """Something the plan lacks; `key` is that of an action or an improvement priority, or ""."""

    kind = serializers.ChoiceField([kind.value for kind in GapKind])
    standard = serializers.IntegerField(allow_null=True)
    key = serializers.CharField()
    words = serializers.CharField()


class PlanSerializer(PlanSummarySerializer):
    """The plan whole."""

    entries = EntrySerializer(source="content.entries", many=True)
    actions = ActionSerializer(source="content.actions", many=True)
    priorities = PrioritySerializer(source="content.priorities", many=True)
    support = SupportSerializer(source="content.support", many=True)
    ledger = LedgerSerializer(source="content.ledger")
    gaps = GapSerializer(source="content.gaps", many=True)

    class Meta(PlanSummarySerializer.Meta):
        fields = [
            *PlanSummarySerializer.Meta.fields, "version", "entries", "actions", "priorities",
            "support", "ledger", "gaps",
        ]  # fmt: skip


class Plans(Records):
    """The change plans of the user's partnerships."""

    queryset = ChangePlan.objects.all()
    permission = Permission.VIEW_PLAN
    serializer_class = PlanSerializer
    list_serializer_class = PlanSummarySerializer

    def get_queryset(self) -> QuerySet:
        known = ChangePlan.objects.visible_to(self.request.user).order_by("-pk")
        told = known.as_shown_to(self.request.user)
        return told.select_related("partnership", "exercise", "approved_meeting__group")

    def get_object(self) -> ChangePlan:
        plan = super().get_object()
        content = self._content(plan)
        actions = [SimpleNamespace(plan=plan, **action) for action in content["actions"]]
        plan.content = {**content, "actions": actions}
        return plan

    def _content(self, plan: Any) -> Content:
        """Return what the reader may read: the plan as it is, or as it was approved."""
        if plan.is_live:
            return snapshot(plan_facts(plan), NO_SCORES)
        version = approved_version(plan)
        if version is None:
            raise Http404
        return version.content
