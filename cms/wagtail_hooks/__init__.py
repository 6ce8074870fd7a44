"""The back office: what Wagtail shows to whom, and how it looks."""

from cms.wagtail_hooks import files, look, menus, pages, reference

__all__ = ["files", "look", "menus", "pages", "reference"]
