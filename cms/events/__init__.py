"""What the pages tell the rest of the platform."""

from cms.events.notices import NoticePublished

__all__ = ["NoticePublished"]
