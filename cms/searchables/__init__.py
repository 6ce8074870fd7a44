"""What of the pages can be found; importing a module registers its source."""

from cms.searchables import notices, pages

__all__ = ["notices", "pages"]
