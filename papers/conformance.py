"""Whether a paper's PDF keeps PDF/UA-1 (accessible) and PDF/A-3a (lasting): the file itself is
looked over, by a worker, once it is made. What came of it rests with the task that did it."""

from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import page
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .document import BoardPaper
from .models import Rendition
from .renditions import key_of, light, read

PROFILES = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
VALIDATOR = f"page-validation {version('page-validation')}"
LOOK_AGAIN, MOST_LOOKS = timedelta(seconds=5), 20  # for a file that is still being made
MOST_TOLD = 10  # problems; one cause often gives many
State = Rendition.State


@dataclass(frozen=True)
class FileCheck:
    """What is known of the PDF that would be issued now: `words` for the page, and the `problems`
    that were found. `blocks`: an issue with this file would be wrong. `may_ask`: nobody has asked
    yet; `is_coming`: somebody has."""

    words: str
    tone: str = "waiting"
    problems: tuple[str, ...] = ()
    blocks: bool = False
    may_ask: bool = False
    is_coming: bool = False


def problems_of(pdf: bytes) -> list[str]:
    """Return what in a PDF breaks the two standards, in the validator's words, each once."""
    try:
        reports = {n: page.validate_pdf_bytes(pdf, profile=p) for p, n in PROFILES.items()}
    except page.ParseError as error:
        return [str(error)]
    found = [
        f"{name}: {failure.message} ({failure.rule_id})"
        for name, report in reports.items()
        for failure in report.failures
    ]
    return list(dict.fromkeys(found))


@task()
def check_file(rendition: int, looks: int = 1) -> dict[str, object] | None:
    """Look a finished PDF over, or look again later where it is still being made. Return what was
    found, and by which validator; None where there was nothing to look at."""
    made = Rendition.objects.filter(pk=rendition).first()
    if made is None or made.state == State.FAILED:
        return None
    if made.state == State.READY:
        return {"problems": problems_of(read(made))[:MOST_TOLD], "by": VALIDATOR}
    if looks < MOST_LOOKS:
        later = check_file.using(run_after=timezone.now() + LOOK_AGAIN)
        later.enqueue(rendition, looks=looks + 1)
    return None


def ask(rendition: Rendition, priority: int = 0) -> None:
    """Have a PDF looked over by a worker, unless that is done or in hand."""
    tasks = _tasks_of(rendition)
    if not (_found(tasks) or _in_hand(tasks)):
        check_file.using(priority=priority).enqueue(rendition.pk)


def file_check(content: BoardPaper) -> FileCheck:
    """Return what is known of the PDF of a paper. Two queries."""
    made = light().filter(key=key_of(content, "pdf")).first()
    if made is None:
        return FileCheck("The PDF is not made yet, and not checked.", may_ask=True)
    if made.state == State.FAILED:
        words = f"The PDF could not be made. {made.problem}"
        return FileCheck(words, "danger", blocks=True, may_ask=True)
    tasks = _tasks_of(made)
    if found := _found(tasks):
        return _told(tuple(found["problems"]))
    if _in_hand(tasks):
        words = "The PDF is being made and checked. Look at this page again in a moment."
        return FileCheck(words, is_coming=True)
    failed = tasks and tasks[0].status == TaskResultStatus.FAILED
    words = "The PDF could not be looked over." if failed else "The PDF is not checked yet."
    return FileCheck(words, may_ask=True)


def _told(problems: tuple[str, ...]) -> FileCheck:
    if problems:
        words = "The PDF does not keep PDF/UA-1 and PDF/A-3a:"
        return FileCheck(words, "danger", problems, blocks=True)
    return FileCheck("The PDF was checked: it keeps PDF/UA-1 and PDF/A-3a.", "done")


def _tasks_of(rendition: Rendition) -> list[DBTaskResult]:
    """Return the tasks that looked a file over or are to, the latest first."""
    mine = DBTaskResult.objects.filter(
        task_path=check_file.module_path, args_kwargs__args=[rendition.pk]
    )
    return list(mine.order_by("-enqueued_at"))


def _found(tasks: list[DBTaskResult]) -> dict[str, Any] | None:
    """Return what this validator found: what an older one did may not hold any more."""
    found = (task.return_value for task in tasks if task.return_value)
    return next((each for each in found if each["by"] == VALIDATOR), None)


def _in_hand(tasks: list[DBTaskResult]) -> bool:
    return any(t.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING) for t in tasks)
