"""The pages as readers see them, one module per concept."""

from cms.views import notices, pages, places, plain

__all__ = ["notices", "pages", "places", "plain"]
