"""The back office: what Wagtail shows to whom, and how it looks."""

from cms.wagtail_hooks import look, menus, pages, reference

__all__ = ["look", "menus", "pages", "reference"]
