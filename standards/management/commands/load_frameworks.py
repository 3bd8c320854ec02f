"""manage.py load_frameworks: the published frameworks, which every installation needs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from partnership.loading import Loader

from ...frameworks import load_frameworks


class Command(BaseCommand):
    help = "Load the published frameworks. Run again, it adds what is missing and changes nothing."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for name in load_frameworks(Loader("frameworks")):
            self.stdout.write(f"Framework ready: {name}")
