"""A gunicorn of our own, on this machine only, as the Procfile starts it."""

import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

HOST = "127.0.0.1"
PATIENCE = 30  # seconds for a server to come up


class Server:
    """A server in a process group of its own, on a port that stays the same when it starts again.
    What it says goes to `log`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGTERM)

    def start(self) -> None:
        """Start it, and return once it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(),
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | _environment(),
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(f"The server did not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self, by: signal.Signals) -> None:
        """End the whole process group by a signal: SIGKILL leaves it no time for anything."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, by)
            self.process.wait(PATIENCE)

    def _command(self) -> list[str]:
        _, _, *options = shlex.split(_line("web").replace("$PORT", str(self.port)))
        return [sys.executable, "-m", "gunicorn", "commissioning.load.wsgi", *options]

    def _answers(self) -> bool:
        trial = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            trial.request("GET", "/help/")
            return trial.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            trial.close()


class Worker:
    """A worker as the Procfile starts it, beside whatever is done within."""

    def __enter__(self) -> "Worker":
        _, *arguments = shlex.split(_line("worker"))
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            start_new_session=True,
            env=os.environ | _environment(),
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)


def _line(name: str) -> str:
    """Return how the Procfile starts a process of this name."""
    lines = (settings.BASE_DIR / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)[name]


def _environment() -> dict[str, str]:
    """Return what gives the server the database and the secret of this process."""
    return {
        "DJANGO_SETTINGS_MODULE": "commissioning.settings",
        "DATABASE_URL": database_address(),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": HOST,
        "DEMO": "1",
        "DEBUG": "0",
    }


def database_address() -> str:
    """Return what DATABASE_URL says where another process is to use the database of this one."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])
