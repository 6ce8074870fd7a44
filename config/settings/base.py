"""What every environment shares.

An environment adds what differs: `dev` is the embedded set-up of `make run`, `test` is the
suite's, `prod` is the county's and takes everything from the environment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _
from xstatic.pkg import leaflet

from config.logs import logs

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("LINLI_DATA", BASE_DIR / "var"))

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
AUTH_USER_MODEL = "community.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    "config.apps.ConfigApp",
    "cms",
    "councils",
    "points",
    "volunteers",
    "community",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "channels",
    "django_celery_beat",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.StaticFiles",
]

MIDDLEWARE = [
    "config.logs.RequestIdMiddleware",
    "community.middleware.NoNullMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, and our tokens are masked (BREACH)
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "community.middleware.KeepingMiddleware",
    "community.middleware.ReadingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.middleware.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.middleware.SessionLimitsMiddleware",
    "cms.middleware.back_office_door",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "community.context_processors.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "laces.templatetags.laces",
                "community.templatetags.look",
            ],
        },
    }
]

# --- Where things are kept ---------------------------------------------------------------------

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # a lost acknowledged vote or point is not worth the milliseconds
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=27103364;"
    "PRAGMA cache_size=-20000;"
)


def database(url: str) -> dict[str, Any]:
    """Return the settings of the database at `url`, tuned for how we use it."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",  # DEFERRED loses read-then-write races to lock errors
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'linli.sqlite3'}")
}
REDIS_URL = os.environ.get("REDIS_URL", "")

MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", leaflet.BASE_DIR)]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {  # photos: who may see one, a view decides
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "private"},
    },
    "staticfiles": {"BACKEND": "config.static.CollectedStaticFiles"},
}
PRIVATE_FILES_PREFIX = os.environ.get("LINLI_PRIVATE_FILES", "")  # for X-Accel-Redirect
PRINT_FONT = os.environ.get("LINLI_PRINT_FONT", "")  # Chinese for plates; none: looked for
PLATE_ORIGIN = os.environ.get("LINLI_URL", "")  # none: the address staff are at
MAP_TILES = os.environ.get("LINLI_MAP_TILES", "")  # none: the map shows our boundaries only
MAP_ATTRIBUTION = os.environ.get("LINLI_MAP_ATTRIBUTION", "")

if REDIS_URL:
    CACHES: dict[str, dict[str, Any]] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 1,  # a request publishes: it must not wait for a lost broker
        "socket_timeout": 5,  # more than the second that the worker blocks when it reads
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    _queue = DATA_DIR / "queue"
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "processed_folder": str(DATA_DIR / "queue-done"),
        "control_folder": str(DATA_DIR / "queue-control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CACHES["minute"] = {  # figures that may be a minute old; each process remembers its own
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "minute",
    "TIMEOUT": 60,
}
CELERY_BEAT_SCHEDULER = "config.clock:Clock"
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None  # no results, so nothing to clean up after them
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "linli"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "cms" / "words"]  # the second: what Wagtail lacks
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Who is here -------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "cms.adapters.AppointmentBackend",
]
ACCOUNT_ADAPTER = "community.adapters.accounts.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "community.forms.accounts.SignInForm"}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 5 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

MFA_ADAPTER = "community.adapters.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "community.forms.second_factor.UseAppForm",
    "add_webauthn": "community.forms.second_factor.UsePhoneForm",
    "authenticate": "community.forms.second_factor.ProveForm",
    "edit_webauthn": "community.forms.second_factor.RenameKeyForm",
    "reauthenticate": "community.forms.second_factor.ProveAgainForm",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "邻里园"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"

SMS_SENDER = os.environ.get("LINLI_SMS_SENDER", "community.adapters.sms.ConsoleSender")
SMS_FILE = DATA_DIR / "sms.jsonl"
SMS_HTTP_URL = os.environ.get("LINLI_SMS_URL", "")
SMS_HTTP_SECRET = os.environ.get("LINLI_SMS_SECRET", "")
SMS_PRICE_FEN = int(os.environ.get("LINLI_SMS_PRICE_FEN", "5"))
SMS_DAILY_CAP_FEN = int(os.environ.get("LINLI_SMS_DAILY_CAP_FEN", "20000"))

DEMO = False  # one-click entry as any demo person; only `make run` turns it on

# --- Pages -------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "邻里园"
WAGTAILADMIN_BASE_URL = os.environ.get("LINLI_URL", "http://localhost:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False  # an editor answers for what the village says, alone
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.adapters.searching"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
CSRF_FAILURE_VIEW = "community.views.errors.csrf_failure"
if MAP_TILES.startswith("http"):  # "https://{s}.tiles.example/…": the one other host, by choice
    _tile_host = "/".join(MAP_TILES.split("/")[:3]).replace("{s}", "*")
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(_tile_host)
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews its pages in a frame of its own
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- What is written down ----------------------------------------------------------------------

PRIVACY_CONTACT = os.environ.get("LINLI_PRIVACY_CONTACT", "")  # a telephone, or an address
AUDIT_RETENTION_DAYS = int(os.environ.get("LINLI_AUDIT_DAYS", "400"))  # the law: 180 at least
LOGGING = logs(as_json=False)
