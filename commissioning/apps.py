from typing import ClassVar

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class CommissioningConfig(AppConfig):
    name = "commissioning"


class StaticFiles(StaticFilesConfig):
    """Static files, without the sources of the style sheet."""

    ignore_patterns: ClassVar[list[str]] = [*StaticFilesConfig.ignore_patterns, "*.scss"]
