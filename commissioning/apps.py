from typing import Any

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class CommissioningConfig(AppConfig):
    name = "commissioning"


class StaticFiles(StaticFilesConfig):
    """Static files, without the sources of the style sheet."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.ignore_patterns = [*self.ignore_patterns, "*.scss"]
