"""The head of the API: where everything is."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from partnership.api import Schema


class IndexSerializer(serializers.Serializer):
    """The addresses of the lists, and of the schema that describes them."""

    partnerships = serializers.URLField()
    exercises = serializers.URLField()
    plans = serializers.URLField()
    papers = serializers.URLField()
    schema = serializers.URLField()


class Index(APIView):
    """Where everything is."""

    schema = Schema()

    @extend_schema(responses=IndexSerializer)
    def get(self, request: Request) -> Response:
        names = {
            "partnerships": "api-partnership-list",
            "exercises": "api-exercise-list",
            "plans": "api-plan-list",
            "papers": "api-paper-list",
            "schema": "api-schema",
        }
        return Response({key: reverse(name, request=request) for key, name in names.items()})
