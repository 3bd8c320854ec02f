"""Board papers in the API, with links to their files."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from partnership.api import DateSerializer, LinkField, Records
from partnership.roles import Permission

from .models import Paper, Recommendation
from .publishing import FORMATS
from .put import as_put


class FilesSerializer(serializers.Serializer):
    """The address of the paper as a file, by format. A file that is not there yet is made: the
    answer is then 202 with `Retry-After` (seconds) and, as JSON, `state` and `detail`, until it is
    200 with the file; 503 says in `detail` why it could not be made. (A browser, which accepts
    text/html, is led to a page instead: 303.) `?for=public` asks for the public version."""

    html = serializers.URLField()
    pdf = serializers.URLField()
    docx = serializers.URLField()


class MeetingSerializer(serializers.Serializer):
    """The meeting that the paper is put to, and its place on the agenda."""

    group = serializers.CharField(source="meeting.group.name")
    date = DateSerializer(source="meeting.date")
    agenda_item = serializers.CharField(source="mark")


class PaperSummarySerializer(serializers.ModelSerializer):
    url = LinkField("api-paper-detail", "identifier")
    page = LinkField("papers:paper", "partnership.slug", "identifier")
    files = serializers.SerializerMethodField()
    partnership = serializers.CharField(source="partnership.slug")
    exercise = serializers.CharField(source="exercise.identifier", allow_null=True, default=None)
    plan = serializers.CharField(source="plan.identifier", allow_null=True, default=None)
    meeting = MeetingSerializer(source="agenda_item", allow_null=True)

    class Meta:
        model = Paper
        fields = [
            "identifier", "url", "page", "files", "slug", "title", "kind", "state", "partnership",
            "exercise", "plan", "meeting",
        ]  # fmt: skip

    @extend_schema_field(FilesSerializer)
    def get_files(self, paper: Paper) -> dict[str, str]:
        request, place = self.context["request"], [paper.partnership.slug, paper.identifier]
        return {
            name: reverse("papers:paper_download", [*place, name], request=request)
            for name in FORMATS
        }


class RecommendationSerializer(serializers.ModelSerializer):
    """What a body is asked to decide (Markdown)."""

    asked_of = serializers.CharField(source="asked_of.name")

    class Meta:
        model = Recommendation
        fields = ["number", "asked_of", "text"]


class PaperSerializer(PaperSummarySerializer):
    recommendations = serializers.SerializerMethodField()

    class Meta(PaperSummarySerializer.Meta):
        fields = [*PaperSummarySerializer.Meta.fields, "author", "recommendations"]

    @extend_schema_field(RecommendationSerializer(many=True))
    def get_recommendations(self, paper: Paper) -> Any:
        """In the words that were put to the meeting; a draft's as they stand."""
        put = as_put(paper, paper.recommendations.all())
        return RecommendationSerializer(put, many=True).data


class Papers(Records):
    """The board papers of the user's partnerships."""

    queryset = Paper.objects.all()
    permission = Permission.VIEW_PAPER
    serializer_class = PaperSerializer
    list_serializer_class = PaperSummarySerializer

    def get_queryset(self) -> QuerySet:
        known = Paper.objects.visible_to(self.request.user).order_by("-pk").select_for_paper()
        return (
            known if self.action == "list" else known.prefetch_related("recommendations__asked_of")
        )
