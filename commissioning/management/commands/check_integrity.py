"""manage.py check_integrity: is everything stored consistent?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...integrity import problems


class Command(BaseCommand):
    help = "Check the rules that cross tables. Prints a line for each problem, and then fails."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(problems())
        for problem in found:
            self.stdout.write(problem)
        if found:
            raise CommandError(f"Problems found: {len(found)}.")
        self.stdout.write("Everything stored is consistent.")
