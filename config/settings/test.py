"""The suite's settings: English messages, tasks at once, nothing outside the machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .base import *

SECRET_KEY = "only for tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="linli-media-"))
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
SMS_SENDER = "community.adapters.sms.FileSender"
SMS_FILE = Path(tempfile.mkdtemp(prefix="linli-sms-")) / "sms.jsonl"
