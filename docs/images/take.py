"""Take the pictures of the README (`make images`): screens and pages of the demonstration."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import django
import pypdfium2
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
READER = "manager@exampleshire.example.org"
DRAFT = "Commissioning change plan: first report"
# Picture: width, the links to follow by their words from the home page, height shown.
SCREENS = {
    "results": (1280, ["Exampleshire Children", "Results"], 1560),
    "change-plan": (1280, ["Exampleshire Children", "Commissioning change plan 2026"], 1500),
    "compose": (1280, ["Exampleshire Children", DRAFT, "Write the paper"], 1000),
    "results-phone": (390, ["Exampleshire Children", "Results"], 1500),
}
PAGES = {"paper-first-page": 0, "paper-plan-page": 4}  # of Bromley's PDF


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "commissioning.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=StringIO())
    paper = ROOT / "var" / "images.pdf"
    call_command("export_paper", "bromley-change-plan", output=paper, stdout=StringIO())
    take_pages(paper)
    serve = [sys.executable, "manage.py", "runserver", "--noreload", str(PORT)]
    with subprocess.Popen(serve, cwd=ROOT, stdout=-3, stderr=-3) as server:
        try:
            with sync_playwright() as playwright:
                path, quiet = "/usr/bin/chromium", ["--no-sandbox"]
                take_screens(playwright.chromium.launch(executable_path=path, args=quiet))
        finally:
            server.terminate()


def take_pages(paper: Path) -> None:
    with pypdfium2.PdfDocument(paper) as pdf:
        for name, number in PAGES.items():
            save(pdf[number].render(scale=1.3).to_pil(), name)


def take_screens(browser: Browser) -> None:
    for name, (width, links, height) in SCREENS.items():
        page = browser.new_page(viewport={"width": width, "height": 900}, base_url=SITE)
        for _ in range(50):  # until the server answers
            try:
                page.goto("/accounts/login/")
                break
            except Exception:
                page.wait_for_timeout(200)
        page.locator(f'button[value="{READER}"]').click()
        for words in links:
            page.get_by_role("main").get_by_role("link", name=words).first.click()
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_load_state("networkidle")
        page.screenshot(path=HERE / f"{name}.png")
        page.close()


def save(picture: object, name: str) -> None:
    picture.quantize(64).save(HERE / f"{name}.png", optimize=True)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
