from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        # They register themselves.
        from community import events, home_providers, subscribers  # noqa: F401, PLC0415
