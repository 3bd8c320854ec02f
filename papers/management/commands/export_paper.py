"""Write board papers to files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.fonts import RendererUnavailable
from papers.models import Paper
from papers.publishing import FORMATS, file_of


class Command(BaseCommand):
    help = "Write a board paper as HTML, PDF or Word, or several papers in all three."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="+", help="A paper, such as bromley-change-plan")
        parser.add_argument("--format", choices=sorted(FORMATS), default="pdf")
        parser.add_argument("--output", type=Path, help="The file to write one paper to")
        parser.add_argument("--directory", type=Path, help="Where to write papers in every format")

    def handle(self, **options: Any) -> None:
        slugs, output, directory = options["slug"], options["output"], options["directory"]
        if bool(output) == bool(directory) or (output and len(slugs) > 1):
            raise CommandError("Give --output FILE for one paper, or --directory for several.")
        if output:
            self._one(slugs[0], options["format"], output)
            return
        for slug in slugs:
            for name in FORMATS:
                self._one(slug, name, directory / f"{slug}.{name}")

    def _one(self, slug: str, name: str, output: Path) -> None:
        try:
            paper = Paper.objects.select_for_paper().get(slug=slug)
        except Paper.DoesNotExist:
            known = ", ".join(Paper.objects.order_by("slug").values_list("slug", flat=True))
            known = known or "none"
            raise CommandError(f"There is no paper “{slug}”. There are: {known}.") from None
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(file_of(paper, name))
        except RendererUnavailable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}.") from error
        self.stdout.write(f"{output}")
