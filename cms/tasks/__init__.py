"""What the pages do by themselves, by the clock."""

from cms.tasks.notices import (
    announce_notice,
    announce_notices,
    publish_scheduled_pages,
    tell_of_notice,
)
from cms.tasks.places import grow_missing_pages

__all__ = [
    "announce_notice",
    "announce_notices",
    "grow_missing_pages",
    "publish_scheduled_pages",
    "tell_of_notice",
]
