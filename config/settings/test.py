"""The suite's settings: English messages, tasks at once, nothing outside the machine.

The database and Redis come from the environment (`make test` brings both); without them it is
SQLite in a file of this run's own. Another process that works beside the tests (a real Celery
worker) is given `LINLI_TEST_RUN`, and so shares the queue, the cache and the media.
"""

from __future__ import annotations

import os

# An xdist worker has a Redis of its own, for what is announced there is heard in all databases.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _own := os.environ.get(f"REDIS_URL_{_worker.upper()}"):
    os.environ["REDIS_URL"] = _own

from .base import *  # noqa: E402

TEST_RUN = os.environ.get("LINLI_TEST_RUN") or "-".join(filter(None, (str(os.getpid()), _worker)))
SECRET_KEY = "only for tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = DATA_DIR / "test-media" / TEST_RUN
STORAGES["private"]["OPTIONS"]["location"] = MEDIA_ROOT / "private"
STATIC_ROOT = BASE_DIR / "static"  # nothing is collected: files come from where they are written
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

if not os.environ.get("DATABASE_URL"):  # nothing but the suite's own copies is ever opened
    DATABASES["default"]["NAME"] = str(DATA_DIR / "test-db" / "idle.sqlite3")
DATABASES["default"]["CONN_MAX_AGE"] = 0  # no thread keeps a copy that is about to be replaced
CACHES["default"]["KEY_PREFIX"] = f"test-{TEST_RUN}"
CELERY_TASK_DEFAULT_QUEUE = f"linli-test-{TEST_RUN}"
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = (
    os.environ.get("LINLI_TASKS", "at once") == "at once"
)
SMS_SENDER = "community.adapters.sms.FileSender"
SMS_FILE = DATA_DIR / "test-sms" / f"{TEST_RUN}.jsonl"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
