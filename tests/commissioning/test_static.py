"""Production finds every style sheet, font and script under its hashed name."""

import re
from pathlib import Path

from django.core.management import call_command


def test_every_file_that_our_own_files_name_is_there_under_its_hashed_name(tmp_path, settings):
    storage = {"BACKEND": "commissioning.static.ManifestStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    script, sheet = hashed(tmp_path / "js", "app.*.js"), hashed(tmp_path, "app.*.css")
    named = [script.parent / name for name in re.findall(r'from "([^"]+)"', script.read_text())]
    named += [tmp_path / name for name in re.findall(r'url\("?([^")]+)', sheet.read_text())]
    assert len(named) >= 5
    assert [path for path in named if not re.search(r"\.[0-9a-f]{12}\.", path.name)] == []
    assert [path for path in named if not path.is_file()] == []
    assert list(tmp_path.rglob("*.scss")) == []


def hashed(folder: Path, pattern: str) -> Path:
    return next(path for path in folder.glob(pattern) if len(path.name.split(".")[1]) == 12)
