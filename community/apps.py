from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        # They register themselves.
        from community import (  # noqa: PLC0415
            events,  # noqa: F401
            home_providers,  # noqa: F401
            outbox_kinds,  # noqa: F401
            searchables,  # noqa: F401
            subscribers,  # noqa: F401
        )
        from community.search import SOURCE_OF  # noqa: PLC0415

        post_migrate.connect(_after_migrating, sender=self, dispatch_uid="community")
        # However a session ends (signed out here, there, everywhere, or expired), it ends so.
        post_delete.connect(_hang_up, sender="sessions.Session", dispatch_uid="community.sessions")
        # Things that can be found are saved in many places, some of them Wagtail's.
        for model in SOURCE_OF:
            post_save.connect(_keep_findable, sender=model, dispatch_uid="community.search")
            post_delete.connect(_forget, sender=model, dispatch_uid="community.search")


def _hang_up(*, instance: Any, **signal: Any) -> None:
    from community import live  # noqa: PLC0415 (models are ready only by now)

    live.hang_up(session_key=instance.session_key)


def _keep_findable(*, instance: Any, raw: bool = False, **signal: Any) -> None:
    from community.services import search  # noqa: PLC0415 (models are ready only by now)

    if not raw:
        search.keep_findable(original=instance)


def _forget(*, instance: Any, **signal: Any) -> None:
    from community.services import search  # noqa: PLC0415 (models are ready only by now)

    search.forget(original=instance)


def _after_migrating(*, using: str, **signal: Any) -> None:
    """Put in place what every database must have: the triggers and the official holidays."""
    from community import fulltext, triggers  # noqa: PLC0415 (models are ready only by now)
    from community.services import worktime  # noqa: PLC0415

    triggers.install(using=using)
    fulltext.install(using=using)
    worktime.load_official_years()
