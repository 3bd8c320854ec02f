"""Make a fresh machine ready: python3 setup/prepare.py [--tests] [--port N].

Runs before anything is installed, so it needs nothing but the standard library. Every step looks
first and does nothing where its work is done. What was installed is remembered by a stamp that is
written last, so that an interrupted step is never taken for a finished one.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RUNTIME, TESTS = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
OLDEST_PYTHON = (3, 11)
# What WeasyPrint loads when it draws a PDF: the library, and the Debian package that holds it.
PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSER_LIBRARIES = {"libatomic.so.1": "libatomic1"}  # for Playwright's own Node


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tests", action="store_true", help="the test tools and Chromium as well")
    parser.add_argument("--port", help="a port of 127.0.0.1 that must be free")
    arguments = parser.parse_args()
    check_python()
    if arguments.port:
        check_port(arguments.port)
    install_debian_packages(missing_packages(tests=arguments.tests))
    make_environment([RUNTIME, TESTS] if arguments.tests else [RUNTIME])
    assets = [str(VENV / "bin" / "python"), str(ROOT / "setup" / "assets.py")]
    sys.exit(subprocess.run(assets, check=False).returncode)


def check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Python 3.11 or later is needed; {sys.executable} is {found}.\n"
            "Install a later one and name it, for example: make demo PYTHON=python3.12"
        )


def check_port(port: str) -> None:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is not a port number. Choose one, for example: make demo PORT=8001")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError as error:
            sys.exit(
                f"Port {port} of 127.0.0.1 cannot be used ({error.strerror}).\n"
                "Stop what uses it, or choose another port: make demo PORT=8001"
            )


def missing_packages(*, tests: bool) -> list[str]:
    """Debian packages without which a later step would fail."""
    libraries = PDF_LIBRARIES | (BROWSER_LIBRARIES if tests else {})
    missing = [package for library, package in libraries.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python{}.{}-venv".format(*sys.version_info[:2]))
    if tests and not shutil.which("chromium"):
        missing.append("chromium")
    return missing


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_debian_packages(packages: list[str]) -> None:
    if not packages:
        return
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            f"These system packages are missing: {names}\n"
            "Run this line (or its like on a system other than Debian), then run make again:\n"
            f"    sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
        )
    say(f"Installing system packages: {names}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    install = ["apt-get", "install", "-qq", "--no-install-recommends", *packages]
    run(install, env=quiet, stdout=subprocess.DEVNULL)


def make_environment(locks: list[Path]) -> None:
    """Install the locks, the last of which includes those before it."""
    if all(is_current(lock) for lock in locks):
        return
    if not is_current(RUNTIME):
        say("Making the virtual environment in .venv")
        # Not sys.executable: that may be the one in .venv, if somebody has activated it.
        run([sys._base_executable, "-m", "venv", "--clear", str(VENV)])
    for lock in (RUNTIME, TESTS):
        stamp(lock).unlink(missing_ok=True)
    say(f"Installing the Python packages of {locks[-1].name} (a minute or two, the first time)")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run([*pip, "install", "-qq", "--require-hashes", "--requirement", str(locks[-1])])
    for lock in locks:
        stamp(lock).write_text(fingerprint(lock))


def is_current(lock: Path) -> bool:
    return stamp(lock).exists() and stamp(lock).read_text() == fingerprint(lock)


def stamp(lock: Path) -> Path:
    return VENV / f"{lock.name}.stamp"


def fingerprint(lock: Path) -> str:
    """A virtual environment holds for one lock, one interpreter and one place."""
    told = f"{sys.version} {sys.base_prefix} {VENV}".encode()
    return hashlib.sha256(lock.read_bytes() + told).hexdigest()


def say(message: str) -> None:
    print(f"==> {message}", flush=True)


def run(command: list[str], **options: Any) -> None:
    if subprocess.run(command, cwd=ROOT, check=False, **options).returncode:
        sys.exit(f"This failed, and can be tried again: {' '.join(command)}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped. The next run takes up what was left.")
