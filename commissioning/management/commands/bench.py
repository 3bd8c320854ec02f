"""Measure, and print one JSON object a line."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from commissioning.bench import figures


class Command(BaseCommand):
    help = "Print measurements as JSON lines; fails where a ratio is above its limit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--runs", type=int, default=9)

    def handle(self, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_demo", stdout=StringIO())
        over = []
        for figure in figures(options["runs"]):
            self.stdout.write(json.dumps(asdict(figure)))
            over += [figure.complaint] if figure.complaint else []
        if over:
            raise CommandError("; ".join(over))
