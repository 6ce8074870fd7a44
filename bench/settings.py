"""The county's own settings, for a load on this machine: plain HTTP, and a count of the SQL."""

import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only for the bench")
os.environ.setdefault("LINLI_HOSTS", "127.0.0.1")
os.environ.setdefault("LINLI_URL", "http://127.0.0.1")

from config.settings.prod import *  # noqa: F403
from config.settings.prod import MIDDLEWARE

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
CSRF_TRUSTED_ORIGINS: list[str] = []
ALLAUTH_TRUSTED_PROXY_COUNT = 0
STATIC_ROOT = Path(os.environ["LINLI_DATA"]) / "static"
MIDDLEWARE = ["bench.counting.count_queries", *MIDDLEWARE]
