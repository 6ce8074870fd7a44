"""The embedded set-up of `make run`: one process, SQLite, no server, the demo county."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from config.trouble import explained

from .base import *


def kept_secret(path: Path) -> str:
    """Return the secret in that file, which only this user reads; make one the first time."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(get_random_secret_key())
        fresh.rename(path)  # whole or not at all, also when the disk is full
    return path.read_text(encoding="utf-8")


STATIC_ROOT = DATA_DIR / "static"
try:
    SECRET_KEY = kept_secret(DATA_DIR / "secret-key")
    STATIC_ROOT.mkdir(exist_ok=True)
except OSError as error:
    raise SystemExit(explained(error, DATA_DIR) or str(error)) from None
DEBUG = os.environ.get("LINLI_DEBUG") == "1"  # templates and static files as they are written
ALLOWED_HOSTS = ["*"]
DEMO = True
WHITENOISE_USE_FINDERS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
