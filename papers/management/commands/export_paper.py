"""Write board papers to files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from papers.fonts import RendererUnavailable
from papers.models import Paper
from papers.publishing import FORMATS, file_of


class Command(BaseCommand):
    help = "Write a board paper as HTML, PDF or Word; with --all, every published paper in each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="*", help="The paper, such as bromley-change-plan")
        parser.add_argument("--format", choices=sorted(FORMATS), default="pdf")
        parser.add_argument("--output", type=Path, help="The file to write")
        parser.add_argument("--all", action="store_true", help="Every published paper and format")
        parser.add_argument("--directory", type=Path, default=Path("out"), help="For --all")

    def handle(self, **options: Any) -> None:
        if options["all"]:
            self._all(options["directory"])
            return
        if len(options["slug"]) != 1 or not options["output"]:
            raise CommandError("Name one paper and --output FILE, or give --all.")
        self._one(options["slug"][0], options["format"], options["output"])

    def _all(self, directory: Path) -> None:
        for paper in Paper.objects.filter(state=Paper.State.PUBLISHED).order_by("slug"):
            for name in FORMATS:
                self._one(paper.slug, name, directory / f"{paper.slug}.{name}")

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
