"""Change plans in the API: entries, actions, support and its days."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnership.api import DateSerializer, LinkField, Records
from partnership.roles import Permission

from .completeness import GapKind
from .models import Action, ChangePlan, SupportAllocation, SupportDelivery
from .plan import Entry, PlannedAction, Priority, plan_facts


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
    url = LinkField("api-plan-detail", "identifier")
    page = LinkField("changeplan:plan", "partnership.slug", "identifier")
    partnership = serializers.CharField(source="partnership.slug")
    exercise = serializers.CharField(source="exercise.identifier")
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


class EntrySerializer(serializers.Serializer):
    """A standard's row: status statements (Markdown), and what serves it, by identifier."""

    number = serializers.IntegerField(source="standard.number")
    title = serializers.CharField(source="standard.title")
    status = serializers.ListField(child=serializers.CharField())
    actions = serializers.SerializerMethodField()
    support = serializers.SerializerMethodField()

    def get_actions(self, entry: Entry) -> list[str]:
        return [planned.action.identifier for planned in entry.actions]

    def get_support(self, entry: Entry) -> list[str]:
        return [asked.allocation.identifier for asked in entry.support]


class ActionSerializer(serializers.Serializer):
    """An action with the standards it serves and the improvement priorities it answers (by
    identifier). Texts are Markdown; "" is not given."""

    identifier = serializers.CharField(source="action.identifier")
    number = serializers.IntegerField(source="action.number")
    page = LinkField(
        "changeplan:action", "action.plan.partnership.slug", "action.plan.identifier",
        "action.identifier",
    )  # fmt: skip
    heading = serializers.CharField(source="action.heading")
    detail = serializers.CharField(source="action.detail")
    success = serializers.CharField(source="action.success")
    standards = NumbersField()
    priorities = serializers.SerializerMethodField()
    lead = serializers.CharField(source="action.lead")
    owner = serializers.CharField(source="action.owner_name")
    monitored_by = serializers.CharField(source="action.monitored_by.name", default="")
    reports_to = serializers.CharField(source="action.reports_to.name", default="")
    start = DateSerializer(source="action.start", allow_null=True)
    due = DateSerializer(source="action.due", allow_null=True)
    recurrence = serializers.CharField(source="action.recurrence")
    status = serializers.ChoiceField(Action.Status.choices, source="action.status")
    rating = serializers.ChoiceField(Action.Rating.choices, source="action.rating")
    target_score = serializers.DecimalField(
        max_digits=None, decimal_places=1, source="action.target_score", allow_null=True
    )
    relied_on_support = serializers.CharField(source="action.relied_on_support")

    def get_priorities(self, planned: PlannedAction) -> list[str]:
        return [finding.identifier for finding in planned.priorities]


class PrioritySerializer(serializers.Serializer):
    """An improvement priority of the exercise, and the actions that answer it."""

    identifier = serializers.CharField(source="finding.identifier")
    number = serializers.IntegerField(source="finding.number")
    title = serializers.CharField(source="finding.title")
    actions = serializers.SerializerMethodField()

    def get_actions(self, priority: Priority) -> list[str]:
        return [planned.action.identifier for planned in priority.actions]


class DeliverySerializer(serializers.ModelSerializer):
    days = DaysField()

    class Meta:
        model = SupportDelivery
        fields = ["date", "days", "delivered_by", "note"]


class SupportSerializer(serializers.Serializer):
    """Support asked for one purpose, in days."""

    identifier = serializers.CharField(source="allocation.identifier")
    programme = serializers.CharField()
    purpose = serializers.CharField(source="allocation.purpose")
    detail = serializers.CharField(source="allocation.detail")
    form = serializers.ChoiceField(SupportAllocation.Form.choices, source="allocation.form")
    events = serializers.IntegerField(source="allocation.events", allow_null=True)
    focus_areas = serializers.ListField(
        child=serializers.CharField(), source="allocation.focus_areas"
    )
    standards = NumbersField()
    estimated = DaysField(source="allocation.estimated", allow_null=True)
    agreed = DaysField(source="allocation.agreed", allow_null=True)
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

    entries = EntrySerializer(source="facts.entries", many=True)
    actions = ActionSerializer(source="facts.actions", many=True)
    priorities = PrioritySerializer(source="facts.priorities", many=True)
    support = SupportSerializer(source="facts.support", many=True)
    ledger = LedgerSerializer(source="facts.ledger")
    gaps = GapSerializer(source="facts.gaps", many=True)

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
        return known.select_related("partnership", "exercise", "approved_meeting__group")

    def get_object(self) -> ChangePlan:
        plan = super().get_object()
        plan.facts = plan_facts(plan)
        return plan
