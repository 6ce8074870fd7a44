"""The pages as readers see them, one module per concept."""

from cms.views import notices, places, plain

__all__ = ["notices", "places", "plain"]
