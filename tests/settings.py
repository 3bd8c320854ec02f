"""The site's own settings, in an environment fit for tests."""

import os

os.environ.update(
    DEBUG="1", DEMO="0", SECRET_KEY="for tests only", ALLOWED_HOSTS="localhost,testserver"
)

from commissioning.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; nothing here is secret
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A file of its own for each run, so that two runs beside each other do not meet.
RUN = os.environ.setdefault("TEST_RUN", str(os.getpid()))
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # Its tables come from the models: PostgreSQL's from the migrations, so both ways are gone.
    own = {"NAME": str(VAR_DIR / f"test-{RUN}.db"), "MIGRATE": False}  # noqa: F405
    fast = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"  # no test cuts the power
    DATABASES["default"]["TEST"] = own  # noqa: F405
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {"init_command": fast}  # noqa: F405

# Empty for ever: a copy that was collected once would be served stale.
STATIC_ROOT = VAR_DIR / "not-collected"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
