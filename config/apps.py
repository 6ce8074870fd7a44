from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigApp(AppConfig):
    """The composition root, an app only for its commands (`manage.py serve`)."""

    name = "config"


class StaticFiles(StaticFilesConfig):
    """Static files without htmx's extensions: we use none, and their comments look like imports."""

    ignore_patterns = (*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*")
