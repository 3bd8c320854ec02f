"""manage.py load_demo: three partnerships to look around in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commissioning.demo import demo_users, load_demo


class Command(BaseCommand):
    help = "Load the demonstration. Run again, it adds what is missing and changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="also where neither DEMO nor DEBUG is set"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG or options["force"]):
            raise CommandError(
                "This would add demonstration people and partnerships to a real installation. "
                "Set DEMO=1 to try the product out, or say --force."
            )
        loaded = load_demo()
        self.stdout.write(f"Demonstration ready: {loaded.created or 'no'} new records.")
        if loaded.left_out:
            self.stdout.write(f"Left out beside what people entered: {loaded.left_out} records.")
        self.stdout.write("Sign in as:")
        for partnership in demo_users():
            self.stdout.write(f"  {partnership.name}")
            for user in partnership.users:
                self.stdout.write(f"    {user.email:<44} {user.role}")
