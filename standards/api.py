"""Exercises and their results in the API."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partnership.api import DateSerializer, LinkField, Records
from partnership.permissions import require
from partnership.roles import Permission

from .analysis import Method
from .conclusions import findings_of
from .models import Attribution, Exercise, Finding, Session, WorkingGroup
from .results import Results, StandardResult, results_for
from .scale import SCALE_HIGH, SCALE_LOW
from .versions import numbered, standing


class ScoreField(serializers.DecimalField):
    """A score or an average as people read it, one decimal place; null where there is none."""

    def __init__(self, **options: Any) -> None:
        preset = {"max_digits": None, "decimal_places": 1, "rounding": ROUND_HALF_UP}
        super().__init__(**(preset | options))


class SessionStateSerializer(serializers.ModelSerializer):
    class Meta:
        model = Session
        fields = ["number", "title", "state"]


class ExerciseSummarySerializer(serializers.ModelSerializer):
    url = LinkField("api-exercise-detail", "identifier")
    page = LinkField("standards:exercise", "partnership.slug", "identifier")
    partnership = serializers.CharField(source="partnership.slug")
    framework = serializers.CharField(source="framework.name")
    date = DateSerializer(allow_null=True)
    sessions: serializers.BaseSerializer = SessionStateSerializer(many=True)

    class Meta:
        model = Exercise
        fields = [
            "identifier", "url", "page", "title", "partnership", "framework", "date", "state",
            "is_scored", "sessions",
        ]  # fmt: skip


class WorkingGroupSerializer(serializers.ModelSerializer):
    cohort = serializers.CharField(source="cohort.name")

    class Meta:
        model = WorkingGroup
        fields = ["identifier", "name", "cohort", "expected"]


class SessionSerializer(serializers.ModelSerializer):
    date = DateSerializer(allow_null=True)
    groups: serializers.Field = serializers.SlugRelatedField("name", many=True, read_only=True)
    working_groups = WorkingGroupSerializer(many=True)

    class Meta:
        model = Session
        fields = [
            "number", "title", "date", "venue", "is_joint", "state", "groups", "working_groups",
        ]  # fmt: skip


class ExerciseSerializer(ExerciseSummarySerializer):
    results = LinkField("api-exercise-results", "identifier")
    previous = LinkField("api-exercise-detail", "previous.identifier", allow_null=True)
    cohorts: serializers.Field = serializers.SlugRelatedField("name", many=True, read_only=True)
    sessions = SessionSerializer(many=True)

    class Meta(ExerciseSummarySerializer.Meta):
        fields = [
            *ExerciseSummarySerializer.Meta.fields, "purpose", "half_points", "averaging",
            "results", "previous", "cohorts",
        ]  # fmt: skip


class GroupScoreSerializer(serializers.Serializer):
    """What one working group agreed; a null value without `not_applicable` is not scored yet."""

    group = serializers.CharField()
    cohort = serializers.CharField()
    value = ScoreField(allow_null=True)
    not_applicable = serializers.BooleanField()


class CohortAverageSerializer(serializers.Serializer):
    cohort = serializers.CharField()
    average = ScoreField(allow_null=True)


class SpreadSerializer(serializers.Serializer):
    """How the groups' scores lie; consensus runs from 0 to 1."""

    low = ScoreField()
    high = ScoreField()
    standard_deviation = ScoreField(decimal_places=2)
    consensus = ScoreField(decimal_places=2)


class StandardResultSerializer(serializers.Serializer):
    """One standard: its average, of how many groups, and what stands behind it."""

    number = serializers.IntegerField(source="standard.number")
    title = serializers.CharField(source="standard.title")
    average = ScoreField(source="average.displayed", allow_null=True)
    groups = serializers.IntegerField(source="average.n")
    not_applicable = serializers.IntegerField(source="average.not_applicable")
    missing = serializers.IntegerField(source="average.missing")
    recorded = serializers.BooleanField(source="average.recorded")
    previous = ScoreField(source="change.previous", allow_null=True, default=None)
    change = ScoreField(source="change.change", allow_null=True, default=None)
    spread = SpreadSerializer(allow_null=True)
    cohorts = serializers.SerializerMethodField()
    scores = GroupScoreSerializer(many=True)

    @extend_schema_field(CohortAverageSerializer(many=True))
    def get_cohorts(self, row: StandardResult) -> list[dict[str, Any]]:
        names = [cohort.cohort for cohort in self.context["results"].cohorts]
        pairs = zip(names, row.by_cohort, strict=True)
        rows = [{"cohort": name, "average": average.displayed} for name, average in pairs]
        return list(CohortAverageSerializer(rows, many=True).data)


class RankingSerializer(serializers.Serializer):
    """The standards at one end. All that are level at the cut are listed, so there may be more
    than were asked for; `note` says so."""

    asked = serializers.IntegerField()
    standards = serializers.ListField(child=serializers.IntegerField())
    cut = ScoreField(allow_null=True)
    note = serializers.CharField()


class DiscussionSerializer(serializers.Serializer):
    """A standard on which the groups disagree, and why it comes where it comes."""

    standard = serializers.IntegerField()
    reason = serializers.CharField()


class AttributionSerializer(serializers.ModelSerializer):
    """Who raised a finding; an empty raiser means that nobody is named."""

    raiser = serializers.CharField()

    class Meta:
        model = Attribution
        fields = ["raiser", "strength", "point", "reservation"]


class FindingSerializer(serializers.ModelSerializer):
    """A strength, a theme or an improvement priority. `text` is Markdown."""

    standards: serializers.Field = serializers.SlugRelatedField("number", many=True, read_only=True)
    raised_by = AttributionSerializer(source="attributions", many=True)

    class Meta:
        model = Finding
        fields = ["identifier", "number", "title", "text", "standards", "raised_by"]


class FindingsSerializer(serializers.Serializer):
    strengths = FindingSerializer(many=True)
    themes = FindingSerializer(many=True)
    priorities = FindingSerializer(many=True)


class ResultsVersionSerializer(serializers.Serializer):
    """Which version of the results stands: 1 as the exercise closed, one more a correction."""

    number = serializers.IntegerField()
    made_at = serializers.DateTimeField()


class ResultsSerializer(serializers.Serializer):
    """What came out of an exercise. Without scores the standards' averages are null, and the
    findings are the result."""

    exercise = serializers.CharField(source="exercise.identifier")
    version = serializers.SerializerMethodField()
    has_scores = serializers.BooleanField()
    method = serializers.ChoiceField([(method.value, method.label) for method in Method])
    method_words = serializers.CharField(source="method.words")
    scale_low = ScoreField(default=Decimal(SCALE_LOW))
    scale_high = ScoreField(default=Decimal(SCALE_HIGH))
    standards = StandardResultSerializer(source="rows", many=True)
    strongest = RankingSerializer()
    lowest = RankingSerializer()
    discuss_first = DiscussionSerializer(source="discussions", many=True)
    findings = serializers.SerializerMethodField()

    @extend_schema_field(ResultsVersionSerializer(allow_null=True))
    def get_version(self, results: Results) -> dict[str, Any] | None:
        found = standing(results.exercise)
        if found is None:
            return None
        return ResultsVersionSerializer({"number": found[0], "made_at": found[1]}).data

    @extend_schema_field(FindingsSerializer)
    def get_findings(self, results: Results) -> dict[str, Any]:
        return FindingsSerializer(self.context["findings"]).data


class Exercises(Records):
    """The exercises of the user's partnerships."""

    queryset = Exercise.objects.all()
    permission = Permission.VIEW_EXERCISE
    serializer_class = ExerciseSerializer
    list_serializer_class = ExerciseSummarySerializer

    def get_queryset(self) -> QuerySet:
        known = numbered(Exercise.objects.visible_to(self.request.user)).order_by("-date", "-pk")
        known = known.select_related("partnership", "framework", "previous")
        if self.action == "list":
            return known.prefetch_related("sessions")
        if self.action != "retrieve":
            return known
        return known.prefetch_related(
            "cohorts", "sessions__groups", "sessions__working_groups__cohort"
        )

    @action(detail=True, serializer_class=ResultsSerializer)
    def results(self, request: Request, identifier: str) -> Response:
        """The results, to everybody who sees the exercise once it is closed."""
        exercise = self.get_object()
        if not exercise.is_closed:
            require(request.user, Permission.VIEW_OPEN_RESULTS, exercise.partnership)
        results = results_for(exercise)
        said = {"results": results, "findings": findings_of(exercise)}
        context = {**self.get_serializer_context(), **said}
        return Response(ResultsSerializer(results, context=context).data)
