from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # They register themselves.
        from cms import events, home_providers, searchables, subscribers, views  # noqa: F401, PLC0415
        from cms.adapters import register_policies  # noqa: PLC0415

        register_policies()
