"""The embedded set-up of `make run`: one process, SQLite, no server, the demo county."""

from __future__ import annotations

from django.core.management.utils import get_random_secret_key

from .base import *

DATA_DIR.mkdir(parents=True, exist_ok=True)
_secret = DATA_DIR / "secret-key"
if not _secret.exists():
    _secret.write_text(get_random_secret_key(), encoding="utf-8")
SECRET_KEY = _secret.read_text(encoding="utf-8")
ALLOWED_HOSTS = ["*"]
DEMO = True
WHITENOISE_USE_FINDERS = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
