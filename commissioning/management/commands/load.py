"""manage.py load: a room full of people against a real server, on a database to be thrown away."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from commissioning.load.measuring import Load, measure
from commissioning.load.rendering import measure_beside


class Command(BaseCommand):
    help = "Put a room under load and print what was measured as JSON lines; fails on any loss."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--participants", type=int, default=200)
        parser.add_argument("--groups", type=int, default=30)
        parser.add_argument("--seconds", type=float, default=90)
        parser.add_argument("--kill", action="store_true", help="kill the server in the middle")

        parser.add_argument(
            "--renders", action="store_true", help="once without and once with papers being printed"
        )

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This fills the database. Set DEMO=1 and a DATABASE_URL of its own.")
        call_command("migrate", verbosity=0)
        load = Load(**{name: options[name] for name in Load.__dataclass_fields__})
        if options["renders"]:
            self.stdout.write(json.dumps(measure_beside(load, rounds=2)))
            return
        found = measure(load)
        for line in found.lines():
            self.stdout.write(json.dumps(line))
        if not found.is_sound:
            raise CommandError("Not sound: " + "; ".join(found.log.errors[:5] or ["see above"]))
