from django.apps import AppConfig


class ConfigApp(AppConfig):
    """The composition root, an app only for its commands (`manage.py serve`)."""

    name = "config"
