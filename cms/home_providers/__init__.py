"""What the pages add to the home page."""

from cms.home_providers import notices

__all__ = ["notices"]
