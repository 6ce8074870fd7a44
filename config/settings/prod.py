"""The county's settings: everything from the environment; refuses to start half-configured."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from config.logs import logs

from .base import *

REQUIRED = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "LINLI_DATA", "LINLI_HOSTS", "LINLI_URL")
if missing := [name for name in REQUIRED if not os.environ.get(name)]:
    raise ImproperlyConfigured(f"Set {', '.join(missing)}: see docs/howto/deploy.md.")

SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = os.environ["LINLI_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked on the machine itself, without TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 180
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LINLI_PROXIES", "1"))
STATIC_ROOT = DATA_DIR / "static"

LOGGING = logs(as_json=True)
